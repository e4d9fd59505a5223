"""The tasks: two snippets, a starting point and a solution, with one check.

The scenario of ``topic_tasks/name`` is the check, and its output is the goal. The
starting point ``topic_tasks/name_start`` has the same scenario; its output is what
the check prints while the task is unsolved.
"""

from pathlib import Path

from hookbook.trace.steps import Run

from . import runs

FOLDERS = "_tasks"
"""The suffix of the folders with tasks."""

_START = "_start"


def names(root: Path) -> list[str]:
    """List the tasks below `root` (``topic_tasks/name``)."""
    return [
        name
        for name in runs.names(root)
        if name.split("/")[0].endswith(FOLDERS) and not name.endswith(_START)
    ]


def start_of(name: str) -> str:
    """Return the name of a task's starting point."""
    return f"{name}{_START}"


def compare(start: Run, solution: Run) -> None:
    """Reject two runs that make no task.

    :raises ValueError: if their checks differ, or the starting point already passes.
    """
    checks = [[block.source for block in run.blocks] for run in (start, solution)]
    if checks[0] != checks[1]:
        raise ValueError(
            "the starting point and the solution have different checks: give both"
            " the same testcode"
        )
    if start.stdout == solution.stdout:
        raise ValueError("the starting point already passes its check")
