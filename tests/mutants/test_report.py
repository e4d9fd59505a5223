"""What a run of mutants reports, and what it refuses."""

import json
import subprocess
import sys

import pytest

from tests.mutants.corpus import Outcome
from tests.mutants.report import (
    Refused,
    as_text,
    read_equivalents,
    refuse_stale,
    summarize,
    write,
)
from tests.mutants.source import mutants_of


def outcomes(*verdicts):
    mutants = mutants_of("toy.py", "def f():\n    b(1)\n    return b(2)\n", ["f"])
    return list(zip(mutants, map(Outcome, verdicts), strict=False))


SURVIVED, KILLED = "survived", "killed by a test"


def test_report_shows_score_and_survivors_with_their_diff(tmp_path):
    report = summarize(outcomes(KILLED, SURVIVED, KILLED, KILLED), {})
    assert (report["mutants"], report["killed"], report["survived"]) == (4, 3, 1)
    write(report, tmp_path)
    text = (tmp_path / "report.txt").read_text()
    (survivor,) = report["survivors"]
    assert survivor["file"] == "flask/toy.py"
    assert f"flask/toy.py:{survivor['line']} f" in text
    assert survivor["diff"] in text
    assert "score 75.0%" in text
    assert json.loads((tmp_path / "report.json").read_text()) == report


def test_equivalent_survivor_is_explained_and_does_not_count(tmp_path):
    found = outcomes(KILLED, SURVIVED)
    alive = found[1][0].id
    data = tmp_path / "equivalent.toml"
    data.write_text(f"[[equivalent]]\nreason = 'Unused.'\nmutants = ['''{alive}''']\n")
    report = summarize(found, read_equivalents(data))
    assert (report["equivalent"], report["survived"]) == (1, 0)
    assert report["score without equivalents"] == 1
    assert "equivalent: Unused." in as_text(report)


def test_stale_entry_of_an_equivalent_mutant_is_refused():
    found = outcomes(KILLED, SURVIVED)
    for stale in found[0][0].id, "toy.py: gone: constant: 1 -> 2":
        report = summarize(found, {stale: "A reason."})
        with pytest.raises(Refused, match="explains what did not survive") as caught:
            refuse_stale(report)
        assert stale in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("reason = 'a'\nmutants = ['x', 'x']", "listed twice: x"),
        ("reason = ' '\nmutants = ['x']", "no reason given for x"),
    ],
)
def test_careless_list_of_equivalent_mutants_is_refused(tmp_path, text, message):
    data = tmp_path / "equivalent.toml"
    data.write_text(f"[[equivalent]]\n{text}\n")
    with pytest.raises(Refused, match=message):
        read_equivalents(data)


def test_empty_list_of_mutants_is_refused():
    with pytest.raises(Refused, match="No mutant was run"):
        summarize([], {})


def test_mutant_that_was_not_run_is_refused():
    with pytest.raises(Refused, match="could not be run"):
        summarize(outcomes(KILLED, "not run"), {})


def test_command_without_any_mutant_is_red(pytestconfig):
    run = subprocess.run(
        [sys.executable, "-m", "tests.mutants", "no such mutant"],
        cwd=pytestconfig.rootpath,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert "There is no mutant" in run.stderr
