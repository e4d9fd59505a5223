"""What raised an exception, in words, and when."""

from hookbook.trace.steps import Step

AROUND_CONTEXT = {
    "teardown_request", "teardown_appcontext", "request_tearing_down",
    "appcontext_tearing_down", "appcontext_popped",
}  # fmt: skip
WITH_RESPONSE = {"after_request", "request_finished"}
FINALIZING = {*WITH_RESPONSE, "after_this_request", "save_session"}
LATE = {"stream", "call_on_close"}
"""Phases that continue after the response was sent."""


def short(exception: str) -> str:
    """Return the name of an exception without its module and its message."""
    return exception.partition(":")[0].rpartition(".")[2]


def unmatched_in_words(exception: str) -> str:
    """Return why no URL matched."""
    return {
        "NotFound": "404 Not Found",
        "MethodNotAllowed": "405 Method Not Allowed",
        "RequestRedirect": "the routing redirects",
    }.get(short(exception), short(exception))


def raiser(step: Step) -> str:
    """Return the kind of function that raised."""
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


def raised_first(step: Step) -> str:
    """Return the clause that an earlier function raised."""
    name = "save_session" if step.phase == "save_session" else step.name
    return f"`{name}` raised {short(step.outcome[7:])} first"
