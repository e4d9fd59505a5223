"""What the directives make of the pages in ``fixtures/pages/passing``."""

import json
from importlib.metadata import version

import html5lib
import pytest
from docutils import nodes

from hookbook.corpus import runs
from hookbook.explain import words
from tests.project import CLAIMS, Project, every, has, lines, text


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    project = Project.copy("passing", tmp_path_factory.mktemp("passing"))
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    return project


@pytest.fixture(scope="module")
def built(project):
    """Build the pages as HTML, without a warning."""
    built = project.build()
    assert built.warnings == []
    assert len(built.read) == 7
    return built


@pytest.fixture(scope="module")
def page(built):
    """Return a function that parses a page."""

    def parse(name):
        text = built.text(f"{name}.html")
        return html5lib.parse(text, namespaceHTMLElements=False)

    return parse


HELLO = [
    "from flask import Flask",
    "",
    "app = Flask(__name__)",
    "",
    "",
    "@app.after_request",
    "def add_header(response):",
    '    response.headers["X-Hello"] = "World"',
    "    return response",
    "",
    "",
    '@app.get("/")',
    "def index():",
    '    return "Hello"',
]


# {snippet}


def test_a_snippet_has_caption_code_scenario_and_output(page):
    figure = every(page("snippets"), "figure", "hb-snippet")[0]
    caption = figure.find("figcaption")
    flask = f"Flask {version('flask')}"
    assert text(caption) == f"Say hello. {flask} snippets/good/hello.py"
    assert lines(every(figure, "div", "hb-code")[0]) == HELLO
    assert [text(label) for label in every(figure, "p", "hb-label")] == [
        "Run",
        "Output",
    ]
    (run,) = every(figure, "div", "hb-scenario")
    assert lines(run)[1] == "print(response.text)"
    (output,) = every(figure, "div", "hb-output")
    assert lines(output) == ["Hello"]


def test_a_caption_downloads_the_file(page, built, project):
    figure = every(page("snippets"), "figure", "hb-snippet")[0]
    (link,) = figure.find("figcaption").iter("a")
    file = built.app.outdir / link.get("href")
    assert file.read_bytes() == (project.root / "snippets/good/hello.py").read_bytes()


def test_parts_of_a_snippet(page):
    figure = every(page("snippets"), "figure", "hb-snippet")[1]
    assert lines(every(figure, "div", "hb-code")[0]) == [
        '    response.headers["X-Hello"] = "World"',
        "",
        '@app.get("/")',
        "def index():",
        '    return "Hello"',
    ]
    (lit,) = every(figure, "span", "hll")
    assert text(lit) == 'response.headers["X-Hello"] = "World"'
    assert every(figure, "div", "hb-run") == []


def test_a_title_is_markup(page):
    figure = every(page("snippets"), "figure", "hb-snippet")[2]
    (title,) = every(figure, "span", "hb-title")
    assert text(title) == "Count with g & a cookie."
    assert text(next(figure.find("figcaption").iter("code"))) == "g"


def test_several_blocks_of_a_scenario(page):
    figure = every(page("snippets"), "figure", "hb-snippet")[2]
    parts = [text(part) for part in every(figure, "div", "hb-run")[0]]
    assert parts == [
        "Run",
        'client = app.test_client() print(client.get("/").text)',
        "Output",
        "first",
        "Run",
        'print(client.get("/").text)',
        "Output",
        "second",
    ]
    lit = [text(line) for line in every(figure, "span", "hll")]
    assert lit[0] == "from flask import Flask, after_this_request, g, request"
    assert lit[-1] == "return response"
    assert "[imports]" not in text(figure)


# {trace}


def steps_of(project, name, request):
    return runs.run(project.root / "snippets", name)[1].traces[request - 1].steps


def test_a_trace_is_known_by_its_key_and_its_count(page):
    sections = every(page("traces"), "section", "hb-trace")
    assert [
        (s.get("data-trace"), s.get("data-steps"), s.get("aria-label"))
        for s in sections
    ] == [
        ("", "9", "Trace of good/hello: flow, code"),
        ("", "9", "Trace of good/hello: table, tracker"),
        (
            "visits-2-",
            "11",
            "Trace of good/visits: flow, code, table, tracker, request 2",
        ),
        ("visits-1-", "11", "Trace of good/visits: table, request 1"),
        ("hello-", "9", "Trace of other/hello: table"),
    ]


@pytest.fixture(scope="module")
def not_run(tmp_path_factory):
    """The traces of a page that asks for what did not run, and of one that does not."""
    project = Project.copy("not-run", tmp_path_factory.mktemp("not-run"))
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    built = project.build()
    assert built.warnings == []
    tree = html5lib.parse(built.text("index.html"), namespaceHTMLElements=False)
    return every(tree, "section", "hb-trace")


def test_what_did_not_run(not_run):
    section, _ = not_run
    (table,) = every(section, "table", "hb-not-run")
    assert [[text(cell) for cell in row] for row in table.iter("tr")] == [
        ["Not called", "What it is", "Why"],
        [
            "count_visitors",
            "before_request function (line 26)",
            "close_shop returned a response first",
        ],
        ["index", "view function (line 31)", "close_shop returned a response first"],
    ]
    code = list(table.iter("code"))
    assert [text(one) for one in code] == [
        "count_visitors", "close_shop", "index", "close_shop",
    ]  # fmt: skip
    (sentence,) = every(section, "p", "hb-not-run")
    assert text(sentence) == "Flask called every function that is registered."


def test_a_trace_says_nothing_of_it_unasked(not_run):
    _, section = not_run
    assert not every(section, "table", "hb-not-run")


def test_no_id_occurs_twice(page):
    ids = [element.get("id") for element in page("traces").iter() if element.get("id")]
    assert len(ids) == len(set(ids)) >= 80


def test_the_flow_lists_every_step_in_order(page, project):
    section = every(page("traces"), "section", "hb-trace")[0]
    (flow,) = every(section, "ol", "hb-flow")
    steps = steps_of(project, "good/hello", 1)
    assert [item.get("class").split()[0] for item in flow] == [
        f"hb-step-{step.number}" for step in steps
    ]
    for item, step in zip(flow, steps, strict=True):
        name = "" if step.name == "Response" else f" {step.name}"
        assert text(item) == words.label(step) + name
    assert flow[4].get("class").split()[1:] == ["hb-kind-hook", "hb-lines-19-21"]


def test_the_code_has_the_lines_of_the_file(page):
    section = every(page("traces"), "section", "hb-trace")[0]
    line = next(e for e in section.iter("span") if e.get("id") == "line-20")
    assert text(line) == '20 response.headers["X-Hello"] = "World"'


def test_the_table_has_every_step_with_its_states(page, project):
    section = every(page("traces"), "section", "hb-trace")[1]
    table = next(section.iter("table"))
    assert text(table.find("caption")).startswith("Execution table")
    head, *rows = [[text(cell) for cell in row] for row in table.iter("tr")]
    assert head == ["Step", "Action", "Input state", "Output state", "Note"]
    assert len(rows) == 9
    assert rows[4] == [
        "5",
        "after_request hook add_header",
        "200 OK, 2 headers",
        "response.headers[X-Hello] = World",
        "returned a response (200 OK)",
    ]
    ids = [row.get("id") for row in table.find("tbody")]
    assert ids == [f"step-{number}" for number in range(1, 10)]


def test_the_tracker_has_the_watched_values_and_marks_changes(page):
    section = every(page("traces"), "section", "hb-trace")[1]
    tracker = list(section.iter("table"))[1]
    rows = {text(row[0]): row for row in tracker.find("tbody")}
    assert list(rows) == [
        "response.headers[Content-Type]",
        "response.headers[Content-Length]",
        "response.body",
        "response.headers[X-Hello]",
    ]
    # Only the steps that change something have a column.
    hello = rows["response.headers[X-Hello]"]
    assert [text(cell) for cell in hello][1:] == ["", "World"]
    assert [has(cell, "hb-changed") for cell in hello][1:] == [False, True]
    assert [cell.get("class").split()[0] for cell in hello[1:]] == [
        "hb-step-4", "hb-step-5",
    ]  # fmt: skip


def test_the_flow_has_what_each_step_changes_of_the_response(page):
    first, second = every(page("traces"), "section", "hb-trace")[:2]
    told = json.loads(first.get("data-changes"))
    assert {step: sorted(parts) for step, parts in told.items()} == {
        "4": [
            "body", "headers[Content-Length]", "headers[Content-Type]", "status",
        ],
        "5": ["headers[X-Hello]"],
    }  # fmt: skip
    assert told["5"] == {"headers[X-Hello]": "World"}
    assert second.get("data-changes") is None


def test_a_trace_says_which_steps_are_folded_and_which_are_kept(page):
    sections = every(page("traces"), "section", "hb-trace")
    told = [(one.get("data-folded"), one.get("data-keep")) for one in sections]
    assert told == [
        ("2 7 8 9", None),
        ("2 7 8 9", None),
        ("2 9 10 11", None),
        ("2 9 10 11", None),
        ("7 8 9", "match, session"),
    ]


def test_one_request_of_several(page):
    second, first = every(page("traces"), "section", "hb-trace")[2:4]
    assert "seen" in text(list(second.iter("table"))[1])
    caption = text(next(second.iter("table")).find("caption"))
    assert caption.startswith("Execution table: request 2, GET /")
    assert [row.get("id") for row in first.iter("tr")][1] == "visits-1-step-1"


def test_the_transcript_tells_every_step_of_every_request(page, project):
    (transcript,) = every(page("traces"), "div", "hb-transcript")
    told = [text(item) for item in transcript.iter("li")]
    steps = steps_of(project, "good/visits", 1) + steps_of(project, "good/visits", 2)
    assert told == [
        " ".join(words.sentence(step).replace("`", "").split()) for step in steps
    ]


# {untested} and what may stand on a page


def test_an_exception_says_why(page, built):
    (figure,) = every(page("other"), "div", "hb-untested")
    assert text(figure) == "app.run() Not run: It needs a server."
    assert built.app.env.hookbook_usage["other"].exceptions == ["It needs a server."]


def test_settings_and_commands_may_be_typed(page):
    languages = {
        name
        for block in page("other").iter("div")
        for name in (block.get("class") or "").split()
        if name.startswith("highlight-")
    }
    assert languages >= {"highlight-console", "highlight-nginx", "highlight-yaml"}


# Builders


def in_order(text, parts):
    """Tell whether all parts stand in the text, one behind the other."""
    place = 0
    for part in parts:
        found = text.find(part, place)
        if found < 0:
            return part
        place = found + len(part)
    return None


FLOW = [
    "Request received",
    "URL matched",
    "View function",
    "Response created",
    "after_request hook",
    "Handed to the server",
    "Context popped",
    "Body produced",
]


@pytest.mark.parametrize(
    ("builder", "file"),
    [
        ("text", "traces.txt"),
        ("latex", "fixture.tex"),
        ("man", "fixture.1"),
        ("dummy", None),
    ],
)
def test_every_builder_has_the_steps_in_order(project, built, builder, file):
    other = project.build(builder)
    assert other.warnings == []
    assert other.read == []
    if file is None:
        return
    text = other.text(file).replace("\\_", "_").replace("\\-", "-")
    if builder == "latex":
        text = text.replace("{", "").replace("}", "").replace("\\sphinxhyphen", "-")
    assert in_order(text, FLOW) is None
    assert in_order(text, ["Execution table", *FLOW, "Variable tracker"]) is None


def test_in_plain_text_the_answers_follow_the_question(project, built):
    text = project.build("text").text("quiz.txt")
    parts = [
        "Question 1",
        "What does",
        "Bye",
        "Hello",
        "Hint",
        "Answer",
        "No.",
        "Right.",
    ]
    assert in_order(text, [*parts, "Question 2"]) is None


def test_every_node_can_be_copied(built):
    for name in built.app.env.found_docs:
        tree = built.doctree(name)
        assert tree.deepcopy().pformat() == tree.pformat()
        assert isinstance(tree, nodes.document)
