"""The archive of the site, unpacked and read from files, without any server."""

import zipfile

import pytest

from hookbook.site import archive

from . import gates

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def unpacked(site, tmp_path_factory):
    """Return the address of the folder in the archive, with a closing slash."""
    folder = tmp_path_factory.mktemp("offline")
    archive.main(site, folder / "hookbook.zip")
    with zipfile.ZipFile(folder / "hookbook.zip") as packed:
        packed.extractall(folder)
    return f"{(folder / 'hookbook').as_uri()}/"


def untroubled(watch):
    """Nothing failed, and nothing was asked of any host."""
    assert gates.console(watch) == []
    assert [url for url in watch.requests if not url.startswith("file:")] == []
    assert len(watch.requests) >= 1


def test_a_search_finds_a_page_and_leads_there(visit, unpacked):
    with visit(f"{unpacked}search.html?q=teardown") as watch:
        results = watch.page.locator("ul.search li a")
        results.first.wait_for()
        assert results.count() >= 3
        title = results.first.locator(".hb-found-title").inner_text()
        with watch.page.expect_navigation():
            results.first.click()
        assert watch.page.url.startswith(unpacked)
        assert "search.html" not in watch.page.url
        assert title in watch.page.inner_text("article")
        untroubled(watch)


def test_the_search_field_works_as_well(visit, unpacked):
    with visit(f"{unpacked}index.html") as watch:
        field = watch.page.locator("input[type=search], input[name=q]").first
        field.fill("session")
        watch.page.locator(".hb-found [role=option]").first.wait_for()
        field.press("Enter")
        watch.page.wait_for_url("**/search.html?q=session")
        watch.page.locator("ul.search li a").first.wait_for()
        untroubled(watch)


@pytest.mark.parametrize(
    "name", ["index.html", "after-request/visualize.html", "proofs/index.html"]
)
def test_pages_open_without_trouble(visit, unpacked, name):
    with visit(unpacked + name) as watch:
        assert watch.page.locator("h1").count() == 1
        untroubled(watch)
        for link in watch.page.locator("a[href]").all()[:40]:
            assert not link.get_attribute("href").startswith("/")


def test_nothing_pretends_to_run_code(visit, unpacked, site):
    with visit(f"{unpacked}after-request/index.html") as watch:
        assert watch.page.locator(".hb-edit").count() == 0
        assert watch.page.locator("figure.hb-snippet").count() >= 1
    if not (site / "playground.html").exists():
        pytest.skip("this build has no playground: no Python for the browser was made")
    with visit(f"{unpacked}playground.html") as watch:
        said = watch.page.locator(".hb-playground .hb-needs").inner_text()
        assert "came over HTTP, not from a file" in said
        assert "python -m http.server" in said
        untroubled(watch)


@pytest.mark.canary
def test_excerpts_of_other_files_would_be_trouble(visit, unpacked, tmp_path):
    with visit(f"{unpacked}search.html?q=teardown") as watch:
        watch.page.locator("ul.search li a").first.wait_for()
        with watch.page.expect_event("pageerror"):
            watch.page.evaluate("() => { fetch('index.html'); }")
        with pytest.raises(AssertionError):
            untroubled(watch)
