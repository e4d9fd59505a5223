"""The figures of the benchmark: what pages can say with them, and what not."""

import json
import re
import shutil
from pathlib import Path

import html5lib
import pytest
from flask import request_finished

from hookbook.corpus.figures import (
    COMMAND,
    Figure,
    Measured,
    MeasuredError,
    digests,
    read,
)
from tests.bench.hooks import measure as benchmark
from tests.bench.hooks.__main__ import about, written
from tests.bench.hooks.cases import CASES
from tests.bench.hooks.cases.memory import closure_bytes
from tests.bench.hooks.sources import sources
from tests.project import FIXTURES, Project, every, text

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "docs" / "_data" / "hooks.json"
EXAMPLE = FIXTURES / "failing" / "docs" / "_data" / "hooks.json"
PAGES = sorted(ROOT.glob("docs/*/performance.md"))

FIGURES = Measured(
    {},
    {},
    {
        "bare": Figure.exact(1),
        "one": Figure(1.02, 0.98, 1.06),
        "many": Figure(3.0, 2.5, 4.0),
        "body": Figure(61.0, 60.0, 62.0),
    },
)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("one", "1.02"),
        ("many - bare", "2.00"),
        ("(many - bare) / 100", "0.02"),
        ("(many - bare) / 100 %", "2.00 %"),
        ("body", "61.0"),
        ("body * 100", "6,100"),
        ("-body", "-61.0"),
        ("bare - 1", "0"),
        ("2 * 1.5 + one", "4.02"),
    ],
)
def test_a_figure_is_computed(expression, value):
    assert FIGURES.value(expression) == value


@pytest.mark.canary
@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("two", r"'two' was not measured \(there is: bare, one, many, body\)"),
        ("one -", "'one -' is not an expression"),
        ("", "'' is not an expression"),
        ("one ** 2", "may have only names of cases"),
        ("round(one)", "may have only names of cases"),
        ("one.middle", "may have only names of cases"),
        ("'one'", "may have only names of cases"),
        ("True", "may have only names of cases"),
        ("many < 5", "may have only names of cases"),
        ("many / 0", "divides by a value that may be zero"),
        ("many / (one - bare)", "divides by a value that may be zero"),
        ("one - bare", r"is within noise \(-0.02 to 0.06\)"),
    ],
)
def test_what_is_no_figure_is_refused(expression, message):
    with pytest.raises(MeasuredError, match=message):
        FIGURES.value(expression)


@pytest.mark.parametrize(
    "claim",
    ["one < 1.1", "many > 2", "2 < many < 5", "many - one > 1", "-1 < one - bare < 1"],
)
def test_a_claim_holds_between_the_quartiles(claim):
    FIGURES.check(claim)


@pytest.mark.canary
@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ("many < 2", r"does not hold: many is 3.00 \(2.50 to 4.00\)"),
        ("many < 3.5", "does not hold"),
        ("one > bare", r"does not hold: one is 1.02 \(0.98 to 1.06\)"),
        ("one < bare", "does not hold"),
        ("-1 < one < 1", r"does not hold: one is 1.02 \(0.98 to 1.06\)$"),
        ("3 < many < 5", "does not hold"),
        ("many", "compares nothing"),
        ("many == 3", "compare with < or > only"),
        ("two < 3", "was not measured"),
    ],
)
def test_a_claim_that_some_round_contradicts_is_refused(claim, message):
    with pytest.raises(MeasuredError, match=message):
        FIGURES.check(claim)


def show(page, root, figures=None):
    """Build a site with one more page; return what the build did."""
    project = Project.copy("passing", root)
    project.write(
        "tests/behaviour/test_claims.py",
        '"""C."""\n\n\ndef test_known():\n    """K."""\n',
    )
    if figures is not None:
        project.write("docs/_data/hooks.json", json.dumps(figures))
    project.write("docs/costs.md", f"---\nnosearch: true\n---\n\n# Costs\n\n{page}")
    with (root / "docs" / "index.md").open("a") as index:
        index.write("\n```{toctree}\ncosts\n```\n")
    return project


@pytest.fixture
def figures():
    return json.loads(EXAMPLE.read_text("utf-8"))


COSTS = """\
A hook costs {measured}`(many - bare) / 2 %`.{holds}`many < 5`

```{figures} Costs
bare
few
many
```

```{measured-on}
:file:
```
"""


def test_a_page_shows_figures_and_where_they_are_from(tmp_path, figures):
    built = show(COSTS, tmp_path, figures).build()
    assert built.warnings == []
    tree = html5lib.parse(built.text("costs.html"), namespaceHTMLElements=False)
    (figure,) = every(tree, "span", "hb-measured")
    assert text(figure) == "100 %"
    (mark,) = every(tree, "sup", "hb-holds")
    link = mark.find("a")
    assert link.get("aria-label") == "Checked against the figures: many < 5"
    assert link.get("href") == "#measured-on"
    (facts,) = every(tree, "dl", "hb-measured-on")
    assert facts.get("id") == "measured-on"
    told = {
        text(term): text(fact)
        for term, fact in zip(facts[::2], facts[1::2], strict=True)
    }
    assert told["Date"] == "2 March 2026"
    assert told["Machine"] == "Abacus 1, 4 cores, Sand 7; load 0.1 at the start"
    assert told["Versions"] == "CPython 3.11.7, Flask 3.1.3"
    assert told["Request without hooks"] == "40 microseconds of CPU time"
    assert told["Rounds"].startswith("5 in each of 2 processes; ")
    (table,) = every(tree, "table", "hb-figures")
    rows = [[text(cell) for cell in row] for row in table.iter("tr")]
    assert rows == [
        ["The request has", "Times one without hooks"],
        ["Nothing", "1.00"],
        ["Few hooks", "1.01 (0.99 to 1.03, no difference)"],
        ["Many hooks", "3.00 (2.90 to 3.10)"],
    ]
    bars = re.findall(r'<rect .*?width="([\d.]+)%"', built.text("costs.html"))
    assert bars == ["33.33", "0.00", "33.33", "0.33", "33.33", "66.67"]
    shown = built.text("costs.html").partition("<table")[2].partition("</details>")[0]
    assert "style=" not in shown
    (file,) = every(tree, "details", "hb-file")
    assert '"few hooks"' in text(file)


def test_a_page_is_read_again_when_the_figures_change(tmp_path, figures):
    project = show(COSTS, tmp_path, figures)
    project.build("dummy")
    assert project.build("dummy").read == []
    figures["cases"]["many"]["high"] = 6
    project.write("docs/_data/hooks.json", json.dumps(figures))
    again = project.build("dummy")
    assert again.read == ["costs"]
    (warning,) = again.warnings
    assert "'many < 5' does not hold: many is 3.00 (2.90 to 6.00)" in warning


@pytest.mark.canary
@pytest.mark.parametrize("source", ["bench/cases.py", "bench/cases"])
def test_figures_of_other_sources_are_refused(tmp_path, figures, source):
    project = show("It is cheap.{holds}`many < 5`", tmp_path, figures)
    file = source if source.endswith(".py") else f"{source}/one.py"
    project.write(file, "one = 1\n")
    figures["sources"] = digests(tmp_path, [source])
    project.write("docs/_data/hooks.json", json.dumps(figures))
    assert project.build("dummy").warnings == []
    project.write(file, "one = 2\n")
    assert project.build("dummy").warnings == [
        "docs/costs.md:7: WARNING: {holds}: docs/_data/hooks.json was"
        f" measured before {source} changed: run"
        f" '{COMMAND}' [hookbook.measured]"
    ]


ONE = "from a import b, c\n\nN = 3\n\n\n@case(N)\ndef one():\n    return b(c)\n"


@pytest.fixture
def cases(tmp_path):
    """Return a function that writes a folder of cases, and names its contents."""

    def write(**modules):
        folder = tmp_path / "bench" / "cases"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, source in modules.items():
            (folder / f"{name}.py").write_text(source)
        return digests(tmp_path, ["bench/cases"])["bench/cases"]

    return write


def test_a_case_that_moved_is_the_same_case(cases):
    parts = ONE.partition("@case")
    moved = {
        "numbers": '"""N."""\nfrom a import c\n\nN = 3\n',
        "effects": "from a import b\nfrom bench.cases.numbers import N\n\n\n"
        + "".join(parts[1:]),
    }
    assert cases(everything=ONE) == cases(**moved) != ""


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from a import", "from d import"),
        ("import b, c", "import b, d as c"),
        ("N = 3", "N = 4"),
        ("@case(N)", "@case(N, url='/')"),
        ("b(c)", "b(c, c)"),
    ],
)
def test_a_case_that_changed_is_another_case(cases, old, new):
    assert old in ONE
    assert cases(one=ONE) != cases(one=ONE.replace(old, new))


@pytest.mark.canary
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no hooks.json: write it with 'make bench-hooks'"),
        ("{", "hooks.json is not what the benchmark writes"),
        ("[]", "hooks.json is not what the benchmark writes"),
        ("{}", "hooks.json is not what the benchmark writes"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, content, message):
    path = tmp_path / "hooks.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(MeasuredError, match=message):
        read(path, tmp_path)


def test_the_committed_figures_are_of_these_sources():
    told = json.loads(RESULT.read_text("utf-8"))
    assert list(told["sources"]) == sources()
    assert told["sources"] == digests(ROOT, sources()), f"run '{COMMAND}'"
    assert list(told["cases"]) == list(CASES)
    assert {k: case["title"] for k, case in told["cases"].items()} == {
        k: case.title for k, case in CASES.items()
    }


def test_the_committed_figures_tell_no_name_and_no_path():
    told = json.loads(RESULT.read_text("utf-8"))
    assert set(told) == {
        *("date", "machine", "versions", "processes", "rounds"),
        *("bare_microseconds", "closure_bytes", "cases", "sources"),
    }
    assert set(told["machine"]) == {"processor", "cores", "system", "load_at_start"}
    assert not re.search(r'"/|[\w-]+\.local|home', RESULT.read_text("utf-8"))


def test_the_benchmark_runs_every_case():
    (bare,), ratios = benchmark.measure(rounds=1, seconds=0)
    assert bare > 0
    assert list(ratios) == list(CASES)
    assert all(len(series) == 1 for series in ratios.values())
    found = {
        **about(1, 1),
        "cases": {name: benchmark.summary(series) for name, series in ratios.items()},
    }
    assert json.loads(written(found)) == found
    assert 50 < closure_bytes(10) < 5000


@pytest.mark.parametrize("name", CASES)
def test_a_case_gets_a_page_and_no_error(name):
    prepared = benchmark.Prepared(CASES[name])
    seen = []
    with prepared.around(prepared.app):
        body = prepared.app(prepared.environ, lambda *args: seen.append(args[0]))
        assert b"".join(body)
        body.close()
    assert seen == ["200 OK"]


def test_receivers_of_a_case_are_gone_when_others_are_measured():
    prepared = benchmark.Prepared(CASES["receivers_100"])
    with prepared.around(prepared.app):
        assert len(list(request_finished.receivers_for(prepared.app))) == 100
    assert list(request_finished.receivers_for(prepared.app)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.parent.name)
def test_advice_follows_from_figures_or_from_a_test(page):
    told = page.read_text("utf-8").partition("\n## See also\n")[0]
    advice = re.findall(r"^- .*", told, re.MULTILINE)
    assert len(advice) >= 4
    assert [line for line in advice if not re.search(r"\{(holds|proof)\}`", line)] == []


def test_there_is_a_page_on_performance_in_each_guide():
    assert [path.parent.name for path in PAGES] == [
        "after-request",
        "deferred-callbacks",
    ]
