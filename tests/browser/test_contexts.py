"""A page that a test looks at knows nothing of the tests before."""

import pytest

from .server import serve

pytestmark = pytest.mark.browser

STORE = """async () => {
  localStorage.setItem("kept", "yes");
  sessionStorage.setItem("kept", "yes");
  document.cookie = "kept=yes";
  await caches.open("kept");
  await new Promise((done) => { indexedDB.open("kept").onsuccess = done; });
}"""
STORED = """async () => [
  ...Object.keys(localStorage),
  ...Object.keys(sessionStorage),
  ...document.cookie.split("; ").filter(Boolean),
  ...await caches.keys(),
  ...(await indexedDB.databases()).map(({ name }) => name),
]"""


@pytest.fixture
def page(tmp_path):
    """Return the address of a page."""
    (tmp_path / "page.html").write_text("<!doctype html><title>A page</title>")
    with serve(tmp_path) as address:
        yield f"{address}page.html"


@pytest.mark.canary
@pytest.mark.parametrize("first", ["page", "about:blank"])
def test_what_a_page_has_stored_is_forgotten(visit, page, first):
    with visit(page if first == "page" else first) as watch:
        watch.page.goto(page)
        watch.page.evaluate(STORE)
        assert len(watch.page.evaluate(STORED)) == 5
    with visit(page) as again:
        assert again.page.context == watch.page.context
        assert again.page.evaluate(STORED) == []


def test_a_tab_that_a_page_has_opened_is_closed(visit, page):
    with visit(page) as watch:
        tabs = len(watch.page.context.pages)
        with watch.page.expect_popup():
            watch.page.evaluate("() => { open('page.html'); }")
    with visit(page) as watch:
        assert len(watch.page.context.pages) == tabs


def test_pages_that_are_open_together_share_nothing(visit, page):
    with visit(page) as one, visit(page) as other:
        one.page.evaluate(STORE)
        assert other.page.evaluate(STORED) == []


@pytest.mark.parametrize(
    "options",
    [{"alone": True}, {"scheme": "dark"}, {"scripts": False}],
    ids=["alone", "dark", "plain"],
)
def test_other_options_are_another_context(visit, page, options):
    with visit(page) as watch:
        first = watch.page.context
    with visit(page, **options) as watch:
        assert watch.page.context != first


@pytest.mark.canary
def test_a_context_in_which_a_test_failed_is_thrown_away(visit, page):
    contexts = []

    def fail():
        with visit(page) as watch:
            contexts.append(watch.page.context)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with visit(page) as watch:
        assert watch.page.context not in contexts


def test_each_load_fetches_all_of_the_page(visit, page):
    for _ in range(2):
        with visit(page) as watch:
            assert watch.responses[0].request.sizes()["responseBodySize"] > 0
