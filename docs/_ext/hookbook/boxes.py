"""One node for the HTML elements that docutils has no word for.

Builders without HTML get only its children, in their order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

_LINE_TAGS = {"figcaption", "h2", "summary"}


class box(nodes.General, nodes.Element):
    """An HTML element: ``box(tag="figure", data={...})`` with classes and ids."""

    def __init__(self, tag: str, *children: nodes.Node, **attributes: Any) -> None:
        super().__init__("", *children, tag=tag, **attributes)

    def copy(self) -> box:
        """Return a childless copy, as docutils expects of every element."""
        attributes = {k: v for k, v in self.attributes.items() if k != "tag"}
        return box(self["tag"], **attributes)


def _visit_html(self: HTML5Translator, node: box) -> None:
    attributes = dict(node.get("data", {}))
    if node["tag"] == "details" and self.builder.name == "epub":
        attributes["open"] = "open"
    self.body.append(self.starttag(node, node["tag"], "\n", False, **attributes))


def _depart_html(self: HTML5Translator, node: box) -> None:
    self.body.append(f"</{node['tag']}>\n")


def unbox(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Leave to builders without HTML what is in the boxes, in its order."""
    if app.builder.format == "html":
        return
    for node in list(doctree.findall(box)):
        content = node.children
        if node["tag"] in _LINE_TAGS:
            content = [nodes.paragraph("", "", *content)]
        node.parent[node.parent.index(node) : node.parent.index(node) + 1] = content


def setup(app: Sphinx) -> None:
    """Register the node, and take it away where there is no HTML."""
    app.add_node(box, html=(_visit_html, _depart_html))
    # Late: other handlers look for boxes or put some in.
    app.connect("doctree-resolved", unbox, priority=900)
