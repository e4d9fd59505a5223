"""With colours of the reader's own (forced colours), what is current is still seen."""

import pytest

from . import gates

pytestmark = pytest.mark.browser

PAGE = "after-request/visualize.html"
LINE = "(one) => getComputedStyle(one).outlineStyle"
# The colour of a side, and whether it is that of the paper.
UNSEEN = (
    "([one, side]) => getComputedStyle(one)[side] === getComputedStyle(document.body)"
)
UNSEEN += ".backgroundColor"


@pytest.fixture
def page(visit, address):
    with visit("about:blank") as watch:
        watch.page.emulate_media(forced_colors="active")
        watch.page.goto(address + PAGE)
        yield watch.page
        assert gates.policy(watch) + gates.console(watch) == []


def lines(page, selector):
    """Return the outlines of what the selector finds, each kind once."""
    found = page.locator(selector)
    assert found.count() > 0, selector
    return set(found.evaluate_all(f"(all) => all.map({LINE})"))


def unseen(page, selector, side):
    """Tell of each element whether its border is invisible."""
    found = [one.element_handle() for one in page.locator(selector).all()]
    assert found, selector
    return {page.evaluate(UNSEEN, [one, side]) for one in found}


def test_the_current_step_its_code_and_its_changes_are_seen(page):
    trace = page.locator(".hb-trace").first
    for _ in range(4):
        trace.get_by_role("button", name="Next step").click()
    first = ".hb-trace[data-trace]:has(> .hb-flow > .hb-current)"
    for current, other in (
        (".hb-flow > .hb-current", ".hb-flow > li:not(.hb-current)"),
        (".hb-code span.hb-current", ".hb-code span:not(.hb-current)"),
        ("tr.hb-current", "tr:not(.hb-current)"),
    ):
        assert lines(page, f"{first} {current}") == {"solid"}
        assert lines(page, f"{first} {other}") == {"none"}
    response = f"{first} .hb-response-now dl >"
    assert unseen(page, f"{response} .hb-changed", "borderLeftColor") == {False}
    others = f"{response} div:not(.hb-changed)"
    assert unseen(page, others, "borderLeftColor") == {True}


def test_the_application_s_own_steps_have_full_dots(page):
    filled = "(one) => getComputedStyle(one, '::before').backgroundColor"
    own = page.locator('.hb-flow > li[class*="hb-lines-"]').first
    flasks = page.locator('.hb-flow > li:not([class*="hb-lines-"])').first
    assert own.evaluate(filled) != flasks.evaluate(filled)


def test_the_current_mode_and_the_chosen_result_are_seen(page):
    modes, side = ".hb-modes a", "borderBottomColor"
    assert unseen(page, f"{modes}[aria-current]", side) == {False}
    assert unseen(page, f"{modes}:not([aria-current])", side) == {True}
    page.keyboard.press("/")
    page.keyboard.type("teardown")
    page.locator(".hb-found [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert lines(page, ".hb-found [aria-selected=true]") == {"solid"}
    assert lines(page, ".hb-found [role=option]:not([aria-selected=true])") == {"none"}
