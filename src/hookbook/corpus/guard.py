"""Run a snippet so that it leaves nothing in the process, and report what it changed.

The state of the process is read before and after a run. Differences are reverted, so
that the next snippet starts from the same state, and reported for this one.
"""

import contextlib
import contextvars
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from . import doors
from .leaks import Fault, State

Result = TypeVar("Result")

SHARE = 0.5
"""The part of its time that a snippet may take: the rest is for slower machines."""


class LeakError(Exception):
    """A snippet leaves changes in the process, or tries something that is forbidden.

    `line` is the line in the snippet's file, from 1.
    """

    def __init__(self, faults: list[Fault], line: int) -> None:
        super().__init__("\n".join(dict.fromkeys(fault.text for fault in faults)))
        self.line = next((fault.line for fault in faults if fault.line), line)


def guarded(
    path: Path, body: Callable[[], Result], *, name: str, line: int, timeout: float
) -> Result:
    """Return the result of `body`, which runs the snippet at `path`.

    `name` is the snippet's module, `line` the start of its scenario. It may take half
    of `timeout`, in seconds.

    :raises LeakError: if it leaves changes, or tries something that is forbidden.
    """
    before = State(path, name)
    context = contextvars.copy_context()
    clock = _Clock()
    error: BaseException | None = None
    with doors.closed(path) as watch:
        try:
            result = context.run(body)
        except BaseException as raised:
            error = raised
    spent = clock.read()
    with _no_alarm():
        left = [*watch.left(), *before.differences(context)]
    if watch.tried:
        raise LeakError(watch.tried, line) from error
    if error is not None:
        # Its changes have been reverted; the exception is the reason.
        try:
            raise error
        finally:
            del error
    if spent > SHARE * timeout:
        message = (
            f"the snippet needs {spent:.1f} of its {timeout:g} seconds: do less, and"
            " do not sleep"
        )
        left.append(Fault(message))
    if left:
        raise LeakError(left, line)
    return result


class _Clock:
    """The CPU time of this thread, without waiting for a busy machine."""

    def __init__(self) -> None:
        self.began = self._now()

    def _now(self) -> float:
        waited = 0
        with contextlib.suppress(OSError, IndexError, ValueError):
            text = Path("/proc/thread-self/schedstat").read_text("ascii")
            waited = int(text.split()[1])
        return time.monotonic() - waited / 1e9

    def read(self) -> float:
        """Return the seconds since this was created."""
        return self._now() - self.began


@contextlib.contextmanager
def _no_alarm() -> Iterator[None]:
    """Delay the end of the time limit until everything is restored."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
