"""``{paste-error}``: a table of error messages, with a box to paste one into.

Each row has a message, as code, and a link to the section that explains it. Scripts
add the box; without them the table is enough. The search finds the same sections.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from hookbook.explain.boxes import box

from .base import logger


class PasteError(SphinxDirective):
    """Mark a table as the list of errors of the site."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the table in its place; warn of a row without a link."""
        place = box("div", classes=["hb-errors"])
        place += self.parse_content_to_nodes()
        self.set_source_info(place)
        rows = [row for body in place.findall(nodes.tbody) for row in body.children]
        if not rows:
            self._warn("no table: give each message a row, with a link to its section")
        for row in rows:
            first, last = row.children[0], row.children[-1]
            said = next(first.findall(nodes.literal), None)
            links = [node for node in last.findall() if "reftarget" in _named(node)]
            if said is None or not links:
                self._warn(
                    f"'{row.astext().splitlines()[0]}' needs a message and a link:"
                    " begin the row with the message as code, end it with a link"
                )
        return [place]

    def _warn(self, message: str) -> None:
        logger.warning(
            "%s", message, location=self.get_location(),
            type="hookbook", subtype="errors",
        )  # fmt: skip


def _named(node: nodes.Node) -> dict[str, object]:
    return node.attributes if isinstance(node, nodes.Element) else {}


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("paste-error", PasteError)
