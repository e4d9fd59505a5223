"""Watch Flask handle requests, and write down each step.

The tracer is a profile function for :func:`sys.setprofile`. It looks at two kinds
of function: those of the snippet's own file, and Flask's and Werkzeug's lifecycle
methods, known by their code objects. It replaces nothing, so what it writes down is
what happened. From Flask 3.2 the lifecycle methods take a context first; arguments
are therefore read by name.
"""

import dataclasses
import dis
import inspect
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import CodeType, FrameType
from typing import Any

import blinker.base
import flask
import flask.ctx
import werkzeug.wrappers.response
import werkzeug.wsgi
from flask.sessions import NullSession

from . import snapshots
from .masks import excerpt, mask, show
from .snapshots import ResponseState, State
from .steps import Change, Step, Trace

MAX_STEPS = 400
"""A request with more steps is cut, and its last step says so."""

RETURNED, SUSPENDED, RAISED = "returned", "suspended", "raised"

REQUEST_CONTEXT: type = vars(flask.ctx).get("RequestContext", flask.ctx.AppContext)

_LIFECYCLE = frozenset(
    "wsgi_app preprocess_request dispatch_request handle_exception"
    " handle_http_exception handle_user_exception finalize_request make_response"
    " process_response do_teardown_request do_teardown_appcontext"
    " update_template_context inject_url_defaults".split()
)

_CALLERS = {
    "preprocess_request": ("hook", "before_request"),
    "dispatch_request": ("view", "view"),
    "handle_user_exception": ("handler", "errorhandler"),
    "handle_http_exception": ("handler", "errorhandler"),
    "handle_exception": ("handler", "errorhandler"),
    "process_response": ("hook", "after_request"),
    "do_teardown_request": ("teardown", "teardown_request"),
    "do_teardown_appcontext": ("teardown", "teardown_appcontext"),
    "send": ("signal", "signal"),
    "close": ("call", "call_on_close"),
    "update_template_context": ("hook", "context_processor"),
    "inject_url_defaults": ("hook", "url_defaults"),
    "body": ("stream", "stream"),
}
"""What a function of the snippet is, by the lifecycle method that calls it."""


@dataclasses.dataclass(eq=False)
class _Request:
    """What the tracer knows of a request while it goes on."""

    environ: Mapping[str, Any]
    trace: Trace
    context: Any = None
    response: Any = None
    sent: ResponseState | None = None
    iterable: Any = None
    body: bytearray = dataclasses.field(default_factory=bytearray)
    pushed: bool = False
    latest: State | None = None

    def state(self) -> State:
        live = self.context is not None and (snapshots.active_context() is self.context)
        request = snapshots.request_of(self.context)
        now: State = {
            "request": snapshots.request_state(self.environ, request),
            "response": self.sent or snapshots.response_state(self.response),
            "g": snapshots.g_state() if live else None,
            "session": snapshots.session_state() if live else None,
        }
        # Most steps change little: equal states are one object.
        if now != self.latest:
            self.latest = now
        return self.latest


@dataclasses.dataclass(eq=False)
class _Entry:
    """A call that goes on: of a lifecycle method, or of a snippet's function."""

    frame: FrameType
    phase: str
    request: _Request
    step: Step | None = None
    """The step that ends with this call."""
    from_snippet: bool = False
    answered: bool = False
    """A function of the snippet, or a handler below, was called from here."""
    given: Any = None
    """The argument that matters, kept because the method may rebind its name."""
    calls: Counter[CodeType] = dataclasses.field(default_factory=Counter)
    """How often each function of the snippet was called from here."""


def describe_exception(error: BaseException) -> str:
    """Return ``Type: message``, masked, as the last line of a traceback has it."""
    return mask("".join(traceback.format_exception_only(error)).strip())


def describe_value(value: object) -> str:
    """Say what a function returned, briefly."""
    if isinstance(value, werkzeug.wrappers.Response):
        return f"a response ({value.status})"
    if inspect.isgenerator(value):
        return "a generator"
    return show(value)


def function_name(function: Any) -> str:
    """Return the name under which a reader knows `function`."""
    while not hasattr(function, "__name__") and hasattr(function, "func"):
        function = function.func
    return str(getattr(function, "__name__", type(function).__name__))


def _code_of(function: Any) -> CodeType | None:
    while hasattr(function, "func"):
        function = function.func
    function = getattr(function, "__func__", function)
    if not hasattr(function, "__code__"):
        function = vars(type(function)).get("__call__")
    return getattr(function, "__code__", None)


def _lifecycle() -> dict[CodeType, str]:
    """Map the code of each lifecycle method to its name."""
    codes: dict[CodeType, str] = {}

    def add(owner: type, names: frozenset[str]) -> None:
        for name in names:
            codes[inspect.unwrap(getattr(owner, name)).__code__] = name

    add(flask.Flask, _LIFECYCLE)
    add(REQUEST_CONTEXT, frozenset({"push", "pop", "match_request"}))
    add(flask.ctx.AppContext, frozenset({"push", "pop"}))
    add(blinker.base.Signal, frozenset({"send"}))
    add(werkzeug.wrappers.Response, frozenset({"get_wsgi_response", "close"}))
    codes[flask.after_this_request.__code__] = "after_this_request"
    codes[werkzeug.wrappers.response._iter_encoded.__code__] = "body"
    codes[werkzeug.wsgi.FileWrapper.__next__.__code__] = "file_body"
    return codes


def _async_bridge() -> CodeType | None:
    """Return the code of the call that waits for an async function."""
    try:
        from asgiref.sync import AsyncToSync
    except ImportError:
        return None
    return AsyncToSync.__call__.__code__


def _context_name(context: object) -> str:
    if REQUEST_CONTEXT is flask.ctx.AppContext:
        return "context"
    is_request = isinstance(context, REQUEST_CONTEXT)
    return "request context" if is_request else "application context"


def _owner(scope: str | None) -> str:
    return "app" if scope is None else f"blueprint {scope}"


def _scoped(
    phase: str,
    functions: Mapping[str | None, Iterable[Any]],
    scopes: Iterable[str | None],
    order: Callable[[Any], Iterable[Any]] = iter,
) -> Iterator[tuple[str, str, Any]]:
    for scope in scopes:
        for function in order(functions.get(scope, [])):
            yield phase, _owner(scope), function


def _changes(earlier: State, later: State) -> list[Change]:
    """List the values that differ; a response that is lost counts as one change."""
    before, after = snapshots.flatten(earlier), snapshots.flatten(later)
    lost = later["response"] is None
    return [
        Change(name=name, before=before.get(name), after=after.get(name))
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
        and not (lost and name.startswith("response."))
    ]


def _ending(frame: FrameType) -> str:
    """Tell why a frame is being left: the profile function is not told."""
    last = frame.f_lasti
    if last < 0:
        # As below, on Python 3.10.
        return SUSPENDED
    codes = frame.f_code.co_code
    before, here, after = (
        dis.opname[codes[place]] if 0 <= place < len(codes) else ""
        for place in (last - 2, last, last + 2)
    )
    if here in {"RETURN_VALUE", "RETURN_CONST"}:
        return RETURNED
    # A frame that waits stands at its yield; from Python 3.13 on, behind it; in an
    # await of 3.10, in front of it.
    behind = here == "RESUME" and before == "YIELD_VALUE"
    if here == "YIELD_VALUE" or behind or after == "YIELD_FROM":
        return SUSPENDED
    if here == "RETURN_GENERATOR":
        # A generator that never began is entered to be thrown away.
        return SUSPENDED
    return RAISED


class Tracer:
    """A profile function, and the traces that it has written.

    `filename` is the ``co_filename`` of the snippet's functions; `spans` maps the
    first line of each (that of its first decorator) to the lines of its ``def`` and
    of its end. Functions of the files `beside` it are watched too; their steps have no
    lines, for nobody sees these files.
    """

    def __init__(
        self, filename: str, spans: Mapping[int, tuple[int, int]],
        beside: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.filename = filename
        self.filenames = {filename, *beside}
        self.spans = spans
        self.codes = _lifecycle()
        self.requests: list[_Request] = []
        self.failure: Exception | None = None
        self.home = threading.get_ident()
        self.stacks: dict[int, list[_Entry]] = {self.home: []}
        self.bridge = _async_bridge()
        self.waiting = 0
        self.suspended: dict[FrameType, Step] = {}
        self.raising: list[tuple[Step, CodeType]] = []

    def __call__(self, frame: FrameType, event: str, value: Any) -> None:
        """Take one event from the interpreter.

        The interpreter drops a profile function that raises, and inside a finaliser
        it says nothing; so a failure is kept for :func:`.recorder.record` to raise.
        """
        if self.failure is not None:
            return
        try:
            self._take(frame, event, value)
        except Exception as error:
            self.failure = error

    def _take(self, frame: FrameType, event: str, value: Any) -> None:
        thread = threading.get_ident()
        if thread != self.home and not self.waiting:
            return
        if self.raising:
            self._name_exceptions()
        if frame.f_code is self.bridge:
            self.waiting += {"call": 1, "return": -1}.get(event, 0)
        elif event == "call":
            name = self.codes.get(frame.f_code)
            if name is not None:
                self._enter_lifecycle(frame, name)
            elif frame.f_code.co_filename in self.filenames:
                self._enter_snippet(frame)
        elif event == "return":
            stack = self._stack(frame)
            if stack and stack[-1].frame is frame:
                entry = stack[-1]
                leave = self._leave_snippet if entry.from_snippet else self._leave
                leave(entry, _ending(frame), value)
                stack.pop()

    def _stack(self, frame: FrameType) -> list[_Entry]:
        """Return the calls that go on in this thread.

        While an async function runs in a thread of its own, the thread that Flask
        runs in waits: the coroutine continues its stack.
        """
        thread = threading.get_ident()
        if not self.stacks.get(thread) and frame.f_code.co_flags & inspect.CO_COROUTINE:
            thread = self.home
        return self.stacks.setdefault(thread, [])

    def _name_exceptions(self) -> None:
        """Find out which exceptions ended the functions in `raising`.

        Whoever catches an exception, or cleans up after it, has it as the one
        being handled when it makes its next call.
        """
        error = sys.exc_info()[1]
        if error is None:
            return
        codes = {frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__)}
        unnamed = []
        for step, code in self.raising:
            if code not in codes:
                # It is still on its way, out of a handler of this one.
                unnamed.append((step, code))
                continue
            exception = describe_exception(error)
            # An error handler that raises keeps the exception it was given.
            step.exception = step.exception or exception
            if step.kind == "error":
                step.name = type(error).__name__
            else:
                step.outcome = f"raised {exception}"
        self.raising = unnamed

    # Writing steps

    def _add(
        self, request: _Request, kind: str, phase: str, name: str, **more: Any
    ) -> Step:
        steps = request.trace.steps
        state = request.state()
        step = Step(
            number=len(steps) + 1,
            kind=kind,
            phase=phase,
            name=name,
            depth=sum(
                entry.from_snippet and entry.request is request
                for entry in self.stacks[self.home]
            ),
            before=state,
            after=state,
            order=1 + sum((s.kind, s.phase) == (kind, phase) for s in steps),
            **more,
        )
        if len(steps) < MAX_STEPS:
            steps.append(step)
            if len(steps) == MAX_STEPS:
                step.kind = step.phase = "cut"
                step.name, step.outcome = "recording", f"stopped at step {MAX_STEPS}"
        return step

    def _close(self, step: Step, request: _Request, outcome: str) -> Step:
        step.after = request.state()
        step.outcome = step.outcome or outcome
        step.changes = _changes(step.before, step.after)
        return step

    def _point(
        self, request: _Request, kind: str, phase: str, name: str, outcome: str,
        **more: Any,
    ) -> Step:  # fmt: skip
        """Write a step that is over when it is noticed."""
        step = self._add(request, kind, phase, name, **more)
        step.outcome = outcome
        return step

    # Functions of the snippet

    def _enter_snippet(self, frame: FrameType) -> None:
        stack = self._stack(frame)
        if not stack:
            return
        caller = stack[-1]
        request = caller.request
        step = self.suspended.pop(frame, None)
        if step is None:
            if caller.phase not in _CALLERS or request.context is None:
                return
            caller.answered = True
            step = self._begin(caller, frame)
        stack.append(_Entry(frame, step.phase, request, step, from_snippet=True))
        if step.kind in {"hook", "deferred"} and caller.phase == "process_response":
            request.response = _first_argument(frame)
        elif step.kind == "handler":
            error = _first_argument(frame)
            if isinstance(error, BaseException):
                step.exception = describe_exception(error)

    def _begin(self, caller: _Entry, frame: FrameType) -> Step:
        request, code = caller.request, frame.f_code
        flags = code.co_flags
        kind, phase = _CALLERS[caller.phase]
        if phase == "signal":
            owner, name = None, code.co_name
            phase = caller.frame.f_locals["self"].name.replace("-", "_")
        else:
            phase, owner, name, code = self._identify(phase, code, caller)
            if phase == "after_this_request":
                kind = "deferred"
            elif kind == "call" and flags & inspect.CO_GENERATOR:
                # The body is closed before its end.
                kind = phase = "stream"
        line: int | None = None
        end_line: int | None = None
        if code.co_filename == self.filename:
            first = code.co_firstlineno
            line, end_line = self.spans.get(first, (first, first))
        return self._add(
            request, kind, phase, name, line=line, end_line=end_line, owner=owner,
            is_async=bool(flags & inspect.CO_COROUTINE),
        )  # fmt: skip

    def _leave_snippet(self, entry: _Entry, ending: str, value: Any) -> None:
        step, request = entry.step, entry.request
        assert step is not None
        if ending == SUSPENDED:
            if step.kind == "stream":
                closed = value is None
                outcome = "closed early" if closed else f"yielded {show(value)}"
                self._close(step, request, outcome)
            else:
                self.suspended[entry.frame] = step
        elif ending == RAISED:
            self.raising.append((step, entry.frame.f_code))
            self._close(step, request, "raised an exception")
        else:
            if step.phase in {"after_request", "after_this_request"}:
                request.response = value
            returned = (
                "finished"
                if step.kind == "stream"
                else (f"returned {describe_value(value)}")
            )
            self._close(step, request, returned)

    def _identify(
        self, phase: str, code: CodeType, caller: _Entry
    ) -> tuple[str, str | None, str, CodeType]:
        """Return phase, owner, name and code of a function that Flask has called.

        A function that is registered in several places is called for each in turn.
        The code is that of the function with the name, below its decorators.
        """
        places = list(self._registered(phase, caller))
        found = [place for place in places if _code_of(place[2]) is code]
        if found:
            phase, owner, function = found[min(caller.calls[code], len(found) - 1)]
            caller.calls[code] += 1
            named = _code_of(inspect.unwrap(function))
            if named is not None and named.co_filename in self.filenames:
                code = named
            return phase, owner, function_name(function), code
        # A view class, for one: Flask knows a function made from it.
        return phase, places[0][1] if phase == "view" else None, code.co_name, code

    def _registered(self, phase: str, caller: _Entry) -> Iterator[tuple[str, str, Any]]:
        """List what Flask calls in this phase, in its order."""
        context = caller.request.context
        app, request = context.app, snapshots.request_of(context)
        inwards = [None, *reversed(request.blueprints)]
        outwards = inwards[::-1]
        if phase == "before_request":
            values = app.url_value_preprocessors
            yield from _scoped("url_value_preprocessor", values, inwards)
            yield from _scoped(phase, app.before_request_funcs, inwards)
        elif phase == "after_request":
            for function in context._after_request_functions:
                yield "after_this_request", "request", function
            yield from _scoped(phase, app.after_request_funcs, outwards, reversed)
        elif phase == "teardown_request":
            yield from _scoped(phase, app.teardown_request_funcs, outwards, reversed)
        elif phase == "teardown_appcontext":
            last_first = reversed(app.teardown_appcontext_funcs)
            yield from _scoped(phase, {None: last_first}, [None])
        elif phase == "context_processor":
            yield from _scoped(phase, app.template_context_processors, inwards)
        elif phase == "url_defaults":
            # Those of the blueprints that the URL leads to.
            path = caller.frame.f_locals["endpoint"].split(".")[:-1]
            scopes = [".".join(path[:end]) for end in range(1, len(path) + 1)]
            yield from _scoped(phase, app.url_default_functions, [None, *scopes])
        elif phase == "errorhandler":
            for scope in outwards:
                for handlers in app.error_handler_spec.get(scope, {}).values():
                    yield from _scoped(phase, {scope: handlers.values()}, [scope])
        elif phase == "view":
            view = app.view_functions.get(request.endpoint)
            yield from _scoped(phase, {request.blueprint: [view]}, [request.blueprint])

    # Lifecycle methods

    def _enter_lifecycle(self, frame: FrameType, name: str) -> None:
        stack = self._stack(frame)
        request = self._request_for(frame, name, stack)
        if request is None:
            return
        entry = _Entry(frame, name, request)
        enter = getattr(self, f"_enter_{name}", None)
        if enter is not None:
            enter(entry, frame.f_locals)
        stack.append(entry)

    def _leave(self, entry: _Entry, ending: str, value: Any) -> None:
        leave = getattr(self, f"_leave_{entry.phase}", None)
        if leave is not None:
            leave(entry, ending, value)

    def _request_for(
        self, frame: FrameType, name: str, stack: list[_Entry]
    ) -> _Request | None:
        """Return the request that a call belongs to; a new one opens a new trace."""
        subject = frame.f_locals.get(frame.f_code.co_varnames[0])
        if name == "wsgi_app":
            return self._open(frame.f_locals["environ"])
        if name in {"body", "file_body"}:
            return self._find(lambda request: request.iterable is subject)
        if name == "close":
            return self._find(lambda request: request.response is subject)
        if name in {"push", "pop", "match_request"}:
            http_request = snapshots.request_of(subject)
            if http_request is None:
                return stack[-1].request if stack else None
            request = self._find(
                lambda request: snapshots.request_of(request.context) is http_request
            )
            if request is None and stack and stack[-1].request.context is None:
                request = stack[-1].request
                request.context = subject
            elif request is None and name == "push":
                request = self._open(http_request.environ)
                request.context = subject
            return request
        if stack:
            return stack[-1].request
        context = snapshots.active_context()
        return self._find(lambda r: context is not None and r.context is context)

    def _find(self, test: Callable[[_Request], bool]) -> _Request | None:
        return next((r for r in reversed(self.requests) if test(r)), None)

    def _open(self, environ: Mapping[str, Any]) -> _Request:
        state = snapshots.request_state(environ)
        request = _Request(environ, Trace(state["method"], state["path"]))
        self.requests.append(request)
        name = f"{state['method']} {state['path']}"
        self._point(request, "request", "request", name, "received")
        return request

    def _leave_wsgi_app(self, entry: _Entry, ending: str, value: Any) -> None:
        if ending == RAISED:
            step = self._point(
                entry.request, "error", "wsgi_app", "exception", "left Flask"
            )
            self.raising.append((step, entry.frame.f_code))

    def _enter_push(self, entry: _Entry, arguments: Mapping[str, Any]) -> None:
        entry.given = arguments["self"]
        interface = type(entry.given.app.session_interface)
        for method in ("open_session", "save_session"):
            code = _code_of(getattr(interface, method))
            if code is not None:
                self.codes.setdefault(code, method)

    def _leave_push(self, entry: _Entry, ending: str, value: Any) -> None:
        if ending != RETURNED or not isinstance(entry.given, REQUEST_CONTEXT):
            return
        if entry.request.pushed:
            self._point(
                entry.request, "context", "push", _context_name(entry.given),
                "pushed again",
            )  # fmt: skip
        entry.request.pushed = True

    def _leave_open_session(self, entry: _Entry, ending: str, value: Any) -> None:
        if ending != RETURNED or value is None or isinstance(value, NullSession):
            return
        name = type(value).__name__
        step = self._point(entry.request, "session", "open_session", name, "opened")
        step.after = {**step.after, "session": snapshots.session_values(value)}

    def _leave_match_request(self, entry: _Entry, ending: str, value: Any) -> None:
        request = entry.request
        http_request = snapshots.request_of(request.context)
        error, rule = http_request.routing_exception, http_request.url_rule
        if error is not None:
            self._point(
                request, "match", "match_request", type(error).__name__,
                "kept until dispatch_request", exception=describe_exception(error),
            )  # fmt: skip
        elif rule is not None:
            step = self._point(
                request, "match", "match_request", rule.endpoint,
                f"matched {rule.rule}",
            )  # fmt: skip
            if not request.pushed:
                unmatched = snapshots.request_state(request.environ)
                step.before = {**step.before, "request": unmatched}
            self._close(step, request, step.outcome)

    def _leave_dispatch_request(self, entry: _Entry, ending: str, value: Any) -> None:
        if ending == RETURNED and not entry.answered:
            endpoint = snapshots.request_of(entry.request.context).endpoint
            self._point(
                entry.request, "view", "view", endpoint,
                f"Flask itself returned {describe_value(value)}",
            )  # fmt: skip

    def _enter_handle_http_exception(
        self, entry: _Entry, arguments: Mapping[str, Any]
    ) -> None:
        entry.given = arguments["e"]

    def _leave_handle_http_exception(
        self, entry: _Entry, ending: str, value: Any
    ) -> None:
        if ending == RETURNED and not entry.answered and value is entry.given:
            self._point(
                entry.request, "error", "handle_http_exception", type(value).__name__,
                "no error handler: the exception is the response",
                exception=describe_exception(value),
            )  # fmt: skip

    def _enter_handle_exception(
        self, entry: _Entry, arguments: Mapping[str, Any]
    ) -> None:
        error = arguments["e"]
        entry.step = self._point(
            entry.request, "error", "handle_exception", type(error).__name__,
            "logged, and answered with an InternalServerError",
            exception=describe_exception(error),
        )  # fmt: skip

    def _leave_handle_exception(self, entry: _Entry, ending: str, value: Any) -> None:
        if ending == RAISED and entry.step is not None:
            entry.step.outcome = "raised again, for the server or the test to see"

    def _enter_make_response(self, entry: _Entry, arguments: Mapping[str, Any]) -> None:
        entry.given = describe_value(arguments["rv"])

    def _leave_make_response(self, entry: _Entry, ending: str, value: Any) -> None:
        stack = self._stack(entry.frame)
        if (
            ending != RETURNED
            or len(stack) < 2
            or stack[-2].phase != ("finalize_request")
        ):
            return
        request = entry.request
        step = self._add(request, "response", "make_response", type(value).__name__)
        request.response = value
        self._close(step, request, f"made from {entry.given}")

    def _enter_process_response(
        self, entry: _Entry, arguments: Mapping[str, Any]
    ) -> None:
        entry.request.response = arguments["response"]

    def _enter_save_session(self, entry: _Entry, arguments: Mapping[str, Any]) -> None:
        name = type(arguments["session"]).__name__
        entry.step = self._add(entry.request, "session", "save_session", name)

    def _leave_save_session(self, entry: _Entry, ending: str, value: Any) -> None:
        assert entry.step is not None
        self._close(entry.step, entry.request, "passed to save_session")

    def _enter_after_this_request(
        self, entry: _Entry, arguments: Mapping[str, Any]
    ) -> None:
        entry.given = arguments["f"]

    def _leave_after_this_request(self, entry: _Entry, ending: str, value: Any) -> None:
        if ending != RETURNED:
            return
        code = _code_of(entry.given)
        line, end_line = None, None
        if code is not None and code.co_filename == self.filename:
            line, end_line = self.spans.get(code.co_firstlineno, (None, None))
        self._point(
            entry.request, "register", "after_this_request",
            function_name(entry.given), "is put at the end of this request's list",
            line=line, end_line=end_line, owner="request",
        )  # fmt: skip

    def _leave_get_wsgi_response(self, entry: _Entry, ending: str, value: Any) -> None:
        request = entry.request
        if ending != RETURNED or entry.frame.f_locals["self"] is not request.response:
            return
        _, status, headers = value
        state = snapshots.response_state(request.response)
        if state is None:
            return
        step = self._add(request, "handover", "start_response", status)
        request.iterable = request.response.response
        request.sent = {
            **state,
            "status": status,
            "headers": snapshots.headers_state(headers),
        }
        self._close(step, request, "given to start_response")

    def _leave_body(self, entry: _Entry, ending: str, value: Any) -> None:
        if ending == SUSPENDED:
            # None: the generator is thrown away, its body never read to the end.
            entry.request.body += value or b""
        else:
            self._end_body(entry.request, complete=ending == RETURNED)

    def _leave_file_body(self, entry: _Entry, ending: str, value: Any) -> None:
        if ending == RETURNED:
            entry.request.body += value
        else:
            self._end_body(entry.request, complete=True)

    def _end_body(self, request: _Request, *, complete: bool) -> None:
        size = len(request.body)
        step = self._add(request, "body", "body", f"{size} bytes")
        if request.sent is not None:
            text = request.body.decode("utf-8", "replace")
            request.sent = {**request.sent, "body": excerpt(text)}
        self._close(step, request, "produced" if complete else "broken off")
        request.iterable = None

    def _leave_close(self, entry: _Entry, ending: str, value: Any) -> None:
        if entry.request.iterable is not None and entry.request.body:
            self._end_body(entry.request, complete=False)

    def _enter_pop(self, entry: _Entry, arguments: Mapping[str, Any]) -> None:
        entry.given = arguments["self"]
        stack = self._stack(entry.frame)
        if stack and stack[-1].phase == "pop":
            self._popped(stack[-1])

    def _leave_pop(self, entry: _Entry, ending: str, value: Any) -> None:
        self._popped(entry)

    def _popped(self, entry: _Entry) -> None:
        """Note that a context has gone, once it has.

        A request context takes itself away before it pops its application context.
        """
        context = entry.given
        variable = (
            snapshots.CONTEXTS
            if isinstance(context, REQUEST_CONTEXT)
            else flask.globals._cv_app
        )
        if entry.answered or variable.get(None) is context:
            return
        entry.answered = True
        self._point(entry.request, "context", "pop", _context_name(context), "popped")


def _first_argument(frame: FrameType) -> Any:
    """Return the first argument of a function that has just been called."""
    code = frame.f_code
    names = code.co_varnames[: code.co_argcount + bool(code.co_flags & 0x04)]
    for name in names:
        value = frame.f_locals.get(name)
        if name == "self":
            continue
        return value[0] if isinstance(value, tuple) and value else value
    return None
