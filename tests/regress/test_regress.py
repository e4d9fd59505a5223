"""From end to end, on copies of the installed Flask: the run reports what broke."""

import copy
import os
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

import flask
import pytest

from hookbook.corpus import runs
from tests import PLUGINS
from tests.regress import __main__ as command
from tests.regress import pages, report, run

ROOT = Path(__file__).parents[2]


@pytest.mark.canary
def test_a_failure_of_the_harness_is_no_verdict(regress, monkeypatch):
    monkeypatch.setattr(pages, "scan", lambda docs: 1 / 0)
    status, report = regress("", "", "", "-k", "add_header")
    assert status == 2
    assert "The harness itself has failed:" in report
    assert "ZeroDivisionError" in report


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
        of = target.python, limit, run.ROOT
        if of not in expected:
            expected[of] = record(target, path, limit)
        return copy.deepcopy(expected[of])

    return traces


PART = (
    *("tox.ini", "snippets/__init__.py", "snippets/after_request"),
    *("tests/regress/__init__.py", "tests/regress/plugin.py"),
    *(f"tests/{name}.py" for name in PLUGINS),
    *(f"tests/behaviour/{name}.py" for name in ("__init__", "conftest", "versions")),
    *(
        f"tests/behaviour/after_request/{name}.py"
        for name in ("__init__", "test_add_header", "test_order")
    ),
)


@pytest.fixture(scope="module")
def part(tmp_path_factory):
    """Return a folder with a part of the corpus."""
    folder = tmp_path_factory.mktemp("part")
    for name in PART:
        copied = folder / name
        copied.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(
            ROOT / name, copied
        )
    return folder


@pytest.fixture
def regress(tmp_path, capsys, monkeypatch, traces, part):
    """Return a function that runs a part of the corpus on a changed Flask.

    The whole corpus is run by ``make regress``, in ``.ci/run``.
    """
    for module in run, report:
        monkeypatch.setattr(module, "ROOT", part)
        monkeypatch.setattr(module, "BEHAVIOUR", part / "tests" / "behaviour")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setattr(run, "traces", traces)

    def regress(file="", old="", new="", *options, limit=30):
        arguments = ["--python", sys.executable, "--limit", str(limit)]
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


def test_a_flask_that_does_the_same_holds(regress, part):
    status, report = regress()
    assert status == 0, report
    assert f"Tried on:  Flask {version('flask')}, Werkzeug" in report
    count = len(runs.names(part / "snippets"))
    assert count > 10
    assert f"Scenarios: {count} tried, 0 do something else" in report
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
    assert "Expected:\n         ['registered_last', 'registered_first']" in report
    assert "hook registered_first expected, it was step" in report
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
    status, report = regress("app.py", BEFORE_HOOKS, WAIT, limit=0.5)
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


def test_a_flask_without_a_method_that_the_recorder_wraps_is_recorded(regress):
    status, report = regress(
        "app.py", "def update_template_context", "def update_the_context",
        "-k", "add_header",
    )  # fmt: skip
    assert status == 0, report
    assert "0 take other steps" in report
    assert "not recorded" not in report
    assert "Everything that was tried holds." in report


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
