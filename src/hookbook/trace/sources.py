"""Find the file and the line of a function's source."""

import os
import re
import tokenize
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .callables import Callee
from .values import Mask

Spans = Mapping[int, tuple[int, int]]

_DEF = re.compile(r"\s*(async\s+)?def\b|.*\blambda\b")
_PACKAGES = re.compile(r".*[/\\](?:site|dist)-packages[/\\]")
_FARTHEST = 100
"""Lines between a function's first decorator and its ``def``."""


class Sources:
    """Looks up the lines of functions; reads each file once.

    `spans` maps the first lines of functions in the file `path`, as for a recording.
    """

    def __init__(
        self, path: str | None = None, spans: Spans | None = None, mask: Mask = str
    ) -> None:
        self._path, self._spans, self._mask = path, spans or {}, mask
        self._files: dict[str, list[str]] = {}

    def place(self, callee: Callee) -> tuple[str | None, int | None]:
        """Return the file and the line of the innermost ``def``; both may be unknown.

        A file of an installed package or below the working folder is named from there.
        """
        own = [code for code in callee.codes if code.co_filename == self._path]
        if not callee.codes:
            return None, None
        code = (own or callee.codes)[-1]
        first = code.co_firstlineno
        if own:
            line = self._spans.get(first, (first, first))[0]
        else:
            line = self._def_line(code.co_filename, first)
        return self._mask(_named(code.co_filename)), line

    def fields(self, callee: Callee) -> dict[str, Any]:
        """Return the fields of a step that locate its function in the source."""
        file, def_line = self.place(callee)
        written = {"file": file, "def_line": def_line}
        here = [code for code in callee.codes if code.co_filename == self._path]
        if here:
            first = here[-1].co_firstlineno
            line, end_line = self._spans.get(first, (first, first))
            return {**written, "line": line, "end_line": end_line}
        return {**written, "module": callee.module}

    def _def_line(self, path: str, first: int) -> int:
        if path not in self._files:
            try:
                with tokenize.open(path) as stream:
                    self._files[path] = stream.readlines()
            except (OSError, SyntaxError, UnicodeDecodeError):
                self._files[path] = []
        lines = self._files[path][first - 1 : first - 1 + _FARTHEST]
        return next(
            (first + n for n, one in enumerate(lines) if _DEF.match(one)), first
        )


def _named(path: str) -> str:
    """Return `path` relative to the package folder or the working folder."""
    folder = f"{Path.cwd()}{os.sep}"
    return _PACKAGES.sub("", path).removeprefix(folder)
