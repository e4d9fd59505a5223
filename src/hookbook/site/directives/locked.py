"""``{locked}``: an extension with the version that the tests use."""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole

from .. import places
from .base import logger


def version(env: BuildEnvironment, name: str) -> str:
    """Return the version in the extensions' environment, or an empty string."""
    path = places.root(env) / "tests" / "extensions" / "requirements.txt"
    env.note_dependency(path)
    lock = path.read_text(encoding="utf-8") if path.exists() else ""
    found = re.search(rf"(?mi)^{re.escape(name)}==(\S+)", lock)
    return found[1] if found else ""


class LockedRole(SphinxRole):
    """Insert the name of an extension in the extensions' environment."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return its name and version; warn if the lock has no such line."""
        found = version(self.env, self.text)
        if not found:
            logger.warning(
                "{locked}: tests/extensions/requirements.txt has no '%s'", self.text,
                location=self.get_location(), type="hookbook", subtype="locked",
            )  # fmt: skip
            return [], []
        return [nodes.Text(f"{self.text} {found}")], []


def setup(app: Sphinx) -> None:
    """Register the role."""
    app.add_role("locked", LockedRole())
