"""A trace becomes a stepper: by mouse, by keyboard, by its own clock, by a link."""

import pytest
from playwright.sync_api import expect

from .interactive import small_site

pytestmark = pytest.mark.browser

STEPS = 9
HOOK = 5
"""The step of the hook, whose code stands in lines 19 to 21."""


@pytest.fixture(scope="module")
def traces(tmp_path_factory):
    """Return the address of a page with five traces of four kinds."""
    with small_site(tmp_path_factory.mktemp("stepper")) as address:
        yield f"{address}traces.html"


def unfold(page):
    """Ask each trace for Flask's own steps; test_folding.py is about them."""
    folded = page.locator('.hb-own-steps[aria-expanded="false"]:not([hidden])')
    while folded.count():
        folded.first.click()


@pytest.fixture
def page(visit, traces):
    with visit(traces) as watch:
        unfold(watch.page)
        yield watch.page
        assert watch.errors == []


def sections(page, key=""):
    return page.locator(f'.hb-trace[data-trace="{key}"]')


def control(page, name, section=0, key=""):
    return sections(page, key).nth(section).get_by_role("button", name=name)


def current(page, selector, key=""):
    return sections(page, key).locator(f"{selector}.hb-current")


def expect_step(page, number, key=""):
    """Expect all views of a trace to stand at that step, and nowhere else."""
    one = f"hb-step-{number}"
    for selector in (".hb-flow > li", ".hb-execution tbody tr"):
        places = sections(page, key).locator(selector)
        for place in current(page, selector, key).all():
            assert one in place.get_attribute("class").split()
        expect(current(page, selector, key)).to_have_count(
            sections(page, key).locator(f"{selector}.{one}").count()
        )
        expect(places.locator("xpath=self::*[@aria-current='step']")).to_have_count(
            current(page, selector, key).count()
        )
    column = current(page, ".hb-tracker :is(th, td)", key)
    expect(column).to_have_count(
        sections(page, key).locator(f".hb-tracker :is(th, td).{one}").count()
    )


def test_before_the_first_step(page):
    first = sections(page).first
    expect(first.locator(".hb-position")).to_have_text("9 steps")
    expect(control(page, "Previous step")).to_have_attribute("aria-disabled", "true")
    expect(control(page, "Next step")).to_have_attribute("aria-disabled", "false")
    expect(first.get_by_text("Link to this step")).to_be_hidden()
    expect(page.locator(".hb-current")).to_have_count(0)


def test_every_section_has_its_controls(page):
    expect(page.locator(".hb-trace")).to_have_count(5)
    groups = page.get_by_role("group", name="Step through the trace")
    expect(groups).to_have_count(5)


def test_all_views_light_up_together(page):
    for _ in range(HOOK):
        control(page, "Next step").click()
    expect_step(page, HOOK)
    expect(current(page, ".hb-flow > li")).to_contain_text("add_header")
    expect(current(page, ".hb-execution tbody tr")).to_have_id("step-5")
    lines = current(page, ".hb-code span")
    expect(lines).to_have_count(3)
    assert [line.get_attribute("id") for line in lines.all()] == [
        "line-19",
        "line-20",
        "line-21",
    ]
    cells = current(page, ".hb-tracker td")
    expect(cells).to_have_text(["", "", "", "World"])


def test_the_pane_has_the_response_as_the_step_leaves_it(page):
    pane = sections(page).first.locator(".hb-response-now")
    parts, lit = pane.locator("dt"), pane.locator(".hb-changed dt")
    expect(pane).to_be_hidden()
    control(page, "Next step").click()
    expect(pane).to_be_visible()
    expect(pane).to_contain_text("No response at this step.")
    expect(parts).to_have_count(0)
    for _ in range(HOOK - 2):
        control(page, "Next step").click()
    # What the hook adds next isn't shown yet.
    made = ["status", "Content-Length", "Content-Type", "body"]
    expect(parts).to_have_text(made)
    expect(lit).to_have_text(made)
    control(page, "Next step").click()
    expect(parts).to_have_text([*made[:3], "X-Hello", "body"])
    expect(lit).to_have_text(["X-Hello"])
    expect(pane.locator(".hb-changed dd")).to_have_text("World")
    expect(pane.locator(".hb-changed")).to_have_css("font-weight", "600")
    control(page, "Previous step").click()
    expect(parts).to_have_text(made)


def test_the_controls_of_every_section_move_the_same_trace(page):
    control(page, "Next step", section=1).click()
    control(page, "Next step", section=0).click()
    for place in range(2):
        position = sections(page).nth(place).locator(".hb-position")
        expect(position).to_have_text("2 of 9 URL matched index")
    control(page, "Previous step", section=1).click()
    expect_step(page, 1)


def test_a_step_without_code_leaves_the_code_dark(page):
    control(page, "Next step").click()
    expect_step(page, 1)
    expect(current(page, ".hb-code span")).to_have_count(0)


def test_the_position_is_announced(page):
    status = page.get_by_role("main").get_by_role("status").first
    expect(status).to_have_text("")
    control(page, "Next step").click()
    expect(status).to_have_text("Step 1 of 9: Request received GET /. unchanged")
    control(page, "Next step").click()
    expect(status).to_have_text(
        "Step 2 of 9: URL matched index. request.endpoint = index. matched /"
    )
    assert page.get_by_role("main").get_by_role("status").count() == 4


def test_the_keyboard_steps(page):
    button = control(page, "Next step")
    button.focus()
    page.keyboard.press("ArrowRight")
    expect_step(page, 1)
    page.keyboard.press("Enter")
    expect_step(page, 2)
    page.keyboard.press("ArrowLeft")
    expect_step(page, 1)
    page.keyboard.press("End")
    expect_step(page, STEPS)
    page.keyboard.press("ArrowRight")
    expect_step(page, STEPS)
    page.keyboard.press("Home")
    expect_step(page, 1)
    expect(button).to_be_focused()


def test_the_arrow_keys_are_the_pages_elsewhere(page):
    page.locator("h1").click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    expect(page.locator(".hb-current")).to_have_count(0)


def test_the_ends_are_marked_and_keep_the_focus(page):
    back, forward = control(page, "Previous step"), control(page, "Next step")
    forward.focus()
    page.keyboard.press("End")
    expect(forward).to_have_attribute("aria-disabled", "true")
    expect(back).to_have_attribute("aria-disabled", "false")
    forward.click(force=True)
    expect_step(page, STEPS)
    expect(forward).to_be_focused()
    page.keyboard.press("Home")
    expect(back).to_have_attribute("aria-disabled", "true")
    back.click(force=True)
    expect_step(page, 1)


def test_play_goes_to_the_end_and_stops(page):
    page.clock.install()
    page.reload()
    unfold(page)
    play = control(page, "Play")
    play.click()
    expect_step(page, 1)
    expect(control(page, "Pause", section=1)).to_be_visible()
    page.clock.run_for(1600)
    expect_step(page, 2)
    page.clock.run_for(1600 * (STEPS - 2))
    expect_step(page, STEPS)
    expect(control(page, "Play")).to_be_visible()
    page.clock.run_for(16000)
    expect_step(page, STEPS)
    control(page, "Play").click()
    expect_step(page, 1)


def test_pause_and_a_step_stop_playing(page):
    page.clock.install()
    page.reload()
    unfold(page)
    control(page, "Play").click()
    control(page, "Pause").click()
    page.clock.run_for(16000)
    expect_step(page, 1)
    control(page, "Play").click()
    expect_step(page, 2)
    control(page, "Next step").click()
    page.clock.run_for(16000)
    expect_step(page, 3)
    expect(control(page, "Play")).to_be_visible()


def test_a_click_on_a_step_goes_there(page):
    sections(page).locator(".hb-flow > li").nth(2).click()
    expect_step(page, 3)
    sections(page).locator(".hb-execution tbody tr").nth(6).click()
    expect_step(page, 7)


def test_a_link_opens_at_its_step(visit, traces):
    with visit(f"{traces}#step-4") as watch:
        expect_step(watch.page, 4)
        position = sections(watch.page).first.locator(".hb-position")
        expect(position).to_have_text("4 of 9 Response created")
        assert watch.page.locator("#step-4").is_visible()


def test_a_link_of_another_trace_opens_there(visit, traces):
    with visit(f"{traces}#visits-2-step-3") as watch:
        expect_step(watch.page, 3, "visits-2-")
        expect(current(watch.page, ".hb-flow > li")).to_have_count(0)


@pytest.mark.parametrize("step", ["step-0", "step-10", "nope-step-2", "%"])
def test_a_wrong_link_opens_the_page(visit, traces, step):
    with visit(f"{traces}#{step}") as watch:
        expect(watch.page.get_by_role("group").first).to_be_visible()
        expect(watch.page.locator(".hb-current")).to_have_count(0)
        assert watch.errors == []


def test_the_link_to_a_step_follows(page):
    link = sections(page).first.get_by_text("Link to this step")
    control(page, "Next step").click()
    expect(link).to_have_attribute("href", "#step-1")
    control(page, "Next step").click()
    expect(link).to_have_attribute("href", "#step-2")
    control(page, "Next step", key="visits-2-").click()
    other = sections(page, "visits-2-").get_by_text("Link to this step")
    expect(other).to_have_attribute("href", "#visits-2-step-1")


def test_following_a_link_on_the_page_moves(page):
    page.evaluate("location.hash = '#step-6'")
    expect_step(page, 6)


def test_traces_do_not_interfere(page):
    control(page, "Next step").click()
    control(page, "Next step", key="visits-2-").click()
    control(page, "Next step", key="visits-2-").click()
    expect_step(page, 1)
    expect_step(page, 2, "visits-2-")
    for key in ("visits-1-", "hello-"):
        expect(current(page, "*", key)).to_have_count(0)


def test_without_scripts_all_is_there_and_nothing_to_press(visit, traces):
    with visit(traces, scripts=False) as watch:
        page = watch.page
        expect(page.locator(".hb-trace button")).to_have_count(0)
        for selector, count in ((".hb-flow > li", 9), (".hb-execution tbody tr", 9)):
            places = sections(page).locator(selector)
            assert places.count() == count
            assert all(place.is_visible() for place in places.all())
        assert sections(page).locator(".hb-tracker td").first.is_visible()
        assert page.locator(".hb-transcript li").first.is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_code_is_beside_the_first_step(visit, traces, scripts):
    with visit(traces, scripts=scripts) as watch:
        trace = watch.page.locator(".hb-trace:has(> .hb-flow):has(> .hb-snippet)").first
        steps = trace.locator(".hb-flow").first.bounding_box()
        code = trace.locator(":scope > .hb-snippet").bounding_box()
    assert code["x"] >= steps["x"] + steps["width"]
    assert abs(code["y"] - steps["y"]) < steps["height"] / 4


def test_on_paper_there_is_nothing_to_press(page):
    page.emulate_media(media="print")
    for bar in page.get_by_role("group", name="Step through the trace").all():
        expect(bar).to_be_hidden()
    assert sections(page).locator(".hb-flow > li").first.is_visible()
