"""``{transcript}``: the trace of a snippet in sentences."""

from docutils import nodes
from sphinx.application import Sphinx

from hookbook.explain import words
from hookbook.explain.boxes import box
from hookbook.explain.views import request_title

from .base import PageError, SnippetDirective


class Transcript(SnippetDirective):
    """Describe the requests of a snippet, a sentence or two for each step."""

    required_arguments = 1
    has_content = False

    def build(self) -> list[nodes.Node]:
        """Return a paragraph and a list for each request."""
        _, run = self.load(self.arguments[0])
        if not run.traces:
            raise PageError("the scenario makes no request: there is nothing to show")
        result = box("div", classes=["hb-transcript"], support_smartquotes=False)
        for trace in run.traces:
            if len(run.traces) > 1:
                result += request_title(trace, run)
            items = nodes.enumerated_list("", enumtype="arabic", prefix="", suffix=".")
            for step in trace.steps:
                text, _ = self.parse_inline(words.sentence(step))
                items += nodes.list_item("", nodes.paragraph("", "", *text))
            result += items
        self.set_source_info(result)
        return [result]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("transcript", Transcript)
