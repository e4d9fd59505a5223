"""Check a page when it is read: its file, and its doctree."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from .. import places
from ..proof_pages import is_made
from . import characters, doctree, fences, front_matter, headings, styles, wording
from .commands import Makefile
from .faults import Fault, warn


def of_file(data: bytes) -> Iterator[Fault]:
    """Find what is wrong with the file of a page."""
    yield from characters.faults(data)
    lines = fences.read(data.decode("utf-8-sig", errors="replace"))
    yield from lines.faults
    yield from front_matter.faults(lines.front_matter)
    if not lines.faults:
        # After a fence that is never closed, no line is what it seems.
        yield from headings.faults(lines)
    yield from styles.faults(lines)


def check(app: Sphinx, tree: nodes.document) -> None:
    """Warn of everything that is wrong with a page."""
    env = app.env
    path = Path(env.doc2path(env.docname))
    made = is_made(env.docname)
    if not made:
        for line, message in of_file(path.read_bytes()):
            warn(message, (env.docname, line))
    root = places.root(env)
    makefile = Makefile.of(root)
    blocks = tree.findall(nodes.literal_block)
    if any(block.get("language") == "console" for block in blocks):
        env.note_dependency(root / "Makefile")
    snippets = Path(app.config.hookbook_snippets).name
    found = doctree.faults(
        tree, app.config.highlight_language, snippets, makefile, made=made
    )
    for node, offset, message in chain(found, _style(app, tree)):
        source, line = _place(node)
        warn(message, f"{source or path}:{line + offset}")


def _style(app: Sphinx, tree: nodes.document) -> Iterator[doctree.Found]:
    """Find what the style sheet rejects, if the project has one."""
    env = app.env
    if not app.config.hookbook_style or is_made(env.docname):
        return
    path = places.root(env) / app.config.hookbook_style
    env.note_dependency(path)
    sheet = wording.sheet(path)
    yield from wording.faults(tree, env.docname, sheet)
    description = env.metadata[env.docname].get("description", "")
    for _, message in wording.in_text(description, sheet):
        yield tree, 0, f"description: {message}"


def _place(node: nodes.Node) -> tuple[str | None, int]:
    """Return the file and the line of a node, or of its nearest ancestor with one."""
    while node.parent is not None and not node.line:
        node = node.parent
    return node.source, node.line or 1


def setup(app: Sphinx) -> None:
    """Check each page."""
    app.add_config_value("hookbook_style", "", "env", str)
    app.connect("doctree-read", check)
