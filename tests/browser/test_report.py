"""A report of ``flask trace``: one file, read from the disk."""

import pytest
from playwright.sync_api import expect
from werkzeug.test import Client

from hookbook.cli import reports
from hookbook.cli.sending import Answer, Wanted
from hookbook.cli.tracing import Sent, Told
from hookbook.trace.recording import Recorder
from hookbook.trace.steps import Run

from . import gates
from .axe import violations
from .conftest import PHONE

pytestmark = pytest.mark.browser

EVIL = "<img src=x onerror=document.title='evil'>"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Return the address of a report of two requests."""
    from snippets.command_line.shop import app

    recorder = Recorder(masks=False)
    client = Client(app)
    client.set_cookie("language", EVIL)
    with recorder:
        answers = [client.get("/orders/7"), client.get(f"/nowhere?{EVIL}")]
    sent = [
        Sent(Wanted("GET", path), Answer(one.status, [], 0), [place])
        for place, (path, one) in enumerate(
            zip(["/orders/7", f"/{EVIL}"], answers, strict=True), 1
        )
    ]
    path = tmp_path_factory.mktemp("report") / "report.html"
    reports.write(path, Told(Run([], [""], recorder.traces), sent))
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_stepper_steps_offline(visit, report, scheme):
    with visit(report, scheme=scheme) as watch:
        page = watch.page
        assert gates.console(watch) == []
        assert watch.requests == [report]
        page.get_by_role("button", name="Next step").first.click()
        page.keyboard.press("ArrowRight")
        expect(page.locator(".hb-flow > li.hb-current")).to_contain_text(
            "choose_language"
        )
        expect(page.locator(".highlight .hb-current").first).to_contain_text(
            "def choose_language"
        )
        assert violations(page, ["color-contrast", "aria-allowed-attr"]) == []
        # The policy let nothing of the application's run.
        assert page.title().startswith("Trace of GET /orders/7 and 1 more")
        assert page.locator("img").count() == 0
        assert page.get_by_text(EVIL).count() >= 1


def test_it_fits_a_phone_and_needs_no_scripts(visit, report):
    with visit(report, viewport=PHONE, scripts=False) as watch:
        page = watch.page
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        expect(page.get_by_text("Did not run in GET /orders/7")).to_be_visible()
        expect(page.get_by_text("View function").first).to_be_visible()
        assert page.locator(".hb-controls").count() == 0
