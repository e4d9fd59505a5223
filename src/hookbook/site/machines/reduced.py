"""A page without what is for eyes and pointers: marks, switches, views of a trace."""

from itertools import groupby

from docutils import nodes
from sphinx.application import Sphinx

from ..directives.measured import bar, holds_mark
from ..directives.proof import claim_mark
from ..step_lists import has, list_steps

LEFT_OUT = ("hb-checks", "hb-file", "hb-needs", "hb-reading-time")
"""What repeats the claims of a section, shows a whole file, speaks of scripts, or says
how long a page is."""


def reduced(app: Sphinx, doctree: nodes.document) -> nodes.document:
    """Change a resolved page, which nobody needs any more, and return it.

    Lists of steps are in the places of views. A copy would be a tenth of a build.
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
    """Return what a step has, its changes as a list."""
    found: list[nodes.Node] = []
    for is_change, parts in groupby(item.children, lambda n: has(n, "hb-changes")):
        if is_change:
            items = [nodes.list_item("", part) for part in parts]
            found.append(nodes.bullet_list("", *items))
        else:
            found += parts
    return found
