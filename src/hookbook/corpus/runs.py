"""All snippets: which there are, and what each does when it runs."""

import pickle
from pathlib import Path

from hookbook.trace.recorder import TIMEOUT, ScenarioError, record
from hookbook.trace.steps import Run

from .snippets import Snippet, SnippetError, load

Runs = dict[tuple[Path, bytes], tuple[Snippet, Run]]

_runs: Runs = {}


def names(root: Path) -> list[str]:
    """List the snippets below `root` (``topic/file``), found by walking the disk."""
    return sorted(
        path.relative_to(root).with_suffix("").as_posix()
        for path in root.rglob("*.py")
        if path.name != "__init__.py"
    )


def run(root: Path, name: str, timeout: float = TIMEOUT) -> tuple[Snippet, Run]:
    """Load the snippet `name`, run its scenario and check its output.

    A file runs once in a process, as long as it does not change. `timeout` is in
    seconds.

    :raises SnippetError: if it is missing, breaks a rule, raises, does not end, or
        prints something else than it promises.
    """
    snippet = load(root, name)
    key = snippet.path, snippet.path.read_bytes()
    if key not in _runs:
        try:
            result = record(
                snippet.path, snippet.module, snippet.scenario, timeout=timeout
            )
        except ScenarioError as error:
            if isinstance(error.__cause__, SnippetError):
                raise error.__cause__ from None
            raise SnippetError(str(error), snippet.path, error.line) from error
        snippet.check(result)
        _runs[key] = snippet, result
    return _runs[key]


def remember(file: Path, circumstances: str) -> None:
    """Write down all runs of this process, for a later build to :func:`recall`.

    `circumstances` names what a run depends on besides its snippet.
    """
    with file.open("wb") as stream:
        pickle.dump((circumstances, _runs), stream)


def recall(file: Path, circumstances: str) -> None:
    """Take the runs of an earlier build for those of this one.

    Only under the same `circumstances`; a snippet that has changed runs again.
    """
    try:
        with file.open("rb") as stream:
            earlier, runs = pickle.load(stream)
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError):
        return
    if earlier == circumstances:
        _runs.update(runs)
