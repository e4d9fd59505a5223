"""Check the whole corpus: each snippet runs, is shown, and can be shown."""

import re
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from hookbook.corpus import proofs, runs
from hookbook.corpus.snippets import SnippetError

from .. import places
from ..usage import all_usage
from . import characters, leftovers
from .faults import Fault, at, warn

logger = logging.getLogger(__name__)

_NAME = re.compile(r"[a-z0-9_]+")


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of every snippet that does not run, or that no page shows."""
    root = Path(app.confdir, app.config.hookbook_snippets)
    shown = set[str]().union(*(use.snippets for use in all_usage(env).values()))
    for name in runs.names(root):
        if name in shown:
            continue
        try:
            runs.run(root, name, app.config.hookbook_timeout)
        except SnippetError as error:
            message, line = str(error), error.line
        else:
            message, line = "no page shows this snippet: use it or delete it", 1
        warn(message, at(root / f"{name}.py", line))


def check_files(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of snippets and tests with content that no page may show."""
    snippets = places.snippets(env)
    for path in sorted(snippets.rglob("*.py")):
        for part in path.relative_to(snippets).with_suffix("").parts:
            if not _NAME.fullmatch(part):
                warn(
                    f"'{part}' is imported by its name: use a-z, 0-9 and underscores",
                    at(path, 1),
                )
        _warn(path)
    for path in proofs.files(places.behaviour(env)):
        _warn(path)


def _warn(path: Path) -> None:
    for line, message in of_file(path.read_bytes()):
        warn(message, at(path, line))


def of_file(data: bytes) -> Iterator[Fault]:
    """Find what is wrong with a file that pages show."""
    yield from characters.faults(data)
    text = data.decode("utf-8", errors="replace")
    for place, message in leftovers.notes(text):
        yield Fault(text.count("\n", 0, place) + 1, message)


def report(app: Sphinx, exception: Exception | None) -> None:
    """Log at the end how much the build has covered."""
    if exception is not None:
        return
    pages = all_usage(app.env)
    snippets = set[str]().union(*(use.snippets for use in pages.values()))
    exceptions = sum(len(use.exceptions) for use in pages.values())
    logger.info(
        "hookbook: %d snippets run on %d pages, %d exceptions",
        len(snippets), len(pages), exceptions,
    )  # fmt: skip


def setup(app: Sphinx) -> None:
    """Check the corpus when all pages are read."""
    app.connect("env-check-consistency", check_files)
    app.connect("env-check-consistency", check)
    app.connect("build-finished", report)
