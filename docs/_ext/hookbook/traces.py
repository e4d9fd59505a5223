"""Record every snippet and keep the traces: one file for one version of Flask.

``python -m hookbook.traces build/traces.json``, from the project's root, needs Flask
and pytest-sphinx, and no Sphinx. A snippet that cannot be recorded is an entry with
the reason; the others are recorded all the same.
"""

import importlib
import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from . import evidence


def record_all(snippets: Path) -> dict[str, dict[str, Any]]:
    """Record the snippets below `snippets`; return each trace, or its ``error``."""
    names = sorted(
        path.relative_to(snippets).with_suffix("").as_posix()
        for path in snippets.rglob("*.py")
        if path.name != "__init__.py"
    )
    return {name: _record(snippets, name) for name in names}


def _record(snippets: Path, name: str) -> dict[str, Any]:
    try:
        # Here, not above: a Flask that the recorder doesn't know stops this import.
        recorder = importlib.import_module(f"{__package__}.recorder")
        snippet = importlib.import_module(f"{__package__}.snippet").load(snippets, name)
        trace = importlib.import_module(f"{__package__}.trace")
        # The output isn't checked: what a wrong one came from is wanted, too.
        run = recorder.record(snippet.path, snippet.module, snippet.scenario)
        found: dict[str, Any] = trace.as_json(run)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return found


def main(root: Path, target: Path) -> None:
    """Write the traces of the project at `root`, and what they are of."""
    sys.path.insert(0, str(root))
    found = {
        "flask": version("flask"),
        "sources": evidence.sources(root),
        "snippets": record_all(root / "snippets"),
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path.cwd(), Path(sys.argv[1]))
