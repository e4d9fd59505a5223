"""``make try`` makes the reader's file once, checks it and says what is wrong."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.project import FIXTURES

TASK = "some_tasks/good"
START = '    response.headers["X-Hello"] = "Ahoy"\n'
SOLVED = '    response.headers["X-Greeting"] = "Ahoy"\n'


@pytest.fixture
def house(tmp_path, pytestconfig):
    """A house with one task."""
    topic = tmp_path / "snippets" / "some_tasks"
    topic.mkdir(parents=True)
    for name in "good", "good_start":
        shutil.copy(FIXTURES / "failing/snippets/some_tasks" / f"{name}.py", topic)
    # The reader's own settings, and tests, are no part of the check.
    (tmp_path / "tox.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    (tmp_path / "conftest.py").write_text("1 / 0\n")
    return tmp_path


@pytest.fixture
def attempt(house, pytestconfig):
    """Return a function that runs the command: its status and what it said."""

    def run(*arguments):
        path = os.fspath(pytestconfig.rootpath / "src")
        result = subprocess.run(
            [sys.executable, "-m", "hookbook.corpus.attempt", *arguments],
            cwd=house,
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
        )
        return result.returncode, result.stdout, result.stderr

    return run


@pytest.fixture
def file(house):
    """The reader's file as the first run makes it."""
    file = house / "build" / "try" / "good.py"
    file.parent.mkdir(parents=True)
    shutil.copy(house / "snippets" / "some_tasks" / "good.py", file)
    edit(file, SOLVED, START)
    return file


def edit(file, old, new):
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_the_first_run_makes_the_file_and_tells_what_fails(house, attempt):
    assert attempt(TASK) == (
        1,
        "The starting point is now in build/try/good.py, for you to edit.\n"
        "\n"
        "Not solved yet: Add a greeting.\n"
        "\n"
        "Expected:\n"
        "    Ahoy\n"
        "Printed:\n"
        "    None\n"
        "\n"
        "Edit build/try/good.py, then check it again: make try TASK=some_tasks/good\n",
        "",
    )
    made = (house / "build" / "try" / "good.py").read_text("utf-8")
    snippets = house / "snippets" / "some_tasks"
    assert made == (snippets / "good.py").read_text("utf-8").replace(SOLVED, START)


def test_a_solved_file_passes(file, attempt):
    edit(file, START, SOLVED)
    assert attempt(TASK) == (0, "Solved: Add a greeting.\n", "")


def test_a_file_that_is_there_is_checked_and_not_overwritten(file, attempt):
    edit(file, '"Ahoy"\n    return', '"Bye"\n    return')
    before = file.read_bytes()
    status, said, _ = attempt(TASK)
    assert status == 1
    assert said.startswith("Not solved yet: ")
    assert file.read_bytes() == before


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (START, "    response.headers[\n", "This isn't valid Python yet. Line 20: "),
        (START, "    nobody\n", "NameError: name 'nobody' is not defined"),
        ("import Flask", "import Flusk", "ImportError: cannot import name 'Flusk'"),
        ("    return response\n", "", "The check raised TypeError: 'NoneType' object"),
        ("   Ahoy\n", "   None\n", "The text at the top of the file is the check, and"),
    ],
)
def test_what_is_wrong_is_said(file, attempt, old, new, message):
    edit(file, old, new)
    status, said, error = attempt(TASK)
    assert (status, error) == (1, "")
    assert message in said
    assert said.endswith("check it again: make try TASK=some_tasks/good\n")
    assert "Solved" not in said


def test_what_the_app_logs_is_shown(file, attempt):
    edit(file, START, "    raise RuntimeError('too late')\n")
    _, said, _ = attempt(TASK)
    logged = said.partition("Logged meanwhile:\n")[2]
    assert "Exception on / [GET]" in logged
    assert "RuntimeError: too late" in logged


@pytest.mark.canary
def test_an_unknown_task_names_those_that_there_are(house, attempt):
    for name in "some_tasks/nothing", "some_tasks/good_start", "good":
        assert attempt(name) == (
            2,
            "",
            f"There is no task '{name}'. There are:\n\n"
            "  some_tasks/good  Add a greeting.\n",
        )
    assert not (house / "build").exists()


def test_without_a_name_the_tasks_are_listed(house, attempt):
    status, said, error = attempt("")
    assert (status, error) == (0, "")
    assert "  some_tasks/good  Add a greeting.\n" in said
    assert not (house / "build").exists()


def test_the_command_needs_no_sphinx(house, file, attempt):
    (house / "sphinx.py").write_text("raise ImportError('no Sphinx here')\n")
    edit(file, START, SOLVED)
    assert attempt(TASK)[0] == 0


def test_make_has_the_command(pytestconfig):
    said = subprocess.run(
        [
            "make",
            "-s",
            "-n",
            "--no-print-directory",
            "-o",
            ".venv/installed",
            "try",
            "TASK=a/b",
        ],
        cwd=pytestconfig.rootpath,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said == 'PYTHONPATH=src .venv/bin/python -m hookbook.corpus.attempt "a/b"\n'
