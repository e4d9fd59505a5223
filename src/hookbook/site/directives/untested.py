"""``{untested}``: the honest exception, code that no test runs, with its reason."""

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

from hookbook.explain.boxes import box
from hookbook.explain.parts import code_block

from ..usage import usage
from .base import PageError, SnippetDirective


class Untested(SnippetDirective):
    """Show code that no test runs. The reason is required, shown and counted."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"reason": directives.unchanged_required}

    def build(self) -> list[nodes.Node]:
        """Return the block and, below it, the reason."""
        reason = self.options.get("reason")
        if not reason:
            raise PageError("say with ':reason:' why this code cannot be run")
        usage(self.env).exceptions.append(reason)
        block = code_block("\n".join(self.content), self.arguments[0])
        text = nodes.paragraph("", f"Not run: {reason}", classes=["hb-label"])
        return [box("div", block, text, classes=["hb-untested"])]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("untested", Untested)
