"""How Sphinx writes a :class:`.box`: as its element, or only its content."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from hookbook.explain.boxes import box

_LINE_TAGS = {"figcaption", "h2", "summary"}


def _visit_html(self: HTML5Translator, node: box) -> None:
    attributes: dict[str, str] = node.get("data", {})
    self.body.append(self.starttag(node, node["tag"], "\n", False, **attributes))


def _depart_html(self: HTML5Translator, node: box) -> None:
    self.body.append(f"</{node['tag']}>\n")


def unbox(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """For builders without HTML, replace boxes with their content."""
    if app.builder.format == "html":
        return
    for node in list(doctree.findall(box)):
        content = node.children
        if node["tag"] in _LINE_TAGS:
            content = [nodes.paragraph("", "", *content)]
        node.parent[node.parent.index(node) : node.parent.index(node) + 1] = content


def setup(app: Sphinx) -> None:
    """Register the node, and the handler that removes it where there is no HTML."""
    app.add_node(box, html=(_visit_html, _depart_html))
    # Late: other handlers look for boxes or insert some.
    app.connect("doctree-resolved", unbox, priority=900)
