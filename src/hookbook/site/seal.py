"""The seal of a build: what it has done, written at its very end.

A snippet that ends the process leaves no seal, whatever the exit status was.
``python -m hookbook.site.seal DOCTREES HTML``, from the project's root, compares
the seal and the pages with the files on the disk, for ``make``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

NAME = "hookbook.seal"


def break_seal(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Remove the seal of the last build, before anything is run."""
    Path(app.doctreedir, NAME).unlink(missing_ok=True)


def sign(app: Sphinx, exception: Exception | None) -> None:
    """Write which pages were built and which snippets they show."""
    if exception is not None:
        return
    # Here, not at the top: the check from outside needs no Sphinx, and is quick.
    from .usage import all_usage

    snippets = set[str]().union(*(use.snippets for use in all_usage(app.env).values()))
    found = {
        "pages": sorted(app.env.found_docs),
        "left out": sorted(app.config.hookbook_left_out),
        "snippets": sorted(snippets),
    }
    Path(app.doctreedir, NAME).write_text(json.dumps(found), encoding="utf-8")


def faults(doctrees: Path, html: Path, root: Path) -> list[str]:
    """Return what is missing from the build in `html`, by the files below `root`."""
    try:
        found = json.loads(Path(doctrees, NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return [
            "the build stopped early: a snippet ended the process (sys.exit,"
            " os._exit, a signal). The last line above names the page"
        ]
    lines = []
    docs, snippets = root / "docs", root / "snippets"
    pages = {path.relative_to(docs).with_suffix("") for path in docs.rglob("*.md")}
    names = {p.as_posix() for p in pages if not any(x[0] == "_" for x in p.parts)}
    # Already reported, with the reason: the reader's Python was not built.
    names -= set(found["left out"])
    if not names:
        lines.append(f"{docs}: no pages")
    for name in sorted(names | set(found["pages"])):
        page = html / f"{name}.html"
        written = page.read_text("utf-8") if page.exists() else ""
        if name not in found["pages"]:
            lines.append(f"{docs / name}.md: the build has not read this page")
        elif not written.rstrip().endswith("</html>"):
            lines.append(f"{page}: not written, or incomplete")
    shown = set(found["snippets"])
    lines += [
        f"{path}: the build has not run this snippet"
        for path in sorted(snippets.rglob("*.py"))
        if path.name != "__init__.py"
        and path.relative_to(snippets).with_suffix("").as_posix() not in shown
    ]
    return lines


def setup(app: Sphinx) -> None:
    """Remove the seal when a build begins, and write it when it has ended."""
    app.connect("env-before-read-docs", break_seal, priority=1)
    app.connect("build-finished", sign, priority=999)


def main(doctrees: str, html: str) -> int:
    """Check a build; print what is missing to standard error."""
    found = faults(Path(doctrees), Path(html), Path.cwd())
    for line in found:
        print(line, file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
