"""``{exchange}``: the requests of a snippet and their responses, as curl shows them."""

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

from hookbook.explain.boxes import box
from hookbook.explain.curl import ExchangeError, exchange
from hookbook.explain.parts import code_block

from .base import PageError, SnippetDirective


class Exchange(SnippetDirective):
    """Show what curl would print; ``:requests: 1, 3`` selects requests, from 1."""

    required_arguments = 1
    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {
        "requests": directives.positive_int_list,
    }

    def build(self) -> list[nodes.Node]:
        """Return a block for each request."""
        _, run = self.load(self.arguments[0])
        if not run.traces:
            raise PageError("the scenario makes no request: there is nothing to show")
        result = box("div", classes=["hb-exchange"])
        for number in self.options.get("requests", range(1, len(run.traces) + 1)):
            if number > len(run.traces):
                raise PageError(
                    f":requests: there is no request {number}: the scenario makes"
                    f" {len(run.traces)}"
                )
            try:
                text = exchange(run.traces[number - 1])
            except ExchangeError as error:
                raise PageError(f"request {number}: {error}") from None
            result += code_block(text, "console", "hb-output")
        self.set_source_info(result)
        return [result]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("exchange", Exchange)
