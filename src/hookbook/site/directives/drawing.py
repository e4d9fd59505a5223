"""``{picture}``: the layers around the view of a snippet, each a link."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from hookbook.explain.boxes import box
from hookbook.explain.picture import Layer, draw, enumerate_layers, layers

from ..left_out import left_out
from .base import PageError, SnippetDirective

PAGES = {
    "url_value_preprocessor": "reference/url-value-preprocessor",
    "before_request": "reference/before-request",
    "after_this_request": "reference/after-this-request",
    "after_request": "reference/after-request",
    "teardown_request": "reference/teardown-request",
    "teardown_appcontext": "reference/teardown-appcontext",
}
"""The page that a layer links to, by the phase of its step."""


class layers_picture(nodes.General, nodes.Element):
    """The picture, until its links are known."""


class Picture(SnippetDirective):
    """Draw the layers of the first request of a snippet."""

    required_arguments = 1
    has_content = False

    def build(self) -> list[nodes.Node]:
        """Return the picture in a box."""
        _, run = self.load(self.arguments[0])
        if not run.traces:
            raise PageError("the scenario makes no request: there is nothing to draw")
        picture = layers_picture(layers=layers(run.traces[0]))
        result = box("div", picture, classes=["hb-picture"])
        self.set_source_info(result)
        return [result]


def _visit_html(self: HTML5Translator, node: layers_picture) -> None:
    builder, env = self.builder, self.builder.env

    def address(layer: Layer) -> str | None:
        page = PAGES.get(layer.phase)
        if page is None or page not in env.found_docs or left_out(env, page):
            return None
        return builder.get_relative_uri(builder.current_docname, page)

    show = enumerate_layers if builder.name == "epub" else draw
    self.body.append(show(node["layers"], address))
    raise nodes.SkipNode


def _skip(self: object, node: layers_picture) -> None:
    # The steps beside it contain the same.
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the directive and the node."""
    app.add_node(
        layers_picture,
        html=(_visit_html, None),
        latex=(_skip, None),
        text=(_skip, None),
        man=(_skip, None),
        texinfo=(_skip, None),
    )
    app.add_directive("picture", Picture)
