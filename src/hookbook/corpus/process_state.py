"""The settings of a process: how to read each, and how to restore it.

These belong to no library's namespace: the working directory, the environment, the
signal handlers. Names in modules are in `library_state`.
"""

import contextlib
import copyreg
import csv
import decimal
import faulthandler
import gc
import io
import locale
import logging
import os
import random
import signal
import socket
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

EVENT_LOOP = "the event loop"


class Setting(NamedTuple):
    """One global setting of a process."""

    name: str
    """Its name in a message."""
    advice: str
    """What a snippet should do instead of changing it."""
    read: Callable[[], Any]
    """Return its value, to be compared with ``!=``."""
    restore: Callable[[Any], object]
    """Set it to a value that was read."""


def _cwd() -> str:
    try:
        return str(Path.cwd())
    except OSError:
        return "(a folder that is gone)"


def _set_environment(value: dict[str, str]) -> None:
    for name in set(os.environ) - set(value):
        del os.environ[name]
    for name, text in value.items():
        if os.environ.get(name) != text:
            os.environ[name] = text


def _timezone() -> tuple[Any, ...]:
    return time.tzname, time.timezone, time.daylight


_OF_STREAMS = ("encoding", "errors", "line_buffering", "write_through")


def _streams() -> list[dict[str, Any]]:
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    names = ("closed", *_OF_STREAMS)
    return [{name: getattr(s, name, None) for name in names} for s in streams]


def _set_streams(value: list[dict[str, Any]]) -> None:
    # A closed stream stays closed: code that writes to it fails, and says why.
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    for stream, setup in zip(streams, value, strict=True):
        if isinstance(stream, io.TextIOWrapper) and not stream.closed:
            # After a read, the encoding can't even be set to the same value.
            stream.reconfigure(
                **{
                    name: setup[name]
                    for name in _OF_STREAMS
                    if getattr(stream, name) != setup[name]
                }
            )


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


# Not signal.getsignal, which makes an enum of each: that takes ten times as long.
_getsignal = sys.modules["_signal"].getsignal
_SIGNALS = sorted(signal.valid_signals())


def _handlers() -> dict[int, Any]:
    return {number: _getsignal(number) for number in _SIGNALS}


def _set_handlers(value: dict[int, Any]) -> None:
    for number, handler in value.items():
        if handler is not None and _getsignal(number) != handler:
            signal.signal(number, handler)


_TIMERS = (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)


def _timers() -> list[float]:
    # The interval alone: the remaining time changes by itself.
    return [signal.getitimer(timer)[1] for timer in _TIMERS]


def _set_timers(value: list[float]) -> None:
    for timer, interval in zip(_TIMERS, value, strict=True):
        if signal.getitimer(timer)[1] != interval:
            signal.setitimer(timer, interval, interval)


def _hooks() -> list[Any]:
    return [sys.gettrace(), sys.getprofile(), *sys.get_asyncgen_hooks()]


def _set_hooks(value: list[Any]) -> None:
    sys.settrace(value[0])
    sys.setprofile(value[1])
    sys.set_asyncgen_hooks(*value[2:])


def _limits() -> list[Any]:
    digits = getattr(sys, "get_int_max_str_digits", int)()
    return [sys.getrecursionlimit(), round(sys.getswitchinterval(), 6), digits]


def _set_limits(value: list[Any]) -> None:
    sys.setrecursionlimit(value[0])
    sys.setswitchinterval(value[1])
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(value[2])


def _collector() -> tuple[Any, ...]:
    return gc.isenabled(), gc.get_threshold(), gc.get_debug(), list(gc.callbacks)


def _set_collector(value: tuple[Any, ...]) -> None:
    enabled, threshold, debug, callbacks = value
    (gc.enable if enabled else gc.disable)()
    gc.set_threshold(*threshold)
    gc.set_debug(debug)
    gc.callbacks[:] = callbacks


def _decimal() -> list[tuple[Any, ...]]:
    found = []
    for context in (decimal.getcontext(), decimal.DefaultContext):
        traps = [signal for signal, on in context.traps.items() if on]
        found.append((context.prec, context.rounding, context.Emin, context.Emax,
                      context.capitals, context.clamp, traps))  # fmt: skip
    return found


def _set_decimal(value: list[tuple[Any, ...]]) -> None:
    for context, saved in zip(
        (decimal.getcontext(), decimal.DefaultContext), value, strict=True
    ):
        (context.prec, context.rounding, context.Emin, context.Emax,
         context.capitals, context.clamp, traps) = saved  # fmt: skip
        for name in context.traps:
            context.traps[name] = name in traps


def loggers() -> dict[str, tuple[Any, ...]]:
    """Return the setup of each logger that is configured at all."""
    root = logging.root
    found = {"root": _logger(root), _ALL: (root.manager.disable,)}
    for name, logger in root.manager.loggerDict.items():
        if isinstance(logger, logging.Logger) and (setup := _logger(logger)) != _PLAIN:
            found[name] = setup
    return found


_ALL = "(all loggers: disable)"
_PLAIN: tuple[Any, ...] = (0, [], [], False, True)


def _logger(logger: logging.Logger) -> tuple[Any, ...]:
    handlers = [
        (handler, handler.level, handler.formatter, list(handler.filters))
        for handler in logger.handlers
    ]
    return (
        logger.level, handlers, list(logger.filters), logger.disabled,
        logger.propagate,
    )  # fmt: skip


def set_logger(name: str, setup: tuple[Any, ...] | None) -> None:
    """Restore one logger's setup from :func:`loggers`, or reset it if it had none."""
    if name == _ALL:
        logging.root.manager.disable = (setup or (0,))[0]
        return
    logger = logging.root if name == "root" else logging.getLogger(name)
    level, handlers, filters, disabled, propagate = setup or _PLAIN
    logger.setLevel(level)
    logger.handlers[:] = [handler for handler, *_ in handlers]
    for handler, handler_level, formatter, handler_filters in handlers:
        handler.setLevel(handler_level)
        handler.setFormatter(formatter)
        handler.filters[:] = handler_filters
    logger.filters[:] = filters
    logger.disabled, logger.propagate = disabled, propagate


def _loop() -> list[Any]:
    """Return this thread's asyncio settings, without creating them."""
    events = sys.modules.get("asyncio.events")
    if events is None:
        return [None, None]
    policy = getattr(events, "_event_loop_policy", None)
    loop = getattr(getattr(policy, "_local", None), "_loop", None)
    kind = policy and type(policy).__module__.startswith("asyncio.")
    return [None if kind else policy, loop]


def _set_loop(value: list[Any]) -> None:
    import asyncio

    asyncio.set_event_loop_policy(value[0])
    if value[1] is not None:
        asyncio.set_event_loop(value[1])


def _dialects() -> dict[str, Any]:
    return {name: csv.get_dialect(name) for name in csv.list_dialects()}


def _set_dialects(value: dict[str, Any]) -> None:
    for name in csv.list_dialects():
        csv.unregister_dialect(name)
    for name, dialect in value.items():
        csv.register_dialect(name, dialect)


def _reductions() -> dict[type, Any]:
    return dict(copyreg.dispatch_table)


def _set_reductions(value: dict[type, Any]) -> None:
    copyreg.dispatch_table.clear()
    copyreg.dispatch_table.update(value)


def _priority() -> tuple[int, ...]:
    return os.getpriority(os.PRIO_PROCESS, 0), os.getuid(), os.geteuid(), os.getgid()


_LIBRARY = "use a setting of the app, or put it back in a 'finally' or a 'with'"

SETTINGS = (
    Setting("the working directory", "use absolute paths", _cwd, os.chdir),
    Setting(
        "the environment variables",
        "use app.config, or environ_overrides=",
        lambda: dict(os.environ),
        _set_environment,
    ),
    Setting(
        "the time zone", "use datetime.timezone", _timezone, lambda _: time.tzset()
    ),
    Setting(
        "the locale",
        "format the value yourself",
        lambda: locale.setlocale(locale.LC_ALL),
        lambda value: locale.setlocale(locale.LC_ALL, value),
    ),
    Setting(
        "the standard streams",
        "print, and leave them open",
        _streams,
        _set_streams,
    ),
    Setting("the umask", "set the mode of your own file", _umask, os.umask),
    Setting("the signal handlers", _LIBRARY, _handlers, _set_handlers),
    Setting("the timers", _LIBRARY, _timers, _set_timers),
    Setting(
        "the mask of signals",
        _LIBRARY,
        # The time limit's own signal is blocked meanwhile.
        lambda: signal.pthread_sigmask(signal.SIG_BLOCK, ()) - {signal.SIGALRM},
        lambda value: signal.pthread_sigmask(signal.SIG_SETMASK, value),
    ),
    Setting("the trace or profile function", _LIBRARY, _hooks, _set_hooks),
    Setting("the limits of the interpreter", _LIBRARY, _limits, _set_limits),
    Setting("the garbage collector", _LIBRARY, _collector, _set_collector),
    Setting(
        "faulthandler",
        _LIBRARY,
        faulthandler.is_enabled,
        lambda on: faulthandler.enable(2) if on else faulthandler.disable(),
    ),
    Setting(
        "tracemalloc",
        _LIBRARY,
        tracemalloc.is_tracing,
        lambda on: tracemalloc.start() if on else tracemalloc.stop(),
    ),
    Setting(
        "where coroutines come from",
        _LIBRARY,
        sys.get_coroutine_origin_tracking_depth,
        sys.set_coroutine_origin_tracking_depth,
    ),
    Setting(
        "the timeout of sockets",
        "use no sockets",
        socket.getdefaulttimeout,
        socket.setdefaulttimeout,
    ),
    Setting(
        "the stack size of threads",
        _LIBRARY,
        threading.stack_size,
        threading.stack_size,
    ),
    Setting("the decimal context", "use decimal.localcontext", _decimal, _set_decimal),
    Setting(EVENT_LOOP, "use asyncio.run", _loop, _set_loop),
    Setting("the dialects of csv", "give them to the writer", _dialects, _set_dialects),
    Setting("how to pickle", "write __reduce__", _reductions, _set_reductions),
    Setting("the priority or the user", _LIBRARY, _priority, lambda _: None),
)


class Dice:
    """The state of the global random numbers, and whether a snippet set it."""

    def __init__(self) -> None:
        self.state = random.getstate()

    def was_set(self) -> bool:
        """Return whether drawing numbers can't have led to this state."""
        now = random.getstate()
        if now == self.state:
            return False
        copy = random.Random()
        copy.setstate(self.state)
        for _ in range(_DRAWS):
            copy.getrandbits(32)
            found = copy.getstate()[1]
            if found[-1] == now[1][-1] and found == now[1]:
                return False
        return True

    def restore(self) -> None:
        """Restore the state."""
        with contextlib.suppress(TypeError, ValueError):
            random.setstate(self.state)


_DRAWS = 2000
"""How many numbers a run may draw; Werkzeug draws two for a form with files."""
