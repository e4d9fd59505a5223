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
    """Return a copy of a resolved page, with lists of steps instead of views."""
    result = doctree.deepcopy()
    list_steps(app, result)
    for node in list(result.findall(_is_left_out)):
        node.parent.remove(node)
    for item in list(result.findall(nodes.list_item)):
        item.children = _with_changes(item)
    return result


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
