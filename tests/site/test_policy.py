"""Every snippet is run and shown; the counts say so; builds agree on them."""

import pickle
from pathlib import Path

import pytest

from hookbook.corpus import runs
from hookbook.site.policy.languages import ALLOWED
from tests.project import CLAIMS, Project

ROOT = Path(__file__).parents[2]

# May only fall: each is code on a page that nobody runs.
EXCEPTIONS = 0


def usage(build):
    return dict(build.app.env.hookbook_usage)


@pytest.fixture
def project(tmp_path):
    project = Project.copy("passing", tmp_path)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    return project


# The house itself


@pytest.fixture(scope="module")
def house(site):
    """The usage records of the house's own pages, as the strict build left them."""
    with (site.parent / "doctrees" / "environment.pickle").open("rb") as file:
        return pickle.load(file).hookbook_usage


def test_every_snippet_of_the_house_is_shown(house):
    shown = set[str]().union(*(use.snippets for use in house.values()))
    assert sorted(shown) == runs.names(ROOT / "snippets")
    assert len(shown) >= 32


def test_the_house_makes_no_new_exception(house):
    reasons = [reason for use in house.values() for reason in use.exceptions]
    assert len(reasons) == EXCEPTIONS, reasons


def test_the_house_claims_what_tests_prove(house):
    assert sum(len(use.claims) for use in house.values()) >= 50


@pytest.mark.canary
def test_a_house_that_shows_nothing_is_refused(project):
    for page in "snippets", "traces", "quiz", "other":
        project.write(f"docs/{page}.md", f"# Nothing {page}\n\nNothing.\n")
    warnings = project.build("dummy").warnings
    assert warnings == [
        f"snippets/{name}.py:1: WARNING: no page shows this snippet: use it or delete"
        " it [hookbook.policy]"
        for name in ("good/hello", "good/visits", "other/hello")
    ]


def test_no_language_that_runs_is_allowed():
    runnable = {"python", "python3", "py", "py3", "pycon", "pytb", "python-repl"}
    output = {"text", "none", "default", "output", "pytb"}
    assert ALLOWED.isdisjoint(runnable | output)
    assert len(ALLOWED) <= 15


# Builds that agree


def test_a_parallel_build_keeps_the_same_records(project, tmp_path_factory):
    serial = project.build("dummy")
    other = Project.copy("passing", tmp_path_factory.mktemp("parallel"))
    other.write("tests/behaviour/test_claims.py", CLAIMS)
    for number in range(8):
        # Sphinx reads in parallel when there are more than five pages.
        other.write(f"docs/more-{number}.md", f"# More {number}\n\nMore.\n")
        with (other.root / "docs/index.md").open("a") as index:
            index.write(f"\n```{{toctree}}\nmore-{number}\n```\n")
    parallel = other.build("dummy", parallel=2)
    assert parallel.warnings == serial.warnings == []
    assert usage(parallel) == usage(serial)
    assert usage(serial)["snippets"].snippets == {"good/hello", "good/visits"}


def touch(path):
    path.write_text(path.read_text().replace('"""\n\n', '"""\n\n\n', 1))


def test_a_change_reads_the_pages_that_show_it_and_no_others(project):
    assert len(project.build("dummy").read) == 7
    again = project.build("dummy")
    assert (again.read, again.warnings) == ([], [])
    assert usage(again)["other"].exceptions == ["It needs a server."]
    for changed, pages in [
        ("snippets/good/hello.py", ["other", "quiz", "snippets", "traces"]),
        ("snippets/other/hello.py", ["traces"]),
        ("tests/behaviour/test_claims.py", ["other", "proofs/test-claims", "quiz"]),
    ]:
        touch(project.root / changed)
        assert project.build("dummy").read == pages


def test_a_removed_page_is_forgotten(project):
    project.build("dummy")
    (project.root / "docs" / "traces.md").unlink()
    index = project.root / "docs" / "index.md"
    index.write_text(index.read_text().replace("traces\n", ""))
    built = project.build("dummy")
    assert "traces" not in usage(built)
    assert built.warnings == [
        f"snippets/{name}.py:1: WARNING: no page shows this snippet: use it or"
        " delete it [hookbook.policy]"
        for name in ("other/hello",)
    ]


def test_a_snippet_that_appears_is_noticed(project):
    page = project.root / "docs" / "other.md"
    page.write_text(page.read_text() + "\n```{snippet} new/one\n```\n")
    assert len(project.build("dummy").warnings) == 1
    source = (project.root / "snippets/good/hello.py").read_text()
    project.write("snippets/new/one.py", source)
    built = project.build("dummy")
    assert built.warnings == []
    assert built.read == ["other"]
