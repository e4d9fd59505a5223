"""Each room knows what is below it; its files are short and have names of their own."""

import ast
import shutil
import subprocess

import pytest

from tests.house import rooms
from tests.house.rooms import ROOT, SOURCES

WRITTEN = {".py", ".js", ".mjs", ".css", ".md"}
"""Kinds of files that somebody writes, and reads in one sitting."""


def test_the_rooms_of_the_house_are_in_order():
    assert len(rooms.modules(SOURCES)) > 60
    assert rooms.faults(SOURCES) == []


def test_no_file_of_the_house_is_long():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    files = [ROOT / name for name in listed.stdout.splitlines()]
    files = [path for path in files if path.suffix in WRITTEN and path.exists()]
    # Nobody here writes these; test_vendored.py compares them with npm's.
    files = [path for path in files if "vendor" not in path.parts]
    assert len(files) > 500
    found = []
    for path in files:
        found += rooms.lengths(path, path.relative_to(ROOT).as_posix())
    assert found == []


def test_the_drawing_is_of_today():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert rooms.drawing(SOURCES).count("  imports ") == len(rooms.KNOWS)
    assert rooms.drawn(text, SOURCES) == text, "run 'make rooms'"


ADDED = {
    "upwards": (
        "trace/steps.py",
        "from hookbook.corpus import runs\n",
        "trace/steps.py:1: 'trace' must not know 'corpus'",
    ),
    "upwards by a dot": (
        "explain/words.py",
        "from ..site import places\n",
        "explain/words.py:1: 'explain' must not know 'site'",
    ),
    "upwards, late": (
        "corpus/tasks.py",
        "def late():\n    import hookbook.explain.words\n",
        "corpus/tasks.py:2: 'corpus' must not know 'explain'",
    ),
    "the package itself": (
        "corpus/tasks.py",
        "from .. import browser\n",
        "corpus/tasks.py:1: 'corpus' must not know 'browser'",
    ),
    "Sphinx": (
        "explain/views.py",
        "import sphinx.application\n",
        "explain/views.py:1: 'explain' must not know sphinx",
    ),
    "the same name": (
        "corpus/views.py",
        "",
        "explain/views.py:1: corpus/views.py has this name, too",
    ),
    "a room's name": (
        "corpus/browser.py",
        "",
        "corpus/browser.py:1: a package has this name, too",
    ),
    "no room": (
        "tools.py",
        "",
        "tools.py:1: not in a room (site, browser, corpus, cli, explain, trace)",
    ),
    "a long file": (
        "corpus/tasks.py",
        "x = 1\n" * 401,
        "corpus/tasks.py:1: 401 lines, 400 at most: split the file",
    ),
    "a long class": (
        "corpus/tasks.py",
        "class Long:\n" + "    x = 1\n" * 250,
        "corpus/tasks.py:1: the class Long has 251 lines, 250 at most: split it",
    ),
    "no words": (
        "corpus/__init__.py",
        "",
        "corpus/__init__.py:1: say in three lines what the package is for",
    ),
    "a name of nothing": (
        "corpus/__init__.py",
        '"""Words."""\n__all__ = ["nothing"]\n',
        "corpus/__init__.py:2: there is no 'nothing'",
    ),
}


@pytest.mark.canary
@pytest.mark.parametrize("case", ADDED)
def test_a_broken_rule_is_named(case, tmp_path):
    name, text, expected = ADDED[case]
    copy = shutil.copytree(SOURCES, tmp_path / "hookbook")
    (copy / name).write_text(text, encoding="utf-8")
    assert rooms.faults(copy) == [expected]


@pytest.mark.canary
def test_an_old_drawing_is_noticed(tmp_path):
    copy = shutil.copytree(SOURCES, tmp_path / "hookbook")
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert rooms.drawn(text, copy) == text
    (copy / "corpus" / "new.py").write_text("from hookbook.trace import steps\n")
    assert rooms.drawn(text, copy) != text


def test_the_public_names_have_words_and_types():
    """ruff and mypy hold the rest; here: each room says what it shows."""
    for room in rooms.KNOWS:
        tree = ast.parse((SOURCES / room / "__init__.py").read_text("utf-8"))
        assert len(ast.get_docstring(tree).splitlines()) >= 3
