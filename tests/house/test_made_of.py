"""Tests look at what make has built, if it is what a build would make now."""

import shutil
import subprocess

import pytest

from tests import builds, made_of

ENVIRON = {"SOURCE_DATE_EPOCH": "1767225600"}
FILES = {
    ".gitignore": "build/\n",
    "docs/index.md": "# Home\n",
    "tests/browser/test_page.py": "",
    "build/matrix/flask31/junit.xml": "<testsuites/>",
    "build/html/index.html": "<h1>Home</h1>",
}


@pytest.fixture
def house(tmp_path):
    """A house in which make has built the site."""
    for name, text in FILES.items():
        write(tmp_path, name, text)
    author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for command in ["init", "--quiet"], ["add", "--all"]:
        subprocess.run(["git", *author, *command], cwd=tmp_path, check=True)
    made_of.begin(tmp_path, ENVIRON)
    made_of.end(tmp_path)
    return tmp_path


def write(house, name, text):
    path = house / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize("more", [{}, {"HOOKBOOK_SWEEP": "all"}, {"PATH": ""}])
def test_what_was_built_of_these_files_is_current(house, more):
    assert made_of.is_current(house, {**ENVIRON, **more})


def test_a_changed_browser_test_needs_no_build(house):
    write(house, "tests/browser/test_page.py", "# changed")
    write(house, "tests/browser/test_more.py", "")
    assert made_of.is_current(house, ENVIRON)


@pytest.mark.canary
@pytest.mark.parametrize(
    "changed",
    [
        *(name for name in FILES if not name.startswith("tests/browser/")),
        *("docs/new.md", "tests/behaviour/test_new.py", "tox.ini"),
        *("build/matrix/flask22/junit.xml", "build/assets/ab/about.json"),
        "build/html/new.html",
    ],
)
def test_a_change_needs_a_build(house, changed):
    write(house, changed, "changed")
    assert not made_of.is_current(house, ENVIRON)


@pytest.mark.canary
@pytest.mark.parametrize("gone", ["docs/index.md", "build/html", "build/html.made-of"])
def test_what_is_gone_needs_a_build(house, gone):
    path = house / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert not made_of.is_current(house, ENVIRON)


@pytest.mark.canary
@pytest.mark.parametrize(
    "environ",
    [{}, {"SOURCE_DATE_EPOCH": "1"}, {**ENVIRON, "HOOKBOOK_URL": "https://x.test/"}],
)
def test_another_environment_needs_a_build(house, environ):
    assert not made_of.is_current(house, environ)


@pytest.mark.canary
def test_a_release_of_a_dependency_needs_a_build(house, monkeypatch):
    monkeypatch.setattr(made_of, "distributions", list)
    assert not made_of.is_current(house, ENVIRON)


@pytest.mark.canary
def test_a_build_that_did_not_end_or_began_with_other_files_is_not_current(house):
    made_of.begin(house, ENVIRON)
    assert not made_of.is_current(house, ENVIRON)
    write(house, "docs/index.md", "# Changed while it was built\n")
    made_of.end(house)
    assert not made_of.is_current(house, ENVIRON)


@pytest.mark.canary
@pytest.mark.parametrize("without", ["the command", "a repository"])
def test_without_git_nothing_is_known(house, monkeypatch, without):
    if without == "the command":
        monkeypatch.setenv("PATH", "")
    else:
        shutil.rmtree(house / ".git")
    assert not made_of.is_current(house, ENVIRON)
    made_of.begin(house, ENVIRON)
    made_of.end(house)
    assert not made_of.is_current(house, ENVIRON)


@pytest.mark.parametrize("current", [True, False])
def test_only_what_is_current_is_taken_instead_of_a_build(
    house, monkeypatch, tmp_path_factory, current
):
    monkeypatch.setattr(builds, "ROOT", house)
    monkeypatch.setattr(builds, "COMMAND", "raise SystemExit('built')")
    monkeypatch.setattr(builds.made_of, "is_current", lambda *given: current)
    building = builds.Building(tmp_path_factory.mktemp("site") / "site", given=True)
    if current:
        assert building.html() == house / "build" / "html"
    else:
        with pytest.raises(AssertionError, match="built"):
            building.html()
