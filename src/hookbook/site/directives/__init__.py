"""The directives: each turns a snippet, or its run, into nodes."""

from sphinx.application import Sphinx

from . import (
    cards,
    challenge,
    command,
    drawing,
    exchange,
    extension_example,
    locked,
    measured,
    paste,
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
        drawing,
        produced,
        proof,
        quiz,
        cards,
        task,
        playground,
        challenge,
        command,
        measured,
        locked,
        extension_example,
        paste,
        untested,
    ):
        module.setup(app)
