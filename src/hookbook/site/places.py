"""Where the snippets, the behaviour tests and the figures lie."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def snippets(env: BuildEnvironment) -> Path:
    """Return the folder of the snippets."""
    return Path(_confdir(env), env.config.hookbook_snippets)


def behaviour(env: BuildEnvironment) -> Path:
    """Return the folder of the behaviour tests."""
    return Path(_confdir(env), env.config.hookbook_behaviour)


def measured(env: BuildEnvironment) -> Path:
    """Return the file that the benchmark of hooks wrote."""
    return Path(_confdir(env), env.config.hookbook_measured)


def root(env: BuildEnvironment) -> Path:
    """Return the folder of the project, where conf.py is."""
    return _confdir(env)


def _confdir(env: BuildEnvironment) -> Path:
    folder: Path = env.hookbook_confdir  # type: ignore[attr-defined]  # our own
    return folder


def _note(app: Sphinx) -> None:
    # The environment no longer leads to the application that has the folder.
    app.env.hookbook_confdir = Path(app.confdir)  # type: ignore[attr-defined]  # our own


def setup(app: Sphinx) -> None:
    """Note, before any page is read, what the paths in conf.py are relative to."""
    app.connect("builder-inited", _note, priority=100)
