"""Questions that readers word differently from the page that has the answer.

``docs/_data/asked.toml`` has two tables: ``questions`` has the questions about each
place, a page or ``page#anchor``; ``headings`` has those about a heading that each page
of the reference has.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import tomllib

_TABLES = {"headings", "questions"}


class AskedError(Exception):
    """The file is wrong at `line`, which counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Asked:
    """What readers type, by place and by heading."""

    questions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    """The line of each place and heading, which counts from 1."""

    def unknown(
        self, places: Container[str], headings: Container[str]
    ) -> Iterator[tuple[str, int]]:
        """Yield each place and heading that no page has, with its line."""
        for known, table in (places, self.questions), (headings, self.headings):
            for key in table:
                if key not in known:
                    yield key, self.lines[key]


def read(path: Path) -> Asked:
    """Return what the file at `path` says; nothing if there is no such file.

    :raises AskedError: if a table is not as it should be.
    """
    if not path.exists():
        return Asked()
    text = path.read_text(encoding="utf-8")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AskedError(f"not TOML: {error}", 1) from None
    if odd := set(tables) - _TABLES:
        raise AskedError(f"'{min(odd)}' is none of its tables: headings, questions", 1)
    lines = {
        line.partition('"')[2].partition('"')[0]: number
        for number, line in enumerate(text.splitlines(), 1)
        if line.startswith('"')
    }
    found = {
        name: {key: _phrases(key, value, lines) for key, value in table.items()}
        for name, table in tables.items()
    }
    return Asked(found.get("questions", {}), found.get("headings", {}), lines)


def _phrases(key: str, value: object, lines: dict[str, int]) -> tuple[str, ...]:
    if key not in lines:
        raise AskedError(f"begin a line with '{key}' in double quotes", 1)
    phrases = value if isinstance(value, list) else []
    if not phrases or not all(isinstance(one, str) and one.strip() for one in phrases):
        raise AskedError(f"'{key}' has a list of phrases, at least one", lines[key])
    if len(set(phrases)) < len(phrases):
        raise AskedError(f"'{key}' has a phrase twice", lines[key])
    return tuple(phrases)
