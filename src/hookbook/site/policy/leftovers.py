"""Notes for later work, and markup that was not parsed."""

import re
from collections.abc import Iterator

_NOTE = re.compile(
    r"\b(?:TODO|FIXME|XXX|TBD|TBA|TBC|WIP|HACK)\b|\?\?\?|^(?i:todo)\b"
    r"|(?i:\b(?:more|details) to (?:come|follow)\b|\[insert \w[^\]]*\])"
    r"|\b(?:To|still to|yet to) be (?:written|done|added|completed|continued|defined)\b"
    r"|(?i:\b(?:todo|fixme|to do)\s*:|\[(?:todo|fixme)\]|\blorem ipsum\b"
    r"|\bcoming soon\b|\bwork in progress\b|\bplaceholder text\b)"
)
# Each match of the expression above contains one of these, which are faster to find.
_HINTS = (
    "hack", "to come", "to follow", "[insert", "todo", "to do",
    "fixme", "xxx", "tbd", "tba", "tbc", "wip", "???", "lorem",
    "coming soon", "in progress", "placeholder", "o be written", "o be done",
    "o be added", "o be completed", "o be continued", "o be defined",
)  # fmt: skip
_MARKUP = re.compile(
    r"[{}`\\]"
    r"|\]\s?\(|\]\[|\[\[|\]\]|\[\^|^\[[ xX]?\]\s"
    r"|\*\*|~~|\$\$|::|:{3,}|<%|%>"
    r"|(?<![\w:]):[A-Za-z][\w+-]*(?::[\w+-]+)*:(?![\w:])"
    r"|(?<!\S)\|\S[^|\n]*\|(?!\S)|^\|.*\|\s*$"
    r"|&(?:#\w+|[A-Za-z]\w*);"
    r"|^#{1,6}\S|^\([\w-]+\)=|^\.\.\s",
    re.MULTILINE,
)


def notes(text: str) -> Iterator[tuple[int, str]]:
    """Find notes for later work in a text: where, and what to do."""
    if not any(map(text.casefold().__contains__, _HINTS)):
        return
    for found in _NOTE.finditer(text):
        yield (
            found.start(),
            f"'{found[0].strip()}' is left in the text: do it, or delete it",
        )


def markup(text: str) -> Iterator[tuple[int, str]]:
    """Find markup in the visible text: where, and what to do."""
    if found := _MARKUP.search(text):
        excerpt = " ".join(text[max(found.start() - 15, 0) : found.end() + 15].split())
        yield (
            found.start(),
            f"a reader sees the markup '{found[0].strip()}' in '{excerpt}': correct"
            " it, or put code between backticks",
        )
