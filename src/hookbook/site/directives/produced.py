"""``{produced}``: a value from a run, in the middle of a sentence.

``{produced}`after_request/add_header response.headers[X-Hello]``` names a snippet
and, after a space, an expression for :func:`.answers.computed`.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from hookbook.corpus.answers import computed
from hookbook.corpus.snippets import SnippetError

from .base import PageError, load, logger


class Produced(SphinxRole):
    """Insert a value from a run, as code."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return one literal; on an error warn, and return the role's own text."""
        name, _, expression = self.text.partition(" ")
        try:
            _, result = load(self.env, name)
            value = computed(result, expression)
        except (PageError, SnippetError, ValueError) as error:
            logger.warning(
                "{produced}: %s", error, location=self.get_location(),
                type="hookbook", subtype="produced",
            )  # fmt: skip
            value = self.text
        return [nodes.literal(value, value, from_snippet=True)], []


def setup(app: Sphinx) -> None:
    """Register the role."""
    app.add_role("produced", Produced())
