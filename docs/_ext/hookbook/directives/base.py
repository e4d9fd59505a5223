"""What the directives share: finding a snippet, running it, saying what is wrong."""

from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .. import corpus, places
from ..parts import Cell as Cell
from ..parts import code_block as code_block
from ..parts import label as label
from ..parts import table as table
from ..snippet import Snippet, SnippetError, exists
from ..trace import Run
from ..usage import usage

logger = logging.getLogger(__name__)


class PageError(Exception):
    """The page is wrong; `line` counts from 1, ``None`` is the directive's own."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class SnippetDirective(SphinxDirective):
    """A directive about snippets. Errors become warnings with file and line."""

    def run(self) -> list[nodes.Node]:
        """Build the nodes; on an error warn, and build none."""
        try:
            return self.build()
        except PageError as error:
            source, line = self.get_source_info()
            logger.warning(
                "%s", error, location=f"{source}:{error.line or line}",
                type="hookbook", subtype=self.name,
            )  # fmt: skip
        except SnippetError as error:
            logger.warning(
                "%s (shown on %s)", error, self.get_location(),
                location=f"{error.path}:{error.line}",
                type="hookbook", subtype=self.name,
            )  # fmt: skip
        return []

    def build(self) -> list[nodes.Node]:
        """Return the directive's nodes.

        :raises PageError: if the page uses the directive wrongly.
        :raises SnippetError: if the snippet is wrong.
        """
        raise NotImplementedError

    @property
    def snippets(self) -> Path:
        """The folder of the snippets."""
        return places.snippets(self.env)

    def load(self, name: str) -> tuple[Snippet, Run]:
        """Return the snippet `name` and its run, and note that this page uses it."""
        return load(self.env, name)

    def words(self, option: str) -> list[str]:
        """Split the value of an option at its commas."""
        value = self.options.get(option) or ""
        return [word.strip() for word in value.split(",") if word.strip()]


def load(env: BuildEnvironment, name: str) -> tuple[Snippet, Run]:
    """Return the snippet `name` and its run, and note that the page uses it.

    :raises PageError: if there is no such snippet.
    :raises SnippetError: if the snippet is wrong.
    """
    folder = places.snippets(env)
    env.note_dependency(folder / f"{name}.py")
    if not exists(folder, name):
        raise PageError(
            f"there is no snippet '{name}': write the path below {folder.name}/"
            " without '.py', as in 'topic/name'"
        )
    usage(env).snippets.add(name)
    return corpus.run(folder, name, env.config.hookbook_timeout)
