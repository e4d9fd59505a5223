"""The documents beside the site are read with the rules of the pages.

Sphinx does not build them. What they show that is neither settings nor commands has
to be a snippet, or its docstring, letter by letter.
"""

import ast
import textwrap
from functools import cache
from pathlib import Path

import pytest

from hookbook.site.policy import each_page, fences, leftovers, wording
from hookbook.site.policy.commands import Makefile, words
from hookbook.site.policy.languages import LANGUAGES
from hookbook.site.policy.styles import without_code
from tests.house import rooms

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(path.name for path in ROOT.glob("*.md"))
MAKEFILE = Makefile.of(ROOT)
SHEET = wording.sheet(ROOT / "docs" / "_data" / "style.toml")


def beginning(source):
    """Return a snippet's docstring as it is written, with its quotes."""
    tree = ast.parse(source)
    return ast.get_source_segment(source, tree.body[0]) if tree.body else ""


COMMENTS = {rooms.BEGIN.strip(), rooms.END.strip()}


@cache
def allowed():
    """Return the blocks that a document may show: of snippets, and the rooms."""
    sources = [path.read_text("utf-8") for path in (ROOT / "snippets").rglob("*.py")]
    # Made by a command, which another test compares with it.
    drawing = rooms.drawing(rooms.SOURCES).rstrip("\n")
    return {source.strip() for source in sources} | {*map(beginning, sources), drawing}


def faults(text):
    """Return what is wrong with a document, as ``line: message``."""
    found = list(each_page.of_file(text.encode()))
    lines = fences.read(text)
    for fence in lines.fences:
        block = textwrap.dedent("\n".join(fence.content))
        if fence.language in LANGUAGES:
            for line, message in LANGUAGES[fence.language](block, MAKEFILE):
                found.append((fence.line + line, message))
        elif not block.strip() or block not in allowed():
            found.append(
                (fence.line, f"a '{fence.language}' block that is no snippet's")
            )
    for number, line in lines.prose:
        if line.startswith("    ") and line.strip():
            found.append((number, "an indented block"))
        found += [(number, message) for _, message in leftovers.notes(line)]
        for part in without_code(line).split(" | "):
            told = wording.in_text(part, SHEET)
            found += [(number, message) for _, message in told]
        for code in line.split("`")[1::2]:
            if code.startswith("make "):
                told = MAKEFILE.faults(words(code)[1:])
                found += [(number, message) for message in told]
        if line not in COMMENTS and "<" in without_code(line).replace("<http", ""):
            found.append((number, "HTML"))
    return [f"{line}: {message}" for line, message in found]


def test_the_documents_are_there():
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"} <= set(DOCUMENTS)
    blocks = [
        fence.language
        for name in DOCUMENTS
        for fence in fences.read((ROOT / name).read_text("utf-8")).fences
    ]
    assert blocks.count("console") >= 7
    assert {"yaml", "nginx", "python"} <= set(blocks)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_keeps_the_rules_of_the_pages(name):
    assert faults((ROOT / name).read_text("utf-8")) == []


@pytest.mark.canary
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("```python\nimport os\n```", "3: a 'python' block that is no snippet's"),
        ("```text\n200 OK\n```", "3: a 'text' block that is no snippet's"),
        ("```json\n{}\n```", "3: a 'json' block that is no snippet's"),
        ("```\n\n```", "3: a '' block that is no snippet's"),
        ("```console\n$ make nothing\n```", "4: the Makefile has no target 'nothing'"),
        ("Run `make nothing`.", "3: the Makefile has no target 'nothing'"),
        ("Run `make try TUSK=a`.", "3: the Makefile knows no variable 'TUSK'"),
        ("```console\n$ make html\nDone.\n```", "5: 'Done.' isn't a command"),
        ("```yaml\nX-Hello: World\n```", "4: a 'yaml' block must be a list of steps"),
        ("```nginx\nimport os;\n```", "4: 'import os;' isn't an nginx setting"),
        ("TODO: say more.", "3: 'TODO' is left in the text"),
        ("    x = 1", "3: an indented block"),
        ("<pre>x = 1</pre>", "3: HTML"),
        ("```console\n$ make html", "3: this fence is never closed"),
        ("Text.\n\n## Empty", "5: no text below 'Empty'"),
        ("a\u200bb", "3: U+200B"),
        ("The header stands here.", "3: 'stands': write is"),
    ],
)
def test_what_a_page_may_not_hold_is_refused(text, told):
    found = faults(f"# Title\n\n{text}\n")
    assert [line for line in found if line.startswith(told)], found
