"""Find all snippets, and run them."""

import pickle
import re
from functools import partial
from importlib import import_module
from pathlib import Path

from hookbook.trace.recorder import TIMEOUT, ScenarioError, record
from hookbook.trace.steps import Run

from . import outputs
from .guard import LeakError, guarded
from .snippets import Snippet, SnippetError, load

_NO_REQUEST = re.compile(r"^[ \t]*\.\. no request: \S.+$", re.MULTILINE)

Runs = dict[tuple[Path, bytes], tuple[Snippet, Run]]

_runs: Runs = {}


def names(root: Path) -> list[str]:
    """List the snippets below `root` (``topic/file``), found on the disk."""
    return sorted(
        path.relative_to(root).with_suffix("").as_posix()
        for path in root.rglob("*.py")
        if path.name != "__init__.py"
    )


def run(root: Path, name: str, timeout: float = TIMEOUT) -> tuple[Snippet, Run]:
    """Load the snippet `name`, run its scenario and check its output.

    A file runs once in a process, unless it changes. `timeout` is in seconds.

    :raises SnippetError: if it is missing, breaks a rule, raises, does not end, or its
        output differs from the expected one.
    """
    snippet = load(root, name)
    key = snippet.path, snippet.path.read_bytes()
    if key not in _runs:
        # Import the scenario's parser before anything is watched: on Python 3.10 it
        # imports a library that sets sys.excepthook.
        import_module("pytest_sphinx")
        around = partial(
            guarded,
            snippet.path.resolve(),
            name=snippet.module,
            line=snippet.docstring_line,
            timeout=timeout,
        )
        try:
            result = record(
                snippet.path,
                snippet.module,
                snippet.scenario,
                timeout=timeout,
                around=around,
            )
        except ScenarioError as error:
            cause = error.__cause__
            if isinstance(cause, SnippetError):
                raise cause from None
            if isinstance(cause, LeakError):
                raise SnippetError(str(cause), snippet.path, cause.line) from cause
            raise SnippetError(str(error), snippet.path, error.line) from error
        snippet.check(result)
        _check_traces(snippet, result)
        _check_outputs(snippet, result)
        _check_requests(snippet, result)
        _runs[key] = snippet, result
    return _runs[key]


def _check_traces(snippet: Snippet, result: Run) -> None:
    for trace in result.traces:
        if not trace.complete:
            raise SnippetError(
                f"the trace of {trace.method} {trace.path} is incomplete:"
                f" {'; '.join(trace.missing)}",
                snippet.path,
                snippet.docstring_line,
            )


def _check_outputs(snippet: Snippet, result: Run) -> None:
    source = snippet.path.read_text(encoding="utf-8")
    for fault in outputs.faults(source):
        raise SnippetError(fault.text, snippet.path, fault.line or 1)
    for block, printed in zip(result.blocks, result.outputs, strict=True):
        loose = any(block.options.values()) and "..." in block.want
        reasons = [outputs.swallowed(block.want, printed, loose)]
        reasons += outputs.varying(printed, outputs.without_outputs(source))
        for reason in filter(None, reasons):
            raise SnippetError(reason, snippet.path, block.line)


def _check_requests(snippet: Snippet, result: Run) -> None:
    """Reject an app that gets no request, if no reason is given."""
    has_app = any("Flask(" in text for text in snippet.lines.values())
    if has_app and not result.traces and not _NO_REQUEST.search(snippet.docstring):
        raise SnippetError(
            "the scenario makes no request: use app.test_client(), or say why not in"
            " the docstring, in a line '.. no request: ...'",
            snippet.path,
            snippet.docstring_line,
        )


def remember(file: Path, circumstances: str) -> None:
    """Save all runs of this process, for a later build to :func:`recall`.

    `circumstances` names what a run depends on besides its snippet.
    """
    with file.open("wb") as stream:
        pickle.dump((circumstances, _runs), stream)


def recall(file: Path, circumstances: str) -> None:
    """Reuse the runs of an earlier build.

    Only under the same `circumstances`; a snippet that has changed runs again.
    """
    try:
        with file.open("rb") as stream:
            earlier, runs = pickle.load(stream)
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError):
        return
    if earlier == circumstances:
        _runs.update(runs)
