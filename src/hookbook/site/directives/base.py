"""Shared by the directives: finding a snippet, running it, reporting errors."""

import re
import unicodedata
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from hookbook.corpus import runs
from hookbook.corpus.snippets import Snippet, SnippetError, exists
from hookbook.trace.steps import Run

from .. import mappings, places
from ..usage import usage

logger = logging.getLogger(__name__)

_FEWEST_WORDS = 4


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
        """Return the snippet `name` and its run, and record that this page uses it."""
        return load(self.env, name)

    def words(self, option: str) -> list[str]:
        """Split the value of an option at its commas."""
        value = self.options.get(option) or ""
        return [word.strip() for word in value.split(",") if word.strip()]

    @property
    def first_line(self) -> int:
        """The line of the page on which the content begins."""
        # MyST counts the offset from the directive.
        return int(self.lineno + self.content_offset + 1)

    def read_yaml(self) -> tuple[yaml.Node | None, Any]:
        """Parse the content: its nodes, which know their lines, and its values.

        :raises PageError: if the content is not YAML, or has a key twice.
        """
        text = "\n".join(self.content)
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
            for place, key in mappings.doubles(root):
                message = f"'{key}' appears twice: YAML keeps the last"
                raise PageError(message, self.first_line + place)
            return root, yaml.safe_load(text)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line = self.first_line + mark.line if mark else None
            message = f"the {self.name} is not YAML: {error.problem}"
            raise PageError(message, line) from None


def check_keys(item: Any, known: set[str], required: set[str], what: str) -> None:
    """Reject anything but a mapping with these keys.

    :raises ValueError: with what is wrong with it.
    """
    if not isinstance(item, dict):
        raise ValueError(f"{what} must be a mapping, not {item!r}")
    if unknown := item.keys() - known:
        raise ValueError(
            f"{what} has no '{min(unknown)}' (it has: {', '.join(sorted(known))})"
        )
    if missing := required - item.keys():
        raise ValueError(f"{what} needs '{min(missing)}'")


def plain(text: str) -> str:
    """Return a text without markup, case and spacing."""
    text = re.sub(r"[*`]", "", unicodedata.normalize("NFKC", text)).casefold()
    lines = (" ".join(line.split()) for line in text.strip().split("\n"))
    return "\n".join(lines).rstrip(".!;, ")


def check_reason(why: str, said: str) -> None:
    """Reject a reason that explains nothing.

    :param said: the answer or the goal that it should explain.
    :raises ValueError: with what is wrong with it.
    """
    if len(why.split()) < _FEWEST_WORDS or plain(why) == plain(said):
        raise ValueError(
            f"'why' explains nothing with {' '.join(why.split())!r}: say in a sentence"
            " what makes it so"
        )


def load(env: BuildEnvironment, name: str) -> tuple[Snippet, Run]:
    """Return the snippet `name` and its run, and record that the page uses it.

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
    return runs.run(folder, name, env.config.hookbook_timeout)
