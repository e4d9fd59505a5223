"""Find known mistakes in a run from its traces alone."""

from collections.abc import Sequence

from hookbook.trace.steps import Trace

from . import function_findings, response_findings, session_findings
from .mistakes import KINDS, Finding, Seen

__all__ = ["KINDS", "Finding", "findings"]


def findings(traces: Sequence[Trace]) -> list[Finding]:
    """List the mistakes in the requests of one run, each once."""
    found: dict[tuple[object, ...], Finding] = {}
    for place in range(1, len(traces) + 1):
        seen = Seen(traces, place)
        for search in (function_findings, response_findings, session_findings):
            for one in search.find(seen):
                key = one.kind, one.function, one.file, one.line, one.sentence
                found.setdefault(key, one)
    return list(found.values())
