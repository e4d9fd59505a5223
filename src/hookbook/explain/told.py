"""What did not run and what was found, as plain data for a page or a report."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from hookbook.trace.steps import Trace

from .findings import findings
from .not_run import NotRun, not_run
from .words import function_kind

_SAID = ("kind", "phase", "name", "owner", "module", "distribution", "file", "line")


def told(traces: Sequence[Trace]) -> dict[str, Any]:
    """Return ``not_run``, a list for each request, and ``findings`` of the run."""
    return {
        "not_run": [[_as_data(one) for one in not_run(trace)] for trace in traces],
        "findings": [dataclasses.asdict(one) for one in findings(traces)],
    }


def _as_data(one: NotRun) -> dict[str, Any]:
    function = one.function
    return {
        **{name: getattr(function, name) for name in _SAID},
        "what": function_kind(function.kind, function.phase),
        "reason": one.reason,
    }
