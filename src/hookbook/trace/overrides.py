"""Report where an application calls functions itself, so that they can't be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .callables import describe
from .requests import Request
from .steps import Step
from .values import attributes, find_in_class

if TYPE_CHECKING:
    from .recording import Recorder

_CALLED_IN = {
    "preprocess_request": "before_request_funcs",
    "dispatch_request": "view_functions",
    "process_response": "after_request_funcs",
    "do_teardown_request": "teardown_request_funcs",
    "do_teardown_appcontext": "teardown_appcontext_funcs",
}


def note_unseen(recorder: Recorder, app: Any, request: Request) -> None:
    """Record the methods that replace Flask's and call unknown functions."""
    steps = request.trace.steps
    answered = any(
        step.phase == "before_request" and step.outcome != "returned None"
        for step in steps
    )
    for method, registry in _CALLED_IN.items():
        if registry in request.looked_up or not attributes(app).get(registry):
            continue
        if method == "dispatch_request" and (
            answered or _failed_before(steps) or _answers_options(steps)
        ):
            continue
        if recorder.lookups.overridden(app, method):
            request.miss(
                f"the application has its own {method}: which functions it calls is"
                " not seen"
            )


def note_own_handling(recorder: Recorder, app: Any, request: Request) -> None:
    """Record what handled an exception instead of Flask, as some extensions do."""
    name = "handle_user_exception"
    if recorder.lookups.overridden(app, name):
        stand_in = attributes(app).get(name, find_in_class(type(app), name))
        module = describe(stand_in).module
        by = f" from {module}" if module else ""
        request.miss(
            f"the application has its own {name}{by}: what it called for the exception"
            " is not seen"
        )


def _failed_before(steps: list[Step]) -> bool:
    """Return whether an exception came before a view could be called."""
    return any(step.kind in {"error", "handler"} for step in steps)


def _answers_options(steps: list[Step]) -> bool:
    return any(step.phase == "make_default_options_response" for step in steps)
