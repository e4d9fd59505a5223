"""Compute the answer to a page's question from a run."""

import re

from hookbook.trace.snapshots import flatten
from hookbook.trace.steps import Run

_COMPUTED = re.compile(
    r"output(?: line (?P<line>\d+))?"
    r"|(?P<what>calls|[a-z]\w*(?:[.\[].+?)?)(?: of request (?P<request>\d+))?"
)


def computed(run: Run, expression: str) -> str:
    """Return the value of `expression` in `run`.

    ``output`` or ``output line N``: what was printed. ``calls``: the names of the
    snippet's functions, in the order Flask called them, separated by ", ". Any watched
    value (``response.status``, ``response.headers[Vary]``): its last value. The last
    two take ``of request N``; the default is the first request.

    :raises ValueError: if the run has no such value.
    """
    match = _COMPUTED.fullmatch(expression)
    if match is None:
        raise ValueError(
            f"'{expression}' cannot be computed: ask for 'output', 'output line N',"
            " 'calls' or a value such as 'response.status'"
        )
    if match["what"] is None:
        text = run.stdout.rstrip("\n")
        if match["line"] is None:
            return text
        lines = text.split("\n")
        if not 1 <= int(match["line"]) <= len(lines):
            raise ValueError(f"'{expression}': the output has {len(lines)} lines")
        return lines[int(match["line"]) - 1]
    number = int(match["request"] or 1)
    if not 1 <= number <= len(run.traces):
        raise ValueError(f"'{expression}': the run has {len(run.traces)} requests")
    steps = run.traces[number - 1].steps
    if match["what"] == "calls":
        return ", ".join(
            step.name for step in steps if step.line and step.kind != "register"
        )
    for step in reversed(steps):
        values = flatten(step.after)
        if match["what"] in values:
            return values[match["what"]]
    raise ValueError(f"'{match['what']}' never had a value in this run")
