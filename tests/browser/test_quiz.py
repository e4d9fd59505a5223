"""Quiz and challenge explain each choice, remember it, need no mouse and no store."""

import pytest
from playwright.sync_api import expect

from . import gates
from .conftest import DESKTOP, PHONE
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


@pytest.fixture(scope="module")
def challenge(tmp_path_factory):
    """Return the address of a page with two levels of two problems."""
    with small_site(tmp_path_factory.mktemp("challenge"), "challenge") as address:
        yield address


@pytest.fixture
def levels(visit, challenge):
    with visit(challenge) as watch:
        yield watch.page
        assert watch.errors == []


def progress(page, level=0):
    return page.locator(".hb-progress").nth(level)


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


def test_progress_counts_what_is_solved(page):
    expect(progress(page)).to_have_text("0 of 4 solved")
    choice(page, WRONG).check()
    expect(progress(page)).to_have_text("0 of 4 solved")
    choice(page, RIGHT).check()
    expect(progress(page)).to_have_text("1 of 4 solved")
    choice(page, 0, number=1).check()
    expect(progress(page)).to_have_text("2 of 4 solved")
    page.reload()
    expect(progress(page)).to_have_text("2 of 4 solved")
    page.get_by_role("button", name="Forget my answers").click()
    expect(progress(page)).to_have_text("0 of 4 solved")


def test_each_level_has_its_progress_and_is_forgotten_alone(levels):
    expect(progress(levels, 0)).to_have_text("0 of 2 solved")
    choice(levels, 1).check()
    choice(levels, 0, number=2).check()
    expect(progress(levels, 0)).to_have_text("1 of 2 solved")
    expect(progress(levels, 1)).to_have_text("1 of 2 solved")
    level = levels.get_by_role("region", name="Level 1")
    level.get_by_role("button", name="Forget my answers").click()
    expect(progress(levels, 0)).to_have_text("0 of 2 solved")
    expect(progress(levels, 1)).to_have_text("1 of 2 solved")
    expect(choice(levels, 0, number=2)).to_be_checked()


def test_nothing_is_read_out_when_the_page_opens(visit, challenge):
    """What changes inside of a status would be; a status that arrives full is not."""
    watcher = """window.noise = [];
      new MutationObserver((records) => {
        for (const {target} of records) {
          const element = target.nodeType === 1 ? target : target.parentElement;
          if (element?.closest("[role=status]")) noise.push(element.outerHTML);
        }
      }).observe(document, {childList: true, characterData: true, subtree: true});"""
    with visit(challenge) as watch:
        page = watch.page
        choice(page, 1).check()
        page.add_init_script(watcher)
        page.reload()
        expect(feedback(page)).to_contain_text("Right. The hook says so.")
        assert page.evaluate("noise") == []
        choice(page, 0).check()
        expect(feedback(page)).to_contain_text("No. It would be another hook.")
        assert page.evaluate("noise.length") > 0


def test_a_program_is_no_part_of_the_name_of_a_choice(levels):
    group = levels.get_by_role(
        "group", name="Problem 2: fix the security hole How is it served hot?"
    )
    names = ["With a hook that says hot.", "With a hook that says cold."]
    for name in names:
        expect(group.get_by_role("radio", name=name, exact=True)).to_be_visible()
    expect(group.locator(".hb-choice-code")).to_have_count(2)
    expect(group.locator(".hb-program")).to_contain_text("Wanted: it prints")
    expect(levels.locator("label pre")).to_have_count(1)
    expect(levels.locator("label :is(button, [tabindex])")).to_have_count(0)


def test_a_wrong_program_is_refuted_by_its_run_and_may_be_replaced(levels):
    shown = question(levels, 1).locator(".hb-feedback")
    choice(levels, 1, number=1).check()
    expect(feedback(levels, 1)).to_contain_text("No. It does not do so.")
    expect(feedback(levels, 1)).not_to_contain_text("This program prints")
    expect(shown).to_contain_text("This program prints")
    expect(shown.locator(".hb-output")).to_have_text("cold")
    choice(levels, 0, number=1).check()
    expect(feedback(levels, 1)).to_have_text("Right. It does as wanted.")
    expect(shown.locator(".hb-output")).to_have_text("hot")


def test_an_explanation_shown_doubles_no_id_and_no_button(levels):
    for number in range(3):
        choice(levels, 0, number=number).check()
    ids = levels.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))
    expect(levels.locator(".hb-feedback button")).to_have_count(0)
    expect(question(levels, 2).locator(".hb-feedback .hb-claim a")).to_be_visible()


def test_a_link_to_a_proof_in_an_answer_shows_its_problem(visit, challenge):
    with visit(f"{challenge}#claim-3") as watch:
        asked = question(watch.page, 2)
        expect(asked).to_be_in_viewport()
        assert abs(asked.bounding_box()["y"]) < 300


def test_the_keyboard_solves_a_challenge(levels):
    choice(levels, 0).focus()
    levels.keyboard.press("Space")
    levels.keyboard.press("ArrowDown")
    expect(progress(levels)).to_have_text("1 of 2 solved")
    choice(levels, 1, number=1).focus()
    levels.keyboard.press("Space")
    levels.keyboard.press("ArrowUp")
    expect(progress(levels)).to_have_text("2 of 2 solved")
    levels.get_by_role("button", name="Forget my answers").first.focus()
    levels.keyboard.press("Enter")
    expect(progress(levels)).to_have_text("0 of 2 solved")
    expect(choice(levels, 0)).to_be_focused()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_an_answered_challenge_passes_axe(visit, challenge, size):
    with visit(challenge, size) as watch:
        for number in range(4):
            choice(watch.page, 0, number=number).check()
        for scheme in "light", "dark":
            watch.page.emulate_media(color_scheme=scheme)
            assert gates.axe(watch.page) == []
        for width in 320, size["width"]:
            watch.page.set_viewport_size({"width": width, "height": 800})
            assert gates.sideways(watch.page) == []
            assert gates.scrollers(watch.page) == []


def test_without_scripts_a_challenge_is_read(visit, challenge):
    with visit(challenge, scripts=False) as watch:
        page = watch.page
        assert gates.dead_controls(page) == []
        expect(page.locator(".hb-progress")).to_have_count(0)
        expect(question(page, 1).locator(".hb-choice-code")).to_have_count(2)
        expect(question(page, 1).locator(".hb-choice-code").first).to_be_visible()
        reason = question(page, 1).get_by_text("It does not do so.")
        expect(reason).to_be_hidden()
        question(page, 1).locator(".hb-answer summary").click()
        expect(reason).to_be_visible()
        expect(question(page, 1).locator(".hb-evidence").nth(1)).to_be_visible()


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
