"""The seal of a test run: what it has done, written at its very end.

A test or a snippet that ends the process leaves no seal, whatever the status of the
process was. ``python -m tests.seal FILE`` looks at it from outside, for ``make``.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def running(seal):
    """Return the file that names the test being run."""
    return seal.with_suffix(".running")


def faults(seal, root, whole):
    """Return what the seal at `seal` says against the run; `whole` means all of it."""
    try:
        found = json.loads(seal.read_text("utf-8"))
    except (OSError, ValueError):
        last = running(seal)
        where = f" while it ran {last.read_text('utf-8')}" if last.exists() else ""
        return [
            f"the test run ended before its end{where}: something ended the process"
            " (sys.exit, os._exit, a signal). Run this test alone to see it"
        ]
    lines = []
    if found["status"]:
        lines.append(f"the test run failed (pytest's status {found['status']})")
    if found["finished"] != found["chosen"]:
        lines.append(f"{found['chosen']} tests to run, {found['finished']} finished")
    if found["lost"]:
        lines.append(f"{found['lost']} workers ended before their end")
    if not found["finished"]:
        lines.append("no test was run")
    if whole:
        files = {path.relative_to(root).as_posix() for path in on_disk(root)}
        if found["selection"]:
            lines.append("only a part was run")
        missing = sorted(files.difference(found["files"]))
        lines += [f"{name}: not collected" for name in missing]
    return lines


def on_disk(root):
    """Return the files that a whole run covers."""
    tests = (root / "tests").rglob("test_*.py")
    snippets = (root / "snippets").rglob("*.py")
    beside = {"fixtures", "pages"}
    return {
        path
        for path in (*tests, *snippets)
        if path.name != "__init__.py"
        and not beside.intersection(path.relative_to(root).parts)
    }


def main(arguments):
    """Check a seal; ``--whole``: of a run of everything."""
    seal = Path(next(a for a in arguments if not a.startswith("-")))
    found = faults(seal, ROOT, "--whole" in arguments)
    for line in found:
        print(f"{seal}: {line}", file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
