"""What a recording knows about one request while it is active."""

import contextvars
import weakref
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import flask.globals

from . import differences, snapshots
from .callables import identity
from .functions import Key
from .snapshots import Parts, ResponseState, State
from .steps import Step, Trace
from .values import Mask, attributes, describe_exception, exact

NOW: contextvars.ContextVar["Request | None"] = contextvars.ContextVar(
    "hookbook_request", default=None
)
"""The request whose context is being pushed or popped."""

MAX_STEPS = 400
"""A request with more steps is cut, and its last step says so."""


def _nothing() -> None:
    return None


class Moment:
    """The state of a request, complete and as shown."""

    def __init__(self, parts: Parts, state: State) -> None:
        self.parts, self.state = parts, state


class Request:
    """One request, its trace, and the data its steps are made from.

    Flask's own objects are not kept alive, so that the trace shows when they go.
    """

    def __init__(self, environ: Mapping[str, Any], mask: Mask) -> None:
        self.mask = mask
        self.context: Any = _nothing
        """Returns the request context, as long as there is one."""
        self.response: Any = None
        """The response, until it is passed to the server."""
        self.sent: tuple[tuple[Any, ...], ResponseState] | None = None
        """What was passed to the server."""
        self.size = 0
        self.begun = b""
        """The beginning of the body that was produced."""
        self.reading = False
        """Pieces of the body are requested, and the end has not come."""
        self.pushed = False
        self.gone = False
        """The request context has been popped."""
        self.looked_up: set[str] = set()
        """The registries that Flask, or a replacement of its methods, has looked up."""
        self.places: dict[Key, list[int]] = {}
        """The positions of the registered functions in the trace's list, from 1."""
        self.listed: Any = None
        """What was registered when the URL had been matched."""
        self.passed_over: dict[tuple[str, str], str] = {}
        """Why functions of a phase and an owner were not called, if no step says so."""
        self.streaming: Any = None
        """The object asking ``stream_with_context`` for a piece now."""
        self.depth = 0
        """How many functions are running."""
        self.around: BaseException | None = None
        """The exception being handled when the request came."""
        self._latest: Moment | None = None
        self._began: dict[int, tuple[Step, Moment]] = {}
        self._sent = snapshots.request_parts(environ)
        self._environ: Mapping[str, Any] | None = environ
        first = snapshots.request_state(self._sent, None, mask)
        self.trace = Trace(first["method"], first["path"])

    def bind(self, context: Any) -> None:
        """Attach this to a request context."""
        self.context = weakref.ref(context)
        self._environ = None

    @property
    def is_cut(self) -> bool:
        """Whether recording has stopped."""
        return len(self.trace.steps) >= MAX_STEPS

    def moment(self) -> Moment:
        """Return the current state. Equal states are one object."""
        context = self.context()
        request = snapshots.request_of(context)
        environ = self._environ
        if request is not None:
            environ = attributes(request).get("environ")
        if environ is not None:
            self._sent = snapshots.request_parts(environ, request)
        live = context is not None and snapshots.active_context() is context
        g = session = None
        if live:
            g = snapshots.g_values(flask.globals._cv_app.get(None))
            session = snapshots.session_values(snapshots.session_of(context))
        response = (
            self.sent[0] if self.sent else snapshots.response_parts(self.response)
        )
        parts = Parts(
            self._sent,
            response,
            None if g is None else {k: exact(v) for k, v in g.items()},
            None if session is None
            else {k: exact(v) for k, v in session.items()},
            None if self.sent else snapshots.identities(self.response),
        )  # fmt: skip
        latest = self._latest
        if latest is not None and latest.parts == parts:
            return latest
        state: State = {
            "request": (
                latest.state["request"]
                if latest is not None
                and (environ is None or latest.parts.request == parts.request)
                else snapshots.request_state(self._sent, request, self.mask)
            ),
            "response": (
                self.sent[1]
                if self.sent
                else snapshots.response_state(response, self.mask)
            ),
            "g": (
                latest.state["g"]
                if latest is not None and latest.parts.g == parts.g
                else snapshots.shown(g, self.mask)
            ),
            "session": snapshots.shown(session, self.mask),
        }
        # Unchanged parts are shared: a trace has many states.
        if latest is not None:
            for name in ("request", "response", "g", "session"):
                if state[name] == latest.state[name]:
                    state[name] = latest.state[name]
            if state == latest.state:
                state = latest.state
        self._latest = Moment(parts, state)
        return self._latest

    def add(
        self, kind: str, phase: str, name: str, *, began: Moment | None = None,
        **more: Any,
    ) -> Step:  # fmt: skip
        """Begin a step, now or with the state in `began`."""
        steps = self.trace.steps
        cut = self._latest if self.is_cut else None
        moment = began or cut or self.moment()
        step = Step(
            number=len(steps) + 1,
            kind=kind,
            phase=phase,
            name=name,
            depth=self.depth,
            before=moment.state,
            after=moment.state,
            order=1
            if cut
            else 1 + sum((s.kind, s.phase) == (kind, phase) for s in steps),
            **more,
        )
        if not cut:
            self._began[id(step)] = step, moment
        if len(steps) < MAX_STEPS:
            steps.append(step)
            if len(steps) == MAX_STEPS:
                step.kind = step.phase = "cut"
                step.name, step.outcome = "recording", f"stopped at step {MAX_STEPS}"
        return step

    def close(self, step: Step, outcome: str) -> Step:
        """End a step."""
        opened = self._began.pop(id(step), None)
        if opened is None:
            # The recording was cut before: this step is not shown.
            return step
        _, began = opened
        moment = self.moment()
        step.after = moment.state
        step.outcome = step.outcome or outcome
        step.changes = differences.changes(
            began.state, began.parts, moment.state, moment.parts, self.mask
        )
        for effect in differences.replaced(began.parts, moment.parts):
            self._note(step, effect)
        return step

    def note(self, effect: str) -> None:
        """Record an effect of the current step, if there is one."""
        if self._began:
            step, _ = next(reversed(self._began.values()))
            self._note(step, effect)

    @staticmethod
    def _note(step: Step, effect: str) -> None:
        if effect not in step.effects:
            step.effects.append(effect)

    def place_of(self, phase: str, owner: str | None, function: Any) -> int | None:
        """Return the position of the registered function that is called, from 1.

        One that is registered twice is called as the first, then as the second.
        """
        places = self.places.get((phase, owner or "app", identity(function)))
        if not places:
            return None
        places.append(places.pop(0))
        return places[-1]

    def pass_over(self) -> None:
        """Record in the trace which functions were skipped, and why."""
        for place, entry in enumerate(self.trace.registered):
            why = self.passed_over.get((entry.phase, entry.owner))
            if why is not None:
                # Traces share their entries.
                self.trace.registered[place] = replace(entry, passed_over=why)

    def point(
        self, kind: str, phase: str, name: str, outcome: str, **more: Any
    ) -> Step:
        """Add a step that is over by the time it is noticed."""
        step = self.add(kind, phase, name, **more)
        self._began.pop(id(step), None)
        step.outcome = outcome
        return step

    def miss(self, what: str) -> None:
        """Record what could not be seen."""
        self.trace.complete = False
        if what not in self.trace.missing:
            self.trace.missing.append(what)

    def left(self, error: BaseException) -> None:
        """Add a step for an exception that has left Flask."""
        self.point(
            "error", "wsgi_app", type(error).__name__, "left Flask",
            exception=describe_exception(error, self.mask),
        )  # fmt: skip

    def end_body(self, *, complete: bool) -> None:
        """Add a step for the end of the body."""
        self.reading = False
        step = self.add("body", "body", f"{self.size} bytes")
        # For a body that is not a stream, everything was known when it was passed on.
        if self.sent is not None and self.sent[0][2] is None:
            parts, state = self.sent
            body = snapshots.body_text([self.begun], self.mask)
            self.sent = (
                (*parts[:2], (self.begun,) if self.begun else ()),
                {**state, "body": body},
            )
        self.close(step, "produced" if complete else "broken off")
