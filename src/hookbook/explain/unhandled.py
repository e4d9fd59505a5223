"""Explain why Flask called no error handler, or another one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hookbook.trace.functions import Registered
from hookbook.trace.steps import Step

from .raised import AROUND_CONTEXT, FINALIZING, LATE, raiser, short

if TYPE_CHECKING:
    from .not_run import Recorded

# What handle_exception looks for: it turns the exception into an InternalServerError.
ONLY = "Flask looks only for a handler for 500, HTTPException or Exception"


def why_not_asked(request: Recorded, function: Registered) -> str | None:
    """Return why Flask has not called an error handler."""
    full = request.exceptions()
    raised = [short(one) for one in full]
    if not raised:
        return "no exception was raised"
    handled = [step for step in request.steps if step.phase == "errorhandler"]
    other = f"it is for {_handled(function)}"
    for step in handled:
        if not _is_for_all(function) and _fits(function, _raised(step)):
            return (
                f"`{step.name}` raised {short(_raised(step))}, and for what an"
                f" error handler raises, {ONLY}"
            )
    if handled:
        step = handled[-1]
        if _fits(function, step.exception or ""):
            return f"Flask chose `{step.name}` of {_the(step.owner)}"
        return f"{other}; `{step.name}` handled {short(step.exception or '')}"
    reason = _nobody_asked(request, function, raised[-1])
    if reason is None and _fits(function, full[-1]):
        # Otherwise Flask would have chosen it.
        reason = request.unseen()
        if reason is None and request.exception_of("handle_exception"):
            reason = f"for {raised[-1]}, raised where it was, {ONLY}"
    return reason or f"{other}; {raised[-1]} was raised"


def _nobody_asked(request: Recorded, function: Registered, raised: str) -> str | None:
    """Return why Flask looked for no error handler for an exception."""
    again = any(
        step.phase == "handle_exception" and step.outcome.startswith("raised again")
        for step in request.steps
    )
    if again and _is_for_all(function):
        return f"{raised} was raised again, as the app is in testing or debug mode"
    after, late = request.raised(*FINALIZING), request.raised(*LATE)
    down = request.raised(*AROUND_CONTEXT)
    if after is not None and not _is_for_all(function):
        return (
            f"it is for {_handled(function)}; for what {raiser(after)} raises, {ONLY}"
        )
    if late is not None:
        return f"Flask asks no error handler about what {raiser(late)} raises"
    if down is not None:
        return f"Flask asks no error handler about what {raiser(down)} raises"
    for step in request.steps:
        if step.outcome.startswith("Flask asks no error handler"):
            return step.outcome.partition(":")[0]
    return None


def _handled(function: Registered) -> str:
    return (function.handles or "").rpartition(".")[2]


def _fits(function: Registered, exception: str) -> bool:
    """Return whether a handler is for an exception, as far as a trace shows that."""
    code = re.match(r"werkzeug\.exceptions\.\w+: (\d{3}) ", exception)
    handled = _handled(function)
    if handled in {"Exception", short(exception), code and code[1]}:
        return True
    return handled == "HTTPException" and code is not None


def _the(owner: str | None) -> str:
    """Name the app or the blueprint of a function in a sentence."""
    kind, _, name = (owner or "app").partition(" ")
    return f"the {kind} `{name}`" if name else "the app"


def _raised(step: Step) -> str:
    """Return the exception that a step raised; an empty string if it did not."""
    told = step.outcome.removeprefix("raised ")
    return "" if told == step.outcome else told


def _is_for_all(function: Registered) -> bool:
    kinds = {"500", "Exception", "HTTPException", "InternalServerError"}
    return _handled(function) in kinds
