"""The response at each step: what a step added, took away or dropped is lit."""

import pytest
from flask import Flask, g
from playwright.sync_api import expect

from hookbook.cli import reports
from hookbook.cli.tracing import Told
from hookbook.trace.recording import Recorder
from hookbook.trace.steps import Run

pytestmark = pytest.mark.browser

LONG = "a_long_value_without_any_space_" * 3


def make_app():
    app = Flask("shop")

    @app.before_request
    def load_user():
        g.user = "anna"

    @app.get("/")
    def index():
        headers = {"X-Powered-By": "Shop 1.0", "Access-Control-Allow-Credentials": LONG}
        return "Hello!", headers

    @app.after_request
    def hide_version(response):
        del response.headers["X-Powered-By"]
        return response

    return app


def make_forgetful():
    app = Flask("shop")

    @app.get("/")
    def index():
        return "Hello!"

    @app.after_request
    def forget(response):
        response.headers["X-Late"] = "1"

    return app


def reported(folder, make, times=1):
    """Write a report of requests to what `make` makes; return its address."""
    client = make().test_client()
    with Recorder() as recorder:
        for _ in range(times):
            try:
                client.get("/")
            except TypeError:
                assert make is make_forgetful
    path = folder / "report.html"
    reports.write(path, Told(Run([], [""], recorder.traces), []))
    return path.as_uri()


@pytest.fixture
def pane(visit, tmp_path):
    with visit(reported(tmp_path, make_app, times=2)) as watch:
        yield watch.page.locator(".hb-response-now")
        assert watch.errors == []


def go(pane, text, nth=0):
    pane.page.locator(".hb-flow > li", has_text=text).nth(nth).click()


def test_a_header_that_a_step_removed_is_lit_as_gone(pane):
    go(pane, "hide_version")
    lit = pane.locator(".hb-changed")
    expect(lit).to_have_count(1)
    expect(lit.locator("dt")).to_have_text("X-Powered-By")
    expect(lit.locator("dd")).to_have_text("gone: Shop 1.0")
    gone = lit.get_by_role("deletion")
    expect(gone).to_have_text("Shop 1.0")
    expect(gone).to_have_css("text-decoration-line", "line-through")
    go(pane, "Handed to the server")
    expect(pane.locator("dt")).not_to_contain_text(["X-Powered-By"])
    expect(pane.locator("dl").last.locator("dt").first).to_have_text("status")
    expect(pane.locator(".hb-changed, del")).to_have_count(0)


def test_the_values_are_above_the_response_and_end_with_their_context(pane):
    values = pane.locator("dl").first
    title = pane.get_by_text("The values now")
    go(pane, "Request received")
    expect(title).to_be_hidden()
    go(pane, "load_user")
    expect(title).to_be_visible()
    expect(values).to_have_text("g.user'anna'")
    expect(values.locator(".hb-changed dt")).to_have_text("g.user")
    expect(pane).to_contain_text("No response at this step.")
    go(pane, "hide_version")
    expect(values).to_have_text("g.user'anna'")
    expect(values.locator(".hb-changed")).to_have_count(0)
    expect(pane.locator("dl").last.locator("dt").last).to_have_text("body")
    # The next request has a g of its own.
    go(pane, "Request received", nth=1)
    expect(title).to_be_hidden()
    expect(pane.locator(".hb-changed")).to_have_count(0)


def test_a_request_begins_without_a_response_and_nothing_is_lit(pane):
    go(pane, "Request received", nth=1)
    expect(pane.locator("dt")).to_have_count(0)
    expect(pane).to_contain_text("No response at this step.")
    expect(pane.locator(".hb-changed")).to_have_count(0)


def test_a_response_that_a_function_dropped_is_lit_as_no_response(visit, tmp_path):
    with visit(reported(tmp_path, make_forgetful)) as watch:
        pane = watch.page.locator(".hb-response-now")
        go(pane, "forget")
        expect(pane.locator("dt")).to_have_count(0)
        expect(pane.locator(".hb-changed")).to_have_text("No response at this step.")


def test_at_320_pixels_a_long_value_breaks_and_nothing_sticks_out(visit, tmp_path):
    narrow = {"width": 320, "height": 700}
    with visit(reported(tmp_path, make_app), viewport=narrow) as watch:
        pane = watch.page.locator(".hb-response-now")
        go(pane, "View function")
        watch.page.get_by_role("button", name="Next step").click()
        expect(pane.locator("dt", has_text="Access-Control")).to_be_visible()
        assert watch.page.evaluate("document.documentElement.scrollWidth") <= 320
        assert pane.evaluate("it => it.scrollWidth - it.clientWidth") == 0
        # A short name stays whole: it is as high as the word "body".
        heights = [
            pane.locator("dt", has_text=text).bounding_box()["height"]
            for text in ("X-Powered-By", "body")
        ]
        assert heights[0] == heights[1]


def test_the_pane_is_not_printed(pane):
    go(pane, "hide_version")
    expect(pane).to_be_visible()
    pane.page.emulate_media(media="print")
    expect(pane).to_be_hidden()


@pytest.mark.parametrize("width", [320, 1000])
def test_a_tracker_keeps_names_whole(visit, tmp_path, width):
    size = {"width": width, "height": 700}
    with visit(reported(tmp_path, make_app), viewport=size) as watch:
        names = watch.page.locator(".hb-tracker tbody th .pre")
        expect(names.nth(1)).to_have_text("response.status")
        heights = {name.bounding_box()["height"] for name in names.all()}
        assert len(heights) == 1
        assert watch.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_code_does_not_follow_the_reader_to_the_tables(visit, tmp_path):
    with visit(reported(tmp_path, make_app)) as watch:
        table = watch.page.locator("table.hb-execution")
        table.scroll_into_view_if_needed()
        code = watch.page.locator(".hb-trace > .hb-snippet")
        box = code.bounding_box()
        assert box["y"] + box["height"] <= table.bounding_box()["y"]
