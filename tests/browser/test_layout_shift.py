"""What is on the screen stays where it is when the stepper's script arrives late."""

import pytest

from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

# From here on Lighthouse gives less than all of its points.
MOST = 0.05
PAINTED = """() => performance.getEntriesByType("paint").length"""
TRACE = "**/trace.js*"
RECORD = """
window.shifts = [];
window.recorder = new PerformanceObserver((list) => shifts.push(...list.getEntries()));
recorder.observe({ type: "layout-shift", buffered: true });
"""
SUM = """() => [...shifts, ...recorder.takeRecords()]
  .reduce((sum, one) => sum + one.value, 0)"""
# Asked again and again, in place of one promise: nobody draws a page out of sight.
TWO_FRAMES = """() => {
  if (window.drawn === undefined) {
    window.drawn = false;
    requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = true; }));
  }
  return window.drawn;
}"""


def shifted(visit, url, size, script=""):
    """Return how much moves when the stepper comes after the first paint."""
    with visit("about:blank", size) as watch:
        page, held = watch.page, []
        page.add_init_script(RECORD)
        page.route(TRACE, lambda route: held.append(route))
        page.goto(url, wait_until="commit")
        page.wait_for_function(PAINTED, polling=50)
        page.unroute(TRACE)
        for route in held:
            route.continue_()
        page.wait_for_load_state("load")
        page.evaluate(script or "0")
        page.wait_for_function(TWO_FRAMES, polling=50)
        return page.evaluate(SUM)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda one: one["width"])
@pytest.mark.parametrize(
    "name",
    ["index.html", "after-request/visualize.html", "reference/before-request.html"],
)
def test_a_late_stepper_moves_nothing_that_is_seen(visit, address, name, size):
    assert shifted(visit, address + name, size) <= MOST


@pytest.mark.canary
def test_a_script_that_moves_the_page_is_noticed(visit, address):
    moving = "document.querySelector('article').style.paddingTop = '300px'"
    assert shifted(visit, f"{address}index.html", PHONE, moving) > MOST
