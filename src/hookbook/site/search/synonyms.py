"""Words that readers use for what the pages call by another name.

``docs/_data/synonyms.toml`` has a table for each: ``says`` is what readers type,
``means`` what the pages say. A phrase is known in any form of its words. A table with a
``page`` is only for builds that have that page.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import tomllib

from .sections import Page

_WORD = re.compile(r"[^\W_]+")


class SynonymError(Exception):
    """The file is wrong at `line`, which counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Synonym:
    """Phrases that readers type, and the names that they stand for."""

    says: tuple[str, ...]
    means: tuple[str, ...]
    line: int
    page: str = ""

    def unknown(self, words: set[str]) -> list[str]:
        """Return those of `means` that are not in the words of all sections."""
        return [
            name
            for name in self.means
            if not words.issuperset(_WORD.findall(name.lower()))
        ]


def words_of(pages: Iterable[Page]) -> set[str]:
    """Return the words of all sections."""
    words: set[str] = set()
    for page in pages:
        for section in page.sections:
            said = (section.title, section.description, section.text)
            texts = (*said, *section.words, *section.names)
            words.update(_WORD.findall(" ".join(texts).lower()))
    return words


def read(path: Path) -> list[Synonym]:
    """Return the synonyms of the file at `path`; none if there is no such file.

    :raises SynonymError: if a table is not as it should be, or a phrase is said twice.
    """
    if not path.exists():
        return []
    text = path.read_text(encoding="utf-8")
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line == "[[synonym]]"]
    try:
        tables = tomllib.loads(text).get("synonym", [])
    except tomllib.TOMLDecodeError as error:
        raise SynonymError(f"not TOML: {error}", 1) from None
    if not isinstance(tables, list) or len(lines) != len(tables):
        raise SynonymError("begin each table with a line '[[synonym]]'", 1)
    seen: dict[str, int] = {}
    result = []
    for line, table in zip(lines, tables, strict=True):
        says, means = (_phrases(table, key, line) for key in ("says", "means"))
        page = table.get("page", "")
        if set(table) - {"page"} != {"says", "means"} or not isinstance(page, str):
            raise SynonymError(
                "a synonym has 'says', 'means' and perhaps a 'page', nothing else", line
            )
        for phrase in says:
            if phrase.lower() in seen:
                first = seen[phrase.lower()]
                raise SynonymError(f"'{phrase}' is in line {first} already", line)
            seen[phrase.lower()] = line
        result.append(Synonym(says, means, line, page))
    return result


def _phrases(table: dict[str, object], key: str, line: int) -> tuple[str, ...]:
    value = table.get(key)
    if not isinstance(value, list) or not value:
        raise SynonymError(f"'{key}' is a list of phrases, at least one", line)
    if not all(isinstance(one, str) and one.strip() for one in value):
        raise SynonymError(f"'{key}' has something that is no phrase", line)
    return tuple(value)
