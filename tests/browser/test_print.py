"""A page to recall from prints on one side of A4, without its flashcards."""

import re

import pytest

from .pages import DOCS

pytestmark = pytest.mark.browser

REVIEWS = sorted(
    str(path.relative_to(DOCS).with_suffix(".html"))
    for path in DOCS.glob("*/review.md")
)
SHEET = re.compile(rb"/Type\s*/Page\b")
A4 = re.compile(rb"/MediaBox\s*\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]")


def printed(page):
    return page.pdf(prefer_css_page_size=True, print_background=True)


def test_both_guides_have_a_page_to_print():
    assert REVIEWS == ["after-request/review.html", "deferred-callbacks/review.html"]


@pytest.mark.parametrize("name", REVIEWS)
def test_a_review_prints_on_one_side_of_a4(visit, address, name):
    with visit(address + name) as watch:
        pdf = printed(watch.page)
    assert len(SHEET.findall(pdf)) == 1
    assert len(A4.findall(pdf)) == 1


@pytest.mark.canary
def test_a_sheet_that_is_too_long_is_noticed(visit, address):
    with visit(address + REVIEWS[0]) as watch:
        watch.page.evaluate("""() => {
          const section = document.querySelector("#order-of-one-request");
          section.append(...section.cloneNode(true).childNodes);
          for (let i = 0; i < 3; i++)
            section.append(...section.cloneNode(true).childNodes);
        }""")
        assert len(SHEET.findall(printed(watch.page))) > 1


@pytest.mark.parametrize("name", REVIEWS)
def test_flashcards_are_left_out_and_everything_else_is_seen(visit, address, name):
    with visit(address + name) as watch:
        watch.page.emulate_media(media="print")
        shown = watch.page.eval_on_selector_all(
            "article h2",
            "all => all.map((one) => [one.innerText, one.checkVisibility()])",
        )
    titles = {title.strip("¶#\n "): visible for title, visible in shown}
    assert not titles.pop("Flashcards")
    assert len(titles) >= 5
    assert all(titles.values())


@pytest.mark.parametrize("name", REVIEWS)
def test_a_card_opens_and_closes_with_the_keyboard(visit, address, name):
    with visit(address + name) as watch:
        cards = watch.page.locator(".hb-card")
        assert cards.count() >= 12
        answer = cards.first.locator("p")
        assert not answer.is_visible()
        cards.first.locator("summary").focus()
        watch.page.keyboard.press("Enter")
        assert answer.is_visible()
        watch.page.keyboard.press("Enter")
        assert not answer.is_visible()
