"""The paths of the snippets, the behaviour tests and the figures."""

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
    """Return the benchmark's result file."""
    return Path(_confdir(env), env.config.hookbook_measured)


def root(env: BuildEnvironment) -> Path:
    """Return the folder of the project, where conf.py is."""
    return _confdir(env)


def _confdir(env: BuildEnvironment) -> Path:
    folder: Path = env.hookbook_confdir  # type: ignore[attr-defined]  # our own
    return folder


def _note(app: Sphinx) -> None:
    # The environment has no reference to the application, which has the folder.
    app.env.hookbook_confdir = Path(app.confdir)  # type: ignore[attr-defined]  # our own


def setup(app: Sphinx) -> None:
    """Record the base folder of conf.py's paths before any page is read."""
    app.connect("builder-inited", _note, priority=100)
