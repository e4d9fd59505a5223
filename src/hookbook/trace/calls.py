"""Call a function as Flask would have called it, and report to the recorder.

There is one frame between Flask and the function, and it must stay invisible: it
leaves no line in a traceback, and :mod:`warnings` and :mod:`logging` skip it when
they look for a caller.
"""

import sys
from collections.abc import Awaitable, Callable, Iterator
from types import FunctionType, TracebackType
from typing import Any, TypeVar

End = Callable[[Any, BaseException | None], Any]
"""Gets the result or the exception of a call; returns what the caller gets."""
Begin = Callable[[tuple[Any, ...], dict[str, Any]], End | None]
"""Gets the arguments of a call; returns the function to call at its end."""

Function = TypeVar("Function")

_UNSEEN = "<hookbook importlib _bootstrap>"
"""The standard library skips frames of a file that has both words in its name."""


def unseen(function: Function) -> Function:
    """Make code that looks for a caller skip the frames of `function`."""
    assert isinstance(function, FunctionType)
    function.__code__ = function.__code__.replace(co_filename=_UNSEEN)
    return function


_TRACEBACK: Any = vars(BaseException)["__traceback__"]


def traceback_of(error: BaseException) -> TracebackType | None:
    """Return the traceback of `error`, even if its class overrides the attribute."""
    found: TracebackType | None = _TRACEBACK.__get__(error)
    return found


def drop_first(error: BaseException) -> None:
    """Remove the first line, which is ours, from the traceback of `error`."""
    traceback = traceback_of(error)
    if traceback is not None:
        # Some exceptions are frozen and reject assignment.
        _TRACEBACK.__set__(error, traceback.tb_next)


def _links(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def clean(error: BaseException | None) -> None:
    """Remove our own lines from the traceback of `error`."""
    if error is None:
        return
    links = list(_links(traceback_of(error)))
    kept = [one for one in links if one.tb_frame.f_code.co_filename != _UNSEEN]
    if len(kept) == len(links):
        return
    for one, following in zip(kept, [*kept[1:], None], strict=True):
        one.tb_next = following
    _TRACEBACK.__set__(error, kept[0] if kept else None)


@unseen
async def awaited(coroutine: Awaitable[Any], end: End) -> Any:
    """Await `coroutine` as its caller would, and report how it ended."""
    try:
        result = await coroutine
    except BaseException as error:
        end(None, error)
        drop_first(error)
        raise
    return end(result, None)


CLEANS_LATE = sys.version_info < (3, 11)
"""Python 3.10 restores the traceback that an exception had when it was caught."""


class Told:
    """A wrapper that Flask gets instead of a function: it reports each call."""

    __slots__ = ("__weakref__", "_begin", "_function")

    def __init__(self, function: Callable[..., Any], begin: Begin) -> None:
        self._function, self._begin = function, begin

    @unseen
    def __call__(self, /, *args: Any, **kwargs: Any) -> Any:
        """Call the function, and report before and afterwards."""
        function = _function_of(self)
        try:
            end = _begin_of(self)(args, kwargs)
        except RecursionError:
            # The stack is so deep that there is no room to report.
            end = None
        try:
            result = function(*args, **kwargs)
        except BaseException as error:
            if end is not None:
                end(None, error)
            drop_first(error)
            raise
        return result if end is None else end(result, None)

    def __getattribute__(self, name: str) -> Any:
        # Every attribute is the function's, also its class and its module.
        if name == "__call__":
            return _call.__get__(self)
        return getattr(_function_of(self), name)

    def __eq__(self, other: object) -> bool:
        return bool(_function_of(self) == real(other))

    def __hash__(self) -> int:
        return hash(_function_of(self))

    def __bool__(self) -> bool:
        return bool(_function_of(self))

    def __repr__(self) -> str:
        return repr(_function_of(self))


_function_of: Callable[[Told], Callable[..., Any]] = vars(Told)["_function"].__get__
_call: FunctionType = vars(Told)["__call__"]
_begin_of: Callable[[Told], Begin] = vars(Told)["_begin"].__get__


def instead(told: Told, function: Callable[..., Any]) -> Told:
    """Return a wrapper that calls `function`, and reports the same as `told`."""
    return Told(function, _begin_of(told))


def told_of(told: Told, args: tuple[Any, ...], kwargs: dict[str, Any]) -> End | None:
    """Report a call of `told`'s function; return the function to call at its end."""
    return _begin_of(told)(args, kwargs)


def real(function: Any) -> Any:
    """Return the function inside a reporting wrapper; anything else unchanged."""
    return _function_of(function) if type(function) is Told else function
