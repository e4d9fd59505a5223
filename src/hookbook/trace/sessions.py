"""The session interface, as Flask's own code sees it."""

from __future__ import annotations

from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any

from flask.sessions import NullSession

from . import snapshots
from .calls import End
from .contexts import REQUEST_CONTEXT
from .seams import HandOut, codes_of

if TYPE_CHECKING:
    from .recording import Recorder

_OPENS = codes_of(REQUEST_CONTEXT, ("push", "_get_session"))


def hand_out(recorder: Recorder) -> HandOut:
    """Return the replacements for the session interface of an application."""

    def interface(app: Any, value: Any, frame: FrameType) -> Any:
        if not recorder.active:
            return value
        asks = frame.f_code in _OPENS or (
            recorder.lookups.method(app, frame) == "process_response"
        )
        return HandedInterface(recorder, value) if asks else value

    return interface


class HandedInterface:
    """A session interface that reports when a session is opened or saved."""

    __slots__ = ("_interface", "_recorder")

    def __init__(self, recorder: Recorder, interface: Any) -> None:
        self._recorder, self._interface = recorder, interface

    @property  # type: ignore[misc]  # a method in object
    def __class__(self) -> Any:
        """Pretend to be the class of the wrapped interface."""
        return type(self._interface)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._interface, name)
        if name == "open_session":
            return self._recorder.told(found, partial(_open, self._recorder))
        if name == "save_session":
            return self._recorder.told(found, partial(_save, self._recorder))
        return found


def watched(recorder: Recorder) -> dict[str, HandOut]:
    """Return the functions to call when a session records that it was used."""

    def note(effect: str, session: Any, value: Any, frame: FrameType) -> None:
        if value is not True or not recorder.active:
            return
        request = recorder.current()
        if request is None:
            return
        context = request.context()
        if context is not None and snapshots.session_of(context) is session:
            request.note(effect)

    return {
        "accessed": partial(note, "session read"),
        "modified": partial(note, "session marked"),
    }


def _open(
    recorder: Recorder, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> End | None:
    request = recorder.current()
    if request is None:
        return None

    def end(session: Any, error: BaseException | None) -> Any:
        kind = type(session)
        if error is None and session is not None:
            recorder.meet_session(session)
        if error is None and session is not None and not issubclass(kind, NullSession):
            step = request.point("session", "open_session", kind.__name__, "opened")
            values = snapshots.session_values(session)
            step.after = {
                **step.after,
                "session": snapshots.shown(values, recorder.mask),
            }
        return session

    return end


def _save(
    recorder: Recorder, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> End | None:
    request = recorder.current()
    if request is None:
        return None
    kind = type(args[1]).__name__ if len(args) > 1 else "session"
    step = request.add("session", "save_session", kind)

    def end(result: Any, error: BaseException | None) -> Any:
        if error is None:
            request.close(step, "passed to save_session")
        else:
            recorder.raised(request, step, error)
        return result

    return end
