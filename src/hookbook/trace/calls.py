"""Call a function as Flask would have called it, and tell the recording.

Between Flask and the function is one frame, and nobody should see it: it leaves no line
in a traceback, and :mod:`warnings` and :mod:`logging` pass it over when they look
for a caller.
"""

import sys
from collections.abc import Callable, Iterator
from types import FunctionType, TracebackType
from typing import Any, TypeVar

End = Callable[[Any, BaseException | None], Any]
"""Is told the result, or the exception, of a call; returns what the caller gets."""
Begin = Callable[[tuple[Any, ...], dict[str, Any]], End | None]
"""Is told the arguments of a call; returns whom to tell how it ended."""

Function = TypeVar("Function")

_UNSEEN = "<hookbook importlib _bootstrap>"
"""The standard library leaves out frames of a file that has both words in its name."""


def unseen(function: Function) -> Function:
    """Let frames of `function` be passed over by who looks for a caller."""
    assert isinstance(function, FunctionType)
    function.__code__ = function.__code__.replace(co_filename=_UNSEEN)
    return function


def _links(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def clean(error: BaseException | None) -> None:
    """Take our own lines out of the traceback of `error`."""
    if error is None or error.__traceback__ is None:
        return
    links = list(_links(error.__traceback__))
    kept = [one for one in links if one.tb_frame.f_code.co_filename != _UNSEEN]
    if len(kept) == len(links):
        return
    for one, following in zip(kept, [*kept[1:], None], strict=True):
        one.tb_next = following
    error.__traceback__ = kept[0] if kept else None


CLEANS_LATE = sys.version_info < (3, 11)
"""Python 3.10 puts back the traceback that an exception had when it was caught."""


class Told:
    """A function that Flask is given for another: it tells when it is called."""

    __slots__ = ("_begin", "_function")

    def __init__(self, function: Callable[..., Any], begin: Begin) -> None:
        self._function, self._begin = function, begin

    @unseen
    def __call__(self, /, *args: Any, **kwargs: Any) -> Any:
        """Call the function, and tell before and afterwards."""
        try:
            end = self._begin(args, kwargs)
        except RecursionError:
            # The application is so deep that there is no room to tell.
            end = None
        try:
            result = self._function(*args, **kwargs)
        except BaseException as error:
            if end is not None:
                end(None, error)
            if error.__traceback__ is not None:
                error.__traceback__ = error.__traceback__.tb_next
            raise
        return result if end is None else end(result, None)

    @property  # type: ignore[misc]  # a method in object
    def __class__(self) -> Any:
        """What asks for the kind of the function is told that of the function."""
        return type(self._function)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._function, name)

    def __eq__(self, other: object) -> bool:
        return bool(self._function == real(other))

    def __hash__(self) -> int:
        return hash(self._function)

    def __bool__(self) -> bool:
        return bool(self._function)

    def __repr__(self) -> str:
        return repr(self._function)

    def instead(self, function: Callable[..., Any]) -> "Told":
        """Return one that calls `function`, and tells the same."""
        return Told(function, self._begin)


def real(function: Any) -> Any:
    """Return the function behind one that tells; anything else as it is."""
    return function._function if type(function) is Told else function
