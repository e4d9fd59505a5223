"""The seams of an application: what Flask's own methods look up on it."""

from __future__ import annotations

from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing.exceptions import RoutingException
from werkzeug.wrappers import Response

from . import sessions
from .calls import CLEANS_LATE, End, Told, clean, instead, real
from .overrides import note_own_handling
from .registered import REGISTRIES, HandedDict, HandedList, Registry, owner_of
from .seams import HandOut
from .values import attributes, describe_exception, describe_value, find_in_class
from .values import handled as being_handled

if TYPE_CHECKING:
    from .recording import Recorder
    from .requests import Request

Args = tuple[Any, ...]
Kwargs = dict[str, Any]


def table(recorder: Recorder) -> dict[str, HandOut]:
    """Return the replacements for the methods of an application."""
    asked_by = {
        "request_context": ({"wsgi_app"}, _request_context),
        "full_dispatch_request": ({"wsgi_app"}, _full_dispatch_request),
        "handle_exception": ({"wsgi_app"}, _handle_exception),
        "handle_user_exception": ({"full_dispatch_request"}, _handle_user_exception),
        "handle_http_exception": ({"handle_user_exception"}, _handle_http_exception),
        "make_response": ({"finalize_request"}, _make_response),
        "process_response": ({"finalize_request"}, _process_response),
        "make_default_options_response": ({"dispatch_request"}, _default_options),
    }

    def method(name: str, app: Any, value: Any, frame: FrameType) -> Any:
        callers, begin = asked_by[name]
        caller = recorder.lookups.method(app, frame)
        if caller not in callers or not recorder.active:
            return value
        return recorder.told(value, partial(begin, recorder, app))

    def lookup(hand: Any, app: Any, value: Any, frame: FrameType) -> Any:
        if not recorder.active or recorder.lookups.method(app, frame) is None:
            return value
        return hand(recorder, app, value)

    found: dict[str, HandOut] = {name: partial(method, name) for name in asked_by}
    found["ensure_sync"] = partial(lookup, _ensure_sync)
    found["_find_error_handler"] = partial(lookup, _find_error_handler)
    found["session_interface"] = sessions.hand_out(recorder)
    return found


def registries(recorder: Recorder) -> dict[str, HandOut]:
    """Return the replacements for the registries of an application."""

    def functions(name: str, app: Any, value: Any, frame: FrameType) -> Any:
        if not recorder.active or recorder.lookups.method(app, frame) is None:
            return value
        _note_lookup(recorder, name)
        return _handed(recorder, REGISTRIES[name], value)

    def views(app: Any, value: Any, frame: FrameType) -> Any:
        if not recorder.active or recorder.lookups.method(app, frame) is None:
            return value
        _note_lookup(recorder, "view_functions")
        return HandedDict(value, partial(_view, recorder))

    found: dict[str, HandOut] = {name: partial(functions, name) for name in REGISTRIES}
    found["view_functions"] = views
    return found


def _note_lookup(recorder: Recorder, name: str) -> None:
    request = recorder.current(REGISTRIES[name].phase if name in REGISTRIES else None)
    if request is not None:
        request.looked_up.add(name)


def _handed(recorder: Recorder, registry: Registry, functions: Any) -> Any:
    def listed(scope: Any, functions: Any) -> HandedList:
        tell = partial(recorder.tell, registry.kind, registry.phase, owner_of(scope))
        return HandedList(functions, tell)

    if registry.scoped:
        return HandedDict(functions, listed)
    return listed(None, functions)


def _view(recorder: Recorder, endpoint: str, function: Any) -> Told:
    blueprint = endpoint.rpartition(".")[0] or None
    return recorder.tell("view", "view", owner_of(blueprint), function)


def _ensure_sync(recorder: Recorder, app: Any, ensure_sync: Any) -> Any:
    """Give Flask's code a reporting wrapper when it asks for a function."""

    def ensured(function: Any) -> Any:
        if type(function) is not Told:
            return ensure_sync(function)
        return instead(function, ensure_sync(real(function)))

    return ensured


def _find_error_handler(recorder: Recorder, app: Any, find: Any) -> Any:
    def begin(args: Args, kwargs: Kwargs) -> End:
        def end(handler: Any, error: BaseException | None) -> Any:
            if error is not None or handler is None:
                return handler
            owner = _owner_of_handler(recorder, app, args, handler)
            return recorder.tell("handler", "errorhandler", owner, handler)

        return end

    return recorder.told(find, begin)


def _owner_of_handler(
    recorder: Recorder, app: Any, args: Args, handler: Any
) -> str | None:
    """Return the owner of `handler`, looked up in the order Flask uses."""
    error = next((one for one in args if issubclass(type(one), BaseException)), None)
    request = recorder.current()
    endpoint = (request and request.moment().parts.request[1]) or ""
    path = endpoint.split(".")[:-1]
    scopes = [".".join(path[:end]) for end in range(len(path), 0, -1)]
    spec = attributes(app).get("error_handler_spec") or {}
    for by_code in (True, False):
        for scope in (*scopes, None):
            for code, handlers in spec.get(scope, {}).items():
                if (code is not None) is by_code:
                    for kind in type(error).__mro__:
                        if handlers.get(kind) is handler:
                            return owner_of(scope)
    return None


def _request_context(recorder: Recorder, app: Any, args: Args, kwargs: Kwargs) -> End:
    recorder.meet(app)
    request = recorder.open(args[0])
    request.around = being_handled()

    def end(context: Any, error: BaseException | None) -> Any:
        if error is not None:
            request.left(error)
            return context
        recorder.meet_context(context)
        recorder.bind(request, context)
        return context

    return end


def _full_dispatch_request(
    recorder: Recorder, app: Any, args: Args, kwargs: Kwargs
) -> End | None:
    return _answer(recorder)


def _answer(recorder: Recorder) -> End | None:
    """Record the response that ``wsgi_app`` gets."""
    request = recorder.current()
    if request is None:
        return None

    def end(response: Any, error: BaseException | None) -> Any:
        if error is None:
            recorder.meet_response(response)
            request.response = response
            kind = type(response)
            if not issubclass(kind, Response) and find_in_class(kind, "__call__"):
                request.miss(
                    "the response isn't a Werkzeug response: its body is not seen"
                )
        return response

    return end


def _handle_exception(
    recorder: Recorder, app: Any, args: Args, kwargs: Kwargs
) -> End | None:
    request, error = recorder.current(), args[-1]
    if request is None:
        return None
    if CLEANS_LATE:
        clean(error)
    step = request.point(
        "error", "handle_exception", type(error).__name__,
        "logged, and answered with an InternalServerError",
        exception=describe_exception(error, recorder.mask),
    )  # fmt: skip
    answered = _answer(recorder)

    def end(response: Any, raised: BaseException | None) -> Any:
        if raised is not None:
            step.outcome = "raised again, for the server or the test to see"
        return answered(response, raised) if answered else response

    return end


def _handle_user_exception(
    recorder: Recorder, app: Any, args: Args, kwargs: Kwargs
) -> End | None:
    if CLEANS_LATE:
        clean(args[-1])
    request = recorder.current()
    if request is None:
        return None
    steps = request.trace.steps
    before = len(steps)

    def end(answer: Any, raised: BaseException | None) -> Any:
        # Flask's own method calls a handler, or logs that there is none.
        if raised is None and len(steps) == before:
            note_own_handling(recorder, app, request)
        return answer

    return end


def _handle_http_exception(
    recorder: Recorder, app: Any, args: Args, kwargs: Kwargs
) -> End | None:
    request, error = recorder.current(), args[-1]
    if request is None:
        return None
    handlers = _handlers(request)

    def end(answer: Any, raised: BaseException | None) -> Any:
        if raised is None and answer is error and _handlers(request) == handlers:
            request.point(
                "error", "handle_http_exception", type(error).__name__,
                f"{_why_no_handler(error)}: the exception is the response",
                exception=describe_exception(error, recorder.mask),
            )  # fmt: skip
        return answer

    return end


def _handlers(request: Request) -> int:
    return sum(step.kind == "handler" for step in request.trace.steps)


def _why_no_handler(error: HTTPException) -> str:
    if issubclass(type(error), RoutingException):
        return "Flask asks no error handler about a redirect of the routing"
    code = attributes(error).get("code", find_in_class(type(error), "code"))
    if code is None:
        return "Flask asks no error handler about an exception without a code"
    return "no error handler"


def _make_response(
    recorder: Recorder, app: Any, args: Args, kwargs: Kwargs
) -> End | None:
    request = recorder.current()
    if request is None:
        return None
    given = describe_value(args[-1], recorder.mask)

    def end(response: Any, error: BaseException | None) -> Any:
        if error is None:
            recorder.meet_response(response)
            name = type(response).__name__
            step = request.add("response", "make_response", name)
            request.response = response
            request.close(step, f"made from {given}")
        return response

    return end


def _process_response(
    recorder: Recorder, app: Any, args: Args, kwargs: Kwargs
) -> End | None:
    request = recorder.current()
    if request is None:
        return None
    request.response = args[-1]

    def end(response: Any, error: BaseException | None) -> Any:
        if error is None:
            request.response = response
        return response

    return end


def _default_options(
    recorder: Recorder, app: Any, args: Args, kwargs: Kwargs
) -> End | None:
    request = recorder.current()
    if request is None:
        return None

    def end(response: Any, error: BaseException | None) -> Any:
        if error is None:
            request.point(
                "response", "make_default_options_response", type(response).__name__,
                "the automatic answer to OPTIONS",
            )  # fmt: skip
        return response

    return end
