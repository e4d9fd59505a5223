"""Describe an exception in a reader's program for the page."""

import traceback
from pathlib import Path
from typing import Any

import flask

from hookbook.corpus.snippets import SnippetError
from hookbook.trace.masks import mask
from hookbook.trace.recorder import SCENARIO

from .bounds import cut
from .limits import Refused, Stopped
from .module import Work

_LONGEST = 50_000
"""Characters of a traceback that are sent."""


class Describer:
    """Describes exceptions; names files in `folder` by the reader's names."""

    def __init__(self, folder: Path, *, masks: bool = False) -> None:
        self.folder = folder
        self.masks = masks

    def describe(self, error: BaseException, work: Work | None) -> dict[str, Any]:
        """Describe an exception, and where it was raised in the reader's code.

        `kind` in the result is ``limit``, ``syntax``, ``load`` or ``raised``, or that
        of a :exc:`.Refused`.
        """
        line: int | None = None
        if isinstance(error, Refused):
            return _plain(error.kind, str(error), None)
        if isinstance(error, SnippetError):
            return _plain("load", str(error), error.line)
        if isinstance(error, Stopped):
            return _plain("limit", str(error), None)
        kind = "raised"
        if work is None or work.module is None:
            kind = "syntax" if isinstance(error, SyntaxError) else "load"
        path = str(work.path) if work is not None else ""
        for frame, number in traceback.walk_tb(error.__traceback__):
            if frame.f_code.co_filename == path:
                line = number
        if isinstance(error, SyntaxError) and error.filename == path:
            line = error.lineno
        told = traceback.TracebackException.from_exception(error)
        self._trim(told)
        text = self.named("".join(told.format()))
        lines = "".join(told.format_exception_only()).strip().splitlines()
        message = self.named(lines[-1] if lines else type(error).__name__)
        return {
            "kind": kind, "message": cut(message), "line": line,
            "traceback": cut(text, _LONGEST),
        }  # fmt: skip

    def named(self, text: str) -> str:
        """Replace paths by the reader's file names."""
        for folder in (self.folder, Path(flask.__file__).parents[1]):
            text = text.replace(f"{folder}/", "")
        return mask(text) if self.masks else text

    def _trim(self, told: traceback.TracebackException) -> None:
        """Keep the reader's frames, and Flask's between them."""
        own = f"{self.folder}/"
        shown = f"{Path(flask.__file__).parent}/"
        told.stack = traceback.StackSummary.from_list(
            frame
            for frame in told.stack
            if frame.filename == SCENARIO or frame.filename.startswith((own, shown))
        )
        for other in (told.__cause__, told.__context__):
            if other is not None:
                self._trim(other)


def _plain(kind: str, message: str, line: int | None) -> dict[str, Any]:
    return {"kind": kind, "message": cut(message), "line": line, "traceback": ""}
