"""A reader changes a page's code, runs it, and sees what came of it."""

import gzip
import json
import re

import pytest
from playwright.sync_api import expect

from . import gates
from .runner import require
from .workbench import (
    SHOWN,
    START,
    TASKS,
    TRACED,
    Bench,
    clean,
    opened,
)

pytestmark = pytest.mark.browser


PAINTED = "(one) => getComputedStyle(one).backgroundColor"


@pytest.fixture(scope="module")
def traced_page(visit, site, address):
    require(site)
    with visit(address + TRACED) as watch:
        yield watch


@pytest.fixture
def traced(traced_page):
    """The first trace with its editor open; Python stays from test to test."""
    bench = opened(traced_page.page)
    yield bench
    if bench.button("Stop").get_attribute("aria-disabled") == "false":
        bench.button("Stop").click()
    bench.button("Reset").click()
    bench.button("Back to the page").click()
    clean(traced_page)


def test_the_first_run_says_what_it_loads_and_loads_it_then(visit, site, address):
    require(site)
    (about,) = site.glob("_static/runner/*/about.json")
    later = ("extension-", "codemirror")
    first = [p for p in about.parent.iterdir() if not p.name.startswith(later)]
    packed = (gzip.compress(path.read_bytes()) for path in first)
    size = f"about {round(sum(map(len, packed)) / 1e6)} MB"
    with visit(address + TRACED) as watch:
        button = watch.page.get_by_role("button", name="Edit and run").first
        expect(button).to_have_accessible_description(re.compile(f"loads {size}"))
        bench = opened(watch.page)
        expect(bench.status).to_contain_text(size)
        loaded = [url for url in watch.requests if "/runner/" in url]
        names = [url.rpartition("/")[2] for url in loaded]
        assert names == ["corpus.json", "codemirror.mjs"]
        bench.run("Ran in")
        expect(bench.status).to_have_text(re.compile(r"^Ran in \d+\.\d\d s\.$"))
        assert any("pyodide" in url for url in watch.requests)
        clean(watch)


def test_what_is_edited_is_what_runs_and_what_is_traced(traced):
    traced.change('"World"', '"Moon"')
    traced.change(
        "@app.get",
        "@app.before_request\ndef look():\n    pass\n\n\n@app.get",
    )
    traced.run("The output differs from the page's")
    expect(
        traced.result.get_by_role("group", name="It printed", exact=True)
    ).to_contain_text("Moon")
    expect(
        traced.result.get_by_role("group", name="On the page it printed")
    ).to_contain_text("World")
    assert "before_request hook" in traced.steps()
    traced.ask("/")
    traced.run("200 OK")
    headers = traced.result.get_by_role("group", name="Headers of response")
    expect(headers).to_contain_text("X-Hello: Moon")
    expect(traced.body()).to_have_text("Hello!")
    assert "before_request hook" in traced.steps()


def test_the_trace_of_the_readers_version_steps(traced):
    traced.change('"World"', '"Moon"')
    traced.run()
    section = traced.traces.first
    expect(traced.page.locator(".hb-replaced")).to_have_count(1)
    for _ in range(4):
        section.get_by_role("button", name="Next step").click()
    expect(section.locator(".hb-flow > .hb-current")).to_contain_text("add_header")
    lines = traced.lit.all_inner_texts()
    assert len(lines) == 3
    assert "Moon" in lines[1]
    (soft,) = {one.evaluate(PAINTED) for one in traced.lit.all()}
    assert soft == section.locator(".hb-flow > .hb-current").evaluate(PAINTED)
    traced.code.press("End")
    traced.code.press("Space")
    expect(traced.lit).to_have_count(0)
    expect(section.get_by_role("status")).to_contain_text("Step 5 of 9")
    theirs = traced.page.locator(".hb-trace[data-trace=''] .hb-current")
    expect(theirs).to_have_count(0)


def test_a_second_run_replaces_the_first(traced):
    traced.run()
    traced.change("@app.after_request\n", "")
    traced.run("KeyError")
    expect(traced.traces).to_have_count(1)
    assert "after_request hook" not in traced.steps()
    traced.traces.get_by_role("button", name="Next step").click()
    expect(traced.traces.locator(".hb-position")).to_contain_text("1 of")


def test_reset_and_the_way_back(traced):
    page = traced.page
    before = traced.text
    traced.change('"World"', '"Moon"')
    traced.run()
    expect(page.locator(".hb-replaced")).to_have_count(1)
    traced.button("Reset").click()
    assert traced.text == before
    expect(traced.result).to_be_hidden()
    expect(page.locator(".hb-replaced")).to_have_count(0)
    expect(traced.status).to_contain_text("Reset")
    traced.change('"World"', '"Sun"')
    traced.button("Back to the page").click()
    expect(page.locator(".hb-workbench")).to_have_count(0)
    expect(page.locator(".hb-replaced")).to_have_count(0)
    expect(page.get_by_role("button", name="Edit and run").first).to_be_focused()
    expect(page.locator(".hb-trace .hb-code").first).to_be_visible()
    again = opened(page)
    assert '"Sun"' in again.text


def test_an_endless_loop_is_stopped_and_the_next_run_works(traced):
    whole = traced.text
    traced.write("while True:\n    pass\n")
    traced.button("Run").click()
    expect(traced.status).to_contain_text("Still running", timeout=START)
    expect(traced.button("Run")).to_have_attribute("aria-disabled", "true")
    traced.button("Stop").click()
    expect(traced.status).to_have_text("Stopped. Run starts again.")
    expect(traced.button("Stop")).to_have_attribute("aria-disabled", "true")
    traced.write(whole)
    traced.run()


def test_a_flood_of_output_is_cut(traced):
    traced.way("Scenario")
    scenario = traced.element.get_by_label("Scenario").last
    scenario.fill('while True:\n    print("water" * 100)')
    traced.run("Ended after")
    expect(traced.status).to_contain_text("more than 100000 characters")
    expect(traced.result).to_contain_text("What was printed after that is left out")
    printed = traced.result.get_by_role("group", name=re.compile("printed|Output"))
    assert 90_000 < max(len(text) for text in printed.all_inner_texts()) <= 100_000
    assert gates.sideways(traced.page) == []


def test_a_traceback_names_the_readers_line(traced):
    traced.change('return "Hello!"', 'return {}["cup"]')
    traced.ask("/")
    traced.run("500 INTERNAL SERVER ERROR")
    expect(traced.status).to_contain_text("KeyError: 'cup' (line 30)")
    traceback = traced.result.get_by_role("group", name="Traceback")
    expect(traceback).to_contain_text("line 30, in index")
    traced.button("Go to line 30").click()
    selected = traced.code.evaluate(
        "(one) => one.getRootNode().getSelection().toString()"
    )
    assert selected.strip() == 'return {}["cup"]'
    expect(traced.code).to_be_focused()


def test_a_syntax_error_is_told_with_its_line(traced):
    traced.change("def index():", "def index(:")
    traced.run("Not run: SyntaxError")
    expect(traced.status).to_contain_text("(line 29)")
    expect(traced.traces).to_have_count(0)


def test_line_numbers_stand_beside_their_lines(traced):
    shown = traced.element.locator(".cm-lineNumbers .cm-gutterElement:visible")
    lines = traced.element.locator(".cm-line")
    count = len(traced.text.split("\n"))
    numbers = shown.all_inner_texts()
    assert numbers == [str(17 + place) for place in range(count)]
    top = "(all) => all.map((one) => Math.round(one.getBoundingClientRect().top))"
    assert shown.evaluate_all(top) == lines.evaluate_all(top)
    theirs = traced.page.locator(".hb-code pre").nth(1)
    same = """(one) => {
      const style = getComputedStyle(one);
      return [style.fontSize, style.lineHeight, style.fontFamily];
    }"""
    assert theirs.evaluate(same) == lines.first.evaluate(same)


def test_what_is_wrong_with_a_request_is_said(traced):
    traced.ask("/")
    traced.element.get_by_text("Headers, cookies, body").click()
    traced.element.get_by_label("Headers").fill("nonsense")
    traced.run("Request 1: the header")


def test_a_snippets_steps_are_folded(visit, site, address):
    require(site)
    with visit(address + SHOWN) as watch:
        bench = opened(watch.page)
        bench.run()
        expect(bench.traces).to_be_hidden()
        bench.element.get_by_text("Your version, step by step").click()
        expect(bench.traces.locator(".hb-flow").first).to_be_visible()
        bench.run()
        expect(bench.traces.locator(".hb-flow").first).to_be_visible()
        clean(watch)


def test_a_copy_of_a_figure_can_be_edited_too(visit, site, address):
    require(site)
    with visit(address + SHOWN) as watch:
        # As quiz.js shows the figure that explains a choice.
        watch.page.locator("figure.hb-snippet").first.evaluate(
            "(one) => document.querySelector('h1').after(one.cloneNode(true))"
        )
        bench = opened(watch.page)
        bench.run()
        clean(watch)


# Tasks


def test_a_task_is_checked(visit, site, address):
    require(site)
    corpus = json.loads((site / "_static/runner/corpus.json").read_text("utf-8"))
    with visit(address + TASKS) as watch:
        task = watch.page.locator(".hb-task").first
        name = task.get_attribute("data-task")
        task.get_by_role("button", name="Edit and check").click()
        bench = Bench(watch.page, task)
        assert bench.text == corpus[f"{name}_start"]["code"].rstrip("\n")
        bench.run("Not solved yet", name="Check")
        wanted = bench.result.get_by_role("group", name="It must print")
        want = corpus[name]["blocks"][0]["want"].strip()
        assert wanted.inner_text().strip() == want
        printed = bench.result.get_by_role("group", name="It printed", exact=True)
        assert printed.inner_text().strip() != want
        bench.write(corpus[name]["code"])
        bench.run("Solved in", name="Check")
        assert gates.axe(watch.page) == []
        clean(watch)
