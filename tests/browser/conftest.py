"""A browser, the built site behind its policy, and pages to look at it with."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect, sync_playwright

from hookbook.site import chromium

from . import runner
from .gates import Watch
from .server import serve

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # WebAssembly is compiled once, as readers' browsers do at first; for a Python that
    # runs for a second, the second compiler takes longer than it saves.
    "--js-flags=--liftoff-only",
]

# On a busy machine five seconds, the default, are too few for what takes half a second.
expect.set_options(timeout=30_000)

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


def pytest_terminal_summary(terminalreporter):
    """Say how many pages were swept and how many snippets ran, if any were to be."""
    from .pages import SWEEP
    from .test_run_corpus import CHOSEN, EVERY

    reports = [*terminalreporter.getreports("passed")]
    reports += terminalreporter.getreports("failed")
    files = {report.nodeid.partition("::")[0] for report in reports}
    if "tests/browser/test_pages.py" in files:
        terminalreporter.write_line(str(SWEEP))
    if "tests/browser/test_run_corpus.py" in files:
        told = f"{len(CHOSEN)} of {len(EVERY)} snippets ran in the browser."
        terminalreporter.write_line(told)


@pytest.fixture(scope="session")
def browser():
    path = chromium.find()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def address(site):
    with serve(site) as url:
        yield url


@pytest.fixture(scope="session")
def visit(browser):
    """Return a context manager that opens an address and watches the page."""

    @contextmanager
    def opened(url, viewport=DESKTOP, scheme="light", scripts=True, until="load"):
        context = browser.new_context(
            viewport=viewport,
            color_scheme=scheme,
            java_script_enabled=scripts,
            # Furo scrolls smoothly: where the focus is would depend on the moment.
            reduced_motion="reduce",
        )
        try:
            watch = Watch(context.new_page())
            watch.page.goto(url, wait_until=until)
            yield watch
        finally:
            context.close()

    return opened


@pytest.fixture(scope="session")
def live(visit, site, address):
    """One worker for all tests that leave it as it was."""
    runner.require(site)
    with runner.running(visit, address) as started:
        started.ready()
        yield started


@pytest.fixture
def own(visit, site, address):
    """Return a worker that the test may spoil."""
    runner.require(site)
    with runner.running(visit, address) as started:
        yield started
