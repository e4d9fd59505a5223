"""Compare recorded steps, independent of where they were recorded.

Works on traces as :func:`hookbook.trace.steps.as_json` returns them, without Flask.
"""

import hashlib
import json
from typing import Any

JSON = dict[str, Any]


def identity(step: JSON) -> tuple[Any, ...]:
    """Return the key of a step."""
    return step["kind"], step["phase"], step["name"], step["owner"]


def detail(step: JSON) -> tuple[Any, ...]:
    """Return everything a reader sees of a step."""
    return *identity(step), step["outcome"], step["exception"], step["changes"]


def fingerprint(trace: JSON) -> str:
    """Return a fingerprint of a trace's steps: equal steps have equal fingerprints."""
    told = trace.get("error") or [
        [
            request["method"],
            request["path"],
            [detail(step) for step in request["steps"]],
        ]
        for request in trace["requests"]
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
