"""The pages of the built site, through every gate; `sweep.py` says which pages."""

import pytest

from . import gates
from .pages import FORMS, SOURCES, SWEEP, Ahead

pytestmark = pytest.mark.browser

forms = pytest.mark.parametrize("form", ["desktop", "phone"])


every_gate = pytest.mark.parametrize("name", SWEEP.full, indirect=True)


# Of the module, so that pytest asks everything of one page before it goes on: pages in
# full first, because it goes by their places in the list.
@pytest.fixture(scope="module", params=SWEEP.full + SWEEP.loaded)
def name(request):
    """Return the name of the page's file."""
    return request.param


@pytest.fixture(scope="module")
def ahead(visit, address):
    """Return the pages in their order."""
    pages = Ahead(visit, address, SWEEP.full + SWEEP.loaded)
    yield pages
    pages.close()


@pytest.fixture(scope="module")
def page(ahead, name):
    """Return the page in its forms; each is loaded once."""
    opened = ahead.take(name)
    yield opened
    opened.close()


def test_every_built_page_is_known(site):
    built = {str(path.relative_to(site)) for path in site.rglob("*.html")}
    assert built == set(SOURCES)
    assert len([name for name in built if not name.startswith("proofs/")]) >= 22


def test_the_markup_is_sound(site, name):
    assert gates.markup((site / name).read_text(encoding="utf-8")) == []


def test_the_markup_of_the_pages_that_are_left_out_is_sound(site):
    faults = {
        name: gates.markup((site / name).read_text(encoding="utf-8"))
        for name in SWEEP.left
    }
    assert {name: found for name, found in faults.items() if found} == {}


# First of those that look at the loaded page: nobody has moved the focus yet.
@every_gate
@forms
def test_the_keyboard_reaches_all(page, form):
    assert gates.keyboard(page.untouched(form).page) == []


@every_gate
@forms
def test_the_first_stop_skips_the_navigation(page, form):
    assert gates.skip_link(page.walk(form).page) == []


@every_gate
@forms
def test_axe_finds_nothing(page, form):
    assert gates.axe(page.get(form).page) == []


@every_gate
@forms
def test_axe_finds_nothing_in_the_dark(page, form):
    assert gates.axe_in_the_dark(page.get(form).page) == []


@every_gate
@pytest.mark.parametrize(
    ("form", "width"), [("desktop", 1440), ("phone", 390), ("phone", 320)]
)
def test_nothing_is_too_wide_and_no_word_is_broken(page, form, width):
    opened = page.get(form).page
    opened.set_viewport_size({"width": width, "height": 800})
    try:
        assert gates.sideways(opened) == []
        assert gates.scrollers(opened) == []
        assert gates.broken_words(opened) == []
    finally:
        opened.set_viewport_size(FORMS[form]["viewport"])


@every_gate
def test_without_scripts_nothing_is_lost(page, name):
    watch = page.get("plain")
    assert gates.dead_controls(watch.page) == []
    if name == "search.html":
        return
    without = gates.main_text(watch.page)
    assert sum(without.values()) >= 1
    assert gates.main_text(page.get("desktop").page) - without == {}


def test_the_head_tells_what_the_page_is(page):
    assert gates.head(page.get("desktop").page) == []


# Last, when everything else has been asked of the page and whatever comes late is here.
def test_it_loads_without_a_complaint(page):
    assert complaints(page.get("desktop")) == []


@every_gate
def test_it_loads_on_a_phone_without_a_complaint(page):
    assert complaints(page.get("phone")) == []


def test_it_is_light(page):
    watch = page.get("desktop")
    watch.page.wait_for_load_state("networkidle")
    assert gates.weight(watch) == []


def complaints(watch):
    """Return what the policy, the console and the list of other hosts hold."""
    watch.page.wait_for_load_state("networkidle")
    return gates.policy(watch) + gates.console(watch) + gates.other_hosts(watch)
