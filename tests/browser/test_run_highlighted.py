"""CodeMirror in the editor: when it comes, how it looks, what works without it."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from hookbook.browser.bundle import package_of

from . import gates
from .runner import require
from .workbench import BASKET, PLAYGROUND, TRACED, Bench, clean, opened

LOCK = Path(__file__).parents[2] / "src/hookbook/browser/package-lock.json"
COLOUR = "(one) => getComputedStyle(one).color"


@pytest.fixture
def watch(visit, site, address):
    """The playground, of which nobody complains."""
    require(site)
    with visit(address + PLAYGROUND) as watch:
        yield watch
        clean(watch)


@pytest.mark.parametrize(
    ("file", "package"),
    [
        ("node_modules/@codemirror/view/dist/index.js", "@codemirror/view"),
        ("../npm/node_modules/crelt/index.js", "crelt"),
        ("node_modules/a/node_modules/@b/c/index.js", "@b/c"),
    ],
)
def test_a_bundled_file_is_of_a_package(file, package):
    assert package_of(file) == package


@pytest.mark.browser
def test_what_the_focus_loads_has_a_budget(site):
    require(site)
    (script,) = site.glob("_static/runner/*/codemirror.mjs")
    highlighted = site / "_static" / "workbench" / "highlighted.js"
    sizes = [gates.compressed(path.read_bytes()) for path in (script, highlighted)]
    assert 50_000 < sum(sizes) <= 125_000


@pytest.mark.browser
def test_the_licence_of_each_package_is_there(site):
    require(site)
    (about,) = site.glob("_static/runner/*/about.json")
    packages = json.loads(about.read_text("utf-8"))["editor"]
    assert {"@codemirror/state", "@lezer/python", "style-mod"} <= set(packages)
    locked = json.loads(LOCK.read_text("utf-8"))["packages"]
    licences = (about.parent / "codemirror-licences.txt").read_text("utf-8")
    for name, version in packages.items():
        assert locked[f"node_modules/{name}"]["version"] == version
        assert locked[f"node_modules/{name}"]["license"] == "MIT"
        assert licences.count(f"{name} {version}\n\n") == 1
    assert licences.count("Permission is hereby granted") == len(packages)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_comes_with_the_focus_and_has_the_colours_of_the_page(
    visit, site, address, scheme
):
    require(site)
    with visit(address + PLAYGROUND, scheme=scheme, until="networkidle") as watch:
        page, bench = watch.page, Bench(watch.page)
        expect(bench.code).to_have_class("hb-code-area")
        assert not [url for url in watch.requests if "codemirror" in url]
        bench.highlighted()
        assert len([url for url in watch.requests if "codemirror" in url]) == 1
        words = {"def": ".k", "close_shop": ".nf", "503": ".mi", '"3600"': ".s2"}
        words |= {"True": ".kc", "before_request": ".nd"}
        page.evaluate(
            "document.querySelector('.hb-playground > figure').hidden = false"
        )
        for word, kind in words.items():
            span = bench.code.locator("span").get_by_text(word, exact=True).first
            theirs = page.locator(f".hb-playground > figure .hb-code {kind}").first
            assert span.evaluate(COLOUR) == theirs.evaluate(COLOUR), word
        page.evaluate("document.querySelector('.hb-playground > figure').hidden = true")
        assert len(bench.code.evaluate("(one) => one.getRootNode().adoptedStyleSheets"))
        assert (
            bench.code.evaluate(
                "(one) => one.getRootNode().querySelectorAll('style').length"
            )
            == 0
        )
        assert gates.axe(page) == []
        clean(watch)


@pytest.mark.browser
def test_it_has_a_name_and_tells_its_keys(watch):
    page, bench = watch.page, Bench(watch.page)
    for _ in range(2):
        expect(bench.code).to_have_accessible_name("Code: app.py")
        expect(bench.code).to_have_accessible_description(
            "Tab leaves the editor. Ctrl+Enter runs."
        )
        bench.highlighted()
    page.keyboard.press("Tab")
    expect(bench.button("Add a file")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(bench.code).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(bench.button("Choose a snippet of this site")).to_be_focused()


@pytest.mark.browser
def test_the_page_sees_the_mark_of_its_focus(watch):
    page, bench = watch.page, Bench(watch.page)
    bench.highlighted()
    editor = page.locator(".hb-highlighted")
    expect(editor).to_have_css("outline-style", "solid")
    page.keyboard.press("Tab")
    expect(editor).to_have_css("outline-style", "none")


@pytest.mark.browser
def test_undo_leads_back_and_what_is_seen_is_what_runs(watch):
    page, bench = watch.page, Bench(watch.page)
    before = bench.text
    bench.highlighted()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("# typed")
    assert bench.text == f"{before}\n    # typed"
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert bench.text == before
    page.keyboard.press("Control+y")
    assert bench.text != before
    bench.write(BASKET)
    bench.button("Reset").click()
    assert bench.text == before
    expect(bench.code).to_contain_text("close_shop")
    bench.code.focus()
    page.keyboard.press("Control+z")
    expect(bench.code).to_contain_text("basket")
    assert bench.text == BASKET


@pytest.mark.browser
def test_text_over_a_selection_is_no_style_of_its_own(watch):
    page, bench = watch.page, Bench(watch.page)
    bench.highlighted()
    lines = bench.text.split("\n")
    page.keyboard.press("Control+Home")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+End")
    page.keyboard.type("x = 1")
    assert bench.text.split("\n") == ["x = 1", *lines[4:]]
    page.keyboard.press("Control+z")
    assert bench.text.split("\n") == lines
    page.keyboard.press("Control+a")
    page.keyboard.type("y")
    assert bench.text == "y"
    page.keyboard.insert_text("a = 1\nb = 2\n")
    assert bench.text == "ya = 1\nb = 2\n"
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("c\nd")
    assert bench.text == "c\nd"


@pytest.mark.browser
def test_what_is_typed_until_it_comes_is_kept(visit, site, address):
    require(site)
    held = []
    with visit("about:blank") as watch:
        page, bench = watch.page, Bench(watch.page)
        page.route("**/codemirror.mjs", lambda route: held.append(route))
        page.goto(address + PLAYGROUND)
        with page.expect_request("**/codemirror.mjs"):
            bench.code.focus()
        page.keyboard.press("Control+Home")
        page.keyboard.type("# early\n")
        assert bench.text.startswith("# early\n")
        expect(bench.code).to_have_class("hb-code-area")
        held[0].continue_()
        expect(bench.element.locator(".cm-content")).to_be_focused()
        page.keyboard.type("# late\n")
        assert bench.text.startswith("# early\n# late\nfrom flask")
        clean(watch)


@pytest.mark.browser
def test_without_it_the_text_area_does_the_same(visit, site, address):
    require(site)
    with visit("about:blank") as watch:
        page, bench = watch.page, Bench(watch.page)
        page.route("**/codemirror.mjs", lambda route: route.abort())
        page.goto(address + TRACED)
        with page.expect_event("requestfailed"):
            page.get_by_role("button", name="Edit and run").first.click()
        expect(bench.code).to_be_focused()
        expect(bench.code).to_have_class("hb-code-area")
        bench.code.fill(bench.text.replace('"World"', '"Moon"'))
        bench.run("The output differs from the page's")
        section = bench.traces.first
        for _ in range(4):
            section.get_by_role("button", name="Next step").click()
        lamp = bench.element.locator(".hb-lamp:not([hidden])")
        first, last = map(int, lamp.get_attribute("data-lines").split("-"))
        lines = bench.text.split("\n")[first - 17 : last - 16]
        assert len(lines) == 3
        assert "Moon" in lines[1]
        box, area = lamp.bounding_box(), bench.code.bounding_box()
        bottom = area["y"] + area["height"]
        assert area["y"] < box["y"] < box["y"] + box["height"] < bottom
        numbers = bench.element.locator(".hb-gutter").first
        count = len(bench.text.split("\n"))
        assert numbers.inner_text().split() == [str(17 + n) for n in range(count)]
        bench.code.press("End")
        bench.code.press("Space")
        expect(lamp).to_have_count(0)
        assert gates.policy(watch) == []


@pytest.mark.browser
def test_two_editors_have_one_codemirror(visit, site, address):
    require(site)
    with visit(address + TRACED) as watch:
        page = watch.page
        opened(page)
        page.get_by_role("button", name=re.compile("Edit and run")).locator(
            "visible=true"
        ).nth(1).click()
        expect(page.locator(".cm-content")).to_have_count(2)
        assert len([url for url in watch.requests if "codemirror" in url]) == 1
        clean(watch)
