"""What pages show of the corpus reads as they do: docstrings of proofs and snippets."""

import ast
from pathlib import Path

import pytest

from hookbook.site.policy import wording
from hookbook.site.policy.styles import without_code

ROOT = Path(__file__).parents[2]
SHEET = wording.sheet(ROOT / "docs" / "_data" / "style.toml")
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def told(source):
    """Yield each docstring that pages show: of the module and of its tests."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        shown = isinstance(node, FUNCTIONS) and node.name.startswith("test_")
        if shown or node is tree:
            text = ast.get_docstring(node) or ""
            # The scenario of a snippet follows; its output is Flask's.
            yield text.partition("\n.. test")[0]


def faults(source):
    """Return what is wrong with the docstrings of a file."""
    return [
        message
        for text in told(source)
        for _, message in wording.in_text(without_code(text), SHEET)
    ]


@pytest.mark.canary
def test_a_docstring_is_held_to_the_style_sheet():
    source = '"""A title."""\n\ndef test_it():\n    """The header stands here."""\n'
    (message,) = faults(source)
    assert message.startswith("'stands': write")
    assert faults(source.replace("def test_it", "def helper")) == []


@pytest.mark.parametrize("folder", ["tests/behaviour", "snippets"])
def test_docstrings_read_as_the_pages_do(folder):
    files = sorted((ROOT / folder).rglob("*.py"))
    assert len(files) > 50
    wrong = {str(path): faults(path.read_text("utf-8")) for path in files}
    assert {path: found for path, found in wrong.items() if found} == {}
