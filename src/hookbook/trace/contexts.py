"""The seams of Flask's contexts: pushed, matched, popped."""

from __future__ import annotations

from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any

import flask
import flask.ctx
import flask.globals

from . import snapshots
from .callables import describe
from .calls import CLEANS_LATE, End, clean
from .overrides import note_unseen
from .registered import HandedList
from .requests import NOW, Request
from .seams import HandOut, codes_of
from .values import attributes, describe_exception, handled

if TYPE_CHECKING:
    from .recording import Recorder

REQUEST_CONTEXT: type = vars(flask.ctx).get("RequestContext", flask.ctx.AppContext)
ONE_CONTEXT = REQUEST_CONTEXT is flask.ctx.AppContext
"""Since Flask 3.2 the request context is also an application context."""

_OF_REQUEST_CONTEXT = codes_of(REQUEST_CONTEXT, ("push", "pop"))
_AFTER_THIS_REQUEST = flask.after_this_request.__code__


def table(recorder: Recorder) -> dict[str, HandOut]:
    """Return the replacements for the methods of a context."""

    def method(begin: Any, context: Any, value: Any, frame: FrameType) -> Any:
        if not recorder.active:
            return value
        return recorder.told(value, partial(begin, recorder, context, frame.f_code))

    def pop(context: Any, value: Any, frame: FrameType) -> Any:
        if not recorder.active:
            return value
        app = attributes(context).get("app")
        last = recorder.lookups.method(app, frame) == "wsgi_app"
        return recorder.told(
            value, partial(_pop, recorder, context, frame.f_code, last)
        )

    return {
        "push": partial(method, _push),
        "pop": pop,
        "match_request": partial(method, _match),
    }


def deferred(recorder: Recorder) -> dict[str, HandOut]:
    """Return the replacements for the list of a request's deferred callbacks."""

    def functions(context: Any, value: Any, frame: FrameType) -> Any:
        if not recorder.active:
            return value
        if frame.f_code is _AFTER_THIS_REQUEST:
            return _Registering(recorder, context, value)
        app = attributes(context).get("app")
        if recorder.lookups.method(app, frame) == "process_response":
            tell = partial(recorder.tell, "deferred", "after_this_request", "request")
            return HandedList(value, tell)
        return value

    return {"_after_request_functions": functions}


class _Registering:
    """The list of deferred callbacks, for ``after_this_request``."""

    def __init__(self, recorder: Recorder, context: Any, functions: list[Any]) -> None:
        self._recorder, self._functions = recorder, functions
        self._context = context

    def append(self, function: Any) -> None:
        """Append `function` to the list."""
        self._functions.append(function)
        self._recorder.guard(self._note, function, default=None)

    def _note(self, function: Any) -> None:
        request = self._recorder.current()
        if request is not None:
            callee = describe(function)
            copied = request.context() is not self._context
            whose = "a copied context's" if copied else "this request's"
            request.point(
                "register", "after_this_request", callee.name,
                f"is put at the end of {whose} list", owner="request",
                **self._recorder.place(callee),
            )  # fmt: skip


def _name(context: object) -> str:
    if ONE_CONTEXT:
        return "context"
    is_request = issubclass(type(context), REQUEST_CONTEXT)
    return "request context" if is_request else "application context"


def _request_of(recorder: Recorder, context: Any, caller: Any) -> Request | None:
    if issubclass(type(context), REQUEST_CONTEXT):
        request = recorder.of_context(context)
        if request is not None or not ONE_CONTEXT:
            return request
    found: Request | None = recorder.of_app_context.get(context)
    if found is None and caller in _OF_REQUEST_CONTEXT:
        found = NOW.get()
        if found is not None:
            recorder.of_app_context.put(context, found)
    return found


def _push(
    recorder: Recorder, context: Any, caller: Any, args: Any, kwargs: Any
) -> End | None:
    recorder.meet_context(context)
    request = _request_of(recorder, context, caller)
    if request is None:
        return None
    token = NOW.set(request)

    def end(result: Any, error: BaseException | None) -> Any:
        NOW.reset(token)
        if error is None and snapshots.request_of(context) is not None:
            if request.pushed:
                request.point("context", "push", _name(context), "pushed again")
            request.pushed = True
            if request.streaming is not None:
                request.streaming.pushed()
        return result

    return end


def _match(
    recorder: Recorder, context: Any, caller: Any, args: Any, kwargs: Any
) -> End | None:
    request = recorder.of_context(context)
    if request is None:
        return None
    before = None if request.pushed else request.moment()

    def end(result: Any, error: BaseException | None) -> Any:
        if error is not None:
            return result
        own = attributes(snapshots.request_of(context))
        raised, rule = own.get("routing_exception"), own.get("url_rule")
        if raised is not None:
            request.point(
                "match", "match_request", type(raised).__name__,
                "kept until dispatch_request",
                exception=describe_exception(raised, recorder.mask),
            )  # fmt: skip
        elif rule is not None:
            endpoint, text = (attributes(rule).get(n) for n in ("endpoint", "rule"))
            recorder.guard(
                recorder.listings.fill, request, context, endpoint, default=None
            )
            step = request.add("match", "match_request", str(endpoint), began=before)
            request.close(step, f"matched {text}")
        return result

    return end


def _pop(
    recorder: Recorder, context: Any, caller: Any, last: bool, args: Any, kwargs: Any
) -> End | None:
    request = _request_of(recorder, context, caller)
    if request is None:
        return None
    flying = handled()
    if request.streaming is not None:
        request.streaming.popping(flying)
    if CLEANS_LATE:
        clean(flying)
    if issubclass(type(context), REQUEST_CONTEXT):
        request.gone = False
    else:
        # A request context has already removed itself before it pops this one.
        _popped(request, request.context())
    token = NOW.set(request)

    def end(result: Any, error: BaseException | None) -> Any:
        NOW.reset(token)
        _popped(request, context)
        if last:
            note_unseen(recorder, attributes(context).get("app"), request)
            recorder.guard(
                recorder.listings.note_changes, request, context, default=None
            )
            leaving = error if error is not None else flying
            if leaving is not None and leaving is not request.around:
                request.left(leaving)
        return result

    return end


def _popped(request: Request, context: Any) -> None:
    """Record that a context has gone, once it has."""
    if context is None:
        return
    is_request = issubclass(type(context), REQUEST_CONTEXT)
    if is_request and request.gone:
        return
    variable = snapshots.CONTEXTS if is_request else flask.globals._cv_app
    if variable.get(None) is context:
        return
    if is_request:
        request.gone = True
    request.point("context", "pop", _name(context), "popped")
