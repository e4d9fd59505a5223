"""The regression run reports what broke, in words, and never breaks itself."""

import copy
import json
import os
import pickle
import shutil
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import flask
import pytest

from hookbook.corpus import runs
from hookbook.trace.steps import as_json
from tests.regress import __main__ as command
from tests.regress import difference, environment, pages, run
from tests.regress.environment import HarnessError, Target

ROOT = Path(__file__).parents[2]


# What the user may write


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3.1.2", "Flask==3.1.2"),
        ("3.1.*", "Flask==3.1.*"),
        ("3.2.0.dev0", "Flask==3.2.0.dev0"),
        ("==3.1.2", "Flask==3.1.2"),
        (" >=3,<3.1 ", "Flask>=3,<3.1"),
        ("<3", "Flask<3"),
        ("~=3.0", "Flask~=3.0"),
        ("flask==3.1.2", "flask==3.1.2"),
        ("Flask[async]~=3.1", "Flask[async]~=3.1"),
        (
            "git+https://example.org/flask.git@main",
            "git+https://example.org/flask.git@main",
        ),
        ("https://example.org/flask.zip", "https://example.org/flask.zip"),
        (
            "Flask @ file:///home/me/flask",
            "Flask @ file:///home/me/flask",
        ),
    ],
)
def test_a_requirement_is_what_pip_takes(text, wanted):
    assert environment.requirement(text) == wanted


def test_a_path_is_made_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("flask-3.1.2-py3-none-any.whl").touch()
    Path("flask").mkdir()
    for name in "flask-3.1.2-py3-none-any.whl", "flask", "./flask":
        assert environment.requirement(name) == str((tmp_path / name).resolve())


@pytest.mark.canary
def test_a_path_that_does_not_exist_is_refused():
    with pytest.raises(HarnessError, match=r"there is no file or folder '\./nowhere'"):
        environment.requirement("./nowhere")


def test_the_tools_are_those_of_the_lock():
    lock = (ROOT / "requirements.txt").read_text()
    found = environment.locked()
    assert len(found) == 3
    assert all(f"{line} " in lock or f"{line}\n" in lock for line in found)


@pytest.mark.parametrize(
    ("flask", "needs"),
    [
        ("1.1.4", "Werkzeug<2"),
        ("2.1.3", "Werkzeug<2.2"),
        ("2.2.5", "Werkzeug<3"),
        ("2.3.3", None),
        ("3.2.0.dev0", None),
        ("unknown", None),
    ],
)
def test_an_old_flask_gets_what_it_needs(flask, needs):
    assert next(iter(environment._fitting(flask)), None) == needs


def test_what_the_user_names_goes_before_what_an_old_flask_needs():
    assert environment._fitting("2.2.5", ["werkzeug==2.2.2", "pytest-xdist"]) == []
    assert "Werkzeug<2" not in environment._fitting("1.1.4", ["Werkzeug<2.1"])


# Where pages say it


PAGE = """# Title

A first sentence. The *second* one[^1],
over two lines.{proof}`test_a`{proof}`test_b`
A third: [a link](x.md#y) and {py:meth}`flask.Flask.run`, `code`.{proof}`test_a`

- In a list.{proof}`test_c`
- {produced}`topic/two output` it says.{proof}`test_c`

```{snippet} topic/one
```
:::{trace} topic/two
:::
"""


def test_pages_are_scanned(tmp_path):
    for name in "guide/page.md", "proofs/page.md", "_part/page.md":
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True)
        path.write_text(PAGE)
    found = pages.scan(tmp_path / "docs")
    said = {n: [(str(p), p.sentence) for p in where] for n, where in found.items()}
    second = ("docs/guide/page.md:4", "The *second* one[^1], over two lines.")
    third = "A third: a link and flask.Flask.run, code."
    assert said == {
        "test_a": [second, ("docs/guide/page.md:5", third.partition(": ")[2])],
        "test_b": [second],
        "test_c": [
            ("docs/guide/page.md:7", "In a list."),
            ("docs/guide/page.md:8", "topic/two output it says."),
        ],
        "topic/two": [("docs/guide/page.md:8", ""), ("docs/guide/page.md:12", "")],
        "topic/one": [("docs/guide/page.md:10", "")],
    }


def test_the_scan_finds_what_the_build_finds(site):
    with (site.parent / "doctrees" / "environment.pickle").open("rb") as file:
        usage = pickle.load(file).hookbook_usage
    built = Counter(
        (f"docs/{page}.md", claim.proof)
        for page, use in usage.items()
        for claim in use.claims
    )
    found = pages.scan(ROOT / "docs")
    assert built == Counter(
        (place.page, name)
        for name, where in found.items()
        for place in where
        if name.startswith("test_")
    )
    assert sum(built.values()) >= 100
    shown = set[str]().union(*(use.snippets for use in usage.values()))
    assert {name for name in found if "/" in name} == shown


# Traces


@pytest.fixture(scope="module")
def trace():
    _, recorded = runs.run(ROOT / "snippets", "after_request/two_hooks")
    return json.loads(json.dumps(as_json(recorded)))


def differ(trace, change):
    other = copy.deepcopy(trace)
    steps = other["requests"][0]["steps"]
    change(steps)
    for number, step in enumerate(steps, start=1):
        step["number"] = number
    return [str(d) for d in difference.differences(trace, other)]


def hooks(steps):
    return [n for n, step in enumerate(steps) if step["phase"] == "after_request"]


def test_equal_traces_have_no_difference(trace):
    assert differ(trace, lambda steps: None) == []


def test_a_missing_and_an_added_step_are_named(trace):
    place = hooks(trace["requests"][0]["steps"])[0]
    name = f"step {place + 1}: after_request hook seal_envelope"
    assert differ(trace, lambda s: s.pop(place)) == [f"{name} expected, not observed"]

    def add(steps):
        steps.insert(place, {**steps[place], "name": "weigh_envelope"})

    assert differ(trace, add) == [
        f"step {place + 1}: after_request hook weigh_envelope observed, not expected"
    ]


def test_another_step_in_the_same_place_is_named(trace):
    place = hooks(trace["requests"][0]["steps"])[1]

    def rename(steps):
        steps[place]["name"] = "burn_envelope"

    assert differ(trace, rename) == [
        f"step {place + 1}: after_request hook stamp_envelope expected, after_request"
        " hook burn_envelope observed"
    ]


def test_another_order_is_named(trace):
    first, second = hooks(trace["requests"][0]["steps"])

    def swap(steps):
        steps[first], steps[second] = steps[second], steps[first]

    (line,) = differ(trace, swap)
    assert line == (
        f"step {second + 1}: after_request hook stamp_envelope expected, it was step"
        f" {first + 1}"
    )


def test_another_outcome_and_change_are_named(trace):
    place = hooks(trace["requests"][0]["steps"])[0]

    def change(steps):
        steps[place]["outcome"] = "returned None"
        steps[place]["changes"] = []

    (line,) = differ(trace, change)
    assert "after_request hook seal_envelope: 'returned a response" in line
    assert "expected, 'returned None' observed; change expected, not observed" in line


def test_a_lost_request_and_a_lost_trace_are_named(trace):
    (lost,) = difference.differences(trace, {"requests": []})
    assert str(lost).startswith("request 1, GET /letter: expected, not made")
    (lost,) = difference.differences(trace, {"error": "no such method"})
    assert str(lost) == "not recorded: no such method"


# What pytest says


def test_results_of_a_test_with_parameters_count_once():
    node = "tests/behaviour/after_request/test_order.py::test_it"
    events = [
        {"test": f"{node}[a]", "result": "passed"},
        {"test": f"{node}[b]", "result": "failed", "message": "no", "place": "x:1"},
        {"test": "snippets/a/b.py::snippets.a.b", "result": "passed"},
        {"warning": "DeprecationWarning: old"},
        {"finished": 1},
    ]
    outcome = run.read(events, 1)
    assert outcome.passed == {"snippets.a.b"}
    assert outcome.failed == {"test_it": ("no", "x:1")}
    assert outcome.warnings == {"DeprecationWarning: old"}
    assert outcome.ended == ""


def test_a_file_that_cannot_be_collected_breaks_all_its_claims():
    node = "tests/behaviour/after_request/test_order.py"
    outcome = run.read(
        [{"test": node, "result": "failed", "message": "no"}, {"finished": 2}], 2
    )
    assert len(outcome.failed) >= 14
    assert "test_after_request_hooks_run_in_reverse_order" in outcome.failed


@pytest.mark.parametrize(
    ("status", "said"), [(-11, "Python ended with status -11"), (None, "was stopped")]
)
def test_a_run_that_dies_is_the_fault_of_the_test_it_was_in(status, said):
    events = [{"started": "tests/behaviour/a/test_b.py::test_c"}]
    outcome = run.read(events, status)
    assert said in outcome.ended
    assert said in outcome.failed["test_c"][0]


def test_a_run_in_which_pytest_fails_is_known_to_be_incomplete():
    node = "tests/behaviour/a/test_b.py::test_c"
    events = [{"test": node, "result": "failed", "message": "no"}, {"finished": 3}]
    outcome = run.read(events, 3, "INTERNALERROR> SystemError: no\n1 failed\n")
    assert outcome.failed == {"test_c": ("no", "")}
    assert outcome.ended == "pytest itself failed, INTERNALERROR> SystemError: no"


@pytest.mark.canary
@pytest.mark.parametrize("events", [[], [{"finished": 4}], [{"finished": 5}]])
def test_a_run_that_ran_nothing_says_nothing_of_the_flask(events):
    with pytest.raises(HarnessError, match=r"pytest could not run.*\nno such option"):
        run.read(events, 4, "no such option")


def test_the_flask_may_be_named_by_the_environment(monkeypatch):
    monkeypatch.setenv("HOOKBOOK_FLASK", ">=3,<3.1")
    assert command.parse([]).flask == ">=3,<3.1"
    assert command.parse(["", "--with", ""]).flask == ">=3,<3.1"
    assert command.parse(["3.1.2", "--", "-k", "x"]).flask == "3.1.2"


@pytest.mark.canary
def test_a_failure_of_the_harness_is_no_verdict(regress, monkeypatch):
    monkeypatch.setattr(pages, "scan", lambda docs: 1 / 0)
    status, report = regress("", "", "", "-k", "add_header")
    assert status == 2
    assert "The harness itself has failed:" in report
    assert "ZeroDivisionError" in report


# From end to end, on copies of the installed Flask


BEFORE_HOOKS = "        for func in ctx._after_request_functions:\n"
WAIT = f"        while True:\n            pass\n{BEFORE_HOOKS}"
ABORT = f"        __import__('os').abort()\n{BEFORE_HOOKS}"
REVERSED = "in reversed(self.after_request_funcs[name])"


@pytest.fixture(scope="module")
def traces():
    """Return `run.traces`; the traces of the installed Flask are recorded once."""
    expected = {}

    def traces(target, path, limit, record=run.traces):
        if path.name != "expected.json":
            return record(target, path, limit)
        if (target.python, limit) not in expected:
            expected[target.python, limit] = record(target, path, limit)
        return copy.deepcopy(expected[target.python, limit])

    return traces


@pytest.fixture
def regress(tmp_path, capsys, monkeypatch, traces):
    """Return a function that runs the corpus on a Flask changed in one place."""
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setattr(run, "traces", traces)

    def regress(file="", old="", new="", *options):
        arguments = ["--python", sys.executable, "--limit", "0.5"]
        arguments += ["--folder", str(tmp_path / "out")]
        if file:
            copied = tmp_path / "flask"
            shutil.copytree(Path(flask.__file__).parent, copied)
            source = copied / file
            assert old in source.read_text()
            source.write_text(source.read_text().replace(old, new, 1))
            arguments += ["--path", str(tmp_path)]
        status = command.main([*arguments, "--", *options])
        report = (tmp_path / "out" / "report.txt").read_text()
        assert report in capsys.readouterr().out
        return status, report

    return regress


def test_a_flask_that_does_the_same_holds(regress):
    status, report = regress()
    assert status == 0, report
    assert f"Tried on:  Flask {version('flask')}, Werkzeug" in report
    assert f", {len(runs.names(ROOT / 'snippets'))} take other" not in report
    assert "0 take other steps" in report
    assert "Everything that was tried holds." in report


def test_hooks_in_another_order_break_claims(regress):
    status, report = regress("app.py", REVERSED, "in self.after_request_funcs[name]")
    assert status == 1
    claim = report.partition("The hook registered last runs first.\n")[2]
    assert claim.startswith("   test_after_request_hooks_run_in_reverse_order\n")
    assert "\n   tests/behaviour/after_request/test_order.py:" in claim
    assert "\n   said on docs/after-request/visualize.md:" in claim
    assert "\nsnippets/after_request/two_hooks.py\n   shown on docs/" in report
    assert "Expected:\n         ['seal_envelope', 'stamp_envelope']" in report
    assert "hook stamp_envelope expected, it was step" in report
    assert "after_request/two_hooks: claims broken, see above" in report


def test_steps_may_differ_where_no_claim_is_broken(regress):
    status, report = regress(
        "app.py", BEFORE_HOOKS,
        "        if self.name != 'snippets.after_request.add_header':\n"
        "            response.headers['X-New'] = 'yes'\n" + BEFORE_HOOKS,
        "-k", "test_stacked_hooks or add_header",
    )  # fmt: skip
    assert status == 0, report
    assert "differs, no claim broken" in report
    assert "response.headers[X-New]" in report


def test_a_hook_that_hangs_is_stopped(regress):
    status, report = regress("app.py", BEFORE_HOOKS, WAIT)
    assert status == 1
    assert "4 tests did not end" in report
    assert "it did not end within 0.5 seconds" in report
    assert "not recorded: not tried, since 3 others did not end" in report


@pytest.mark.skipif(os.name == "nt", reason="aborting opens a dialog there")
def test_a_flask_that_takes_python_down_is_reported(regress):
    status, report = regress("app.py", BEFORE_HOOKS, ABORT)
    assert status == 1
    assert "The run did not come to its end: Python ended with status" in report
    assert "no trace was recorded" in report


def test_a_flask_that_the_recorder_does_not_know_is_reported(regress):
    status, report = regress(
        "app.py", "def update_template_context", "def update_the_context",
        "-k", "add_header",
    )  # fmt: skip
    assert status == 0, report
    assert "0 take other steps" in report
    assert "not recorded: AttributeError: " in report
    assert "has no attribute 'update_template_context'" in report


@pytest.mark.canary
def test_a_flask_that_cannot_be_imported_is_no_verdict(regress):
    status, report = regress("__init__.py", "from .app import", "from .apps import")
    assert status == 2
    assert "nothing is known of this Flask" in report
    assert "cannot be imported with Werkzeug" in report
    assert "No module named 'flask.apps'" in report


@pytest.mark.canary
def test_options_that_pytest_refuses_are_no_verdict(regress):
    status, report = regress("", "", "", "--nonsense")
    assert status == 2
    assert "unrecognized arguments: --nonsense" in report


@pytest.mark.canary
def test_a_python_that_is_not_there_is_no_verdict(tmp_path):
    with pytest.raises(HarnessError, match="did not start"):
        environment.probe(Target(str(tmp_path / "python")))


@pytest.mark.canary
def test_a_flask_that_cannot_be_installed_is_no_verdict(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(HarnessError, match=r"Flask==0\.0\.0 cannot be installed:\n"):
        environment.make("0.0.0", [], tmp_path / "env")


@pytest.mark.canary
@pytest.mark.parametrize("arguments", [[], [""], ["", "--with", "", "--"]])
def test_a_command_without_a_flask_is_refused(arguments, capsys, monkeypatch):
    monkeypatch.delenv("HOOKBOOK_FLASK", raising=False)
    with pytest.raises(SystemExit) as stop:
        command.main(arguments)
    assert stop.value.code == 2
    assert "make regress FLASK=3.1.2" in capsys.readouterr().err
