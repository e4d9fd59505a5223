"""The nodes that show which functions were not called, and why."""

from docutils import nodes

from hookbook.trace.steps import Trace

from .not_run import NotRun, not_run
from .parts import Cell, table
from .words import function_kind

ALL_CALLED = "Flask called every function that is registered."


def in_code(text: str) -> list[nodes.Node]:
    """Return `text` as nodes: text in backquotes is code."""
    return [
        nodes.literal("", part) if place % 2 else nodes.Text(part)
        for place, part in enumerate(text.split("`"))
        if part
    ]


def reasons(trace: Trace, title: str) -> nodes.Node:
    """Return a table of the functions that were not called; a sentence if empty."""
    missed = not_run(trace)
    if not missed:
        return nodes.paragraph("", ALL_CALLED, classes=["hb-not-run"])
    head: list[Cell] = [
        [nodes.paragraph("", text)] for text in ("Not called", "What it is", "Why")
    ]
    rows = [_row(one) for one in missed]
    return table(title, head, rows, ["hb-not-run"], [[] for _ in rows])


def _row(one: NotRun) -> list[Cell]:
    function = one.function
    place = function.distribution or (function.line and f"line {function.line}")
    what = function_kind(function.kind, function.phase)
    what += f" ({place})" if place else ""
    return [
        [nodes.paragraph("", "", nodes.literal("", function.name))],
        [nodes.paragraph("", what)],
        [nodes.paragraph("", "", *in_code(one.reason))],
    ]
