"""The seams of blinker's signals: which receivers get one."""

from __future__ import annotations

import re
from functools import partial
from types import CoroutineType, FrameType
from typing import TYPE_CHECKING, Any

import blinker.base

from .calls import End, Told, awaited, real, told_of
from .seams import HandOut, code_of
from .values import attributes

if TYPE_CHECKING:
    from .recording import Recorder

_SEND = blinker.base.Signal.send.__code__
_SEND_ASYNC = code_of(vars(blinker.base.Signal).get("send_async"))


def table(recorder: Recorder) -> dict[str, HandOut]:
    """Return the replacements for the methods of a signal."""

    def send(signal: Any, value: Any, frame: FrameType) -> Any:
        if not recorder.active or not attributes(signal).get("receivers"):
            return value
        if attributes(signal).get("is_muted"):
            _note_muted(recorder, phase_of(signal))
        return recorder.told(value, _sent)

    def receivers_for(signal: Any, value: Any, frame: FrameType) -> Any:
        if not recorder.active or frame.f_code not in {_SEND, _SEND_ASYNC}:
            return value
        tell = partial(_tell, recorder, signal)
        return lambda sender: map(tell, value(sender))

    def send_async(signal: Any, value: Any, frame: FrameType) -> Any:
        if not recorder.active or not attributes(signal).get("receivers"):
            return value
        return recorder.told(value, _sent_async)

    return {"send": send, "send_async": send_async, "receivers_for": receivers_for}


def _note_muted(recorder: Recorder, phase: str) -> None:
    request = recorder.current(phase)
    if request is not None:
        request.passed_over[phase, "app"] = "muted"


def phase_of(signal: Any) -> str:
    """Return the phase of a signal in the steps of its receivers."""
    name = attributes(signal).get("name")
    return re.sub(r"\W", "_", name) if type(name) is str and name else "signal"


def _tell(recorder: Recorder, signal: Any, receiver: Any) -> Told:
    """Return a receiver whose call is a step, which ends when it has been awaited."""
    tell = recorder.tell("signal", phase_of(signal), None, receiver)

    def begin(args: Any, kwargs: Any) -> End | None:
        recorder.listings.connections.forget(real(tell))
        end = told_of(tell, args, kwargs)
        if end is None:
            return None

        def ended(result: Any, error: BaseException | None) -> Any:
            if type(result) is not CoroutineType:
                return end(result, error)
            return awaited(result, end)

        return ended

    return Told(real(tell), begin)


def _sent(args: Any, kwargs: Any) -> End:
    """Give the sender of the signal the original receivers."""

    def end(results: Any, error: BaseException | None) -> Any:
        if type(results) is list:
            results[:] = [(real(receiver), value) for receiver, value in results]
        return results

    return end


def _sent_async(args: Any, kwargs: Any) -> End:
    """Do the same once the results have been awaited."""

    def end(results: Any, error: BaseException | None) -> Any:
        return results if error is not None else awaited(results, _sent(args, kwargs))

    return end
