"""The code that a report shows beside the steps: the application's own functions."""

import ast
import dataclasses
import sys
import tokenize
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from hookbook.trace.recorder import spans
from hookbook.trace.steps import Run, Step

_LONGEST = 2000
"""A file with at most this many lines is shown whole."""

Span = tuple[int, int]


@dataclasses.dataclass(frozen=True)
class _Source:
    lines: list[str]
    functions: Mapping[int, tuple[int, int]]
    """First line, decorators included, and last line, by the line of the ``def``."""


def of(run: Run) -> tuple[Run, Mapping[int, str]]:
    """Return `run` with lines renumbered to fit one text, and that text by line.

    For one short file, the text is the whole file. Otherwise it is the functions, each
    under a line that says where it is from, numbered continuously.
    """
    own = {
        (step.file, step.def_line)
        for trace in run.traces
        for step in trace.steps
        if step.file and step.def_line and not step.distribution
        if (step.module or "").partition(".")[0] not in sys.stdlib_module_names
    }
    files = sorted({file for file, _ in own})
    sources = {file: source for file in files if (source := _read(file)) is not None}
    text: dict[int, str] = {}
    places: dict[tuple[str, int], Span] = {}
    if len(sources) == 1 and len(next(iter(sources.values())).lines) <= _LONGEST:
        file, source = next(iter(sources.items()))
        text = dict(enumerate(source.lines, 1))
        places = {
            (file, line): (line, end) for line, (_, end) in source.functions.items()
        }
    else:
        for file, line in sorted(one for one in own if one[0] in sources):
            source = sources[file]
            if line not in source.functions:
                continue
            first, end = source.functions[line]
            start = len(text) + 2
            shown = [f"# {file}, line {first}", *source.lines[first - 1 : end], ""]
            text.update(enumerate(shown, len(text) + 1))
            places[file, line] = start + line - first, start + end - first
    return _placed(run, places), text


def _placed(run: Run, places: Mapping[tuple[str, int], Span]) -> Run:
    def placed(step: Step) -> Step:
        line, end = places.get((step.file or "", step.def_line or 0), (None, None))
        return dataclasses.replace(step, line=line, end_line=end)

    traces = [
        dataclasses.replace(trace, steps=[placed(step) for step in trace.steps])
        for trace in run.traces
    ]
    return dataclasses.replace(run, traces=traces)


@cache
def _read(file: str) -> _Source | None:
    """Read a file that has functions; ``None`` if it can't be read."""
    try:
        with tokenize.open(Path(file)) as stream:
            text = stream.read()
        tree = ast.parse(text)
    except (OSError, SyntaxError, UnicodeDecodeError, ValueError):
        return None
    found = {line: (first, end) for first, (line, end) in spans(tree)}
    return _Source(text.splitlines(), found)
