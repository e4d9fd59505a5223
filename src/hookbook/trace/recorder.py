"""Run a scenario, and record the requests it makes.

Depends on Flask, through the recording, but not on Sphinx. Works on Flask 2.2 to
3.1 and the development version.
"""

import ast
import contextlib
import importlib.util
import io
import logging
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, TextIO

from .connections import Connections
from .masks import mask
from .recording import Recorder
from .steps import Block, Run
from .values import ById

TIMEOUT = 5.0
"""Seconds that a scenario may take by default."""

SCENARIO = "<scenario>"
"""Prefix of the file name that tracebacks show for a block of a scenario."""


class ScenarioTimeout(BaseException):
    """A scenario exceeded its time limit.

    Not an :exc:`Exception`, so that neither Flask nor the snippet can handle it.
    """


class ScenarioError(Exception):
    """A snippet or its scenario could not be run to its end.

    `line` is the line in the snippet's file, from 1.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


Scenario = Callable[[dict[str, Any]], Sequence[Block]]
"""Selects the blocks to run, given the names of the imported module."""


Body = Callable[[], None]


def record(
    path: Path,
    name: str,
    scenario: Scenario,
    *,
    timeout: float = TIMEOUT,
    around: Callable[[Body], None] = lambda body: body(),
    masks: bool = True,
) -> Run:
    """Import the file at `path` as a new module `name` and run `scenario` in it.

    The blocks share the module's names, as in a doctest. `timeout` is in seconds;
    it needs ``SIGALRM`` and the main thread. `around` calls its argument, which
    imports and runs. Without `masks`, values are shown unmasked.

    :raises ScenarioError: if importing the file or running a block raises, even if
        that is no :exc:`Exception`, or if the time is up.
    """
    path = path.resolve()
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    connections = Connections()
    recorder = Recorder(
        str(path), dict(spans(tree)), masks=masks, connections=connections
    )
    run = Run([], [], [])
    # Look for what a snippet leaves in the process while its names still exist.
    names: dict[str, Any] = {}
    line = 1
    printed = io.StringIO()

    def body() -> None:
        nonlocal line
        with connections, imported(path, name) as module, recorder:
            names.update(vars(module))
            for block in scenario(names):
                line = block.line
                # After as many empty lines, so that all line numbers are right.
                source = "\n" * (line - 1) + block.source
                code = compile(source, f"{SCENARIO} {path}", "exec")
                start = printed.tell()
                exec(code, names)
                run.blocks.append(block)
                run.outputs.append(printed.getvalue()[start:])

    limit = TimeLimit(timeout)
    try:
        with quiet(), contextlib.redirect_stdout(printed), limit:
            around(body)
    except BaseException as error:
        if limit.is_up:
            # Even if something else was raised since: interrupted code may fail.
            message = f"the scenario did not end within {timeout:g} seconds"
            raise ScenarioError(message, line) from None
        if isinstance(error, ScenarioError):
            raise
        raise ScenarioError(*_explain(error, path, line)) from error
    run.traces = recorder.traces
    return run


def _explain(error: BaseException, path: Path, line: int) -> tuple[str, int]:
    """Return what was raised, and the line of the snippet's file it came from."""
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == f"{SCENARIO} {path}":
            line = number
            break
        if frame.f_code.co_filename == str(path):
            line = number
    if isinstance(error, SyntaxError) and error.lineno:
        line = error.lineno
    message = traceback.format_exception_only(error)[-1].strip()
    return mask(f"the scenario raised {message}"), line


def spans(tree: ast.AST) -> Iterator[tuple[int, tuple[int, int]]]:
    """Map the first line of every function to its ``def`` and its last line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            decorators = getattr(node, "decorator_list", [])
            first = min([node.lineno, *(d.lineno for d in decorators)])
            yield first, (node.lineno, node.end_lineno or node.lineno)


@contextlib.contextmanager
def quiet(stream: TextIO | None = None) -> Iterator[None]:
    """Send Flask's log to `stream` or nowhere, whatever logging is configured."""
    root = logging.getLogger()
    handlers, root.handlers = root.handlers, []
    try:
        with contextlib.redirect_stderr(stream or io.StringIO()):
            yield
    finally:
        root.handlers = handlers


@contextlib.contextmanager
def imported(path: Path, name: str) -> Iterator[ModuleType]:
    """Import `path` as a new module; restore the previous module of that name."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    earlier = sys.modules.get(name)
    sys.modules[name] = module
    try:
        # Not by the loader: two saves in one second can share a bytecode file.
        exec(compile(path.read_bytes(), path, "exec"), vars(module))
        yield module
    finally:
        if earlier is None:
            sys.modules.pop(name, None)
        else:
            sys.modules[name] = earlier


class TimeLimit:
    """Raises :exc:`ScenarioTimeout` when the time is up, only in the main thread."""

    is_up = False
    """Whether it has raised."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        # For code that swallows the first one. Not while the first still ends the run.
        self._again = max(seconds, 0.25)
        self._earlier: Any = None
        self._runs = False

    def __enter__(self) -> None:
        # Here, not at the top: in the browser there is neither.
        import ctypes
        import signal
        from concurrent.futures import ThreadPoolExecutor

        if threading.current_thread() is not threading.main_thread():
            return
        # Interrupted there, a pool forgets the thread it has started, and Python waits
        # for that thread forever at its exit.
        starts = vars(ThreadPoolExecutor)["_adjust_thread_count"].__code__
        self._spared = {starts, *_SPARED}
        self._before = set(sys._current_frames())
        # Looked up early: a run may not import low-level modules.
        self._raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
        self._ulong, self._object = ctypes.c_ulong, ctypes.py_object
        self._timer, self._set_timer = signal.ITIMER_REAL, signal.setitimer
        self._set_handler = partial(signal.signal, signal.SIGALRM)
        self._earlier = self._set_handler(self._stop)
        self._runs = True
        self._set_timer(self._timer, self._seconds, self._again)

    def __exit__(self, *error: object) -> None:
        if not self._runs:
            return
        self._runs = False
        self._set_timer(self._timer, 0)
        self._set_handler(self._earlier)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if not self._runs:
            return
        if any(f.f_code in self._spared for f, _ in traceback.walk_stack(frame)):
            self._set_timer(self._timer, 0.05, self._again)
            return
        self.is_up = True
        # An async function runs in a thread that Python would wait for at its exit.
        # Not by threading.enumerate: the interrupted code may hold its lock.
        for thread in set(sys._current_frames()) - self._before:
            self._raise_in(self._ulong(thread), self._object(ScenarioTimeout))
        raise ScenarioTimeout


_SPARED = {
    function.__code__
    for function in (
        *(Recorder.__enter__, Recorder.__exit__, ById.put, ById._drop),
        *(Connections.__enter__, Connections.__exit__),
        *(TimeLimit.__enter__, TimeLimit.__exit__),
    )
}
"""Code that is not interrupted: it would leave the process in a broken state."""
