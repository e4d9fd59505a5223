"""Find the steps of Flask's own bookkeeping, which a stepper folds by default.

A step stays visible if the application's functions can see its changes, or if it is
part of the topic: a session that is used, a context that ends before a function.
"""

from collections.abc import Collection, Sequence

from hookbook.trace.steps import Step

from .words import visible_changes

KINDS = ("body", "context", "match", "session")
"""The kinds of steps that can be folded."""

_MATCHED = ("request.endpoint", "request.view_args")
_AT_THE_END = frozenset(("teardown", "call", "stream"))


def bookkeeping(
    steps: Sequence[Step], watched: Sequence[str] = (), keep: Collection[str] = ()
) -> list[int]:
    """Return the numbers, from 1, of the steps of one request that can be folded.

    :param watched: the values that a tracker follows.
    :param keep: the :data:`KINDS` that are not folded.
    """
    kept = {*keep, *_needed(steps)}
    if any(word == "request" or word.startswith(_MATCHED) for word in watched):
        kept.add("match")
    return [
        place
        for place, step in enumerate(steps, 1)
        if step.kind in KINDS and step.kind not in kept and not _seen(step)
    ]


def _needed(steps: Sequence[Step]) -> set[str]:
    """Return the kinds without which the other steps are incomplete."""
    needed = set()
    for step in steps:
        if step.kind in _AT_THE_END or step.phase.startswith("appcontext_"):
            needed |= {"body", "context"}
        if step.phase == "push":
            needed |= {"body", "context", "match"}
        if step.phase == "url_value_preprocessor":
            needed.add("match")
        if step.after["session"] or (step.kind == "session" and _seen(step)):
            needed.add("session")
    return needed


def _seen(step: Step) -> bool:
    """Return whether a step failed, or changed what the application's code sees."""
    return bool(step.exception) or any(
        not change["name"].startswith(_MATCHED) for change in visible_changes(step)
    )
