"""How the search in the browser is operated, what it loads and what it says."""

import pytest

from . import gates
from .conftest import PHONE

pytestmark = pytest.mark.browser

BUDGET = 250_000
FIELD = ".hb-search input"
OPTIONS = ".hb-found [role=option]"


@pytest.mark.parametrize("name", ["index.html", "after-request/index.html"])
def test_nothing_is_loaded_before_the_field_has_the_focus(visit, address, name):
    with visit(address + name) as watch:
        page = watch.page
        page.wait_for_load_state("networkidle")
        before = len(watch.responses)
        assert not [url for url in watch.requests if "searchindex" in url]
        page.keyboard.press("/")
        page.keyboard.type("session")
        page.locator(OPTIONS).first.wait_for()
        late = watch.responses[before:]
        loaded = [one for one in late if one.request.resource_type == "script"]
        assert len(loaded) == 9
        assert sum(gates.compressed(r.body()) for r in loaded) <= BUDGET
        assert (
            gates.policy(watch) + gates.console(watch) + gates.other_hosts(watch) == []
        )


def test_the_keyboard_opens_chooses_goes_and_closes(visit, address):
    with visit(f"{address}after-request/index.html") as watch:
        page = watch.page
        field = page.locator(FIELD)
        page.keyboard.press("/")
        assert page.evaluate(f"document.activeElement.matches('{FIELD}')")
        page.keyboard.type("session cookie")
        page.locator(OPTIONS).first.wait_for()
        assert field.input_value() == "session cookie"
        assert field.get_attribute("aria-expanded") == "true"
        assert field.get_attribute("aria-activedescendant") is None
        page.keyboard.press("ArrowUp")
        last = page.locator(OPTIONS).last
        assert field.get_attribute("aria-activedescendant") == last.get_attribute("id")
        page.keyboard.press("ArrowDown")
        assert field.get_attribute("aria-activedescendant") is None
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        assert not page.locator(".hb-found").is_visible()
        assert field.get_attribute("aria-expanded") == "false"
        assert field.input_value() == "session cookie"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        chosen = page.locator(f"{OPTIONS}[aria-selected=true]")
        assert chosen.count() == 1
        target = chosen.get_attribute("href")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url == target


def test_words_that_no_page_has_are_told_to_ears_too(visit, address):
    with visit(f"{address}after-request/index.html") as watch:
        page = watch.page
        field = page.locator(FIELD)
        live = page.locator(".hb-search [role=status]")
        shown = page.locator(".hb-found .hb-found-status")
        field.fill("qqxxzz session cookie")
        page.locator(OPTIONS).first.wait_for()
        rest = "No page has “qqxxzz”; these match the rest. "
        assert shown.inner_text().startswith(rest)
        assert shown.inner_text().endswith(" sections")
        assert live.text_content() == shown.inner_text()
        box, first = shown.bounding_box(), page.locator(OPTIONS).first.bounding_box()
        assert box["y"] < first["y"]
        field.fill("qqxxzz vvkkww")
        assert shown.inner_text() == (
            "No page has “qqxxzz” or “vvkkww”. Try fewer or other words."
        )
        assert page.locator(OPTIONS).count() == 0
        field.fill("midleware")
        like = "No page has “midleware”; these have words like it. "
        assert shown.inner_text().startswith(like)
        for known in "middlew", "session cookie", "anfrage", "how do i use it":
            field.fill(known)
            assert "No page has" not in shown.inner_text()
        page.keyboard.press("Escape")
        assert live.text_content() == ""


def test_marks_of_words_are_elements(visit, address):
    with visit(address + "index.html") as watch:
        watch.page.locator(FIELD).fill("cookie")
        watch.page.locator(f"{OPTIONS} mark").first.wait_for()
        words = watch.page.locator(f"{OPTIONS} mark").all_inner_texts()
        assert len(words) >= 4
        assert all(word.lower().startswith("cookie") for word in words)


def test_a_slash_in_a_field_is_a_slash(visit, address):
    with visit(address) as watch:
        watch.page.locator("#hb-paste").focus()
        watch.page.keyboard.type("a/b")
        assert watch.page.locator("#hb-paste").input_value() == "a/b"


def test_enter_without_a_choice_shows_all_results_by_kind(visit, address):
    with visit(f"{address}versions/index.html") as watch:
        page = watch.page
        page.locator(FIELD).fill("teardown")
        page.locator(OPTIONS).first.wait_for()
        page.locator(FIELD).press("Enter")
        page.wait_for_url("**/search.html?q=teardown")
        items = page.locator("ul.search li")
        items.first.wait_for()
        assert page.locator("#search").input_value() == "teardown"
        assert items.count() >= 10
        kinds = page.locator("ul.search .hb-found-kind")
        assert len(set(kinds.all_inner_texts())) >= 2
        page.locator("input[name=kind][value=proof]").check()
        assert page.evaluate("() => document.activeElement.value") == "proof"
        assert items.count() >= 2
        assert set(kinds.all_inner_texts()) == {"Proof"}
        page.locator("#search").fill("qqxxzz")
        assert items.count() == 0
        status = page.locator(".hb-search-all [role=status]")
        assert status.inner_text() == "No page has “qqxxzz”. Try fewer or other words."
        assert page.url.endswith("?q=qqxxzz")


def test_a_phone_has_a_link_to_the_field(visit, address):
    with visit(f"{address}after-request/index.html", PHONE) as watch:
        page = watch.page
        page.get_by_role("link", name="Search", exact=True).click()
        page.wait_for_url("**/search.html#search")
        page.wait_for_function("() => document.activeElement.id === 'search'")
        page.keyboard.type("cookie")
        page.locator("ul.search li").first.wait_for()
        assert gates.sideways(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_list(visit, address, scheme):
    with visit(f"{address}after-request/index.html", scheme=scheme) as watch:
        watch.page.locator(FIELD).fill("cookie")
        watch.page.locator(OPTIONS).first.wait_for()
        watch.page.keyboard.press("ArrowDown")
        assert gates.axe(watch.page) == []


def test_without_scripts_no_field_is_shown(visit, address):
    with visit(address, scripts=False) as watch:
        assert watch.page.locator(FIELD).count() == 1
        assert not watch.page.locator(FIELD).is_visible()
        watch.page.goto(f"{address}search.html")
        assert not watch.page.locator("#search").is_visible()
        assert watch.page.locator("[role=main] li a").count() >= 4


def test_an_index_that_does_not_come_is_told(visit, address):
    with visit(address) as watch:
        watch.page.route("**/searchindex.js", lambda route: route.abort())
        watch.page.locator(FIELD).focus()
        status = watch.page.locator(".hb-search [role=status]").first
        watch.page.wait_for_function(
            "() => document.querySelector('.hb-search [role=status]').textContent"
        )
        assert status.text_content() == "The search could not be loaded."
        watch.page.unroute("**/searchindex.js")
        watch.page.locator(FIELD).blur()
        watch.page.locator(FIELD).fill("cookie")
        watch.page.locator(OPTIONS).first.wait_for()
