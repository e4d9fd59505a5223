"""A page without its visual and interactive parts: marks, switches, trace views."""

from itertools import groupby

from docutils import nodes
from sphinx.application import Sphinx

from ..directives.measured import bar, holds_mark
from ..directives.proof import claim_mark
from ..step_lists import has, list_steps

LEFT_OUT = ("hb-checks", "hb-file", "hb-needs", "hb-reading-time")
"""Parts that repeat a section's claims, show a whole file, are about scripts, or give
the reading time."""


def reduced(app: Sphinx, doctree: nodes.document) -> nodes.document:
    """Reduce a resolved page, which is not needed any more, and return it.

    Lists of steps replace the views. Copying would take a tenth of a build.
    """
    list_steps(app, doctree)
    for node in list(doctree.findall(_is_left_out)):
        node.parent.remove(node)
    for item in list(doctree.findall(nodes.list_item)):
        item.children = _with_changes(item)
    return doctree


def _is_left_out(node: nodes.Node) -> bool:
    return isinstance(node, claim_mark | holds_mark | bar) or has(node, *LEFT_OUT)


def _with_changes(item: nodes.list_item) -> list[nodes.Node]:
    """Return the content of a step, with its changes as a list."""
    found: list[nodes.Node] = []
    for is_change, parts in groupby(item.children, lambda n: has(n, "hb-changes")):
        if is_change:
            items = [nodes.list_item("", part) for part in parts]
            found.append(nodes.bullet_list("", *items))
        else:
            found += parts
    return found
