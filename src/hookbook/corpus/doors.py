"""Block the ways out of a process while a snippet runs.

Python reports most of them through audit events. An audit hook cannot be removed:
there is one, which does nothing between runs. Functions that raise no event are
replaced during a run.
"""

import atexit
import codecs
import contextlib
import faulthandler
import gc
import os
import re
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from hookbook.trace.recorder import SCENARIO

from .leaks import Fault

_PROCESSES = (
    "os.system os.fork os.forkpty os.exec os.spawn os.posix_spawn os.startfile"
    " subprocess.Popen pty.spawn"
).split()
_DEATHS = "os.kill os.killpg signal.pthread_kill".split()
_NETWORK = (
    "socket.connect socket.bind socket.getaddrinfo socket.gethostbyname"
    " socket.gethostbyaddr socket.getnameinfo socket.sendto socket.sendmsg"
    " socket.sethostname urllib.Request http.client.connect ftplib.connect"
    " smtplib.connect imaplib.open poplib.connect nntplib.connect telnetlib.Telnet.open"
).split()
_INSIDES = "sys.addaudithook resource.setrlimit resource.prlimit".split()
_FILES = frozenset(
    "open os.mkdir os.rename os.link os.symlink os.truncate os.remove os.rmdir"
    " os.chmod os.chown os.utime sqlite3.connect".split()
)

_REFUSED = {
    **dict.fromkeys(_PROCESSES, "starts a process"),
    **dict.fromkeys(_DEATHS, "sends a signal"),
    **dict.fromkeys(_NETWORK, "uses the network"),
    **dict.fromkeys(_INSIDES, "changes what a process cannot take back"),
}

_ADVICE = {
    "starts a process": "call the function in this process",
    "sends a signal": "raise an exception instead",
    "uses the network": "use the app's test client",
    "changes what a process cannot take back": "leave it alone",
    "reaches below Python": "use Python alone",
    "ends the process": "raise an exception instead",
    "stops its own clock": "leave timers alone",
    "sets the limits of the interpreter": "leave them alone",
    "registers something for the end of the process": "use a 'with' or a 'finally'",
}

# Functions that raise no audit event: module, names, and what they do.
_SILENT = (
    (os, ("_exit", "abort"), "ends the process"),
    (sys.modules["posix"], ("_exit", "abort"), "ends the process"),
    (signal, ("raise_signal", "pidfd_send_signal"), "sends a signal"),
    (sys.modules["_signal"], ("raise_signal", "alarm", "setitimer"), "sends a signal"),
    (
        faulthandler,
        (
            "dump_traceback_later",
            *(n for n in vars(faulthandler) if re.match("_[sfr]", n)),
        ),
        "ends the process",
    ),
    (sys.modules["_thread"], ("interrupt_main",), "sends a signal"),
    (signal, ("setitimer", "alarm", "set_wakeup_fd"), "stops its own clock"),
    (atexit, ("_clear", "_run_exitfuncs", "unregister"),
     "registers something for the end of the process"),
    (gc, ("freeze", "unfreeze"), "changes what a process cannot take back"),
    (codecs, ("register", "register_error"), "changes what a process cannot take back"),
    (sys, ("setrecursionlimit",), "sets the limits of the interpreter"),
    (os, ("nice", "mkfifo", "mknod", "chroot", "dup2", "closerange", "setsid",
          "setpriority", "sched_setaffinity"),
     "changes what a process cannot take back"),
)  # fmt: skip


class DoorClosed(RuntimeError):
    """A snippet tried something that is forbidden."""


class Watch:
    """Records what one run tried, and which files it touched."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tried: list[Fault] = []
        self.files: dict[str, bool] = {}
        """Whether each file that was written, moved or removed existed before."""
        self.touched: dict[str, int | None] = {}

    def refuse(self, what: str, name: str) -> DoorClosed:
        """Record the attempt; return the exception to raise."""
        said = f"the snippet {what} ({name}): {_ADVICE[what]}"
        self.tried.append(Fault(said, self.line()))
        return DoorClosed(said)

    def line(self) -> int | None:
        """Return the line of the snippet's file that is running in this thread."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if names_file(frame.f_code.co_filename, self.path):
                return frame.f_lineno
            frame = frame.f_back
        return None

    def touch(self, file: object) -> None:
        """Record a file before it is changed."""
        if not isinstance(file, str | bytes | os.PathLike):
            return
        name = str(Path(os.fsdecode(file)).absolute())
        if name not in self.files and not _is_nobodys(name):
            self.files[name] = os.path.lexists(name)
            self.touched[name] = self.line()

    def left(self) -> Iterator[Fault]:
        """Yield a fault for each file that was added or removed; remove added ones."""
        for name, before in self.files.items():
            line = self.touched[name]
            if before:
                said = f"the snippet changes a file that it has not created: {name}"
                yield Fault(said, line)
            elif os.path.lexists(name):
                said = (
                    f"the snippet leaves a file: {name}; work in a"
                    " tempfile.TemporaryDirectory, in a 'with'"
                )
                yield Fault(said, line)
                with contextlib.suppress(OSError):
                    file = Path(name)
                    folder = file.is_dir() and not file.is_symlink()
                    shutil.rmtree(file) if folder else file.unlink()


def names_file(filename: str, path: Path) -> bool:
    """Return whether `filename` belongs to the snippet at `path`."""
    return filename in (str(path), f"{SCENARIO} {path}")


def _is_nobodys(name: str) -> bool:
    # Python and pytest write compiled modules whenever they import one.
    return name.startswith(("/dev/", "/proc/")) or "__pycache__" in Path(name).parts


# Other sockets stay on the machine, such as the pair asyncio uses to wake up.
_INTERNET = (socket.AF_INET, socket.AF_INET6)

_watch: Watch | None = None
_installed = False


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    watch = _watch
    if watch is None:
        return
    if event in _FILES:
        _note_files(watch, event, arguments)
    elif event in _REFUSED:
        raise watch.refuse(_REFUSED[event], event)
    elif event == "socket.__new__" and arguments[1] in _INTERNET:
        raise watch.refuse("uses the network", event)
    elif event in _ENVIRONMENT and names_file(_caller(), watch.path):
        # Python's own os.environ is compared after the run.
        raise watch.refuse("changes what a process cannot take back", event)
    elif event.startswith("ctypes."):
        raise watch.refuse("reaches below Python", event)


_ENVIRONMENT = ("os.putenv", "os.unsetenv")


def _caller() -> str:
    """Return the file of the code that raised an audit event."""
    return sys._getframe(2).f_code.co_filename


_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _note_files(watch: Watch, event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        file, mode, flags = arguments
        if isinstance(mode, str) and not set(mode) & set("wax+"):
            return
        if not isinstance(mode, str) and not (flags or 0) & _WRITING:
            return
        # A folder is opened to create an unnamed file in it.
        if isinstance(file, str | bytes) and not Path(os.fsdecode(file)).is_dir():
            watch.touch(file)
    elif event == "sqlite3.connect":
        name = os.fsdecode(arguments[0]).removeprefix("file:").partition("?")[0]
        if name and not name.startswith(":memory:"):
            watch.touch(name)
    elif event in ("os.link", "os.symlink"):
        watch.touch(arguments[1])
    elif event == "os.rename":
        watch.touch(arguments[0])
        watch.touch(arguments[1])
    else:
        watch.touch(arguments[0])


def _closed(what: str, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def door(*args: Any, **kwargs: Any) -> Any:
        # A snippet may keep a reference for longer than a run.
        if _watch is None:
            return real(*args, **kwargs)
        raise _watch.refuse(what, name)

    return door


_register = atexit.register


def _register_for_libraries(
    function: Callable[..., Any], /, *args: Any, **kwargs: Any
) -> Callable[..., Any]:
    watch = _watch
    if watch is not None:
        caller = sys._getframe(1).f_code.co_filename
        if names_file(caller, watch.path) or caller.startswith("<doctest"):
            what = "registers something for the end of the process"
            raise watch.refuse(what, "atexit.register")
    return _register(function, *args, **kwargs)


_DOORS: list[tuple[Any, str, Any]] = [
    (module, name, _closed(what, f"{module.__name__}.{name}", getattr(module, name)))
    for module, names, what in _SILENT
    for name in names
    if hasattr(module, name)
]
_DOORS.append((atexit, "register", _register_for_libraries))


@contextlib.contextmanager
def closed(path: Path) -> Iterator[Watch]:
    """Block the ways out for the snippet at `path`, and record what it tries."""
    global _watch, _installed
    if not _installed:
        sys.addaudithook(_audit)
        _installed = True
    earlier, watch = _watch, Watch(path)
    real = [getattr(module, name) for module, name, _ in _DOORS]
    for module, name, door in _DOORS:
        setattr(module, name, door)
    _watch = watch
    try:
        yield watch
    finally:
        _watch = earlier
        for (module, name, door), function in zip(_DOORS, real, strict=True):
            if getattr(module, name, None) is not door:
                said = f"the snippet changes {module.__name__}.{name}: leave it alone"
                watch.tried.append(Fault(said))
            setattr(module, name, function)
