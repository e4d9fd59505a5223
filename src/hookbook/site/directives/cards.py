"""``{cards}``: flashcards; the question and the answer come from a test."""

from docutils import nodes
from sphinx.application import Sphinx

from hookbook.corpus import proofs
from hookbook.explain.boxes import box

from .. import places
from .base import PageError, SnippetDirective
from .proof import claim_mark


class Cards(SnippetDirective):
    """Show the questions that tests answer; the content has one test per line.

    The question is the paragraph of the test's docstring that begins with
    "Question:", the answer is the docstring's first line.
    """

    has_content = True

    def build(self) -> list[nodes.Node]:
        """Return a list of closed cards."""
        cards = box("div", classes=["hb-cards"])
        seen: set[str] = set()
        for line, content in enumerate(self.content, start=self.first_line):
            name = content.strip()
            if name in seen:
                raise PageError(f"'{name}' is already on a card", line)
            if name:
                seen.add(name)
                cards += self._card(name, line)
        if not cards.children:
            raise PageError("no cards: name a test of tests/behaviour/ on each line")
        self.set_source_info(cards)
        return [cards]

    def _card(self, name: str, line: int) -> box:
        root = places.behaviour(self.env)
        try:
            proof = proofs.find(root, name)
        except proofs.ProofError as error:
            raise PageError(str(error), line) from None
        self.env.note_dependency(root / proof.path)
        if not proof.question:
            raise PageError(
                f"'{name}' asks nothing: add a paragraph 'Question: ...?' to its"
                f" docstring ({root.name}/{proof.path}:{proof.line})",
                line,
            )
        mark = claim_mark("", proof=proof.name, claim=proof.claim)
        mark.source, mark.line = self.get_source_info()[0], line
        answer = nodes.paragraph("", "", nodes.Text(proof.claim), mark)
        question = box("summary", nodes.Text(proof.question))
        return box("details", question, answer, classes=["hb-card"])


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("cards", Cards)
