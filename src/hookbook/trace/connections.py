"""Record the receivers connected to signals, to see which were garbage-collected.

By default a signal keeps weak references to its receivers, and forgets those that
are gone. So they must be recorded while they are connected.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import partial
from types import FrameType, MethodType
from typing import Any, NamedTuple

import blinker.base
import flask

from .callables import Callee, describe
from .calls import End, Told, real
from .receivers import phase_of
from .seams import Seams


class Connection(NamedTuple):
    """One receiver that a signal references weakly."""

    phase: str
    signal: int
    """The identity of the signal."""
    receiver: Callable[[], Any]
    """Returns the receiver, or ``None`` when it is gone."""
    callee: Callee
    sender: Callable[[], Any]
    """Returns the sender whose signals it gets, or ``None`` when that is gone."""


class Connections:
    """Records each receiver that is connected inside this context manager.

    Enter it before the application is imported or created.
    """

    def __init__(self) -> None:
        self._open: list[Connection] = []
        self._seams = Seams(lambda error: None)

    def __enter__(self) -> Connections:
        table = {"connect": self._hand_out, "disconnect": self._hand_out}
        self._seams.place(blinker.base.Signal, table)
        return self

    def __exit__(self, *error: object) -> None:
        self._seams.remove()

    def gone(self, app: Any) -> list[Connection]:
        """List receivers that were collected, and neither called nor disconnected.

        Receivers for another application are left out, even when that is gone too.
        """
        return [
            one
            for one in self._open
            if one.receiver() is None and _concerns(app, one.sender())
        ]

    def forget(self, receiver: Any, signal: Any = None) -> None:
        """Drop a receiver that was called, or disconnected from `signal`."""
        self._open = [
            one
            for one in self._open
            if not (
                _is(one.receiver(), receiver) and signal in {None, one.signal}
            )
        ]  # fmt: skip

    def _hand_out(self, signal: Any, value: Any, frame: FrameType) -> Any:
        note = self._connect if value.__name__ == "connect" else self._disconnect
        return Told(value, partial(note, signal))

    def _connect(
        self, signal: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> End | None:
        asked = dict(zip(("receiver", "sender", "weak"), args, strict=False)) | kwargs
        receiver = asked.get("receiver")
        if receiver is None or asked.get("weak", True) is not True:
            return None
        try:
            kind = weakref.WeakMethod if type(receiver) is MethodType else weakref.ref
            reference: Any = kind(receiver)
            callee = describe(real(receiver))
        except Exception:
            return None
        sender = real(asked.get("sender", blinker.base.ANY))
        try:
            of: Callable[[], Any] = weakref.ref(sender)
        except TypeError:
            of = partial(_itself, sender)
        self._open.append(
            Connection(phase_of(signal), id(signal), reference, callee, of)
        )
        return None

    def _disconnect(
        self, signal: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> End | None:
        self.forget(args[0] if args else kwargs.get("receiver"), id(signal))
        return None


def _itself(sender: Any) -> Any:
    return sender


def _concerns(app: Any, sender: Any) -> bool:
    """Return whether `app`, or an object it holds, may send signals for `sender`."""
    if issubclass(type(sender), flask.Flask):
        return sender is app
    return sender is not None


def _is(one: Any, other: Any) -> bool:
    if type(one) is MethodType and type(other) is MethodType:
        return one.__self__ is other.__self__ and one.__func__ is other.__func__
    return one is not None and one is other
