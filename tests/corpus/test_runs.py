"""The corpus is what lies on the disk; each file runs once."""

import pytest

from hookbook.corpus import runs
from hookbook.corpus.snippets import SnippetError

TEXT = '''"""A title.

.. testcode::

   print({printed})

.. testoutput::

   1
"""

import {module}
'''


@pytest.fixture
def root(tmp_path):
    for name in "a/__init__", "a/one", "a/b/two", "c/three":
        path = tmp_path / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.format(printed=1, module="flask"))
    return tmp_path


def test_names_are_found_on_the_disk(root):
    (root / "a" / "notes.txt").write_text("no snippet")
    assert runs.names(root) == ["a/b/two", "a/one", "c/three"]
    assert runs.names(root / "nowhere") == []


def test_a_snippet_runs_once_until_it_changes(root):
    first = runs.run(root, "a/one")
    assert first[1].stdout == "1\n"
    assert runs.run(root, "a/one") is first
    (root / "a" / "one.py").write_text(TEXT.format(printed="2 - 1", module="flask"))
    assert runs.run(root, "a/one")[1].blocks[0].source == "print(2 - 1)\n"


@pytest.mark.canary
@pytest.mark.parametrize(
    ("printed", "module", "message", "line"),
    [
        ("2", "flask", "the output is not the testoutput", 5),
        ("1 / 0", "flask", "the scenario raised ZeroDivisionError", 5),
        ("1", "no_such_module", "the scenario raised ModuleNotFoundError", 12),
    ],
)
def test_a_wrong_snippet_is_refused_every_time(root, printed, module, message, line):
    path = root / "a" / "one.py"
    path.write_text(TEXT.format(printed=printed, module=module))
    for _ in range(2):
        with pytest.raises(SnippetError, match=message) as caught:
            runs.run(root, "a/one")
        assert (caught.value.path, caught.value.line) == (path, line)


def test_runs_are_recalled_under_the_same_circumstances(root, tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "_runs", {})
    first = runs.run(root, "a/one")
    runs.remember(tmp_path / "runs", "Flask 1")
    runs._runs.clear()
    runs.recall(tmp_path / "runs", "Flask 2")
    assert runs._runs == {}
    runs.recall(tmp_path / "runs", "Flask 1")
    assert list(runs._runs.values()) == [first]


def test_a_broken_record_of_runs_is_no_record(tmp_path, monkeypatch):
    monkeypatch.setattr(runs, "_runs", {})
    (tmp_path / "runs").write_bytes(b"not a pickle")
    runs.recall(tmp_path / "runs", "Flask 1")
    runs.recall(tmp_path / "missing", "Flask 1")
    assert runs._runs == {}
