"""The marks behind sentences, off until asked for, and the line of each section."""

import pytest

from . import gates
from .conftest import PHONE

pytestmark = pytest.mark.browser

PAGE = "after-request/index.html"
MARKS = ".hb-claim:not(.hb-shown) > a"
SWITCH = "button.hb-marks"
VISIBLE = "(all) => all.filter((one) => one.checkVisibility()).length"


def visible(page, what=MARKS):
    """Return how many elements a reader sees, of all."""
    found = page.locator(what)
    return found.evaluate_all(VISIBLE), found.count()


@pytest.mark.parametrize("scripts", [True, False])
def test_no_mark_is_shown_and_each_line_opens(visit, address, scripts):
    with visit(address + PAGE, scripts=scripts) as watch:
        page = watch.page
        shown, count = visible(page)
        assert shown == 0
        assert count >= 20
        lines = page.locator("details.hb-checks")
        assert lines.count() >= 5
        line = lines.nth(1)
        assert line.locator("a").first.is_visible() is False
        line.locator("summary").click()
        links = line.locator("a")
        said = line.locator("summary").inner_text()
        assert said.startswith(f"{links.count()} check")
        target = links.first.get_attribute("href")
        links.first.click()
        page.wait_for_url(f"**/{target.removeprefix('../')}")
        test = target.partition("#")[2]
        assert page.locator(f"#{test}").count() == 1


def test_the_switch_works_by_keyboard_and_is_remembered(visit, address):
    with visit(address + PAGE) as watch:
        page = watch.page
        switch = page.locator(SWITCH)
        assert switch.get_attribute("aria-pressed") == "false"
        switch.focus()
        page.keyboard.press("Space")
        assert switch.get_attribute("aria-pressed") == "true"
        shown, count = visible(page)
        assert shown == count >= 20
        page.goto(f"{address}deferred-callbacks/index.html")
        assert page.locator(SWITCH).get_attribute("aria-pressed") == "true"
        assert visible(page)[0] >= 20
        page.locator(SWITCH).press("Enter")
        assert visible(page)[0] == 0
        page.reload()
        assert visible(page)[0] == 0
        assert gates.policy(watch) + gates.console(watch) == []


def test_nothing_flashes_the_choice_is_there_before_the_article(visit, address):
    with visit(address + PAGE) as watch:
        page = watch.page
        page.locator(SWITCH).click()
        # Of all scripts only the one before the article is let through.
        page.route("**/marks.js*", lambda route: route.abort())
        page.goto(address + PAGE)
        shown, count = visible(page)
        assert shown == count >= 20


def test_coming_from_a_proof_shows_the_mark(visit, address):
    with visit(f"{address}{PAGE}#claim-2") as watch:
        assert visible(watch.page) == (1, visible(watch.page)[1])
        assert watch.page.locator("#claim-2 > a").is_visible()


def test_marks_are_not_selected_with_the_text(visit, address):
    with visit(address + PAGE) as watch:
        page = watch.page
        page.locator(SWITCH).click()
        first = "p:has(> .hb-claim)"
        copied = page.evaluate(
            """(first) => {
              getSelection().selectAllChildren(document.querySelector(first));
              return getSelection().toString();
            }""",
            first,
        )
        plain = page.locator(first).first.evaluate(
            """(p) => {
              const copy = p.cloneNode(true);
              for (const mark of copy.querySelectorAll(".hb-claim")) mark.remove();
              return copy.textContent;
            }"""
        )
        assert copied.split() == plain.split()
        assert len(plain.split()) >= 5


def test_pages_without_claims_have_no_switch(visit, address):
    with visit(f"{address}404.html") as watch:
        assert watch.page.locator(SWITCH).count() == 0
    with visit(address + PAGE, scripts=False) as watch:
        assert not watch.page.locator(SWITCH).is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_marks_and_open_lines(visit, address, scheme):
    with visit(address + PAGE, PHONE, scheme=scheme) as watch:
        watch.page.locator(SWITCH).click()
        watch.page.locator("details.hb-checks summary").first.click()
        assert gates.axe(watch.page) == []
        assert gates.sideways(watch.page) == []
