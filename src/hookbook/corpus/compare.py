"""What makes two recorded steps the same, wherever they were recorded.

Works on traces as :func:`hookbook.trace.steps.as_json` leaves them, and knows no Flask.
"""

import hashlib
import json
from typing import Any

JSON = dict[str, Any]


def identity(step: JSON) -> tuple[Any, ...]:
    """Return what a step is about."""
    return step["kind"], step["phase"], step["name"], step["owner"]


def detail(step: JSON) -> tuple[Any, ...]:
    """Return all that a reader sees of a step."""
    return *identity(step), step["outcome"], step["exception"], step["changes"]


def fingerprint(trace: JSON) -> str:
    """Name the steps of a trace: equal steps have equal names."""
    told = trace.get("error") or [
        [
            request["method"],
            request["path"],
            [detail(step) for step in request["steps"]],
        ]
        for request in trace["requests"]
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
