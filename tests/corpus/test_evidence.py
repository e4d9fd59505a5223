"""Results of other versions are shown if they are of these sources, and refused
if they are stale, empty, broken or failing."""

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import html5lib
import pytest

from hookbook.corpus import compare, evidence, recordings, runs
from hookbook.trace.steps import as_json
from tests.project import CLAIMS, Project, every, text

from .results import NAMES, SNIPPETS, leave

ROOT = Path(__file__).parents[2]
PLACE = "tests/behaviour/test_claims.py:4: WARNING: "


@pytest.fixture
def project(tmp_path):
    project = Project.copy("passing", tmp_path)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    return project


def leave_traces(project, flask, change=lambda requests: None):
    recorded = {}
    for name in SNIPPETS:
        _, run = runs.run(project.root / "snippets", name)
        recorded[name] = json.loads(json.dumps(as_json(run)))
        change(recorded[name]["requests"])
    found = {"flask": flask, "sources": evidence.sources(project.root)}
    found["snippets"] = recorded
    project.write(f"build/matrix/{flask}/traces.json", json.dumps(found))


def shown(built, page="snippets"):
    """Return the marks of the captions, the tip of the claim and the verdict."""
    parsed = {
        name: html5lib.parse(built.text(f"{name}.html"), namespaceHTMLElements=False)
        for name in (page, "other", "proofs/test-claims", "proofs/index")
    }
    (claim,) = every(parsed["other"], "sup", "hb-claim")
    return {
        "marks": {text(e) for e in every(parsed[page], "span", "hb-versions")},
        "tip": claim.find("a").get("aria-label"),
        "verdict": [
            text(e) for e in every(parsed["proofs/test-claims"], "p", "hb-verdict")
        ],
        "runs": [
            [text(cell) for cell in row]
            for table in every(parsed["proofs/index"], "table", "hb-runs")
            for row in table.find("tbody")
        ],
    }


NOTHING = {
    "marks": {f"Flask {version('flask')}"},
    "tip": "Proof 1: Know.",
    "verdict": [],
    "runs": [],
}


def test_without_results_the_site_names_the_installed_version_only(project):
    built = project.build()
    assert built.warnings == []
    assert shown(built) == NOTHING


def test_results_of_these_sources_are_shown(project):
    for flask in "3.1.3", "2.2.5", "3.0.3":
        leave(project, flask)
        leave_traces(project, flask)
    built = project.build()
    assert built.warnings == []
    assert shown(built) == {
        "marks": {"Flask 2.2 to 3.1"},
        "tip": "Proof 1: Know. Passes on Flask 2.2 to 3.1.",
        "verdict": ["Flask 2.2.5: passed; Flask 3.0.3: passed; Flask 3.1.3: passed"],
        "runs": [
            [flask, "3.0", "3.11.0", "3 of 3 passed", "1 of 1 passed"]
            for flask in ("2.2.5", "3.0.3", "3.1.3")
        ],
    }


def test_steps_that_differ_are_named(project):
    def change(requests):
        requests[0]["steps"][-1]["outcome"] = "something else"

    for flask in "2.2.0", "2.2.5", "3.0.3":
        leave(project, flask)
    leave_traces(project, "2.2.5", change)
    leave_traces(project, "3.0.3")
    marks = shown(project.build())["marks"]
    assert marks == {"Flask 2.2 to 3.0; steps differ on Flask 2.2.5"}


def test_a_version_to_come_fails_no_build_and_is_promised_by_no_mark(project):
    leave(project, "3.1.3")
    leave(project, "3.2.0.dev0", bad=NAMES)
    built = project.build()
    assert built.warnings == []
    assert shown(built)["marks"] == {"Flask 3.1"}
    assert shown(built)["tip"] == "Proof 1: Know. Passes on Flask 3.1."
    assert shown(built)["verdict"] == [
        "Flask 3.1.3: passed; Flask 3.2.0.dev0: failed",
    ]


def test_a_version_that_ran_twice_holds_if_both_runs_passed(project):
    leave(project, "3.1.3", name="py312-flask31")
    leave(project, "3.1.3", name="py311-flask31", bad=["test_known"])
    built = project.build()
    assert built.warnings == [
        f"{PLACE}the proof 'test_known' was failed on Flask 3.1.3: correct it, or what"
        " the page says [hookbook.proof]"
    ]
    assert shown(built)["verdict"] == ["Flask 3.1.3: failed"]


# What is refused


@pytest.mark.canary
@pytest.mark.parametrize("tag", ["failure", "error", "skipped"])
def test_a_failing_proof_fails_the_strict_build(project, tag):
    leave(project, "3.1.3")
    leave(project, "2.2.5", bad=["test_known"], tag=tag)
    built = project.build()
    assert built.warnings == [
        f"{PLACE}the proof 'test_known' was failed on Flask 2.2.5: correct it, or what"
        " the page says [hookbook.proof]"
    ]
    assert shown(built)["tip"] == "Proof 1: Know. Passes on Flask 3.1."


@pytest.mark.canary
def test_a_failing_scenario_fails_the_strict_build(project):
    leave(project, "3.1.3")
    leave(project, "2.2.5", bad=["snippets.good.hello", "snippets.good.visits"])
    built = project.build()
    assert built.warnings == [
        f"snippets/good/{name}.py:1: WARNING: the scenario of 'good/{name}' was failed"
        " on Flask 2.2.5: correct it, or what the page says [hookbook.proof]"
        for name in ("hello", "visits")
    ]
    assert shown(built)["marks"] == {"Flask 3.1, not 2.2"}


@pytest.mark.canary
def test_a_run_that_left_out_a_proof_fails_the_strict_build(project):
    leave(project, "3.1.3", names=NAMES[1:])
    assert project.build().warnings == [
        f"{PLACE}the proof 'test_known' was not run on Flask 3.1.3: correct it, or what"
        " the page says [hookbook.proof]"
    ]


def test_title_of_a_proof_page_may_quote(project):
    title = 'Databases in ":memory:": what they keep'
    claims = CLAIMS.replace("Claims.", f"{title}.")
    project.write("tests/behaviour/test_claims.py", claims)
    built = project.build()
    assert built.warnings == []
    page = built.text("proofs/test-claims.html")
    heading = html5lib.parse(page, namespaceHTMLElements=False).find(".//h1")
    assert text(heading).startswith("Databases in “:memory:”: what they keep")


@pytest.mark.canary
def test_a_stale_result_is_not_shown(project):
    leave(project, "2.2.5")
    leave_traces(project, "2.2.5")
    assert shown(project.build())["marks"] == {"Flask 2.2"}
    claims = project.root / "tests/behaviour/test_claims.py"
    claims.write_text(claims.read_text() + "    assert len(__name__) > 1\n")
    built = project.build()
    assert built.warnings == []
    assert shown(built) == NOTHING


@pytest.mark.canary
@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"names": ()}, id="empty"),
        pytest.param({"flask": ""}, id="no version"),
        pytest.param({"sources": "0" * 64}, id="other sources"),
    ],
)
def test_results_that_prove_nothing_are_not_shown(project, wrong):
    leave(project, **{"flask": "2.2.5", "name": "flask22", **wrong})
    built = project.build()
    assert built.warnings == []
    assert shown(built) == NOTHING


@pytest.mark.canary
@pytest.mark.parametrize("text", ["", "<testsuite>", "not XML"])
def test_a_broken_file_is_not_shown(project, text):
    project.write("build/matrix/flask22/junit.xml", text)
    assert shown(project.build()) == NOTHING


@pytest.mark.canary
@pytest.mark.parametrize("text", ["", "[", '{"flask": "2.2.5", "sources": "other"}'])
def test_broken_or_stale_traces_say_nothing(project, text):
    leave(project, "2.2.5")
    project.write("build/matrix/2.2.5/traces.json", text)
    assert shown(project.build())["marks"] == {"Flask 2.2"}


# Builds that follow the results


def test_new_results_write_the_pages_that_show_them(project):
    assert shown(project.build()) == NOTHING
    leave(project, "3.1.3")
    built = project.build()
    assert built.read == []
    pages = ["other", "proofs/test-claims", "quiz", "snippets", "traces"]
    assert set(pages) <= set(built.written)
    assert shown(built)["marks"] == {"Flask 3.1"}
    assert project.build().written == []
    (project.root / "build/matrix/3.1.3/junit.xml").unlink()
    assert shown(project.build()) == NOTHING


# The files that a run leaves


def test_pytest_leaves_what_the_site_reads(tmp_path):
    junit = tmp_path / "env" / "junit.xml"
    test = "tests/behaviour/after_request/test_add_header.py"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", test]
    command += [f"--junitxml={junit}"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    (found,), stale = evidence.read(tmp_path, evidence.sources(ROOT))
    assert stale == []
    assert (found.name, found.flask) == ("env", version("flask"))
    assert found.werkzeug == version("werkzeug")
    assert set(found.results.values()) == {"passed"}
    assert "test_hook_adds_a_header_to_the_response_of_a_view" in found.results


def test_traces_are_recorded_without_a_site(project, tmp_path):
    target = tmp_path / "new" / "traces.json"
    recordings.main(project.root, target)
    found = json.loads(target.read_text())
    assert found["flask"] == version("flask")
    assert found["sources"] == evidence.sources(project.root)
    assert sorted(found["snippets"]) == sorted(SNIPPETS)
    for name, trace in found["snippets"].items():
        _, run = runs.run(project.root / "snippets", name)
        assert compare.fingerprint(trace) == compare.fingerprint(as_json(run))


def test_a_snippet_that_cannot_be_recorded_is_an_entry(project):
    project.write("snippets/good/broken.py", '"""Break."""\n1 / 0\n')
    found = recordings.record_all(project.root / "snippets")
    assert len(found) == 4
    assert "ZeroDivisionError" in found["good/broken"]["error"]
    assert "requests" in found["good/hello"]


@pytest.mark.parametrize(
    ("some", "said"),
    [
        (["2.2.0", "2.2.5", "2.3.3", "3.0.3", "3.1.3"], "2.2 to 3.1"),
        (["3.1.3"], "3.1"),
        (["3.0.3", "3.1.3"], "3.0 to 3.1"),
        (["2.2.0"], "2.2.0"),
        (["2.2.0", "2.2.5", "3.1.3"], "2.2, 3.1"),
        (["2.2.5", "2.3.3", "3.0.3"], "2.2.5, 2.3, 3.0"),
    ],
)
def test_versions_are_named_briefly_and_truly(some, said):
    ran = ["2.2.0", "2.2.5", "2.3.3", "3.0.3", "3.1.3"]
    assert evidence.listing(some, ran) == said
