"""The headings of a page, and the text below them."""

import re
from collections.abc import Iterator

from .faults import Fault
from .fences import Lines

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*")
_NOT_A_TITLE = re.compile(r"\s*(?:[-*+>#|{%]|\d+[.)] |$)")
_SAYS_NOTHING = re.compile(r"\s*(?:%.*|\([\w-]+\)=|\{[^}`]*\}|(?:[-*_]\s*){3,})?\s*")


def faults(lines: Lines) -> Iterator[Fault]:
    """Find headings that are repeated or empty, or have nothing below them."""
    found: list[tuple[int, int, str]] = []
    full: set[int] = {fence.line for fence in lines.fences}
    before = ""
    for number, line in lines.prose:
        heading = _HEADING.fullmatch(line) if line.lstrip().startswith("#") else None
        if heading:
            found.append((number, len(heading[1]), (heading[2] or "").strip()))
        elif _UNDERLINE.fullmatch(line) and not _NOT_A_TITLE.match(before):
            yield Fault(
                number,
                "the line above this one becomes a heading: write '# ...' for a"
                " heading, or leave a blank line between",
            )
        elif not _SAYS_NOTHING.fullmatch(line):
            full.add(number)
        before = line
    yield from _doubles(found)
    for place, (number, level, title) in enumerate(found):
        end, below = found[place + 1][:2] if place + 1 < len(found) else (10**9, 0)
        if not title:
            yield Fault(number, "a heading without words")
        if below <= level and not any(number < line < end for line in full):
            yield Fault(
                number,
                f"no text below '{title}': write it, or cut the heading",
            )


def _doubles(found: list[tuple[int, int, str]]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    tops = 0
    for number, level, title in found:
        tops += level == 1
        if level == 1 and tops > 1:
            yield Fault(number, "a second title: a page has one heading of level 1")
        words = " ".join(re.sub(r"[\W_]+", " ", title).split()).casefold()
        if words in seen:
            yield Fault(
                number,
                f"the same heading as line {seen[words]}: links to it are ambiguous;"
                " give each its own words",
            )
        seen.setdefault(words, number)
