"""Keep the runs of a build for the next one, which only runs what has changed.

A build with ``--fresh-env`` reuses nothing: it runs every scenario itself.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from hookbook.corpus import runs


def _file(app: Sphinx) -> Path:
    return Path(app.doctreedir, "hookbook-runs.pickle")


def recall(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Read the runs of the previous build, if there are pages to read."""
    if docnames and not app.fresh_env_used:
        runs.recall(_file(app), app.config.hookbook_fingerprint)


def remember(app: Sphinx, env: BuildEnvironment) -> None:
    """Save the runs of this build."""
    runs.remember(_file(app), app.config.hookbook_fingerprint)


def setup(app: Sphinx) -> None:
    """Register both."""
    app.connect("env-before-read-docs", recall)
    app.connect("env-check-consistency", remember)
