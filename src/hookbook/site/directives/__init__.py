"""The directives: each turns a snippet, or its run, into nodes."""

from sphinx.application import Sphinx

from . import (
    cards,
    challenge,
    exchange,
    measured,
    playground,
    produced,
    proof,
    quiz,
    snippet,
    stepper,
    task,
    transcript,
    untested,
)


def setup(app: Sphinx) -> None:
    """Register them all."""
    for module in (
        snippet,
        stepper,
        transcript,
        exchange,
        produced,
        proof,
        quiz,
        cards,
        task,
        playground,
        challenge,
        measured,
        untested,
    ):
        module.setup(app)
