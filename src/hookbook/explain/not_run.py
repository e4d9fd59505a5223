"""Find which functions did not run in a request, and why, from its trace alone."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from hookbook.trace.functions import SIGNALS, Registered, blueprints_of
from hookbook.trace.steps import Step, Trace

from .raised import (
    AROUND_CONTEXT,
    FINALIZING,
    LATE,
    WITH_RESPONSE,
    raised_first,
    raiser,
    short,
    unmatched_in_words,
)
from .unhandled import why_not_asked

_PASSED_OVER = {
    (True, "muted"): "the signal was muted when it was sent",
    (True, "list changed"): "receivers were connected or disconnected meanwhile",
    (False, "list changed"): "its list was changed while Flask called it",
}
_WITH_TEMPLATE = {"context_processor", "before_render_template", "template_rendered"}
_DISPATCHED = {"hook", "view", "handler", "error", "response", "handover", "cut"}
UNKNOWN = "the trace doesn't show why"


@dataclasses.dataclass(frozen=True)
class NotRun:
    """A function that was registered or deferred, but not called."""

    function: Registered
    """Its kind and location, also for a deferred callback."""
    reason: str
    """The reason, as a clause without a full stop; code is in backquotes."""


def not_run(trace: Trace) -> list[NotRun]:
    """List the functions that were not called, in calling order.

    A function that is registered twice is listed only if neither call was made.
    """
    request = Recorded(trace)
    found = []
    for place, function in enumerate(trace.registered, 1):
        if place not in request.called and not request.has_called(function):
            found.append(NotRun(function, request.why(function)))
    return [*found, *_deferred_late(request)]


def _same(function: Registered) -> tuple[object, ...]:
    """Identify a function by the same fields that a step has."""
    name = function.name, function.file, function.line
    return function.kind, function.phase, function.owner, *name


class Recorded:
    """The parts of a trace that explain why functions were not called."""

    def __init__(self, trace: Trace) -> None:
        self.trace, self.steps = trace, trace.steps
        self.called = {step.registered for step in self.steps}
        self.names = {
            _same(trace.registered[step.registered - 1])
            for step in self.steps
            if step.registered is not None
        }
        self.endpoint = next(
            (s.name for s in self.steps if s.kind == "match" and not s.exception), None
        )
        self.unmatched = next(
            (s.exception for s in self.steps if s.kind == "match" and s.exception), None
        )
        self.dispatched = any(step.kind in _DISPATCHED for step in self.steps)
        self.left = self.exception_of("wsgi_app")

    def has_called(self, function: Registered) -> bool:
        """Return whether `function` was called, even if registered elsewhere."""
        if function.kind == "view" and (function.module or "").startswith("flask."):
            # Flask's own view of static files is not a step if it raises.
            return self._before_view(function) is None or self._found_nothing()
        return _same(function) in self.names

    def _found_nothing(self) -> bool:
        return self._returned_first() is None and not self.raised(*_BEFORE_VIEW)

    def exception_of(self, phase: str) -> str | None:
        """Return the name of the exception of the last of these steps."""
        found = [s.exception for s in self.steps if s.phase == phase and s.exception]
        return short(found[-1]) if found else None

    def why(self, function: Registered) -> str:
        """Return why `function` was not called."""
        if function.collected:
            return (
                "it was garbage-collected: a signal keeps its receivers by weak"
                " references only"
            )
        if function.sender == "other":
            return "it is connected to another sender than this application"
        if not self.dispatched and function.phase not in AROUND_CONTEXT:
            return "Flask was not asked for the response: only its context was pushed"
        if function.phase != "url_defaults":
            foreign = self._foreign(function)
            if foreign:
                return foreign
        if self.steps[-1].kind == "cut":
            return self.unseen() or UNKNOWN
        pushed = self.raised("appcontext_pushed")
        if pushed is not None:
            return raised_first(pushed)
        reason = _REASONS.get(function.phase, Recorded._before_view)(self, function)
        passed_over = _PASSED_OVER.get(
            (function.kind == "signal", function.passed_over or "")
        )
        return reason or passed_over or self.unseen() or UNKNOWN

    def unseen(self) -> str | None:
        """Return why the trace is incomplete, if it is."""
        if not self.trace.complete:
            return f"the trace is incomplete: {'; '.join(self.trace.missing)}"
        if self.steps[-1].kind == "cut":
            return "the recording stopped before the request was over"
        return None

    def _foreign(self, function: Registered) -> str | None:
        """Return why a function's blueprint is not the request's, if so."""
        blueprint = function.owner.partition(" ")[2]
        if not blueprint or blueprint in blueprints_of(self.endpoint):
            return None
        if self.unmatched is not None:
            return (
                f"it belongs to the blueprint `{blueprint}`, and no URL matched:"
                f" {unmatched_in_words(self.unmatched)}"
            )
        if self.endpoint is None:
            return self._failed_first() or UNKNOWN
        owners = blueprints_of(self.endpoint)
        of = f"the blueprint `{owners[0]}`" if owners else "the app"
        return (
            f"it belongs to the blueprint `{blueprint}`, and the view `{self.endpoint}`"
            f" to {of}"
        )

    # Reasons for leaving the normal course

    def raised(self, *phases: str) -> Step | None:
        """Return the last of these functions that raised."""
        found = [
            step
            for step in self.steps
            if step.phase in phases and step.outcome.startswith("raised ")
        ]
        return found[-1] if found else None

    def _returned_first(self) -> str | None:
        for step in self.steps:
            told = step.outcome if step.phase == "before_request" else ""
            if told.startswith("returned") and told != "returned None":
                return f"`{step.name}` returned a response first"
        return None

    def _failed_first(self) -> str | None:
        """Return which exception came before the view, and from where."""
        step = self.raised(*_BEFORE_VIEW)
        if step is not None:
            return raised_first(step)
        for step in self.steps:
            if step.kind in {"handler", "error"} and step.exception:
                if step.exception == self.unmatched:
                    continue
                return f"{short(step.exception)} was raised first"
        return None

    def _before_view(self, function: Registered) -> str | None:
        return self._returned_first() or self._failed_first()

    def _preprocessor(self, function: Registered) -> str | None:
        return self._failed_first()

    def _first_request(self, function: Registered) -> str | None:
        return self._failed_first() or "it runs before the first request only"

    def _view(self, function: Registered) -> str | None:
        first = self._before_view(function)
        if first is None and self.trace.method == "OPTIONS":
            return "Flask answers OPTIONS itself"
        return first

    def exceptions(self) -> list[str]:
        """List the exceptions raised, by their names in the steps."""
        return [
            step.exception
            for step in self.steps
            if step.exception and step.kind != "match"
            if step.phase != "url_build_error" or step.outcome.startswith("raised ")
        ] or ([self.unmatched] if self.unmatched else [])

    def _response_function(self, function: Registered) -> str | None:
        if self.left:
            failed = self.raised(*WITH_RESPONSE, "after_this_request")
            if failed is not None and function.phase == "after_request":
                return raised_first(failed)
            return f"{self.left} left Flask before"
        failed = self.raised(*FINALIZING)
        if failed is not None:
            return raised_first(failed)
        by = "finalize_request" if function.kind == "signal" else "process_response"
        return self.unseen() or f"the application left out Flask's `{by}`"

    def _unhandled(self, function: Registered) -> str | None:
        if not self.exceptions():
            return "no exception was raised"
        late = self.raised(*AROUND_CONTEXT) or self.raised(*LATE)
        if late is not None:
            return f"Flask doesn't send it for what {raiser(late)} raises"
        if self.left:
            return f"{self.left} left Flask before"
        return "every exception was handled"

    def _with_context(self, function: Registered) -> str | None:
        of_request = function.phase in {"teardown_request", "request_tearing_down"}
        failed = self.raised(*AROUND_CONTEXT)
        if failed is not None and not (
            not of_request and failed.phase in {"teardown_request"}
        ):
            return raised_first(failed)
        popped = [step.name for step in self.steps if step.phase == "pop"]
        if not popped:
            return "the context is kept: Flask has not popped it yet"
        if not of_request and "application context" not in popped:
            return "the application context was there before the request, and stays"
        return None

    def _pushed(self, function: Registered) -> str | None:
        return "the application context was there before the request"

    def _template(self, function: Registered) -> str | None:
        failed = self.raised(*_WITH_TEMPLATE)
        if failed is not None:
            return raised_first(failed)
        if any(step.phase in _WITH_TEMPLATE for step in self.steps):
            return "the template was not rendered to its end"
        return "no template was rendered"

    def _url_defaults(self, function: Registered) -> str | None:
        blueprint = function.owner.partition(" ")[2]
        if blueprint:
            return f"no URL of the blueprint `{blueprint}` was built"
        return "no URL was built"

    def _url_build_error(self, function: Registered) -> str | None:
        for step in self.steps:
            if step.phase == "url_build_error" and step.outcome.startswith("returned"):
                return f"`{step.name}` returned a URL first"
        return "no URL failed to build"

    def _flashed(self, function: Registered) -> str | None:
        return "no message was flashed"


_BEFORE_VIEW = (
    "before_first_request", "request_started", "url_value_preprocessor",
    "before_request", "appcontext_pushed", "open_session",
)  # fmt: skip

_REASONS: Mapping[str, Callable[[Recorded, Registered], str | None]] = {
    "before_first_request": Recorded._first_request,
    "url_value_preprocessor": Recorded._preprocessor,
    "request_started": Recorded._preprocessor,
    "view": Recorded._view,
    "errorhandler": why_not_asked,
    "got_request_exception": Recorded._unhandled,
    "url_defaults": Recorded._url_defaults,
    "url_build_error": Recorded._url_build_error,
    "message_flashed": Recorded._flashed,
    "appcontext_pushed": Recorded._pushed,
    **dict.fromkeys(WITH_RESPONSE, Recorded._response_function),
    **dict.fromkeys(_WITH_TEMPLATE, Recorded._template),
    **dict.fromkeys(AROUND_CONTEXT, Recorded._with_context),
}
assert set(SIGNALS) <= set(_REASONS)


def _deferred_late(request: Recorded) -> Iterator[NotRun]:
    """List the callbacks that were deferred and not called."""
    done = Counter(
        (step.name, step.def_line) for step in request.steps if step.kind == "deferred"
    )
    for step in request.steps:
        if step.kind != "register":
            continue
        key = step.name, step.def_line
        if done[key] > 0 and "copied" not in step.outcome:
            done[key] -= 1
            continue
        function = Registered(
            "deferred", "after_this_request", step.name, "request",
            module=step.module, distribution=step.distribution, file=step.file,
            line=step.def_line, is_async=step.is_async,
        )  # fmt: skip
        yield NotRun(function, _why_deferred(request, step))


def _why_deferred(request: Recorded, step: Step) -> str:
    if "copied" in step.outcome:
        return "it was deferred in a copied context, whose list nobody calls"
    before, later = request.steps[: step.number], request.steps[step.number :]
    if any(one.phase == "start_response" for one in before):
        return "it was deferred after the response went out"
    failed = request.raised("after_this_request")
    if failed is not None:
        return raised_first(failed)
    if request.left and not any(one.phase == "start_response" for one in later):
        return f"{request.left} left Flask before"
    inside = [one for one in before if one.phase in WITH_RESPONSE]
    if inside:
        return (
            f"it was deferred in `{inside[-1].name}`, when Flask had already called"
            " the deferred callbacks"
        )
    return request.unseen() or UNKNOWN
