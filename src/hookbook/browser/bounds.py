"""What a page gets of a run, and the limits on it.

A program can make thousands of requests, with values of any length. Anything left
out is counted.
"""

import dataclasses
from collections.abc import Sequence
from typing import Any

from hookbook.explain.findings import findings
from hookbook.explain.not_run import not_run
from hookbook.trace.steps import Trace

REQUESTS = 100
"""Requests whose steps are sent."""
STEPS = 1_500
"""Steps that are sent, over all requests."""
MEMBERS = 200
"""Headers, cookies or values of one step that are sent."""
TEXT = 2_000
"""Characters of one value that are sent."""


def told(traces: Sequence[Trace]) -> tuple[list[dict[str, Any]], int]:
    """Return the first traces as plain data, and how many are left out.

    Each is as in ``trace.schema.json``, shortened.
    """
    shown: list[dict[str, Any]] = []
    left = STEPS
    for trace in traces[:REQUESTS]:
        if len(trace.steps) > left:
            break
        left -= len(trace.steps)
        data = dataclasses.asdict(trace)
        # Needed to name functions that were not called.
        del data["registered"]
        data["not_run"] = [
            {
                "phase": one.function.phase, "name": one.function.name,
                "owner": one.function.owner, "line": one.function.line,
                "distribution": one.function.distribution, "reason": one.reason,
            }
            for one in not_run(trace)[:MEMBERS]
        ]  # fmt: skip
        shown.append(_shortened(data))
    return shown, len(traces) - len(shown)


def found(traces: Sequence[Trace]) -> list[dict[str, Any]]:
    """Return the mistakes found in the first requests, as plain data."""
    return [
        {
            "kind": one.kind, "function": cut(one.function), "line": one.line,
            "sentence": cut(one.sentence), "page": one.page, "anchor": one.anchor,
        }
        for one in findings(traces[:REQUESTS])[:MEMBERS]
    ]  # fmt: skip


def cut(text: str, most: int = TEXT) -> str:
    """Return `text`, or its beginning and its length."""
    if len(text) <= most:
        return text
    return f"{text[:most]}… ({len(text)} characters)"


def _shortened(value: Any) -> Any:
    """Return plain data with long texts cut and large collections shortened."""
    if isinstance(value, str):
        return cut(value)
    if isinstance(value, dict):
        items = list(value.items())[:MEMBERS]
        return {cut(str(key)): _shortened(one) for key, one in items}
    if isinstance(value, list | tuple):
        # A trace has steps, which are counted above; everything else is a member.
        most = STEPS if value and isinstance(value[0], dict) else MEMBERS
        return [_shortened(one) for one in value[:most]]
    return value
