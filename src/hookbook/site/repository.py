"""``{repository}``: the words of a link to Hookbook's own repository.

Its address is set in ``hookbook_repository`` in conf.py. Without one, the words are
plain text.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole


class RepositoryRole(SphinxRole):
    """``{repository}`a clone``` links these words, if there is an address."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a link, or the words alone."""
        address = self.config.hookbook_repository
        if not address:
            return [nodes.inline(self.rawtext, self.text, classes=[MARK])], []
        return [
            nodes.reference(self.rawtext, self.text, refuri=address, classes=[MARK])
        ], []


MARK = "hb-repository"
"""The class of the role's nodes."""


def add_address(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the templates the address."""
    context["hookbook_repository"] = app.config.hookbook_repository


def setup(app: Sphinx) -> None:
    """Register the role and the setting."""
    app.add_config_value("hookbook_repository", "", "env", str)
    app.add_role("repository", RepositoryRole())
    app.connect("html-page-context", add_address)
