"""Refuse what breaks the promise: on the doctree, and over the whole corpus."""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from hookbook.corpus import runs
from hookbook.corpus.snippets import SnippetError

from .usage import all_usage

logger = logging.getLogger(__name__)

ALLOWED = frozenset(
    "apache bash console css html ini jinja json make nginx sh shell toml yaml".split()
)
"""Languages a page may hold itself: settings and commands, which no run produces.

Not Python in any of its names, and not plain text, which would be somebody's idea
of an output.
"""


def check_page(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of every block on a page that neither a snippet nor a run produced."""
    for node in doctree.findall(nodes.Element):
        what = _typed(node, app.config.highlight_language)
        if what is None:
            continue
        logger.warning(
            "%s typed into the page: nobody runs it. Put the example into"
            " %s/ and show it with {snippet}; if it cannot be run, use {untested}"
            " with a reason",
            what, Path(app.config.hookbook_snippets).name,
            location=node, type="hookbook", subtype="policy",
        )  # fmt: skip


def _typed(node: nodes.Element, default: str) -> str | None:
    """Name what was typed into the page though a run could have produced it."""
    if isinstance(node, nodes.raw):
        return f"raw {node.get('format', '')}"
    if isinstance(node, nodes.doctest_block):
        return "a doctest block"
    if not isinstance(node, nodes.literal_block) or node.get("from_snippet"):
        return None
    language = node.get("language", default)
    return None if language in ALLOWED else f"a '{language}' block"


def check_corpus(app: Sphinx, env: BuildEnvironment) -> None:
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
        logger.warning(
            "%s", message, location=f"{root / name}.py:{line}",
            type="hookbook", subtype="policy",
        )  # fmt: skip


def report(app: Sphinx, exception: Exception | None) -> None:
    """Say at the end how much the build has covered."""
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
    """Check each page when it is read, and the corpus when all are."""
    app.connect("doctree-read", check_page)
    app.connect("env-check-consistency", check_corpus)
    app.connect("build-finished", report)
