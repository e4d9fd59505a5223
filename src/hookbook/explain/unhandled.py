"""Why Flask called no error handler, or another one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hookbook.trace.functions import Registered
from hookbook.trace.steps import Step

if TYPE_CHECKING:
    from .not_run import Recorded

AROUND_CONTEXT = {
    "teardown_request", "teardown_appcontext", "request_tearing_down",
    "appcontext_tearing_down", "appcontext_popped",
}  # fmt: skip
WITH_RESPONSE = {"after_request", "request_finished"}
FINALIZING = {*WITH_RESPONSE, "after_this_request", "save_session"}
LATE = {"stream", "call_on_close"}
"""What goes on when the response has gone out."""


def why_not_asked(request: Recorded, function: Registered) -> str | None:
    """Say why Flask has not called an error handler."""
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
                " error handler raises, Flask looks for a handler of 500 only"
            )
    if handled:
        step = handled[-1]
        if _fits(function, step.exception or ""):
            return f"Flask chose `{step.name}` of {_the(step.owner)}"
        return f"{other}; `{step.name}` handled {short(step.exception or '')}"
    reason = _nobody_asked(request, function, raised[-1])
    if reason is None and _fits(function, full[-1]):
        # Flask would have chosen it.
        reason = request.unseen()
        if reason is None and request.exception_of("handle_exception"):
            reason = (
                f"{raised[-1]} was raised where Flask looks for a handler of 500 only"
            )
    return reason or f"{other}; {raised[-1]} was raised"


def _nobody_asked(request: Recorded, function: Registered, raised: str) -> str | None:
    """Say why Flask asked no error handler about an exception."""
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
            f"it is for {_handled(function)}; for what {raiser(after)} raises,"
            " Flask looks for a handler of 500 only"
        )
    if late is not None:
        return f"Flask asks no error handler about what {raiser(late)} raises"
    if down is not None:
        return f"Flask asks no error handler about what {raiser(down)} raises"
    for step in request.steps:
        if step.outcome.startswith("Flask asks no error handler"):
            return step.outcome.partition(":")[0]
    return None


def short(exception: str) -> str:
    """Return the name of an exception without its module and its message."""
    return exception.partition(":")[0].rpartition(".")[2]


def unmatched_in_words(exception: str) -> str:
    """Say why no URL matched."""
    return {
        "NotFound": "404 Not Found",
        "MethodNotAllowed": "405 Method Not Allowed",
        "RequestRedirect": "the routing redirects",
    }.get(short(exception), short(exception))


def _handled(function: Registered) -> str:
    return (function.handles or "").rpartition(".")[2]


def _fits(function: Registered, exception: str) -> bool:
    """Tell whether a handler is for an exception, as far as a trace shows that."""
    code = re.match(r"werkzeug\.exceptions\.\w+: (\d{3}) ", exception)
    handled = _handled(function)
    if handled in {"Exception", short(exception), code and code[1]}:
        return True
    return handled == "HTTPException" and code is not None


def _the(owner: str | None) -> str:
    """Name who a function is registered with in a sentence."""
    kind, _, name = (owner or "app").partition(" ")
    return f"the {kind} `{name}`" if name else "the app"


def raiser(step: Step) -> str:
    """Name the kind of what raised."""
    if step.phase == "save_session":
        return "`save_session`"
    if step.kind == "signal":
        return f"a receiver of `{step.phase}`"
    if step.kind == "teardown":
        return "a teardown function"
    if step.kind == "stream":
        return "a streamed body"
    if step.kind == "call":
        return "a function of `call_on_close`"
    return f"an `{step.phase}` function"


def _raised(step: Step) -> str:
    """Return what a step raised; nothing if it did not."""
    told = step.outcome.removeprefix("raised ")
    return "" if told == step.outcome else told


def raised_first(step: Step) -> str:
    """Say that what came before a function has raised."""
    name = "save_session" if step.phase == "save_session" else step.name
    return f"`{name}` raised {short(step.outcome[7:])} first"


def _is_for_all(function: Registered) -> bool:
    kinds = {"500", "Exception", "HTTPException", "InternalServerError"}
    return _handled(function) in kinds
