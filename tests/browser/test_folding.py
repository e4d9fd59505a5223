"""Flask's own steps are folded until somebody asks for them."""

import pytest
from playwright.sync_api import expect

from .axe import violations
from .interactive import small_site
from .test_stepper import control, current, expect_step, sections

pytestmark = pytest.mark.browser

OWN = [2, 7, 8, 9]
"""The steps of the first trace that are folded, of nine."""


@pytest.fixture(scope="module")
def traces(tmp_path_factory):
    with small_site(tmp_path_factory.mktemp("folding")) as address:
        yield f"{address}traces.html"


@pytest.fixture
def page(visit, traces):
    with visit(traces) as watch:
        yield watch.page
        assert watch.errors == []


def toggle(page, section=0, key=""):
    return sections(page, key).nth(section).locator(".hb-own-steps")


def items(page, key=""):
    return sections(page, key).locator(".hb-flow > li")


def rows(page):
    return sections(page).locator(".hb-execution tbody tr")


def expect_folded(page, folded):
    for number in range(1, 10):
        for places in (items(page), rows(page)):
            assertion = expect(places.nth(number - 1))
            if folded and number in OWN:
                assertion.to_be_hidden()
            else:
                assertion.to_be_visible()
    for section in range(2):
        button = toggle(page, section)
        what = "Show" if folded else "Hide"
        expect(button).to_have_text(
            f"{what} Flask\N{RIGHT SINGLE QUOTATION MARK}s own steps (4)"
        )
        expect(button).to_have_attribute("aria-expanded", str(not folded).lower())


def test_they_are_folded_in_all_views_of_the_run_and_come_back_together(page):
    expect_folded(page, folded=True)
    toggle(page).click()
    expect_folded(page, folded=False)
    toggle(page, section=1).click()
    expect_folded(page, folded=True)


def test_the_others_keep_their_numbers(page):
    toggle(page).click()
    before = [item.bounding_box()["x"] for item in items(page).all()]
    toggle(page).click()
    # The number is the browser's own count of the list: what is folded is still in it.
    expect(items(page).filter(visible=True)).to_have_count(5)
    for number in (1, 3, 4, 5, 6):
        item = items(page).nth(number - 1)
        expect(item).to_have_css("position", "relative")
        assert item.bounding_box()["x"] == before[number - 1]
    for number in OWN:
        expect(items(page).nth(number - 1)).to_have_css("display", "list-item")


def test_they_are_not_there_for_assistive_technology(page):
    expect(sections(page).first.get_by_role("listitem")).to_have_count(5)
    expect(sections(page).nth(1).get_by_role("row")).to_have_count(1 + 5 + 1 + 4)
    toggle(page).click()
    expect(sections(page).first.get_by_role("listitem")).to_have_count(9)


def test_next_previous_and_the_ends_pass_them_over(page):
    forward, back = control(page, "Next step"), control(page, "Previous step")
    forward.click()
    expect_step(page, 1)
    forward.click()
    expect_step(page, 3)
    expect(sections(page).first.locator(".hb-position")).to_contain_text("3 of 9")
    back.click()
    expect_step(page, 1)
    expect(back).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("End")
    expect_step(page, 6)
    expect(forward).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Home")
    expect_step(page, 1)
    toggle(page).click()
    forward.click()
    expect_step(page, 2)


def test_play_passes_them_over_and_ends_at_the_last(page):
    page.clock.install()
    page.reload()
    control(page, "Play").click()
    expect_step(page, 1)
    page.clock.run_for(1600)
    expect_step(page, 3)
    page.clock.run_for(1600 * 3)
    expect_step(page, 6)
    expect(control(page, "Play")).to_be_visible()
    control(page, "Play").click()
    expect_step(page, 1)


def test_a_link_to_one_unfolds_them(visit, traces):
    with visit(f"{traces}#step-7") as watch:
        expect_step(watch.page, 7)
        expect_folded(watch.page, folded=False)
        assert watch.page.locator("#step-7").is_visible()
    with visit(f"{traces}#step-6") as watch:
        expect_step(watch.page, 6)
        expect_folded(watch.page, folded=True)
        watch.page.evaluate("location.hash = '#step-2'")
        expect_step(watch.page, 2)
        expect_folded(watch.page, folded=False)


def test_folding_the_current_step_goes_to_the_one_before(page):
    toggle(page).click()
    items(page).nth(7).click()
    expect_step(page, 8)
    toggle(page).click()
    expect_step(page, 6)
    items(page).nth(3).click()
    toggle(page).click()
    toggle(page).click()
    expect_step(page, 4)


def test_each_run_is_unfolded_on_its_own(page):
    toggle(page).click()
    expect(toggle(page, key="visits-2-")).to_have_attribute("aria-expanded", "false")
    expect(current(page, ".hb-flow > li")).to_have_count(0)


def test_the_keyboard_reaches_the_button_and_the_focus_stays(page):
    button = toggle(page)
    control(page, "Next step").focus()
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect_folded(page, folded=False)
    expect(button).to_be_focused()
    button.press("Space")
    expect_folded(page, folded=True)


def test_without_scripts_all_steps_are_there(visit, traces):
    with visit(traces, scripts=False) as watch:
        for place in [*items(watch.page).all(), *rows(watch.page).all()]:
            expect(place).to_be_visible()
        expect(watch.page.locator(".hb-own-steps")).to_have_count(0)


def test_on_paper_all_steps_are_there(page):
    expect(items(page).nth(1)).to_be_hidden()
    page.emulate_media(media="print")
    for place in [*items(page).all(), *rows(page).all()]:
        expect(place).to_be_visible()
    expect(toggle(page)).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_button_is_legible_and_named(visit, traces, scheme):
    with visit(traces, scheme=scheme) as watch:
        assert violations(watch.page, ["color-contrast", "aria-allowed-attr"]) == []
        name = "Show Flask\N{RIGHT SINGLE QUOTATION MARK}s own steps (4)"
        assert watch.page.get_by_role("button", name=name).count() >= 2
