"""What a reader does with the page: find, read, choose a scheme, copy."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

PAPER = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 26)"}
BACKGROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("scheme", PAPER)
def test_the_systems_colour_scheme_holds(visit, address, scheme, scripts):
    with visit(address, scheme=scheme, scripts=scripts) as watch:
        assert watch.page.evaluate(BACKGROUND) == PAPER[scheme]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_chosen_colour_scheme_stays(visit, address, size):
    with visit(address, size) as watch:
        page = watch.page
        page.locator(".theme-toggle:visible").press("Enter")
        assert page.evaluate(BACKGROUND) == PAPER["dark"]
        page.goto(address + "search.html")
        assert page.evaluate(BACKGROUND) == PAPER["dark"]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_navigation_opens_by_keyboard_on_a_phone(visit, address, scripts):
    with visit(address, PHONE, scripts=scripts) as watch:
        page = watch.page
        link = page.locator(".hb-nav a").first
        assert not link.is_visible()
        opener = page.get_by_role("button", name="Site navigation")
        opener.press("Enter")
        assert link.is_visible()
        page.keyboard.press("Escape")
        assert not link.is_visible()
        opener.press("Enter")
        link.press("Enter")
        page.wait_for_url(lambda url: url.rstrip("/") != address.rstrip("/"))


def test_a_phone_shows_the_mode_of_the_page_and_stays_at_the_section(visit, address):
    with visit(f"{address}after-request/performance.html", PHONE) as watch:
        mode = watch.page.locator(".hb-modes [aria-current]")
        expect(mode).to_have_text(re.compile("Performance"))
        expect(mode).to_be_in_viewport(ratio=1)
    with visit(f"{address}after-request/performance.html#see-also", PHONE) as watch:
        expect(watch.page.locator("#see-also h2")).to_be_in_viewport()
        expect(watch.page.locator(".hb-modes [aria-current]")).not_to_be_in_viewport()


def test_the_search_finds_a_page(visit, address):
    with visit(address) as watch:
        page = watch.page
        page.get_by_label("Search").first.fill("request")
        page.keyboard.press("Enter")
        page.locator("ul.search li").first.wait_for()
        assert page.locator("ul.search li").count() >= 2
        assert page.evaluate("window.policyViolations") == []


def test_the_search_works_from_a_file(visit, site):
    with visit(f"{(site / 'search.html').as_uri()}?q=request") as watch:
        watch.page.locator("ul.search li").first.wait_for()
        assert watch.page.locator("ul.search li").count() >= 2


def test_the_pages_work_from_a_file(visit, site):
    with visit((site / "index.html").as_uri()) as watch:
        assert watch.errors == []
        watch.page.locator(".hb-nav a").first.click()
        watch.page.locator("h1").wait_for()


def test_the_search_says_what_it_needs_without_scripts(visit, address):
    with visit(address + "search.html", scripts=False) as watch:
        assert "needs JavaScript" in watch.page.locator("[role=main]").inner_text()


def test_links_of_the_not_found_page_start_at_the_root(visit, address):
    with visit(address + "404.html") as watch:
        links = watch.page.locator("[href], [src]").evaluate_all(
            "all => all.map((e) => e.getAttribute('href') ?? e.getAttribute('src'))"
        )
    local = [link for link in links if not re.match("https?:|#", link)]
    assert len(local) >= 8
    assert [link for link in local if not link.startswith("/")] == []


def test_paper_has_no_chrome(visit, address):
    with visit(address, scheme="dark") as watch:
        page = watch.page
        page.emulate_media(media="print")
        assert page.evaluate(BACKGROUND) == PAPER["light"]
        for part in ("#hb-site", ".mobile-header", ".hb-related", ".theme-toggle"):
            assert not page.locator(part).first.is_visible(), part
        assert page.locator("h1").is_visible()
