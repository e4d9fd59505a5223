"""What a run has changed in the process: read before it, compared after it."""

import _thread
import contextlib
import contextvars
import ctypes
import gc
import mimetypes
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from . import process_state
from .library_state import Libraries

_GRACE = 0.2
"""Seconds to wait for a finished thread to disappear."""

_FOLDER_OF_FILES = "/proc/self/fd"

_STANDARD = 2
"""The last of the descriptors that a process is started with."""

_libraries = Libraries()

# It reads the machine's own list on first use.
mimetypes.init()


class Fault(NamedTuple):
    """What is wrong, what to do, and where, if known."""

    text: str
    line: int | None = None


class State:
    """The state of the process, before the snippet at `path` runs."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        source = path.read_text(encoding="utf-8")
        self.libraries = _libraries.read(source)
        self.makes_loops = "event_loop" in source or "Runner" in source
        self.settings = [setting.read() for setting in process_state.SETTINGS]
        self.variables = dict(contextvars.copy_context().items())
        self.dice = process_state.Dice()
        self.loggers = process_state.loggers()
        self.modules = dict(sys.modules)
        self.receivers = _receivers()
        self.files = _open_files()
        self.threads = set(sys._current_frames())
        self.count = _thread._count()
        self.tasks = _tasks()

    def differences(self, context: contextvars.Context) -> Iterator[Fault]:
        """Yield what has changed, in the process or in `context`, and restore it."""
        yield from self._threads()
        yield from self._files()
        for setting, before in zip(process_state.SETTINGS, self.settings, strict=True):
            # An old asgiref sets one for async functions, and keeps it.
            kept = setting.name == process_state.EVENT_LOOP and not self.makes_loops
            if not kept and setting.read() != before:
                yield _left(f"changes {setting.name}", setting.advice)
                with contextlib.suppress(OSError, ValueError):
                    setting.restore(before)
        for what in self.libraries.changes():
            advice = "change the app, or put it back in a 'finally' or a 'with'"
            yield _left(f"changes {what}", advice)
        yield from self._loggers()
        yield from self._modules()
        if self.dice.was_set():
            yield _left("sets the random numbers", "use its own random.Random")
        self.dice.restore()
        for signal, receiver in _receivers() - self.receivers:
            yield _left(
                f"leaves a receiver of {signal.name!r} for every app",
                "connect it to its own app, or use connected_to",
            )
            signal.disconnect(receiver)
        for name in _changed_variables(self.variables, context):
            yield _left(
                f"leaves the context variable {name!r} set",
                "pop the context that was pushed, or use a 'with'",
            )

    def _threads(self) -> Iterator[Fault]:
        until = time.monotonic() + _GRACE
        # Both: a thread that runs no Python has no frame, and a thread that has ended
        # meanwhile may hide a new one in the count.
        collected = False
        while True:
            left = set(sys._current_frames()) - self.threads
            more = _thread._count() > self.count or bool(_tasks() - self.tasks)
            if not (left or more):
                return
            if time.monotonic() > until:
                if collected:
                    break
                # The threads of a pool end when the pool is collected.
                collected, until = gc.collect() >= 0, time.monotonic() + _GRACE
            time.sleep(0.001)
        if not left:
            yield _left("leaves a thread running", "join() it")
        for identifier in left:
            known = [t.name for t in threading.enumerate() if t.ident == identifier]
            yield _left(f"leaves a thread running {known or ''}", "join() it")
            _end_thread(identifier)

    def _files(self) -> Iterator[Fault]:
        now = _open_files()
        opened = sorted(now - self.files)
        if not self.makes_loops and any(_EVENTS in target for _, target in opened):
            # asgiref before 3.3 leaves open the loops in which it runs async functions.
            opened = [f for f in opened if not f[1].startswith(_OF_LOOPS)]
        if opened:
            what = ", ".join(target for _, target in opened)
            yield _left(f"leaves files open ({what})", "use a 'with', or close() them")
        # Others may be closed late, when their objects are collected.
        if closed := {f for f in self.files - now if int(f[0]) <= _STANDARD}:
            what = ", ".join(target for _, target in closed)
            yield _left(f"closes files of the process ({what})", "close your own")

    def _loggers(self) -> Iterator[Fault]:
        now = process_state.loggers()
        for name in {*now, *self.loggers}:
            own = f"{name}.".startswith(f"{self.name}.")
            if now.get(name) != self.loggers.get(name) and not own:
                what = f"sets up the logger {name!r}"
                yield _left(what, "use app.logger, or put it back")
                process_state.set_logger(name, self.loggers.get(name))

    def _modules(self) -> Iterator[Fault]:
        if sys.modules == self.modules:
            return
        for name, module in self.modules.items():
            if sys.modules.get(name) is not module:
                yield _left(f"changes sys.modules[{name!r}]", "leave modules alone")
                sys.modules[name] = module
        for name in set(sys.modules) - set(self.modules):
            spec = getattr(sys.modules[name], "__spec__", None)
            top = name.partition(".")[0]
            # A new package may have put its own parts there.
            if spec is None or (spec.name != name and top in (name, *self.modules)):
                yield _left(f"adds sys.modules[{name!r}]", "leave modules alone")
                del sys.modules[name]


def _left(what: str, advice: str) -> Fault:
    return Fault(f"the snippet {what}: {advice}")


def _receivers() -> set[tuple[Any, Any]]:
    """Return each signal with each function connected to it for any sender."""
    signals = getattr(sys.modules.get("flask.signals"), "__dict__", {}).values()
    blinker = sys.modules.get("blinker")
    namespace = getattr(getattr(blinker, "signal", None), "__self__", {})
    return {
        (signal, receiver)
        for signal in {id(s): s for s in (*signals, *namespace.values())}.values()
        if getattr(signal, "receivers", None)
        for receiver in signal.receivers_for(object())
    }


def _changed_variables(
    before: dict[contextvars.ContextVar[Any], Any], after: contextvars.Context
) -> list[str]:
    # A run has a copy of the context: nothing needs restoring. And a variable of
    # the snippet itself affects no other code.
    return sorted(
        variable.name
        for variable, value in after.items()
        if before.get(variable) is not value
        and (variable in before or variable.name.startswith("flask."))
        and variable.name != "asgiref.local"
    )


def _tasks() -> set[str]:
    """Return the system's numbers of this process's threads, where available.

    Python reuses the number of an ended thread.
    """
    with contextlib.suppress(OSError):
        return set(os.listdir("/proc/self/task"))  # noqa: PTH208 (asked at each run)
    return set()


_EVENTS = "[eventpoll]"
_OF_LOOPS = ("anon_inode:", "socket:")


def _open_files() -> set[tuple[str, str]]:
    found = set()
    with contextlib.suppress(OSError):
        for name in os.listdir(_FOLDER_OF_FILES):  # noqa: PTH208 (asked at each run)
            link = f"{_FOLDER_OF_FILES}/{name}"
            # Gone already: the one that lists the folder.
            with contextlib.suppress(OSError):
                found.add((name, os.readlink(link)))  # noqa: PTH115 (at each run, too)
    return found


def _end_thread(identifier: int) -> None:
    """End a running thread; let Python exit without waiting for a blocked one."""
    # Not a waiting thread: the exception stays pending, and Python 3.11 does nothing
    # else until the thread wakes up.
    if _moves(identifier):
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(identifier), ctypes.py_object(SystemExit)
        )
    locks: set[Any] | None = getattr(threading, "_shutdown_locks", None)
    if locks is None:
        # Python 3.13 waits for each thread: at its exit it wakes up those of pools.
        return
    for thread in threading.enumerate():
        if thread.ident == identifier:
            locks.discard(getattr(thread, "_tstate_lock", None))
            pools = sys.modules.get("concurrent.futures.thread")
            getattr(pools, "_threads_queues", {}).pop(thread, None)


def _moves(identifier: int) -> bool:
    places = set()
    for _ in range(5):
        frame = sys._current_frames().get(identifier)
        places.add(frame and (id(frame), frame.f_lasti))
        time.sleep(0.002)
    return len(places) > 1
