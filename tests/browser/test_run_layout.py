"""Where the parts of the playground are: in the first screen, in one order."""

import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP, PHONE
from .runner import require
from .workbench import PLAYGROUND, Bench, clean

pytestmark = pytest.mark.browser

NARROW = {"width": 900, "height": 700}

# Of what the keyboard reaches, the pairs of neighbours that a reader sees in another
# order: neither is the second below the first, nor beside it, nor in the next column.
DISORDER = """(play) => {
  const fields = "button, input, select, textarea, summary, [tabindex='0']";
  const all = [...play.querySelectorAll(fields)];
  const found = all.filter((one) => one.checkVisibility());
  const boxes = found.map((one) => [one, one.getBoundingClientRect()]);
  const middle = play.querySelector(".hb-outcome").getBoundingClientRect().left;
  const wide = middle > play.getBoundingClientRect().left + 100;
  const wrong = boxes.slice(1).filter(([, box], place) => {
    const before = boxes[place][1];
    const below = box.top >= before.bottom - 1;
    const beside = box.top < before.bottom && box.bottom > before.top;
    const next = wide && before.right <= middle + 1 && box.left >= middle - 1;
    const inside = box.top >= before.top && box.bottom <= before.bottom + 1;
    return !(next || below || inside || (beside && box.left >= before.right - 1));
  });
  return [found.length, wrong.map(([one]) => one.outerHTML.slice(0, 80))];
}"""


def box(locator):
    """Return the sides of an element, which must be shown."""
    found = locator.bounding_box()
    return {
        **found,
        "right": found["x"] + found["width"],
        "bottom": found["y"] + found["height"],
    }


def test_all_of_it_is_in_the_first_screen(visit, site, address):
    require(site)
    with visit(address + PLAYGROUND, DESKTOP) as watch:
        page, bench = watch.page, Bench(watch.page)
        for ran in False, True:
            if ran:
                bench.run("503 SERVICE UNAVAILABLE")
            parts = [bench.code, bench.button("Run"), bench.status]
            parts += [bench.button("Add a request"), bench.button("Share by link")]
            parts += [bench.element]
            if ran:
                parts += [bench.result, bench.traces.locator(".hb-controls")]
            for part in parts[1:]:
                assert 0 <= box(part)["y"] < box(part)["bottom"] <= DESKTOP["height"]
            code, run = box(bench.code), box(bench.button("Run"))
            assert code["width"] >= 400
            assert code["right"] <= run["x"]
            assert run["y"] <= code["y"]
            assert page.evaluate("scrollY") == 0
        assert box(bench.button("Run"))["bottom"] <= box(bench.result)["y"]
        assert box(bench.code)["right"] <= box(bench.result)["x"]
        clean(watch)


def test_on_a_phone_the_editor_comes_first_then_run_then_the_result(
    visit, site, address
):
    require(site)
    with visit(address + PLAYGROUND, PHONE) as watch:
        bench = Bench(watch.page)
        bench.run("503 SERVICE UNAVAILABLE")
        parts = [bench.code, bench.button("Run"), bench.result, bench.traces]
        tops = [box(part)["y"] for part in parts]
        assert tops == sorted(tops)
        assert max(box(part)["x"] for part in parts) < PHONE["width"] / 4


@pytest.mark.parametrize("size", [DESKTOP, NARROW, PHONE], ids=lambda one: one["width"])
def test_the_keyboards_order_is_the_eyes_order(visit, site, address, size):
    require(site)
    with visit(address + PLAYGROUND, size) as watch:
        bench = Bench(watch.page)
        bench.button("Add a file").click()
        bench.ask("/", "/nowhere")
        bench.run("503 SERVICE UNAVAILABLE, 503")
        count, wrong = bench.element.evaluate(DISORDER)
        assert count >= 20
        assert wrong == []


@pytest.mark.canary
def test_another_order_for_the_eyes_is_found(visit, site, address):
    require(site)
    with visit(address + PLAYGROUND, DESKTOP) as watch:
        bench = Bench(watch.page)
        bench.element.locator(".hb-outcome").evaluate(
            "(one) => one.closest('figure').prepend(one)"
        )
        bench.element.locator(".hb-outcome").evaluate("(one) => (one.style.order = 1)")
        assert bench.element.evaluate(DISORDER)[1] != []


def test_the_lit_lines_of_a_long_app_are_brought_into_view(visit, site, address):
    require(site)
    with visit(address + PLAYGROUND, DESKTOP) as watch:
        bench = Bench(watch.page)
        before, after = bench.text.split("@app.after_request")
        lines = "# A line.\n" * 60
        bench.write(f"{before}{lines}@app.after_request{after}")
        bench.run("503 SERVICE UNAVAILABLE")
        next_step = bench.traces.get_by_role("button", name="Next step")
        editor = box(bench.element.locator(".hb-editor").first)
        for name, count in {"close_shop": 2, "suggest_retry": 2}.items():
            for _ in range(count):
                next_step.click()
            expect(bench.traces.locator(".hb-flow > .hb-current")).to_contain_text(name)
            first, last = box(bench.lit.first), box(bench.lit.last)
            assert editor["y"] <= first["y"] < last["bottom"] <= editor["bottom"] + 1
        assert watch.page.evaluate("scrollY") == 0
