"""The matrix says of each environment what ran, or why nothing did."""

import os
import sys
from pathlib import Path

import pytest

from tests import PLUGINS, matrix
from tests.corpus.results import leave
from tests.project import CLAIMS, Project

ROOT = Path(__file__).parents[2]
ENVIRONMENTS = ["flask22", "flask31"]


@pytest.fixture
def project(tmp_path):
    project = Project.copy("passing", tmp_path)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    return project


def test_each_environment_has_its_line(project, monkeypatch):
    monkeypatch.chdir(project.root)
    leave(project, "2.2.5", name="flask22", bad=["test_known"])
    leave(project, "3.1.3", name="flask31")
    lines, complete = matrix.summary(matrix.RESULTS, ENVIRONMENTS, {})
    assert complete
    assert lines == [
        "flask22        Flask 2.2.5, Werkzeug 3.0, Python 3.11.0: 3 of 3 scenarios and"
        " 0 of 1 claims hold",
        "flask31        Flask 3.1.3, Werkzeug 3.0, Python 3.11.0: 3 of 3 scenarios and"
        " 1 of 1 claims hold",
    ]


@pytest.mark.canary
def test_an_environment_without_results_is_named_with_the_reason(project, monkeypatch):
    monkeypatch.chdir(project.root)
    leave(project, "3.1.3", name="flask31", sources="of others")
    reasons = {"flask22": "could not find python"}
    names = [*ENVIRONMENTS, "lowest"]
    lines, complete = matrix.summary(matrix.RESULTS, names, reasons)
    assert not complete
    assert lines == [
        "flask22        NOT RUN: could not find python",
        f"flask31        NOT RUN: {matrix.STALE}",
        "lowest         NOT RUN: tox left no word; see above",
    ]


def test_the_reason_is_the_last_error_of_the_step_that_failed():
    good = {"retcode": 0, "output": "ERROR in passing", "err": ""}
    bad = {"retcode": 1, "output": "one\ntwo", "err": "ERROR: no flask\nend"}
    assert matrix.reason({"setup": [good, bad]}) == "ERROR: no flask"
    assert matrix.reason({"setup": [good]}) == ""
    assert matrix.reason({}) == ""


GREETING = '''\
"""Greet.

.. testcode::

   print(greet())

Before Flask 3.0:

.. testoutput::
   :skipif: FLASK >= (3, 0)

   Hi

Since Flask 3.0:

.. testoutput::
   :skipif: FLASK < (3, 0)

   Hello
"""

from importlib.metadata import version

FLASK = tuple(map(int, version("flask").split(".")[:2]))


def greet():
    return "Hello" if FLASK >= (3, 0) else "Hi"
'''
# What is installed here, and a Flask that calls itself by another version.
TOX_INI = """\
[tox]
env_list = lowest, flask31

[testenv]
package = skip
base_python =
    lowest: {here}
    flask31: {python}
set_env =
    PYTHONPATH = {{env_name}}:{path}
commands =
    python -m pytest -p no:cacheprovider --junitxml=build/matrix/{{env_name}}/junit.xml

[pytest]
enable_assertion_pass_hook = true
addopts = --doctest-modules
testpaths = snippets tests/behaviour
"""


PROVEN = """\
from snippets.greet import greet


def test_known():
    'Greet, on every version.'
    assert greet()
"""


@pytest.fixture
def matrix_of(tmp_path, monkeypatch):
    """Return a function that runs the matrix in a house with one snippet."""
    monkeypatch.chdir(tmp_path)

    def matrix_of(snippet, *environments, python=sys.executable):
        path = os.pathsep.join([str(ROOT / "src"), *sys.path])
        write = {
            "tox.ini": TOX_INI.format(path=path, here=sys.executable, python=python),
            "tests/behaviour/test_claims.py": PROVEN,
            "snippets/__init__.py": "",
            "snippets/greet.py": snippet,
            "build/.gitignore": "",
        }
        for plugin in PLUGINS:
            file = f"tests/{plugin}.py"
            write[file] = (ROOT / file).read_text("utf-8")
        for name, release in {"lowest": "2.2.5", "flask31": "3.1.3"}.items():
            metadata = f"Metadata-Version: 2.1\nName: flask\nVersion: {release}\n"
            write[f"{name}/flask-{release}.dist-info/METADATA"] = metadata
        for name, text in write.items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(text)
        return matrix.run(environments)

    return matrix_of


def test_outputs_of_two_versions_hold_where_they_are_run(matrix_of, capfd):
    assert matrix_of(GREETING, "lowest", "flask31") == 0
    told = capfd.readouterr().out
    assert "lowest         Flask 2.2.5" in told
    assert "flask31        Flask 3.1.3" in told
    assert told.count("1 of 1 scenarios and 1 of 1 claims hold") == 2


@pytest.mark.canary
def test_a_wrong_output_of_another_version_fails_the_matrix(matrix_of, capfd):
    assert matrix_of(GREETING.replace("   Hi\n", "   Hey\n"), "lowest") != 0
    told = capfd.readouterr().out
    assert "Expected:\n    Hey\nGot:\n    Hi\n" in told
    assert "Flask 2.2.5" in told
    assert "0 of 1 scenarios" in told


@pytest.mark.canary
def test_an_environment_that_was_not_run_fails_the_matrix(matrix_of, capfd):
    assert matrix_of(GREETING, "flask31", python="python3.99") != 0
    told = capfd.readouterr().out
    assert "flask31        NOT RUN: " in told
