"""A reader changes a page's code, runs it, and sees what came of it."""

import gzip
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from . import gates
from .conftest import DESKTOP, PHONE
from .runner import require
from .server import serve

pytestmark = pytest.mark.browser

TRACED = "after-request/visualize.html"
SHOWN = "deferred-callbacks/index.html"
TASKS = "after-request/try-it.html"
PLAYGROUND = "playground.html"
VISUALIZE = sorted(
    f"{path.parent.name}/visualize.html"
    for path in Path(__file__).parents[2].glob("docs/*/visualize.md")
)
CLUB = Path(__file__).parent / "club"
FORM = "Content-Type: application/x-www-form-urlencoded"

# Python comes from this site, but it takes its time.
START = 60_000

BASKET = """\
from flask import Flask, session

app = Flask(__name__)
app.secret_key = "only for this test"


@app.post("/basket")
def put():
    session["items"] = session.get("items", 0) + 1
    return "put", 201


@app.get("/basket")
def count():
    return str(session.get("items", 0))
"""

LATE = """\
from flask import Flask

app = Flask(__name__)


@app.get("/")
async def index():
    return await greet()


async def greet():
    return "Good evening!"
"""

PAGE = """\
from flask import Flask, render_template

app = Flask(__name__)


@app.get("/")
def index():
    return render_template("cards/hello.html", name="Ada")
"""

BROKEN = """\
from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return {}["cup"]
"""


class Bench:
    """One workbench of a page, as a reader sees it."""

    def __init__(self, page, place=None):
        self.page = page
        self.element = (place or page).locator(".hb-workbench").first

    def button(self, name):
        return self.element.get_by_role("button", name=name, exact=True)

    @property
    def code(self):
        return self.element.get_by_label(re.compile("^Code: "))

    @property
    def status(self):
        return self.element.locator(".hb-verdict")

    @property
    def result(self):
        return self.element.locator(".hb-result")

    @property
    def traces(self):
        """The steps of the reader's version, which may stand behind the workbench."""
        return self.page.locator(".hb-traced .hb-trace")

    def steps(self):
        return self.traces.locator(".hb-flow .hb-what").all_inner_texts()

    def change(self, old, new):
        text = self.code.input_value()
        assert old in text
        self.code.fill(text.replace(old, new))

    def run(self, says="Ran in", name="Run"):
        self.button(name).click()
        expect(self.status).to_contain_text(says, timeout=START)

    def way(self, name):
        self.element.get_by_role("radio", name=name).check()

    def ask(self, *paths):
        """Fill the list with a GET of each path."""
        self.way("Requests")
        rows = self.element.locator(".hb-request")
        while rows.count() > 1:
            self.element.get_by_role(
                "button", name=re.compile("^Remove request")
            ).last.click()
        for place, path in enumerate(paths):
            if place:
                self.button("Add a request").click()
            method, _, path = path.rpartition(" ")
            row = rows.nth(place)
            row.get_by_label("Method").select_option(method or "GET")
            row.get_by_label("Path").fill(path)

    def body(self, place=0):
        return self.result.get_by_role("group", name=re.compile("^Body of")).nth(place)


def clean(watch):
    """Check that a page did nothing that the policy or the console objects to."""
    assert gates.policy(watch) == []
    assert gates.console(watch) == []
    assert gates.other_hosts(watch) == []


def opened(page, place=0, name="Edit and run"):
    """Open the editor of one of the page's examples."""
    page.get_by_role("button", name=name).nth(place).click()
    bench = Bench(page)
    expect(bench.code).to_be_focused()
    return bench


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


@pytest.fixture(scope="module")
def play_page(visit, site, address):
    require(site)
    with visit(address + PLAYGROUND) as watch:
        yield watch


@pytest.fixture
def play(play_page):
    """The playground with its first app; Python stays from test to test."""
    page = play_page.page
    page.goto(page.url.partition("#")[0])
    bench = Bench(page)
    if bench.element.get_by_role("button", name="Forget draft").is_visible():
        bench.button("Forget draft").click()
    else:
        bench.button("Reset").click()
    yield bench
    clean(play_page)


# Where it is offered


def test_every_trace_and_example_can_be_edited(visit, site, address):
    require(site)
    for name in *VISUALIZE, SHOWN:
        with visit(address + name) as watch:
            page = watch.page
            figures = page.locator("figure.hb-snippet:has(.hb-path)")
            buttons = page.get_by_role("button", name="Edit and run")
            assert buttons.count() >= figures.count() >= 5
            keys = page.locator(".hb-trace").evaluate_all(
                "all => [...new Set(all.map((one) => one.dataset.trace))]"
            )
            for key in keys:
                parts = page.locator(f'.hb-trace[data-trace="{key}"]')
                assert parts.get_by_role("button", name="Edit and run").count() >= 1
    assert len(VISUALIZE) >= 1


UNABLE = {
    "no worker": "delete globalThis.Worker",
    "no module worker": "globalThis.Worker = class { constructor() { throw 1 } }",
    "no WebAssembly": "delete globalThis.WebAssembly",
}


@pytest.mark.parametrize("lack", UNABLE)
def test_without_what_it_needs_nothing_is_offered(visit, site, address, lack):
    require(site)
    with visit("about:blank") as watch:
        watch.page.add_init_script(UNABLE[lack])
        for name in TRACED, TASKS:
            watch.page.goto(address + name)
            assert watch.page.locator(".hb-edit").count() == 0
        watch.page.goto(address + PLAYGROUND)
        expect(watch.page.get_by_text("needs JavaScript")).to_be_visible()
        assert watch.page.locator(".hb-workbench").count() == 0


def test_a_page_without_assets_offers_nothing(visit, site, address):
    require(site)

    def strip(route):
        text = route.fetch().text()
        body = re.sub('<meta name="hookbook-runner"[^>]*>', "", text)
        assert body != text
        route.fulfill(body=body, content_type="text/html")

    with visit("about:blank") as watch:
        watch.page.route(address + TRACED, strip)
        watch.page.goto(address + TRACED)
        assert watch.page.locator(".hb-edit").count() == 0
        assert watch.page.locator(".hb-trace button").count() >= 1


def test_from_a_file_nothing_is_offered(visit, site):
    require(site)
    with visit((site / TRACED).as_uri()) as watch:
        assert watch.page.locator(".hb-edit").count() == 0
        assert watch.page.locator(".hb-trace button").count() >= 1


def test_without_scripts_the_playground_says_what_to_do(visit, site, address):
    require(site)
    with visit(address + PLAYGROUND, scripts=False) as watch:
        place = watch.page.locator(".hb-playground")
        expect(place.get_by_text("needs JavaScript")).to_be_visible()
        expect(place.locator("figure.hb-snippet .hb-path")).to_be_visible()
        expect(place.get_by_text("flask --app early_return run")).to_be_visible()
        assert gates.dead_controls(watch.page) == []


def test_without_a_click_a_page_loads_hardly_more(visit, site, address):
    require(site)
    with visit(address + TRACED, until="networkidle") as watch:
        loaded = {response.url: response for response in watch.responses}
        assert not [url for url in loaded if "/runner/" in url or "/workbench/" in url]
        (script,) = (url for url in loaded if "/run.js" in url)
        page = loaded[watch.page.url].body()
        tags = (
            rb"<script data-version[^>]*run\.js[^>]*></script>"
            rb'|<meta name="hookbook-r[^>]*>'
        )
        bare = re.sub(tags, b"", page)
        assert len(bare) < len(page) - 100
        extra = len(gzip.compress(loaded[script].body(), mtime=0))
        extra += len(gzip.compress(page, mtime=0)) - len(gzip.compress(bare, mtime=0))
        style = (site / "_static" / "snippet.css").read_text("utf-8")
        extra += len(gzip.compress(style.partition("run.js")[2].encode(), mtime=0))
    assert 500 < extra <= 3000 - 200, "200 are for what trace.js has for later traces"


# Running


def test_the_first_run_says_what_it_loads_and_loads_it_then(visit, site, address):
    require(site)
    (about,) = site.glob("_static/runner/*/about.json")
    packed = (gzip.compress(path.read_bytes()) for path in about.parent.iterdir())
    size = f"about {round(sum(map(len, packed)) / 1e6)} MB"
    with visit(address + TRACED) as watch:
        button = watch.page.get_by_role("button", name="Edit and run").first
        expect(button).to_have_accessible_description(re.compile(f"loads {size}"))
        bench = opened(watch.page)
        expect(bench.status).to_contain_text(size)
        loaded = [url for url in watch.requests if "/runner/" in url]
        assert [url.rpartition("/")[2] for url in loaded] == ["corpus.json"]
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
    for _ in range(5):
        section.get_by_role("button", name="Next step").click()
    expect(section.locator(".hb-flow > .hb-current")).to_contain_text("add_header")
    expect(section.locator(".hb-code .hb-current")).to_have_count(3)
    expect(section.locator(".hb-code .hb-current").nth(1)).to_contain_text("Moon")
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
    before = traced.code.input_value()
    traced.change('"World"', '"Moon"')
    traced.run()
    expect(page.locator(".hb-replaced")).to_have_count(1)
    traced.button("Reset").click()
    assert traced.code.input_value() == before
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
    assert '"Sun"' in again.code.input_value()


def test_an_endless_loop_is_stopped_and_the_next_run_works(traced):
    whole = traced.code.input_value()
    traced.code.fill("while True:\n    pass\n")
    traced.button("Run").click()
    expect(traced.status).to_contain_text("Still running", timeout=START)
    expect(traced.button("Run")).to_have_attribute("aria-disabled", "true")
    traced.button("Stop").click()
    expect(traced.status).to_have_text("Stopped. Run starts anew.")
    expect(traced.button("Stop")).to_have_attribute("aria-disabled", "true")
    traced.code.fill(whole)
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
        "one => one.value.slice(one.selectionStart, one.selectionEnd)"
    )
    assert selected.strip() == 'return {}["cup"]'
    expect(traced.code).to_be_focused()


def test_a_syntax_error_is_told_with_its_line(traced):
    traced.change("def index():", "def index(:")
    traced.run("Not run: SyntaxError")
    expect(traced.status).to_contain_text("(line 29)")
    expect(traced.traces).to_have_count(0)


def test_line_numbers_stand_beside_their_lines(traced):
    numbers = traced.element.locator(".hb-gutter").first
    assert numbers.inner_text().split()[0] == "17"
    lines = len(traced.code.input_value().split("\n"))
    assert len(numbers.inner_text().split()) == lines
    tops = traced.element.evaluate(
        """(one) => ["hb-gutter", "hb-code-area"].map((name) => {
          const found = one.querySelector("." + name);
          const style = getComputedStyle(found);
          const top = found.getBoundingClientRect().top + parseFloat(style.paddingTop);
          return [Math.round(top), style.fontSize, style.lineHeight, style.fontFamily];
        })"""
    )
    assert tops[0] == tops[1]
    theirs = traced.page.locator(".hb-code pre").nth(1)
    same = """(one) => {
      const style = getComputedStyle(one);
      return [style.fontSize, style.lineHeight, style.fontFamily];
    }"""
    assert theirs.evaluate(same) == traced.code.evaluate(same) == tops[0][1:]


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
        assert bench.code.input_value() == corpus[f"{name}_start"]["code"].rstrip("\n")
        bench.run("Not solved yet", name="Check")
        wanted = bench.result.get_by_role("group", name="It must print")
        want = corpus[name]["blocks"][0]["want"].strip()
        assert wanted.inner_text().strip() == want
        printed = bench.result.get_by_role("group", name="It printed", exact=True)
        assert printed.inner_text().strip() != want
        bench.code.fill(corpus[name]["code"])
        bench.run("Solved in", name="Check")
        assert gates.axe(watch.page) == []
        clean(watch)


# The playground


def test_cookies_stay_over_several_requests(play):
    play.code.fill(BASKET)
    play.ask("POST /basket", "POST /basket", "/basket")
    play.run("201 CREATED, 201 CREATED, 200 OK")
    expect(play.body(2)).to_have_text("2")
    jar = play.result.get_by_role("group", name="Cookie jar afterwards")
    expect(jar).to_contain_text("session=")
    play.run("201 CREATED, 201 CREATED, 200 OK")
    expect(play.body(2)).to_have_text("2")
    play.element.get_by_role("button", name="Remove request 1").click()
    play.run("201 CREATED, 200 OK")
    expect(play.body(1)).to_have_text("1")


def test_headers_cookies_and_a_body_arrive(play):
    play.code.fill(
        "from flask import Flask, request\n\napp = Flask(__name__)\n\n\n"
        '@app.post("/")\ndef index():\n'
        "    form = request.form.to_dict() or request.get_json(silent=True)\n"
        '    return [form, request.cookies, request.headers["X-Colour"]]\n'
    )
    play.ask("POST /")
    play.element.get_by_text("Headers, cookies, body").click()
    play.element.get_by_label("Headers").fill("X-Colour: red\n")
    play.element.get_by_label("Cookies").fill("theme=dark\nsize=12")
    for body, arrived in {
        "a=1&b=two+words": {"a": "1", "b": "two words"},
        '{"a": [1]}': {"a": [1]},
    }.items():
        play.element.get_by_label("Body", exact=True).fill(body)
        play.run("200 OK")
        told = json.loads(play.body().inner_text())
        assert told == [arrived, {"size": "12", "theme": "dark"}, "red"]


def test_an_async_view_runs(play):
    play.code.fill(LATE)
    play.ask("/")
    play.run("200 OK")
    expect(play.body()).to_have_text("Good evening!")


def test_files_beside_the_app_are_found(play):
    play.code.fill(PAGE)
    play.ask("/")
    play.button("Add a file").click()
    name = play.element.get_by_label("File, beside app.py")
    expect(name).to_be_focused()
    name.fill("")
    play.run("A file has no name")
    name.fill("templates/cards/hello.html")
    play.element.get_by_label("Content of templates/cards/hello.html").fill(
        "<p>Hello, {{ name }}!</p>"
    )
    play.run("200 OK")
    expect(play.body()).to_have_text("<p>Hello, Ada!</p>")
    play.element.get_by_role("button", name="Remove templates/cards/hello.html").click()
    play.run("500 INTERNAL SERVER ERROR")
    expect(play.status).to_contain_text("TemplateNotFound")


def test_a_snippet_is_loaded_and_given_back(play):
    first = play.code.input_value()
    assert "close_shop" in first
    play.code.fill(BASKET)
    picker = play.element.get_by_label("A snippet of this site")
    picker.select_option("after_request/add_header")
    assert play.code.input_value() == BASKET
    play.button("Load this snippet").click()
    assert "add_header" in play.code.input_value()
    expect(play.status).to_contain_text("Nothing has been run")
    play.run("200 OK")
    play.way("Scenario")
    play.run("Ran in")
    expect(play.result.get_by_role("group", name="Output")).to_contain_text("World")
    play.button("Bring back what was here").click()
    assert play.code.input_value() == BASKET


def shared(play):
    """Share the app; return the link."""
    play.button("Share by link").click()
    link = play.element.get_by_label("Link to this app")
    expect(link).to_be_focused()
    expect(play.status).to_contain_text("sent nowhere")
    return link.input_value()


def test_a_link_brings_the_app_and_runs_nothing(play, visit):
    play.code.fill(PAGE)
    play.ask("/", "/again")
    play.button("Add a file").click()
    play.element.get_by_label("File, beside app.py").fill("templates/cards/hello.html")
    play.element.get_by_label("Content of").fill("Ärger? {{ name }} \N{ROCKET}")
    link = shared(play)
    assert re.search(r"#app=1[\w-]+$", link)
    with visit(link) as watch:
        bench = Bench(watch.page)
        expect(bench.status).to_contain_text("has not been run")
        assert bench.code.input_value() == PAGE
        content = bench.element.get_by_label("Content of templates/cards/hello.html")
        assert content.input_value() == "Ärger? {{ name }} \N{ROCKET}"
        expect(bench.element.locator(".hb-request")).to_have_count(2)
        watch.page.wait_for_load_state("networkidle")
        assert not [url for url in watch.requests if "pyodide" in url or "#" in url]
        bench.run("200 OK, 404 NOT FOUND")
        expect(bench.body()).to_have_text("Ärger? Ada \N{ROCKET}")
        clean(watch)


def test_a_link_works_without_compression(play, visit, address):
    with visit("about:blank") as watch:
        watch.page.add_init_script("delete globalThis.CompressionStream")
        watch.page.goto(address + PLAYGROUND)
        bench = Bench(watch.page)
        bench.code.fill(LATE)
        link = shared(bench)
    assert "#app=0" in link
    play.page.goto("about:blank")
    play.page.goto(link)
    expect(play.status).to_contain_text("has not been run")
    assert play.code.input_value() == LATE


@pytest.mark.parametrize(
    ("packed", "says"),
    [
        ("1AAAA", "a part of it is missing"),
        ("0!!!", "a part of it is missing"),
        ("0e30", "it is not an app of the playground"),
        ("0bnVsbA", "cannot be read"),
    ],
)
def test_a_broken_link_is_said_to_be_broken(visit, site, address, packed, says):
    require(site)
    with visit(f"{address}{PLAYGROUND}#app={packed}") as watch:
        bench = Bench(watch.page)
        expect(bench.status).to_contain_text(says)
        assert "close_shop" in bench.code.input_value()


def test_a_link_does_not_cost_the_reader_the_draft(play, visit):
    play.code.fill(LATE)
    link = shared(play)
    play.code.fill(BASKET)
    expect(play.button("Forget draft")).to_be_visible()
    page = play.page
    page.goto("about:blank")
    page.goto(link)
    expect(play.status).to_contain_text("Your own draft is kept")
    assert play.code.input_value() == LATE
    play.code.fill(LATE + "\n# changed\n")
    play.button("Open my draft instead").click()
    assert play.code.input_value() == BASKET
    assert "#" not in page.url


def test_a_draft_survives_and_can_be_forgotten(play):
    page = play.page
    play.code.fill(BASKET)
    play.ask("/basket")
    page.reload()
    expect(play.status).to_contain_text("your draft")
    assert play.code.input_value() == BASKET
    expect(play.element.get_by_label("Path")).to_have_value("/basket")
    play.button("Forget draft").click()
    expect(play.status).to_contain_text("deleted from this browser")
    assert "close_shop" in play.code.input_value()
    assert page.evaluate("Object.keys(localStorage)") == []
    page.reload()
    expect(play.button("Run")).to_be_visible()
    assert "close_shop" in play.code.input_value()


def test_without_a_store_it_works_and_forgets(visit, site, address):
    require(site)
    with visit("about:blank") as watch:
        watch.page.add_init_script(
            "Object.defineProperty(window, 'localStorage',"
            " {get() { throw new DOMException('blocked', 'SecurityError') }})"
        )
        watch.page.goto(address + PLAYGROUND)
        bench = Bench(watch.page)
        bench.code.fill(BASKET)
        bench.button("Reset").click()
        assert "close_shop" in bench.code.input_value()
        expect(bench.button("Forget draft")).to_be_hidden()
        assert watch.errors == []


def test_the_app_is_downloaded(play):
    play.code.fill(BASKET)
    with play.page.expect_download() as waiting:
        play.button("Download app.py").click()
    assert waiting.value.suggested_filename == "app.py"
    assert Path(waiting.value.path()).read_text("utf-8") == BASKET
    expect(play.status).to_contain_text("downloaded")


def test_an_app_of_two_blueprints_is_traced(play):
    files = {
        path.relative_to(CLUB).as_posix(): path.read_text("utf-8")
        for path in sorted(CLUB.rglob("*.*"))
        if path.suffix != ".pyc"
    }
    play.code.fill(files.pop("app.py"))
    assert len(files) == 7
    for place, (name, text) in enumerate(files.items()):
        play.button("Add a file").click()
        play.element.get_by_label("File, beside app.py").nth(place).fill(name)
        play.element.get_by_label(f"Content of {name}", exact=True).fill(text)
    sent = {
        "GET /write": "",
        "POST /auth/join": "name=ada&password=tea",
        "POST /auth/sign-in": "name=ada&password=milk",
        "POST  /auth/sign-in": "name=ada&password=tea",
        "POST /write": "title=Tea+at+five",
        "GET /": "",
    }
    play.ask(*sent)
    rows = play.element.locator(".hb-request")
    for place, body in enumerate(sent.values()):
        if body:
            rows.nth(place).get_by_text("Headers, cookies, body").click()
            rows.nth(place).get_by_label("Body", exact=True).fill(body)
    play.run("302 FOUND, 302 FOUND, 200 OK, 302 FOUND, 302 FOUND, 200 OK")
    headers = play.result.get_by_role("group", name="Headers of response 1", exact=True)
    expect(headers).to_contain_text("Location: /auth/sign-in")
    expect(play.body(2)).to_contain_text("That is not the password.")
    expect(play.body(5)).to_contain_text("<p>Tea at five, ada</p>")
    lanes = play.traces.locator("ol.hb-flow")
    expect(lanes).to_have_count(6)
    hooks = lanes.nth(5).locator("li", has_text="before_request hook")
    expect(hooks).to_contain_text("load_member")
    closed = lanes.nth(5).locator("li", has_text="teardown_appcontext function")
    expect(closed).to_contain_text("close_db")


# For everybody


def test_offline_after_the_first_load(visit, site):
    require(site)
    with serve(site) as own, visit(own + PLAYGROUND) as watch:
        bench = Bench(watch.page)
        bench.run("503 SERVICE UNAVAILABLE")
        watch.page.context.set_offline(True)
        bench.change('"3600"', '"60"')
        bench.run("503 SERVICE UNAVAILABLE")
        headers = bench.result.get_by_role("group", name="Headers of response")
        expect(headers).to_contain_text("Retry-After: 60")


def test_the_keyboard_is_enough(visit, site, address):
    require(site)
    with visit(address + TRACED) as watch:
        page = watch.page
        page.get_by_role("button", name="Edit and run").first.focus()
        page.keyboard.press("Enter")
        bench = Bench(page)
        expect(bench.code).to_be_focused()
        page.keyboard.press("Control+End")
        page.keyboard.press("Enter")
        page.keyboard.type("print('typed')")
        assert bench.code.input_value().endswith("\n    print('typed')")
        page.keyboard.press("Tab")
        expect(bench.element.get_by_label("Scenario").first).to_be_focused()
        page.keyboard.press("Shift+Tab")
        expect(bench.code).to_be_focused()
        for _ in range(3):
            page.keyboard.press("Tab")
        expect(bench.button("Run")).to_be_focused()
        page.keyboard.press("Space")
        expect(bench.status).to_contain_text("Ran in", timeout=START)
        expect(bench.button("Run")).to_be_focused()
        page.keyboard.press("Tab")
        expect(bench.button("Stop")).to_be_focused()
        page.keyboard.press("Enter")
        expect(bench.status).to_contain_text("Ran in")
        bench.code.focus()
        page.keyboard.press("Control+Enter")
        expect(bench.status).to_contain_text("Ran in")
        bench.button("Back to the page").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Edit and run").first).to_be_focused()
        clean(watch)


def test_what_happens_is_announced(visit, site, address):
    require(site)
    with visit(address + TRACED) as watch:
        bench = opened(watch.page)
        expect(bench.status).to_have_role("status")
        bench.status.evaluate(
            """(one) => {
              window.said = [];
              const note = () => window.said.push(one.textContent);
              new MutationObserver(note).observe(one, { childList: true });
            }"""
        )
        bench.run("Ran in")
        said = watch.page.evaluate("window.said")
        assert said[0] == "Starting Python…"
        assert said[1:4] == ["Loading Python…", "Loading Flask…", "Running…"]
        assert re.fullmatch(r"Ran in \d+\.\d\d s\.", said[-1])
        bench.ask("/")
        bench.run("200 OK")
        bench.code.fill(BROKEN)
        bench.run("500 INTERNAL SERVER ERROR. Raised: KeyError: 'cup'")


SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


@SIZES
@pytest.mark.parametrize("name", [TRACED, SHOWN, PLAYGROUND])
def test_axe_and_width_with_the_editor_open(visit, site, address, name, size):
    require(site)
    with visit(address + name, size) as watch:
        page = watch.page
        bench = Bench(page) if name == PLAYGROUND else opened(page)
        bench.change("return ", "print(1); return ")
        if name == PLAYGROUND:
            bench.button("Add a file").click()
            shared(bench)
        bench.ask("/", "/nowhere")
        bench.element.get_by_text("Headers, cookies, body").first.click()
        bench.run()
        if name == SHOWN:
            bench.element.get_by_text("Your version, step by step").click()
        bench.traces.get_by_role("button", name="Next step").click()
        found = {}
        for scheme in "light", "dark":
            page.emulate_media(color_scheme=scheme)
            found[scheme] = gates.axe(page)
        assert found == {"light": [], "dark": []}
        for width in 320, size["width"]:
            page.set_viewport_size({"width": width, "height": 844})
            assert gates.sideways(page) == [], width
            assert gates.scrollers(page) == [], width
        clean(watch)


def test_two_examples_share_one_worker(visit, site, address):
    require(site)
    with visit(address + TRACED) as watch:
        page = watch.page
        started = []
        page.on("worker", lambda worker: started.append(worker))
        first = opened(page)
        first.run()
        buttons = page.get_by_role("button", name="Edit and run")
        buttons.locator("visible=true").nth(1).click()
        expect(page.locator(".hb-workbench")).to_have_count(2)
        second = Bench(page)
        second.element = page.locator(".hb-workbench").nth(1)
        second.run()
        assert len(started) == 1
        expect(page.locator(".hb-traced .hb-trace")).to_have_count(2)
        assert gates.axe(page) == []


@pytest.mark.canary
def test_a_policy_without_webassembly_is_told(visit, site):
    require(site)
    policy = "default-src 'self'"
    with serve(site, policy) as own, visit(own + PLAYGROUND) as watch:
        bench = Bench(watch.page)
        bench.run("security policy")
        expect(bench.status).to_contain_text("wasm-unsafe-eval")
        expect(bench.button("Run")).to_have_attribute("aria-disabled", "false")


@pytest.mark.canary
def test_what_cannot_be_loaded_is_told(visit, site, address):
    require(site)
    with visit("about:blank") as watch:
        watch.page.route("**/corpus.json", lambda route: route.abort())
        watch.page.goto(address + TRACED)
        watch.page.get_by_role("button", name="Edit and run").first.click()
        alert = watch.page.get_by_role("alert")
        expect(alert).to_contain_text("The editor could not be loaded")
