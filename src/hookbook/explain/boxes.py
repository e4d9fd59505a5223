"""One node for the HTML elements that docutils has no node for.

Builders without HTML write only its children, in order.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes


class box(nodes.General, nodes.Element):
    """An HTML element: ``box(tag="figure", data={...})`` with classes and ids."""

    def __init__(self, tag: str, *children: nodes.Node, **attributes: Any) -> None:
        super().__init__("", *children, tag=tag, **attributes)

    def copy(self) -> box:
        """Return a childless copy, as docutils expects of every element."""
        attributes = {k: v for k, v in self.attributes.items() if k != "tag"}
        return box(self["tag"], **attributes)
