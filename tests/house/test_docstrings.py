"""Texts in the corpus and in Hookbook's own code follow the pages' style sheet."""

import ast
from pathlib import Path

import pytest

from hookbook.site.policy import wording
from hookbook.site.policy.styles import without_code

ROOT = Path(__file__).parents[2]
SHEET = wording.sheet(ROOT / "docs" / "_data" / "style.toml")
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
SOURCES = ROOT / "src" / "hookbook"
# A shorter text in code is a name, a tag or a part of a message.
FEWEST = 4
# Right where they are: the words, and why.
RIGHT = {
    "Flask answers OPTIONS itself": "readers know it as a reason why a view didn't run",
    "answered with an InternalServerError": "recordings have it as a step's outcome",
}


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


def texts(source):
    """Yield each text in code, and its line: docstrings, constants, f-strings."""
    tree = ast.parse(source)
    parts = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts |= {id(part) for part in node.values}
            text = "".join(
                part.value if isinstance(part, ast.Constant) else "`value`"
                for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = "" if id(node) in parts else node.value
        else:
            continue
        if len(text.split()) >= FEWEST:
            yield node.lineno, " ".join(text.split())


def words_to_change(source):
    """Return the words in a file's texts that the style sheet replaces, by line."""
    found = []
    for line, text in texts(source):
        shown = without_code(text)
        for words in RIGHT:
            shown = shown.replace(words, "")
        found += [
            f"{line}: '{match[0]}': write {word.instead}"
            for word in SHEET.words
            for match in word.avoid.finditer(shown)
        ]
    return found


@pytest.mark.canary
@pytest.mark.parametrize(
    "source",
    [
        '"""The header stands here."""',
        'def run():\n    """Run it.\n\n    The header\n    stands here."""',
        'class Name:\n    value: int\n    """The header stands here."""',
        'raise ValueError("the header"\n    " stands here")',
        'raise ValueError(f"{name} stands in {place}: mend it")',
    ],
)
def test_a_text_in_code_is_held_to_the_style_sheet(source):
    (first, *_) = words_to_change(source)
    assert "'stands': write is" in first


@pytest.mark.canary
@pytest.mark.parametrize(
    "source",
    [
        '"""The header `stands` here, all in code."""',
        'name = "it stands here"',
        'raise ValueError("Flask answers OPTIONS itself")',
        '"""One sentence may be long here. """ + "and " * 40',
    ],
)
def test_a_name_and_a_long_sentence_pass(source):
    assert words_to_change(source) == []


def test_the_code_reads_as_the_pages_do():
    wrong = {
        str(path.relative_to(ROOT)): words_to_change(path.read_text("utf-8"))
        for path in sorted(SOURCES.rglob("*.py"))
    }
    assert len(wrong) > 150
    assert {path: found for path, found in wrong.items() if found} == {}


@pytest.mark.parametrize("words", RIGHT)
def test_an_exception_is_still_there(words):
    assert any(
        words in text
        for path in SOURCES.rglob("*.py")
        for _, text in texts(path.read_text("utf-8"))
    )
