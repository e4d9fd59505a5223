"""`make html` goes on without npm's registry, soon, and says so in one line."""

import os
import shutil
import subprocess
import sys

import pytest

# Not that of a make that runs these tests.
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
NOT_MADE = "It could not be made (why: build/assets.log)"
NOT_ANEW = "It could not be made anew (why: build/assets.log)"


@pytest.fixture
def house(tmp_path, pytestconfig):
    """The Makefile and what makes the reader's Python, in this environment."""
    root, browser = pytestconfig.rootpath, "src/hookbook/browser"
    shutil.copytree(root / browser, tmp_path / browser)
    for name in "Makefile", "requirements.txt":
        shutil.copy2(root / name, tmp_path / name)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / "bin").mkdir()
    program(tmp_path, "node", "exit 0")
    return tmp_path


def program(house, name, text):
    path = house / "bin" / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def make(house, *arguments):
    """Run make without its word on what it makes; return what it says."""
    path = f"{house / 'bin'}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        ["make", "-o", ".venv/installed", *arguments],
        cwd=house,
        capture_output=True,
        text=True,
        env={**ENVIRONMENT, "PATH": path},
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stderr == ""
    lines = run.stdout.splitlines()
    return [line for line in lines if not line.startswith("Making")]


def test_a_registry_that_cannot_be_reached_is_one_line(house):
    program(house, "npm", "echo nothing there >&2; exit 1")
    (said,) = make(house, "reader-python")
    assert said.startswith(NOT_MADE)
    assert "nothing there" in (house / "build" / "npm" / "npm.log").read_text()


def test_a_registry_that_does_not_answer_is_not_waited_for(house):
    program(house, "npm", "exec sleep 600")
    (said,) = make(house, "reader-python", "PATIENCE=0.2")
    assert said.startswith(NOT_MADE)
    assert "TimeoutExpired" in (house / "build" / "npm" / "npm.log").read_text()


def test_what_was_made_before_is_kept(house):
    about = house / "build" / "assets" / "0123" / "about.json"
    about.parent.mkdir(parents=True)
    about.write_text("{}")
    program(house, "npm", "exit 1")
    (said,) = make(house, "reader-python")
    assert said.startswith(NOT_ANEW)
    assert about.exists()


def test_who_wants_none_gets_none(house):
    program(house, "npm", "exit 1")
    assert make(house, "reader-python", "ASSETS=") == []
    assert not (house / "build" / "assets.log").exists()


@pytest.mark.parametrize("target", ["html", "html-strict", "serve"])
def test_each_build_of_the_site_asks_for_it(house, target):
    asked = subprocess.run(
        ["make", "-n", "-o", ".venv/installed", target],
        cwd=house, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert "npm" in asked


@pytest.mark.canary
def test_who_asks_for_the_assets_themselves_is_refused(house):
    program(house, "npm", "exit 1")
    run = subprocess.run(
        ["make", "-o", ".venv/installed", "assets"],
        cwd=house,
        capture_output=True,
        text=True,
        env={**ENVIRONMENT, "PATH": f"{house / 'bin'}{os.pathsep}{os.environ['PATH']}"},
    )
    assert run.returncode != 0
    assert "make assets: npm could not install Pyodide" in run.stderr
