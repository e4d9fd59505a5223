"""Print in the terminal's width: coloured there, plain and unbroken in a pipe."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

import click

_WIDEST, _NARROWEST = 120, 40
# Characters that move the cursor, change colours or reverse the text direction.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Piece(NamedTuple):
    """A piece of a line, and its style in a terminal."""

    text: str
    style: dict[str, Any] = {}


def name(text: str) -> Piece:
    """Return a piece styled as the name of a function or a value."""
    return Piece(text, {"bold": True})


def soft(text: str) -> Piece:
    """Return a piece styled as less important."""
    return Piece(text, {"dim": True})


def changed(text: str) -> Piece:
    """Return a piece styled as a change."""
    return Piece(text, {"fg": "green"})


def bad(text: str) -> Piece:
    """Return a piece styled as an error."""
    return Piece(text, {"fg": "red", "bold": True})


def printable(text: str, encoding: str | None = None) -> str:
    """Make control characters in `text` visible: an application may put any there.

    So are characters that the terminal's `encoding` lacks.
    """
    shown = _CONTROLS.sub(lambda match: repr(match[0])[1:-1], text)
    if encoding:
        shown = shown.encode(encoding, "backslashreplace").decode(encoding)
    return shown


class Printer:
    """Prints lines of pieces to the standard output."""

    def __init__(self) -> None:
        stream = sys.stdout
        terminal = stream.isatty()
        self._encoding = getattr(stream, "encoding", None)
        self._color = False if os.environ.get("NO_COLOR") or not terminal else None
        columns = shutil.get_terminal_size().columns
        bounded = max(_NARROWEST, min(columns, _WIDEST))
        self._width = bounded if terminal or os.environ.get("COLUMNS") else None

    def line(self, *pieces: Piece | str, indent: int = 0, hang: int = 0) -> None:
        """Print one line; if it wraps, the rest is indented by `hang` more."""
        words = list(self._words(pieces))
        lines: list[list[Piece]] = [[]]
        room = left = None if self._width is None else self._width - indent
        for word in words:
            if left is not None and len(word.text) > left and lines[-1]:
                lines.append([])
                assert room is not None
                left = room - hang
                if not word.text.strip():
                    continue
            while left is not None and len(word.text) > left:
                lines[-1].append(Piece(word.text[:left], word.style))
                lines.append([])
                word = Piece(word.text[left:], word.style)
                assert room is not None
                left = room - hang
            lines[-1].append(word)
            if left is not None:
                left -= len(word.text)
        for number, line in enumerate(lines):
            while line and not line[-1].text.strip():
                line.pop()
            margin = " " * (indent + (hang if number else 0))
            styled = "".join(
                click.style(text, **style) if style else text
                for style, group in groupby(line, key=lambda one: one.style)
                if (text := "".join(one.text for one in group))
            )
            click.echo((margin + styled).rstrip(), color=self._color)

    def gap(self) -> None:
        """Print an empty line."""
        click.echo()

    def _words(self, pieces: tuple[Piece | str, ...]) -> Iterator[Piece]:
        for piece in pieces:
            text, style = (piece, {}) if isinstance(piece, str) else piece
            for word in re.split(r"( +)", printable(text, self._encoding)):
                if word:
                    yield Piece(word, style)
