"""``make try``: check the reader's own solution of a task.

``python -m hookbook.corpus.attempt topic_tasks/name`` writes the starting point, with
the goal as its scenario, to ``build/try/name.py`` once, and checks that file with
pytest. Without a name it lists the tasks.
"""

import ast
import contextlib
import doctest
import io
import os
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from . import tasks
from .snippets import Snippet, load

FOLDER = Path("build", "try")

SOLVED, UNSOLVED, UNKNOWN = 0, 1, 2
"""The exit status."""


class _Watch:
    """Records what pytest reports for the one check of a file."""

    def __init__(self) -> None:
        self.ran = 0
        self.error: BaseException | None = None
        self.text = ""
        self.log = ""

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.text = report.longreprtext

    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> None:
        if call.when == "call":
            self.ran += 1
        if call.excinfo is not None:
            self.error = call.excinfo.value

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.log = report.caplog


def place(root: Path, name: str) -> Path:
    """Return the path of the reader's file for a task."""
    return root / FOLDER / f"{name.rpartition('/')[2]}.py"


def starting_text(start: Snippet, solution: Snippet) -> str:
    """Return the starting point's code with the solution's check above it."""
    lines = solution.path.read_text(encoding="utf-8").splitlines()
    above = lines[: min(solution.lines) - 1]
    return "\n".join([*above, *start.lines.values(), ""])


def check(file: Path, solution: Snippet) -> str:
    """Run the check of `file`; return the failure in words, or an empty string."""
    try:
        tried = ast.parse(file.read_text(encoding="utf-8"))
    except SyntaxError as error:
        return f"This isn't valid Python yet. Line {error.lineno}: {error.msg}"
    if ast.get_docstring(tried, clean=False) != solution.docstring:
        return (
            "The text at the top of the file is the check, and it has changed. Put it"
            " back, or\ndelete the file to start over."
        )
    watch = _Watch()
    arguments = [os.fspath(file), "--doctest-modules", "--noconftest"]
    # Without the project's pytest settings and plugins: one file, one check.
    arguments += ["-c", os.devnull, "--rootdir", os.fspath(file.parent)]
    arguments += ["-p", "no:cacheprovider"]
    with contextlib.redirect_stdout(io.StringIO()) as said:
        status = pytest.main(arguments, plugins=[watch])
    if status == pytest.ExitCode.OK and watch.ran == 1:
        return ""
    return _explain(watch) or f"pytest could not run the check:\n{said.getvalue()}"


def _explain(watch: _Watch) -> str:
    error = watch.error
    if isinstance(error, doctest.DocTestFailure):
        text = f"Expected:\n{_indent(error.example.want)}\n"
        text += f"Printed:\n{_indent(error.got)}"
    elif isinstance(error, doctest.UnexpectedException):
        text = f"The check raised {_name(error.exc_info[1])}"
    elif error is not None:
        text = f"The check raised {_name(error)}"
    else:
        text = watch.text
    if watch.log:
        text += f"\nLogged meanwhile:\n{_indent(watch.log)}"
    return text


def _name(error: Any) -> str:
    return f"{type(error).__name__}: {error}"


def _indent(text: str) -> str:
    return textwrap.indent(text.rstrip("\n"), "    ") or "    (nothing)"


def listing(snippets: Path) -> str:
    """List every task and its goal."""
    titles = {name: load(snippets, name).title for name in tasks.names(snippets)}
    width = max(map(len, titles), default=0)
    return "\n".join(f"  {name:{width}}  {title}" for name, title in titles.items())


def attempt(root: Path, name: str) -> int:
    """Check the reader's file for a task, created if missing; print the result."""
    snippets = root / "snippets"
    if not name:
        print(f"Choose a task:\n\n{listing(snippets)}\n\nmake try TASK=...")
        return SOLVED
    if name not in tasks.names(snippets):
        print(
            f"There is no task '{name}'. There are:\n\n{listing(snippets)}",
            file=sys.stderr,
        )
        return UNKNOWN
    solution = load(snippets, name)
    file = place(root, name)
    shown = file.relative_to(root)
    if not file.exists():
        start = load(snippets, tasks.start_of(name))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(starting_text(start, solution), encoding="utf-8")
        print(f"The starting point is now in {shown}, for you to edit.\n")
    wrong = check(file, solution)
    if not wrong:
        print(f"Solved: {solution.title}")
        return SOLVED
    print(f"Not solved yet: {solution.title}\n\n{wrong}\n")
    print(f"Edit {shown}, then check it again: make try TASK={name}")
    return UNSOLVED


if __name__ == "__main__":
    sys.exit(attempt(Path.cwd(), "".join(sys.argv[1:])))
