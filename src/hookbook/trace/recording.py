"""Record what Flask calls while a recording is active.

Seams are placed on the classes of Flask, Werkzeug and blinker, and on those of each
application that handles a request. Failures of the recorder never reach the
application: the run goes on, and the trace says what is missing.
"""

import contextlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import blinker.base
import flask
import flask.ctx
import flask.globals
import werkzeug.wrappers

from . import bodies, contexts, lifecycle, receivers, sessions, snapshots
from .callables import Callee, describe
from .calls import Begin, End, Told, real
from .connections import Connections
from .distributions import distribution_of
from .listings import Listings
from .masks import mask
from .requests import NOW, Request
from .seams import Lookups, Seams
from .steps import Step, Trace
from .values import ById, attributes, describe_exception, describe_value

_DEFERRED = {"after_request", "after_this_request"}
_OF_APP_CONTEXT = {
    "teardown_appcontext", "appcontext_pushed", "appcontext_tearing_down",
    "appcontext_popped",
}  # fmt: skip
_FLASKS_OWN = {"_default_template_ctx_processor", "send_static_file", "<lambda>"}


_ENTERED: list["Recorder"] = []


class Recorder:
    """Records each request that a Flask application handles inside this context.

    `path` is the file whose functions have lines in the trace; `spans` maps the first
    line of each (that of its first decorator) to the lines of its ``def`` and of its
    end. Without `masks`, values are unmasked. `connections` has recorded receivers.
    """

    def __init__(
        self, path: str | None = None,
        spans: Mapping[int, tuple[int, int]] | None = None, *, masks: bool = True,
        connections: Connections | None = None,
    ) -> None:  # fmt: skip
        self.path, self.spans = path, spans or {}
        self.mask: Callable[[str], str] = mask if masks else str
        self.requests: list[Request] = []
        self.lookups = Lookups()
        self.of_request, self.of_app_context = ById(), ById()
        self.of_response, self.of_file = ById(), ById()
        self.handing: dict[int, Request] = {}
        """Responses whose iterable is being created, by identity."""
        self._lost: list[str] = []
        self.listings = Listings(path, self.spans, self.mask, connections)
        self._seams = Seams(self._fail)
        self._apps = lifecycle.table(self)
        self._registries = lifecycle.registries(self)
        self._contexts = contexts.table(self)
        self._responses = bodies.table(self)
        self._sessions = sessions.watched(self)

    @property
    def traces(self) -> list[Trace]:
        """One trace per request, in the order in which they began."""
        for what in self._lost if self.requests else ():
            self.requests[-1].miss(what)
        for request in self.requests:
            request.pass_over()
        traces = [request.trace for request in self.requests]
        # Looked up last: the first time, it reads all installed distributions.
        for step in (step for trace in traces for step in trace.steps):
            step.distribution = step.module and distribution_of(step.module)
        return traces

    @property
    def active(self) -> bool:
        """Whether this records: of several recorders, the one entered last."""
        return bool(_ENTERED) and _ENTERED[-1] is self

    def __enter__(self) -> "Recorder":
        seams = self._seams
        seams.place(flask.Flask, self._apps)
        seams.place_on(flask.Flask, self._registries)
        for kind in {flask.ctx.AppContext, contexts.REQUEST_CONTEXT}:
            seams.place(kind, self._contexts)
        seams.place_on(contexts.REQUEST_CONTEXT, contexts.deferred(self))
        seams.place(blinker.base.Signal, receivers.table(self))
        seams.place(werkzeug.wrappers.Response, self._responses)
        seams.place_on(werkzeug.wrappers.Response, bodies.inside(self))
        bodies.place_on_files(self, seams)
        _ENTERED.append(self)
        return self

    def __exit__(self, *error: object) -> None:
        _ENTERED.remove(self)
        self._seams.remove()

    def meet(self, app: Any) -> None:
        """Place seams on an application that may be of its own class."""
        if app is not None and issubclass(type(app), flask.Flask):
            self._seams.renew()
            self._seams.place(type(app), self._apps)
            # Its own class may have a property in place of a registry.
            self._seams.place(type(app), self._registries)

    def meet_context(self, context: Any) -> None:
        """Place seams on a context that may be of its own class."""
        self._seams.place(type(context), self._contexts)
        self.meet(attributes(context).get("app"))

    def meet_response(self, response: Any) -> None:
        """Place seams on a response that may be of its own class."""
        if issubclass(type(response), werkzeug.wrappers.Response):
            self._seams.place(type(response), self._responses)

    def meet_session(self, session: Any) -> None:
        """Watch a session that records its use in attributes."""
        self._seams.watch(type(session), self._sessions)

    # Our own failures

    def guard(self, function: Callable[..., Any], *args: Any, default: Any) -> Any:
        """Return what `function` returns; record a failure, and return `default`."""
        try:
            return function(*args)
        except Exception as error:
            self._fail(error)
            return default

    def _fail(self, error: Exception) -> None:
        name = type(error).__name__
        with contextlib.suppress(Exception):
            name = describe_exception(error, self.mask)
        what = f"the recorder failed: {name}"
        try:
            request = self.current()
        except Exception:
            request = None
        if request is not None:
            request.miss(what)
        else:
            self._lost.append(what)

    def told(self, function: Any, begin: Begin) -> Told:
        """Return a reporting wrapper of `function`; `begin` and its end may fail."""

        def guarded(args: tuple[Any, ...], kwargs: dict[str, Any]) -> End | None:
            if not self.active:
                return None
            end = self.guard(begin, args, kwargs, default=None)
            if end is None:
                return None

            def ended(result: Any, error: BaseException | None) -> Any:
                return self.guard(end, result, error, default=result)

            return ended

        return Told(function, guarded)

    # Finding the request

    def open(self, environ: Mapping[str, Any]) -> Request:
        """Begin a trace."""
        request = Request(environ, self.mask)
        self.requests.append(request)
        trace = request.trace
        name = f"{trace.method} {trace.path}"
        self.guard(request.point, "request", "request", name, "received", default=None)
        return request

    def of_context(self, context: Any) -> Request | None:
        """Return the request of a request context; begin a trace if it is new."""
        http_request = snapshots.request_of(context)
        if http_request is None:
            return None
        request: Request | None = self.of_request.get(http_request)
        if request is None:
            request = self.open(attributes(http_request).get("environ") or {})
            self.bind(request, context)
        return request

    def bind(self, request: Request, context: Any) -> None:
        """Make `request` that of `context`."""
        request.bind(context)
        self.of_request.put(snapshots.request_of(context), request)
        self.guard(self.listings.fill, request, context, default=None)

    def current(self, phase: str | None = None) -> Request | None:
        """Return the request being handled here; ``None`` if there is none."""
        now = NOW.get()
        if phase in _OF_APP_CONTEXT and now is not None:
            return now
        context = snapshots.active_context()
        if snapshots.request_of(context) is not None:
            return self.of_context(context)
        return now

    # Steps

    def tell(self, kind: str, phase: str, owner: str | None, function: Any) -> Told:
        """Return a wrapper of a registered function whose calls are steps."""
        function = real(function)
        return self.told(function, partial(self._call, kind, phase, owner, function))

    def _call(
        self, kind: str, phase: str, owner: str | None, function: Any,
        args: tuple[Any, ...], kwargs: dict[str, Any],
    ) -> End | None:  # fmt: skip
        request = self.current(phase)
        return None if request is None else self.step(
            request, kind, phase, owner, function, args
        )  # fmt: skip

    def step(
        self, request: Request, kind: str, phase: str, owner: str | None,
        function: Any, args: tuple[Any, ...] = (),
    ) -> End | None:  # fmt: skip
        """Begin the step of a function; return the function that ends it."""
        callee = describe(function, request.trace.method)
        top = (callee.module or "").partition(".")[0]
        if top == "hookbook":
            return None
        if top == "flask" and callee.codes[-1:] and (
            callee.codes[-1].co_name in _FLASKS_OWN
        ):  # fmt: skip
            return self._of_flask(request) if kind == "view" else None
        if phase in _DEFERRED and args:
            request.response = args[0]
        step = request.add(
            kind, phase, callee.name, owner=owner, is_async=callee.is_async,
            registered=request.place_of(phase, owner, function),
            **self.place(callee),
        )  # fmt: skip
        request.depth += 1
        if kind == "handler" and args and issubclass(type(args[0]), BaseException):
            step.exception = describe_exception(args[0], self.mask)

        def end(result: Any, error: BaseException | None) -> Any:
            request.depth -= 1
            if error is not None:
                self.raised(request, step, error)
                return result
            if phase in _DEFERRED:
                self.meet_response(result)
                request.response = result
            request.close(step, f"returned {describe_value(result, self.mask)}")
            return result

        return end

    def raised(self, request: Request, step: Step, error: BaseException) -> None:
        """End a step with an exception."""
        exception = describe_exception(error, self.mask)
        # An error handler that raises keeps the exception it was given.
        step.exception = step.exception or exception
        request.close(step, f"raised {exception}")

    def _of_flask(self, request: Request) -> End:
        def end(result: Any, error: BaseException | None) -> Any:
            if error is None:
                endpoint = request.moment().parts.request[1]
                told = describe_value(result, self.mask)
                request.point("view", "view", endpoint, f"Flask itself returned {told}")
            return result

        return end

    def place(self, callee: Callee) -> dict[str, Any]:
        """Return the fields of a step that locate its function in the source."""
        return self.listings.sources.fields(callee)
