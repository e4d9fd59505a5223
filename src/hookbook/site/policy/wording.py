"""The words, lengths and shapes of pages that a style sheet requires.

The sheet is a TOML file, which gives for each expression a replacement and an
example; see `Sheet`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import tomllib
from docutils import nodes
from sphinx import addnodes

from ..repository import MARK
from .doctree import Found, is_made_of_the_corpus

_NAME = "`name`"
_SENTENCE_END = re.compile(r"[.!?:](?=\s)|\n(?=\n)")


@dataclass(frozen=True)
class Word:
    """An expression to avoid, and what to write instead."""

    avoid: re.Pattern[str]
    instead: str


@dataclass(frozen=True)
class Sheet:
    """The rules of a style sheet; numbers are of words, patterns of page names.

    :raises KeyError: from `read`, if a table lacks one of its keys.
    """

    words: tuple[Word, ...]
    sentence: int
    see_also: tuple[str, int]
    lengths: tuple[tuple[str, int], ...]
    first_code: tuple[tuple[str, int], ...]

    @classmethod
    def read(cls, path: Path) -> "Sheet":
        """Read the file; `docs/_data/style.toml` is an example."""
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(
            tuple(
                Word(re.compile(word["avoid"], re.IGNORECASE), word["instead"])
                for word in found["word"]
            ),
            found["sentences"]["words"],
            (found["see_also"]["heading"], found["see_also"]["links"]),
            tuple(_limits(found["length"])),
            tuple(_limits(found["first_code"])),
        )


def _limits(tables: list[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    for table in tables:
        yield table["pages"], table["words"]


@cache
def _sheet(path: Path, changed: int) -> Sheet:
    return Sheet.read(path)


def sheet(path: Path) -> Sheet:
    """Return the style sheet in a file, which is read again after a change."""
    return _sheet(path, path.stat().st_mtime_ns)


def faults(tree: nodes.document, docname: str, sheet: Sheet) -> Iterator[Found]:
    """Find what a page writes differently from the style sheet."""
    blocks = list(_blocks(tree))
    for block in blocks:
        yield from _in_block(block, sheet)
    yield from _length(tree, docname, blocks, sheet)
    yield from _see_also(tree, *sheet.see_also)


def in_text(text: str, sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Find words and sentences to change: where in the text, and what to do."""
    for word in sheet.words:
        for found in word.avoid.finditer(text):
            yield found.start(), f"'{found[0]}': write {word.instead}"
    start = 0
    for end in [*(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]:
        sentence = text[start:end]
        if (count := len(sentence.split())) > sheet.sentence:
            first = " ".join(sentence.split()[:4])
            yield (
                start + len(sentence) - len(sentence.lstrip()),
                f"'{first} ...' has {count} words, a sentence has at most"
                f" {sheet.sentence}: write two",
            )
        start = end


def _blocks(tree: nodes.Node) -> Iterator[nodes.TextElement]:
    """Yield the blocks of text that an author wrote, in page order."""
    for child in tree.children:
        if isinstance(child, nodes.comment | nodes.FixedTextElement):
            continue
        if is_made_of_the_corpus(child):
            continue
        if isinstance(child, nodes.TextElement) and not isinstance(child, nodes.Inline):
            yield child
        else:
            yield from _blocks(child)


def _in_block(block: nodes.TextElement, sheet: Sheet) -> Iterator[Found]:
    text = "".join(_shown(block))
    for place, message in in_text(text, sheet):
        yield block, text.count("\n", 0, place), message


def _shown(node: nodes.Element) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, nodes.Element):
            is_name = isinstance(child, nodes.literal) or MARK in child["classes"]
            yield from [_NAME] if is_name else _shown(child)
        else:
            yield child.astext()


def _limit(limits: tuple[tuple[str, int], ...], docname: str) -> int | None:
    return next((most for name, most in limits if fnmatchcase(docname, name)), None)


def _length(
    tree: nodes.document,
    docname: str,
    blocks: list[nodes.TextElement],
    sheet: Sheet,
) -> Iterator[Found]:
    prose = [block for block in blocks if _is_prose(block)]
    most = _limit(sheet.lengths, docname)
    count = sum(map(_count, prose))
    if most is not None and count > most:
        yield (
            tree, 0,
            f"{count} words of prose, at most {most}: cut, or split the page",
        )  # fmt: skip
    most = _limit(sheet.first_code, docname)
    if most is None:
        return
    before = 0
    for node in tree.findall():
        if isinstance(node, nodes.literal_block) or is_made_of_the_corpus(node):
            return
        if isinstance(node, nodes.TextElement) and node in prose:
            before += _count(node)
        if before > most:
            yield (
                node, 0,
                f"{before} words and no code yet, at most {most}: begin with the"
                " answer and the code",
            )  # fmt: skip
            return


def _is_prose(block: nodes.TextElement) -> bool:
    if isinstance(block, nodes.title | nodes.caption):
        return False
    node: nodes.Node | None = block
    while node is not None and not isinstance(node, nodes.table):
        node = node.parent
    return node is None


def _count(block: nodes.TextElement) -> int:
    return len("".join(_shown(block)).split())


def _see_also(tree: nodes.document, heading: str, most: int) -> Iterator[Found]:
    for section in tree.findall(nodes.section):
        title = section.next_node(nodes.title)
        if title is None or title.astext().casefold() != heading.casefold():
            continue
        links = [n for n in section.findall() if _is_link(n)]
        if len(links) > most:
            yield (
                section, 0,
                f"{len(links)} links below '{heading}', at most {most}: keep those"
                " that a reader needs next",
            )  # fmt: skip


def _is_link(node: nodes.Node) -> bool:
    return isinstance(node, nodes.reference | addnodes.pending_xref)
