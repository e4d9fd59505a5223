"""The seams of blinker's signals: who receives one."""

from __future__ import annotations

import re
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any

import blinker.base

from .calls import End, real
from .seams import HandOut
from .values import attributes

if TYPE_CHECKING:
    from .recording import Recorder

_SEND = blinker.base.Signal.send.__code__


def table(recorder: Recorder) -> dict[str, HandOut]:
    """Return what to hand out for the methods of a signal."""

    def send(signal: Any, value: Any, frame: FrameType) -> Any:
        if not recorder.active or not attributes(signal).get("receivers"):
            return value
        return recorder.told(value, _sent)

    def receivers_for(signal: Any, value: Any, frame: FrameType) -> Any:
        if not recorder.active or frame.f_code is not _SEND:
            return value
        tell = partial(recorder.tell, "signal", phase_of(signal), None)
        return lambda sender: map(tell, value(sender))

    def send_async(signal: Any, value: Any, frame: FrameType) -> Any:
        if recorder.active and attributes(signal).get("receivers"):
            request = recorder.current()
            if request is not None:
                request.miss("send_async has sent a signal: its receivers are not seen")
        return value

    return {"send": send, "send_async": send_async, "receivers_for": receivers_for}


def phase_of(signal: Any) -> str:
    """Name a signal as the steps of its receivers do."""
    name = attributes(signal).get("name")
    return re.sub(r"\W", "_", name) if type(name) is str and name else "signal"


def _sent(args: Any, kwargs: Any) -> End:
    """Let whoever sent the signal see the receivers as they are."""

    def end(results: Any, error: BaseException | None) -> Any:
        if type(results) is list:
            results[:] = [(real(receiver), value) for receiver, value in results]
        return results

    return end
