"""The directives: each turns a snippet, or its run, into nodes."""

from sphinx.application import Sphinx

from . import (
    cards,
    measured,
    produced,
    proof,
    quiz,
    snippet,
    trace,
    transcript,
    untested,
)


def setup(app: Sphinx) -> None:
    """Register them all."""
    for module in (
        snippet,
        trace,
        transcript,
        produced,
        proof,
        quiz,
        cards,
        measured,
        untested,
    ):
        module.setup(app)
