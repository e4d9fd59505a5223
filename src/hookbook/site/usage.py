"""Which page shows which snippet, and which exceptions it makes.

Kept in the build environment, so that incremental and parallel builds agree.
"""

import dataclasses
from collections.abc import Iterable

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


@dataclasses.dataclass(frozen=True)
class Claim:
    """A sentence that a test proves."""

    proof: str
    """The name of the test."""
    sentence: str
    anchor: str


@dataclasses.dataclass
class Usage:
    """What one page uses."""

    snippets: set[str] = dataclasses.field(default_factory=set)
    exceptions: list[str] = dataclasses.field(default_factory=list)
    """The reasons given for code that no test runs."""
    claims: list[Claim] = dataclasses.field(default_factory=list)


def all_usage(env: BuildEnvironment) -> dict[str, Usage]:
    """Return the usage of every page by its docname."""
    if not hasattr(env, "hookbook_usage"):
        env.hookbook_usage = {}  # type: ignore[attr-defined]  # our own
    return env.hookbook_usage  # type: ignore[attr-defined, no-any-return]  # our own


def usage(env: BuildEnvironment) -> Usage:
    """Return the usage of the page that is being read."""
    return all_usage(env).setdefault(env.docname, Usage())


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    all_usage(env).pop(docname, None)


def _merge(
    app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    for docname in docnames:
        if docname in all_usage(other):
            all_usage(env)[docname] = all_usage(other)[docname]


def setup(app: Sphinx) -> None:
    """Keep the records right when pages change and in parallel reads."""
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
