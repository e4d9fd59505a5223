"""Record every snippet and keep the traces: one file for one version of Flask.

``python -m hookbook.corpus.recordings build/traces.json``, from the project's root,
needs Flask and pytest-sphinx, but not Sphinx. A snippet that cannot be recorded is an
entry with the reason; the others are still recorded.
"""

import importlib
import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from . import evidence

LIMIT = 5.0
"""Seconds that a snippet may take by default."""
PATIENCE = 3
"""After this many snippets that ran out of time, no other is tried."""


def record_all(snippets: Path, limit: float = LIMIT) -> dict[str, dict[str, Any]]:
    """Record the snippets below `snippets`; return each trace, or its ``error``."""
    found: dict[str, dict[str, Any]] = {}
    hung = 0
    for path in sorted(snippets.rglob("*.py")):
        name = path.relative_to(snippets).with_suffix("").as_posix()
        if path.name == "__init__.py":
            continue
        if hung == PATIENCE:
            found[name] = {"error": f"not tried, since {PATIENCE} others did not end"}
            continue
        began = time.monotonic()
        found[name] = _record(snippets, name, limit)
        hung += "error" in found[name] and time.monotonic() - began >= limit
    return found


def _record(snippets: Path, name: str, limit: float) -> dict[str, Any]:
    try:
        # Here, not at the top: this import fails on a Flask that is too new.
        recorder = importlib.import_module("hookbook.trace.recorder")
        snippet = importlib.import_module("hookbook.corpus.snippets").load(
            snippets, name
        )
        steps = importlib.import_module("hookbook.trace.steps")
        # The output isn't checked: the trace of a wrong one is also needed.
        run = recorder.record(
            snippet.path, snippet.module, snippet.scenario, timeout=limit
        )
        found: dict[str, Any] = steps.as_json(run)
    except Exception as error:
        ours = type(error).__module__.startswith("hookbook.")
        return {"error": str(error) if ours else f"{type(error).__name__}: {error}"}
    return found


def main(root: Path, target: Path, limit: float = LIMIT) -> None:
    """Write the traces of the project at `root`, with the digest of their sources."""
    found = {
        "flask": version("flask"),
        "sources": evidence.sources(root),
        "snippets": record_all(root / "snippets", limit),
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path.cwd(), Path(sys.argv[1]), *map(float, sys.argv[2:]))
