"""The results of the environment that has real extensions, apart from the others."""

import html5lib
import pytest

from hookbook.corpus import evidence
from tests.project import CLAIMS, Project, every, text

from .results import NAMES, leave

EXTENDED = '''"""What an extension does."""


def test_extended():
    """Extend."""
'''
LOCK = "flask-tea==2.1 \\\n    --hash=sha256:0\nFlask-Cups==3.0\n"
PLACE = "tests/behaviour/extensions/test_tea.py:4: WARNING: "


@pytest.fixture
def project(tmp_path):
    project = Project.copy("passing", tmp_path)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    project.write("tests/behaviour/extensions/test_tea.py", EXTENDED)
    project.write("tests/extensions/requirements.txt", LOCK)
    other = (tmp_path / "docs" / "other.md").read_text("utf-8")
    both = "Both.{proof}`test_extended`{proof}`test_known`\n"
    alone = "With {locked}`Flask-Tea`.{proof}`test_extended`\n"
    project.write("docs/other.md", f"{other}\n## Alone\n\n{alone}\n## Both\n\n{both}")
    return project


def leave_extended(project, **given):
    lock = given.pop("lock", None) or evidence.extensions_lock(project.root)
    leave(
        project, "3.1.3", name="extensions", lock=lock,
        **{"names": ["test_extended"]} | given,
    )  # fmt: skip


def shown(built):
    parsed = html5lib.parse(built.text("other.html"), namespaceHTMLElements=False)
    lines = [text(e.find("summary")) for e in every(parsed, "details", "hb-checks")]
    tips = [e.find("a").get("aria-label") for e in every(parsed, "sup", "hb-claim")]
    return lines[-2:], tips[-3:]


def test_a_page_names_the_version_of_the_lock(project):
    built = project.build()
    assert built.warnings == []
    assert "With Flask-Tea 2.1." in built.text("other.html")


def test_without_results_a_line_says_what_its_tests_are_of(project):
    lines, tips = shown(project.build())
    assert lines == [
        "1 check, with real extensions",
        "2 checks, 1 of them with real extensions",
    ]
    assert tips == ["Proof 2: Extend.", "Proof 3: Extend.", "Proof 4: Know."]


def test_each_proof_has_the_results_of_its_own_environment(project):
    leave(project, "2.2.5")
    leave(project, "3.1.3")
    leave_extended(project)
    built = project.build()
    assert built.warnings == []
    assert shown(built) == (
        [
            "1 check, with real extensions, Flask 3.1",
            "2 checks, 1 of them with real extensions, Flask 3.1",
        ],
        [
            "Proof 2: Extend. Passes on Flask 3.1.",
            "Proof 3: Extend. Passes on Flask 3.1.",
            "Proof 4: Know. Passes on Flask 2.2 to 3.1.",
        ],
    )
    assert "Flask 3.1.3: passed" in built.text("proofs/extensions/tea.html")
    assert "hb-verdict" in built.text("proofs/test-claims.html")


@pytest.mark.canary
@pytest.mark.parametrize("given", [{"bad": ["test_extended"]}, {"names": ["test_o"]}])
def test_a_proof_that_failed_or_did_not_run_there_fails_the_strict_build(
    project, given
):
    leave(project, "3.1.3")
    leave_extended(project, **given)
    verdict = "failed" if "bad" in given else "not run"
    assert project.build().warnings == [
        f"{PLACE}the proof 'test_extended' was {verdict} on Flask 3.1.3: correct it, or"
        " what the page says [hookbook.proof]"
    ]


@pytest.mark.canary
def test_results_of_other_extensions_say_nothing(project):
    leave_extended(project, lock="0" * 64)
    lines, _ = shown(project.build())
    assert lines[0] == "1 check, with real extensions"


@pytest.mark.canary
def test_an_extension_without_a_lock_is_refused(project):
    project.write("tests/extensions/requirements.txt", "Flask-Cups==3.0\n")
    assert project.build().warnings == [
        "docs/other.md:31: WARNING: {locked}: tests/extensions/requirements.txt has no"
        " 'Flask-Tea' [hookbook.locked]"
    ]


def test_the_corpus_is_judged_without_that_environment():
    runs = [
        evidence.Evidence("3.1.3", {NAMES[0]: evidence.PASSED}, "flask31"),
        evidence.Evidence("3.1.3", {"test_extended": evidence.PASSED}, "extensions"),
    ]
    corpus, extended = evidence.apart(runs, "")
    assert [run.name for run in corpus] == ["flask31"]
    assert [run.name for run in extended] == ["extensions"]
