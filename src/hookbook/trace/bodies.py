"""The seams of a response: passed to the server, body produced in pieces, closed."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import partial
from types import BuiltinFunctionType, FrameType, GeneratorType
from typing import TYPE_CHECKING, Any

import flask
import werkzeug.wsgi
from werkzeug.wrappers import Response

from . import snapshots
from .callables import Callee, describe
from .calls import End, drop_first, unseen
from .registered import HandedList
from .seams import HandOut, Seams
from .values import attributes, describe_exception, find_in_class, show

if TYPE_CHECKING:
    from .recording import Recorder
    from .requests import Request
    from .steps import Step

KEPT = 16_000
"""How many bytes of a body are kept, to show its beginning."""

_FILES = {werkzeug.wsgi.FileWrapper, werkzeug.wsgi._RangeWrapper}
"""The types that yield the pieces of a file, whole or in part."""

_APP_ITER = Response.get_app_iter.__code__
_ITER_ENCODED = Response.iter_encoded.__code__
_CLOSE = Response.close.__code__


def table(recorder: Recorder) -> dict[str, HandOut]:
    """Return the replacements for the methods of a response."""

    def get_wsgi_response(response: Any, value: Any, frame: FrameType) -> Any:
        return _told(recorder, value, partial(_hand_over, recorder, response))

    def iter_encoded(response: Any, value: Any, frame: FrameType) -> Any:
        if frame.f_code is not _APP_ITER:
            return value
        return _told(recorder, value, partial(_iterate, recorder, response))

    def close(response: Any, value: Any, frame: FrameType) -> Any:
        return _told(recorder, value, partial(_close, recorder, response))

    return {
        "get_wsgi_response": get_wsgi_response,
        "iter_encoded": iter_encoded,
        "close": close,
    }


def inside(recorder: Recorder) -> dict[str, HandOut]:
    """Return the replacements for the attributes of a response."""

    def body(response: Any, value: Any, frame: FrameType) -> Any:
        if frame.f_code is _ITER_ENCODED:
            request = recorder.handing.get(id(response))
            return value if request is None else Pieces(recorder, request, value)
        if frame.f_code is _CLOSE and recorder.active:
            request = recorder.of_response.get(response)
            if request is not None and type(value) not in {list, tuple}:
                return _Closing(recorder, request, value)
        return value

    def on_close(response: Any, value: Any, frame: FrameType) -> Any:
        request = recorder.of_response.get(response)
        if frame.f_code is not _CLOSE or request is None or not recorder.active:
            return value
        return HandedList(value, partial(_at_close, recorder, request))

    return {"response": body, "_on_close": on_close}


def place_on_files(recorder: Recorder, seams: Seams) -> None:
    """Place the seams of the types that yield the pieces of a file."""
    for kind in _FILES:
        seams.place(kind, files(recorder))


def files(recorder: Recorder) -> dict[str, HandOut]:
    """Return the replacements for the methods of a file used as a body."""

    def following(file: Any, value: Any, frame: FrameType) -> Any:
        request = recorder.of_file.get(file)
        if request is None:
            return value
        return _told(recorder, value, partial(_file_piece, recorder, request))

    return {"__next__": following}


def _told(recorder: Recorder, value: Any, begin: Any) -> Any:
    return recorder.told(value, begin) if recorder.active else value


def _hand_over(recorder: Recorder, response: Any, args: Any, kwargs: Any) -> End | None:
    request = recorder.current()
    if request is None or request.response is not response:
        return None

    def end(result: Any, error: BaseException | None) -> Any:
        parts = snapshots.response_parts(response)
        if error is not None or parts is None:
            return result
        _, status, headers = result
        step = request.add("handover", "start_response", status)
        sent = (status, tuple(headers), parts[2])
        state = snapshots.response_state(sent, recorder.mask)
        assert state is not None
        request.sent = sent, state
        request.response = None
        recorder.of_response.put(response, request)
        body = attributes(response).get("response")
        if attributes(response).get("direct_passthrough"):
            if type(body) in _FILES:
                recorder.of_file.put(body, request)
            elif type(body) not in {list, tuple}:
                request.miss("the body is passed on unchanged: its pieces are not seen")
        request.close(step, "given to start_response")
        return result

    return end


def _iterate(recorder: Recorder, response: Any, args: Any, kwargs: Any) -> End | None:
    request = recorder.current()
    if request is None or request.response is not response:
        return None
    recorder.handing[id(response)] = request

    def end(result: Any, error: BaseException | None) -> Any:
        recorder.handing.pop(id(response), None)
        return result

    return end


def _close(recorder: Recorder, response: Any, args: Any, kwargs: Any) -> End | None:
    request: Request | None = recorder.of_response.get(response)
    if request is None:
        return None

    def end(result: Any, error: BaseException | None) -> Any:
        if request.reading and request.size:
            request.end_body(complete=False)
        return result

    return end


def _count(request: Request, piece: Any) -> None:
    if type(piece) is str:
        piece = piece.encode()
    if type(piece) in {bytes, bytearray}:
        request.reading = True
        request.size += len(piece)
        if len(request.begun) <= KEPT:
            request.begun += bytes(piece[: KEPT + 1])


def _file_piece(recorder: Recorder, request: Request, args: Any, kwargs: Any) -> End:
    def end(piece: Any, error: BaseException | None) -> Any:
        if error is None:
            _count(request, piece)
        else:
            request.end_body(complete=type(error) is StopIteration)
        return piece

    return end


class Pieces:
    """The iterable of a response, as Werkzeug's code sees it."""

    def __init__(self, recorder: Recorder, request: Request, iterable: Any) -> None:
        self._recorder, self._request, self._iterable = recorder, request, iterable

    def __iter__(self) -> Iterator[Any]:
        iterator = iter(self._iterable)
        author = None
        if type(self._iterable) not in {list, tuple}:
            author = self._recorder.guard(_author, iterator, default=None)
        return _PieceIterator(self._recorder, self._request, iterator, author)


class _PieceIterator:
    """Requests one piece after the other, and reports each."""

    def __init__(
        self, recorder: Recorder, request: Request, iterator: Any,
        author: Callee | None,
    ) -> None:  # fmt: skip
        self._recorder, self._request = recorder, request
        self._iterator, self._author = iterator, author
        self._inside = _inner(iterator)
        self._step: Step | None = None

    def __iter__(self) -> Iterator[Any]:
        return self

    @unseen
    def __next__(self) -> Any:
        self._tell(self._begin)
        try:
            piece = next(self._iterator)
        except BaseException as error:
            self._tell(self._end, None, error)
            drop_first(error)
            raise
        self._tell(self._end, piece, None)
        return piece

    def _tell(self, note: Any, *args: Any) -> None:
        if self._recorder.active:
            self._recorder.guard(note, *args, default=None)

    def _begin(self) -> None:
        if self._author is None or self._request.is_cut:
            return
        if self._inside is self._iterator:
            self._open()
            return
        # For stream_with_context: it pushes the contexts before it asks the author's
        # generator, and pops them when that generator is exhausted.
        self._request.streaming = self
        first = inspect.getgeneratorstate(self._inside) == inspect.GEN_CREATED
        context = self._request.context()
        if not first or snapshots.active_context() is context:
            self._open()

    def _open(self) -> None:
        assert self._author is not None
        self._step = self._request.add(
            "stream", "stream", self._author.name, **self._recorder.place(self._author)
        )
        self._request.depth += 1

    def pushed(self) -> None:
        """Record that a context was pushed while a piece is requested."""
        if self._step is None:
            self._open()

    def popping(self, error: BaseException | None) -> None:
        """Record that a context will be popped while a piece is requested."""
        if inspect.getgeneratorstate(self._inside) == inspect.GEN_CLOSED:
            self._close("finished", error)

    def _close(self, outcome: str, error: BaseException | None) -> None:
        step, self._step = self._step, None
        if step is None:
            return
        self._request.depth -= 1
        if error is None:
            self._request.close(step, outcome)
        else:
            self._recorder.raised(self._request, step, error)

    def _end(self, piece: Any, error: BaseException | None) -> None:
        request, mask = self._request, self._recorder.mask
        request.streaming = None
        ours = type(self._inside) is GeneratorType
        if error is None:
            if self._step is not None:
                verb = "yielded" if ours else "returned"
                self._close(f"{verb} {show(piece, mask)}", None)
            _count(request, piece)
        elif type(error) is StopIteration:
            self._close("finished" if ours else "ended", None)
            request.end_body(complete=True)
        else:
            self._close("", error)
            request.end_body(complete=False)


def _inner(iterator: Any) -> Any:
    """Return the generator that ``stream_with_context`` wraps."""
    if type(iterator) is GeneratorType and iterator.gi_code.co_filename == (
        flask.stream_with_context.__code__.co_filename
    ):
        frame = iterator.gi_frame
        inner = None if frame is None else frame.f_locals.get("gen")
        return iterator if inner is None else inner
    return iterator


def _author(iterator: Any) -> Callee | None:
    """Return the author's function that yields a body; ``None`` if Werkzeug does."""
    iterator = _inner(iterator)
    kind = type(iterator)
    if kind is GeneratorType:
        code = iterator.gi_code
        module = iterator.gi_frame.f_globals.get("__name__") if (
            iterator.gi_frame is not None
        ) else None  # fmt: skip
        callee = Callee(code.co_name, module, (code,), False)
    elif kind in {map, filter}:
        callee = describe(iterator.__reduce__()[1][0])
    else:
        found = describe(find_in_class(kind, "__next__"))
        if not found.codes and kind.__module__ != "itertools":
            return None
        callee = Callee(kind.__name__, kind.__module__, found.codes, False)
    top = (callee.module or "").partition(".")[0]
    return None if top in {"werkzeug", "hookbook"} else callee


class _Closing:
    """The iterable of a response, for ``Response.close``."""

    def __init__(self, recorder: Recorder, request: Request, iterable: Any) -> None:
        self._recorder, self._request, self._iterable = recorder, request, iterable

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._iterable, name)
        if name != "close":
            return found
        begin = partial(_close_body, self._recorder, self._request, self._iterable)
        return self._recorder.told(found, begin)


def _close_body(
    recorder: Recorder, request: Request, iterable: Any, args: Any, kwargs: Any
) -> End | None:
    inner = _inner(iterable)
    if type(inner) is GeneratorType:
        if inspect.getgeneratorstate(inner) != inspect.GEN_SUSPENDED:
            return None
        author = _author(inner)
        if author is None:
            return None
        step = request.add("stream", "stream", author.name, **recorder.place(author))
        request.depth += 1

        def end(result: Any, error: BaseException | None) -> Any:
            request.depth -= 1
            if error is None:
                request.close(step, "closed early")
            else:
                step.exception = describe_exception(error, recorder.mask)
                recorder.raised(request, step, error)
            return result

        return end
    close = find_in_class(type(iterable), "close")
    callee = describe(close)
    if not callee.codes or (callee.module or "").startswith("werkzeug."):
        return None
    return recorder.step(request, "call", "call_on_close", None, close)


def _at_close(recorder: Recorder, request: Request, function: Any) -> Any:
    """Return a function that was given to ``call_on_close``."""
    # Werkzeug closes a generator that it has exhausted for a hook.
    of = function.__self__ if type(function) is BuiltinFunctionType else None
    if type(of) is GeneratorType:
        begin: Any = partial(_close_body, recorder, request, of)
    else:
        begin = partial(_begin_call, recorder, request, function)
    return recorder.told(function, begin)


def _begin_call(
    recorder: Recorder, request: Request, function: Any, args: Any, kwargs: Any
) -> End | None:
    # Werkzeug itself registers the end of a file that it has exhausted for a hook.
    if (describe(function).module or "").partition(".")[0] == "werkzeug":
        return None
    return recorder.step(request, "call", "call_on_close", None, function)
