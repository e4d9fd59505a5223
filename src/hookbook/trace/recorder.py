"""Run a scenario, and record the requests that it makes.

Knows Flask, by way of the recording; does not know Sphinx. Works on Flask 2.2 to 3.1
and on the development version.
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
"""Seconds that a scenario may take, unless told otherwise."""

SCENARIO = "<scenario>"
"""What the file that tracebacks name for a block of a scenario begins with."""


class ScenarioTimeout(BaseException):
    """A scenario ran longer than it may.

    Not an :exc:`Exception`, so that neither Flask nor the snippet can answer it.
    """


class ScenarioError(Exception):
    """A snippet, or its scenario, could not be run to its end.

    `line` is the line in the snippet's file, from 1.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


Scenario = Callable[[dict[str, Any]], Sequence[Block]]
"""Chooses, with the names of the imported module, the blocks to run."""


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
    """Import the file at `path` afresh as module `name` and run `scenario` in it.

    The blocks share the module's names, as in a doctest. `timeout` is in seconds;
    it needs ``SIGALRM`` and the main thread. `around` calls what it is given, which
    imports and runs. Without `masks`, values are shown as they are.

    :raises ScenarioError: if importing the file or running a block raises, also
        what is no :exc:`Exception`, or if the time is up.
    """
    path = path.resolve()
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    connections = Connections()
    recorder = Recorder(
        str(path), dict(spans(tree)), masks=masks, connections=connections
    )
    run = Run([], [], [])
    # What a snippet leaves in the process is looked for while its names still live.
    names: dict[str, Any] = {}
    line = 1
    printed = io.StringIO()

    def body() -> None:
        nonlocal line
        with connections, imported(path, name) as module, recorder:
            names.update(vars(module))
            for block in scenario(names):
                line = block.line
                # Below as many empty lines, so that all who name a line name it right.
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
            # Also where something else was raised since: what is cut off may fail.
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
    """Send what Flask logs to `stream` or nowhere, whoever has set up logging."""
    root = logging.getLogger()
    handlers, root.handlers = root.handlers, []
    try:
        with contextlib.redirect_stderr(stream or io.StringIO()):
            yield
    finally:
        root.handlers = handlers


@contextlib.contextmanager
def imported(path: Path, name: str) -> Iterator[ModuleType]:
    """Import `path` as a new module; put back what stood under its name."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    earlier = sys.modules.get(name)
    sys.modules[name] = module
    try:
        # Not by the loader: two saves in a second can share one file of bytecode.
        exec(compile(path.read_bytes(), path, "exec"), vars(module))
        yield module
    finally:
        if earlier is None:
            sys.modules.pop(name, None)
        else:
            sys.modules[name] = earlier


class TimeLimit:
    """Raises :exc:`ScenarioTimeout` when the time is up, in the main thread alone."""

    is_up = False
    """Whether it has raised."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        # For what swallows the first. Not while that still ends the run.
        self._again = max(seconds, 0.25)
        self._earlier: Any = None
        self._runs = False

    def __enter__(self) -> None:
        # Here, not above: in the browser there is neither.
        import ctypes
        import signal
        from concurrent.futures import ThreadPoolExecutor

        if threading.current_thread() is not threading.main_thread():
            return
        # Interrupted there, a pool forgets the thread that it has started, and Python
        # waits for that thread at its exit, for ever.
        starts = vars(ThreadPoolExecutor)["_adjust_thread_count"].__code__
        self._spared = {starts, *_SPARED}
        self._before = set(sys._current_frames())
        # Looked up at once: a run may not reach for what is below Python.
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
        # Not by threading.enumerate: the code that this interrupts may hold its lock.
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
"""What is not interrupted: it would leave the process as nobody expects it."""
