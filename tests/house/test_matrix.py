"""The matrix says of each environment what ran, or why nothing did."""

import pytest

from tests import matrix
from tests.corpus.results import leave
from tests.project import CLAIMS, Project

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
    lines, complete = matrix.summary(matrix.RESULTS, ENVIRONMENTS, reasons)
    assert not complete
    assert lines == [
        "flask22        NOT RUN: could not find python",
        "flask31        NOT RUN: tox left no word; see above",
    ]


def test_the_reason_is_the_last_error_of_the_step_that_failed():
    good = {"retcode": 0, "output": "ERROR in passing", "err": ""}
    bad = {"retcode": 1, "output": "one\ntwo", "err": "ERROR: no flask\nend"}
    assert matrix.reason({"setup": [good, bad]}) == "ERROR: no flask"
    assert matrix.reason({"setup": [good]}) == ""
    assert matrix.reason({}) == ""
