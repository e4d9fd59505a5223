"""A quiz explains each choice, remembers it, and works without a mouse or a store."""

import pytest
from playwright.sync_api import expect

from .interactive import small_site

pytestmark = pytest.mark.browser

WRONG, RIGHT = 0, 1
"""The choices of the first question."""


@pytest.fixture(scope="module")
def quiz(tmp_path_factory):
    """Return the address of a page with four questions."""
    with small_site(tmp_path_factory.mktemp("quiz")) as address:
        yield f"{address}quiz.html"


@pytest.fixture
def page(visit, quiz):
    with visit(quiz) as watch:
        yield watch.page
        assert watch.errors == []


def question(page, number=0):
    return page.locator(".hb-question").nth(number)


def choice(page, place, number=0):
    return question(page, number).get_by_role("radio").nth(place)


def feedback(page, number=0):
    return question(page, number).get_by_role("status")


def stored(page):
    return page.evaluate("({...localStorage})")


def answers(page):
    return {key: value for key, value in stored(page).items() if "known" not in key}


def test_a_question_is_a_group_of_choices(page):
    expect(page.get_by_role("radio")).to_have_count(8)
    group = page.get_by_role("group", name="Question 1 What does it print?")
    expect(group.get_by_role("radio")).to_have_count(2)
    expect(page.get_by_role("radio", name="Hello", exact=True)).not_to_be_checked()
    expect(page.get_by_text("Right.").locator("visible=true")).to_have_count(0)
    expect(page.get_by_role("button", name="Forget my answers")).to_be_hidden()


def test_a_wrong_choice_is_explained_then_a_right_one(page):
    choice(page, WRONG).check()
    expect(feedback(page)).to_have_text("No. That is the other one.")
    expect(question(page).locator("label.hb-wrong")).to_have_text("Bye")
    choice(page, RIGHT).check()
    expect(feedback(page)).to_contain_text("Right. The view returns it.")
    expect(feedback(page)).to_contain_text("Nothing changes it.")
    expect(question(page).locator("label.hb-right")).to_have_text("Hello")
    expect(question(page).locator("label.hb-wrong")).to_have_count(0)


def test_a_proven_answer_names_its_test(page):
    choice(page, 1, number=3).check()
    expect(feedback(page, 3)).to_contain_text("Proven by test_known.")


def test_questions_do_not_interfere(page):
    choice(page, WRONG).check()
    choice(page, 0, number=1).check()
    expect(choice(page, WRONG)).to_be_checked()
    expect(feedback(page, 2)).to_be_empty()


def test_a_hint_opens(page):
    hint = question(page).locator("details.hb-hint")
    text = hint.get_by_text("Look at the")
    expect(text).to_be_hidden()
    hint.locator("summary").click()
    expect(text).to_be_visible()


def test_the_keyboard_is_enough(page):
    page.locator(".hb-quiz").evaluate("quiz => quiz.querySelector('input').focus()")
    page.keyboard.press("Space")
    expect(feedback(page)).to_have_text("No. That is the other one.")
    page.keyboard.press("ArrowDown")
    expect(feedback(page)).to_contain_text("Right.")
    page.keyboard.press("Tab")
    expect(question(page).locator(".hb-hint summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(question(page).get_by_text("Look at the")).to_be_visible()
    page.keyboard.press("Tab")
    expect(choice(page, 0, number=1)).to_be_focused()


def test_answers_come_back(page):
    choice(page, RIGHT).check()
    choice(page, 1, number=2).check()
    assert sorted(answers(page).values()) == ["1", "1"]
    page.reload()
    expect(choice(page, RIGHT)).to_be_checked()
    expect(feedback(page)).to_contain_text("Right.")
    expect(choice(page, 1, number=2)).to_be_checked()
    expect(feedback(page, 1)).to_be_empty()


def test_an_answer_to_a_changed_question_is_dropped(page, quiz):
    choice(page, RIGHT).check()
    (name,) = answers(page)
    old = name.rpartition(":")[2]
    changed = "0123456789ab"

    def change(route):
        body = route.fetch().text().replace(old, changed)
        route.fulfill(body=body, content_type="text/html")

    page.route(quiz, change)
    page.reload()
    expect(choice(page, RIGHT)).not_to_be_checked()
    expect(feedback(page)).to_be_empty()
    assert answers(page) == {}
    choice(page, WRONG).check()
    assert list(answers(page)) == [f"hookbook:quiz:{changed}"]


def test_a_stored_answer_that_does_not_exist_is_ignored(page):
    choice(page, RIGHT).check()
    (name,) = answers(page)
    for value in "7", "nonsense", "-1":
        page.evaluate("([name, value]) => localStorage.setItem(name, value)",
                      [name, value])  # fmt: skip
        page.reload()
        expect(choice(page, RIGHT)).not_to_be_checked()


def test_answers_can_be_forgotten(page):
    choice(page, RIGHT).check()
    choice(page, 0, number=1).check()
    reset = page.get_by_role("button", name="Forget my answers")
    reset.click()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    expect(feedback(page)).to_be_empty()
    expect(reset).to_be_hidden()
    expect(choice(page, 0)).to_be_focused()
    assert answers(page) == {}
    page.reload()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)


def test_without_a_store_it_works_and_forgets(visit, quiz):
    with visit("about:blank") as watch:
        page = watch.page
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage',"
            " {get() { throw new DOMException('blocked', 'SecurityError') }})"
        )
        page.goto(quiz)
        choice(page, RIGHT).check()
        expect(feedback(page)).to_contain_text("Right.")
        page.get_by_role("button", name="Forget my answers").click()
        expect(feedback(page)).to_be_empty()
        choice(page, RIGHT).check()
        page.reload()
        expect(choice(page, RIGHT)).not_to_be_checked()
        assert watch.errors == []


def test_without_scripts_the_answers_are_in_a_closed_disclosure(visit, quiz):
    with visit(quiz, scripts=False) as watch:
        page = watch.page
        expect(page.get_by_role("radio")).to_have_count(0)
        expect(question(page).locator(".hb-choices > li")).to_have_text(
            ["Bye", "Hello"]
        )
        reason = question(page).get_by_text("That is the other one.")
        expect(reason).to_be_hidden()
        question(page).locator(".hb-answer summary").click()
        expect(reason).to_be_visible()
        expect(question(page).locator(".hb-reasons > li")).to_have_count(2)
