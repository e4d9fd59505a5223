"""Mistakes about which functions are called: twice, never, or in vain."""

import re
from collections.abc import Iterator, Sequence

from hookbook.trace.functions import Registered
from hookbook.trace.steps import Step, Trace

from .mistakes import Finding, Seen, called, same, starting
from .not_run import not_run
from .raised import short

_NO_ATTRIBUTE = re.compile(
    r"'([\w.]+)(?: object)?'(?: object)? has no attribute '(\w+)'"
)
# The message of Flask's own AttributeError is the name alone.
_NOT_ON_G = re.compile(r"raised AttributeError: (\w+)$")
_NO_KEY = re.compile(r"KeyError: '(\w+)'")


def find(seen: Seen) -> Iterator[Finding]:
    """Find the mistakes of one request."""
    yield from _registered_twice(seen)
    yield from _g_not_set(seen)
    yield from _teardown_raised(seen)
    yield from _receiver_collected(seen)


def _registered_twice(seen: Seen) -> Iterator[Finding]:
    done = {step.registered: step for step in seen.functions}
    for place, entry in enumerate(seen.trace.registered, 1):
        if entry.twin is None or place not in done or entry.twin not in done:
            continue
        first = seen.trace.registered[entry.twin - 1]
        owners = f"with the {entry.owner}"
        if first.owner != entry.owner:
            owners = f"with the {first.owner} and with the {entry.owner}"
        yield seen.found(
            "registered-twice", done[place],
            f"{starting(called(entry))} is registered twice, {owners}, so Flask called"
            " it twice for one request.",
        )  # fmt: skip


def _g_not_set(seen: Seen) -> Iterator[Finding]:
    # The innermost function asked; the outer ones pass the exception on.
    for step in sorted(seen.functions, key=lambda step: -step.depth):
        if not step.outcome.startswith("raised "):
            continue
        name = _asked(seen, step)
        setter = name and _setter(seen, name, step)
        if not setter:
            continue
        function, why = setter
        yield seen.found(
            "g-not-set", step,
            f"{starting(called(step))} asks for `g.{name}`, but {called(function)},"
            f" which sets it, {why}.",
        )  # fmt: skip


def _asked(seen: Seen, step: Step) -> str | None:
    """Return the attribute of ``g`` that was missing."""
    entry = seen.entry(step)
    uses = entry.uses_g if entry is not None else []
    if match := _NOT_ON_G.match(step.outcome):
        return match[1]
    if match := _NO_ATTRIBUTE.search(step.outcome):
        of, name = match.groups()
        if of.endswith("_AppCtxGlobals") or name in uses:
            return name
    match = _NO_KEY.search(step.outcome)
    return match[1] if match and match[1] in uses else None


def _setter(
    seen: Seen, name: str, asking: Step
) -> tuple[Step | Registered, str] | None:
    """Return a function that would have set ``g.NAME``, and why it didn't."""
    for one in not_run(seen.trace):
        if name in one.function.sets_g or _has_set(seen.traces, one.function, name):
            return one.function, f"was not called: {one.reason}"
    for step in seen.functions:
        entry = seen.entry(step)
        sets = entry is not None and name in entry.sets_g
        if step is asking or not (sets or _has_set(seen.traces, step, name)):
            continue
        if step.outcome.startswith("raised ") and step.number < asking.number:
            return step, f"raised {short(step.outcome[7:])} before"
    view = _view_elsewhere(seen, name)
    return (view, "is the view of another URL") if view is not None else None


def _has_set(traces: Sequence[Trace], function: Step | Registered, name: str) -> bool:
    """Return whether `function` has set ``g.NAME`` in any request of the run."""
    return any(
        same(step, function) and _sets(step, name)
        for trace in traces
        for step in trace.steps
    )


def _view_elsewhere(seen: Seen, name: str) -> Step | None:
    """Return a view that has set ``g.NAME`` in another request of the run."""
    own = {step.name for step in seen.functions if step.kind == "view"}
    for trace in seen.traces:
        for step in trace.steps:
            if step.kind == "view" and step.name not in own and _sets(step, name):
                return step
    return None


def _sets(step: Step, name: str) -> bool:
    return any(
        change["name"] == f"g.{name}" and change["before"] is None
        for change in step.changes
    )


def _teardown_raised(seen: Seen) -> Iterator[Finding]:
    for step in seen.functions:
        if step.kind != "teardown" or not step.outcome.startswith("raised "):
            continue
        skipped = [
            f"`{one.function.name}`"
            for one in not_run(seen.trace)
            if one.reason.startswith(f"`{step.name}` raised")
        ]
        result = "the exception left Flask"
        if skipped:
            result = f"Flask did not call {', '.join(skipped)}"
        yield seen.found(
            "teardown-raised", step,
            f"{starting(called(step))} raised {short(step.outcome[7:])}, so {result}.",
        )  # fmt: skip


def _receiver_collected(seen: Seen) -> Iterator[Finding]:
    for entry in seen.trace.registered:
        if entry.collected:
            yield seen.found(
                "receiver-collected", entry,
                f"{starting(called(entry))} was garbage-collected before it could be"
                " called, because a signal keeps only a weak reference to it.",
            )  # fmt: skip
