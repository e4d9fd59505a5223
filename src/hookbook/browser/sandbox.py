"""What the browser's Python lacks, and what a reader's code may not reach there.

:func:`install` is called once, in the browser, before any code of a reader runs.
A browser has no threads and no sockets; the error says so. Async functions run on
a loop that waits by itself. Ways out of Python are removed.
"""

import asyncio
import concurrent.futures
import hashlib
import hmac
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, NoReturn

THREADS = "threads do not exist in the browser: run this on your own machine"
SOCKETS = "sockets do not exist in the browser: run this on your own machine"
OUTSIDE = "'{}' is not available here: code on this page cannot leave Python"

# A name and every name that begins with it and a dot.
_CLOSED = ("js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core", "micropip")

Derive = Callable[..., Any]


def install(pbkdf2: Derive, scrypt: Derive) -> tuple[Derive, Derive]:
    """Fill the gaps and block the ways out.

    `pbkdf2` (of SHA-256) and `scrypt` derive keys; the worker has them in JavaScript.
    They are returned so that the worker holds them: a run cannot free them then.
    """
    sys.dont_write_bytecode = True
    # Flask then ignores app.run(), and says so.
    os.environ["FLASK_RUN_FROM_CLI"] = "true"
    _passwords(pbkdf2, scrypt)
    _threads()
    _sockets()
    _loops()
    _doors()
    return pbkdf2, scrypt


class _Idle:
    """A selector with nothing to select from: it only waits."""

    def select(self, timeout: float | None = None) -> list[Any]:
        """Wait until something is due."""
        if timeout is None:
            raise RuntimeError("this coroutine waits for something that never happens")
        time.sleep(timeout)
        return []


class Loop(asyncio.BaseEventLoop):
    """An event loop of timers and tasks, which blocks while it runs."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = _Idle()

    def _process_events(self, event_list: Sequence[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


class InlineExecutor(concurrent.futures.Executor):
    """Runs each function at once, in the only thread there is."""

    def __init__(self, max_workers: int | None = None) -> None:
        pass

    def submit(
        self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any
    ) -> concurrent.futures.Future[Any]:
        """Run `fn` to its end."""
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


def _loops() -> None:
    import asgiref.sync

    vars(asyncio.events)["new_event_loop"] = Loop
    vars(asyncio)["new_event_loop"] = Loop
    # Pyodide replaces Python's loop with the browser's own, which never blocks.
    vars(asyncio)["run"] = asyncio.runners.run
    vars(time)["sleep"] = getattr(time.sleep, "__wrapped__", time.sleep)
    asyncio._set_running_loop(None)
    # asgiref runs an async view in another thread, and waits for it.
    vars(asgiref.sync)["ThreadPoolExecutor"] = InlineExecutor


def _threads() -> None:
    def refuse(*args: Any, **kwargs: Any) -> NoReturn:
        raise RuntimeError(THREADS)

    for module, name in (
        (threading, "_start_joinable_thread"),
        (threading, "_start_new_thread"),
        (sys.modules["_thread"], "start_new_thread"),
        (sys.modules["_thread"], "start_joinable_thread"),
        (sys.modules["_thread"], "start_new"),
    ):
        if hasattr(module, name):
            setattr(module, name, refuse)

    def start(timer: threading.Timer) -> None:
        # Flask-Limiter's memory only cleans up with it: expired entries don't count.
        if sys._getframe(1).f_globals.get("__name__", "").startswith("limits."):
            return
        refuse()

    kind: Any = threading.Timer
    kind.start = start


def _sockets() -> None:
    import socket

    def refuse(*args: Any, **kwargs: Any) -> NoReturn:
        raise OSError(SOCKETS)

    for name in ("connect", "connect_ex", "bind", "listen", "sendto"):
        setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection", "create_server"):
        setattr(socket, name, refuse)


def _passwords(pbkdf2: Derive, scrypt: Derive) -> None:
    """Add the hashlib functions that need OpenSSL, which is missing."""

    def pbkdf2_hmac(
        hash_name: str, password: bytes, salt: bytes, iterations: int,
        dklen: int | None = None,
    ) -> bytes:  # fmt: skip
        size = dklen or hashlib.new(hash_name).digest_size
        if hash_name == "sha256":
            return bytes(pbkdf2(bytes(password), bytes(salt), iterations, size))
        return _pbkdf2(hash_name, bytes(password), bytes(salt), iterations, size)

    def derive(
        password: bytes, *, salt: bytes, n: int, r: int, p: int,
        maxmem: int = 0, dklen: int = 64,
    ) -> bytes:  # fmt: skip
        if n < 2 or n & (n - 1):
            raise ValueError("n must be a power of 2.")
        return bytes(scrypt(bytes(password), bytes(salt), n, r, p, dklen))

    for name, function in (("pbkdf2_hmac", pbkdf2_hmac), ("scrypt", derive)):
        if not hasattr(hashlib, name):
            setattr(hashlib, name, function)


def _pbkdf2(name: str, password: bytes, salt: bytes, rounds: int, size: int) -> bytes:
    """Derive a key as in RFC 8018, with any hash; slow."""
    keyed = hmac.new(password, None, name)

    def sign(message: bytes) -> bytes:
        copy = keyed.copy()
        copy.update(message)
        return copy.digest()

    key, block = b"", 0
    while len(key) < size:
        block += 1
        last = sign(salt + block.to_bytes(4, "big"))
        total = int.from_bytes(last, "big")
        for _ in range(rounds - 1):
            last = sign(last)
            total ^= int.from_bytes(last, "big")
        key += total.to_bytes(keyed.digest_size, "big")
    return key[:size]


class _Closed(MetaPathFinder):
    """Blocks the modules that lead from Python into JavaScript."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Raise for a blocked module; otherwise find nothing."""
        if fullname.partition(".")[0] in _CLOSED:
            raise ImportError(OUTSIDE.format(fullname), name=fullname)
        return None


def _doors() -> None:
    for name in list(sys.modules):
        if name.partition(".")[0] in _CLOSED:
            del sys.modules[name]
    own = [f for f in sys.meta_path if not type(f).__module__.startswith("_pyodide")]
    sys.meta_path[:] = [_Closed(), *own]
