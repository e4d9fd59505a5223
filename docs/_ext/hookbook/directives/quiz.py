"""``{quiz}``: questions whose right answers are computed or proven.

The content is a YAML list. Each item has ``question``, ``choices`` and, if wanted,
``hint``. Each choice has ``answer`` and ``why``. A question is answered in one of
two ways:

- ``snippet`` and ``computed``: the right choice is the one whose answer equals what
  the run produced (see :func:`.answers.computed`);
- ``proof`` on the right choice: the name of the test that proves it.
"""

import dataclasses
import hashlib
import json
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx

from .. import places, proofs
from ..answers import computed
from ..boxes import box
from .base import PageError, SnippetDirective, check_keys, code_block, disclosure

_QUESTION = {"question", "snippet", "computed", "hint", "choices"}
_CHOICE = {"answer", "why", "proof"}


@dataclasses.dataclass
class Question:
    """A question whose right choice is known."""

    text: str
    hint: str
    answers: list[str]
    reasons: list[str]
    right: int
    literal: bool
    """The answers are output, to be shown as such."""
    proof: proofs.Proof | None

    @property
    def key(self) -> str:
        """A name that changes with the question, for the reader's own store."""
        parts = [self.text, *self.answers, str(self.right)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


class Quiz(SnippetDirective):
    """Ask questions; every choice, right or wrong, is explained."""

    has_content = True

    def build(self) -> list[nodes.Node]:
        """Return a section with the questions."""
        section = box("section", classes=["hb-quiz"], data={"aria-label": "Quiz"})
        for place, (line, item) in enumerate(self._items(), start=1):
            try:
                question = self._question(item)
            except (ValueError, proofs.ProofError, PageError) as error:
                raise PageError(f"question {place}: {error}", line) from None
            section += self._render(place, question, line)
        self.set_source_info(section)
        return [section]

    def _items(self) -> list[tuple[int, Any]]:
        """Parse the content; return each item with its line on the page."""
        root, items = self.read_yaml()
        if not isinstance(root, yaml.SequenceNode) or not items:
            raise PageError("a quiz is a list of questions")
        lines = [self.first_line + node.start_mark.line for node in root.value]
        return list(zip(lines, items, strict=True))

    def _question(self, item: Any) -> Question:
        check_keys(item, _QUESTION, {"question", "choices"}, "a question")
        choices = item["choices"]
        if not isinstance(choices, list) or len(choices) < 2:
            raise ValueError("give at least two choices")
        for choice in choices:
            check_keys(choice, _CHOICE, {"answer", "why"}, "a choice")
        answers = [str(choice["answer"]).rstrip("\n") for choice in choices]
        proof = None
        if "computed" in item:
            right = self._computed(item, answers)
            if any("proof" in choice for choice in choices):
                raise ValueError("the answer is computed: no choice takes a proof")
        else:
            proven = [place for place, c in enumerate(choices) if "proof" in c]
            if len(proven) != 1:
                raise ValueError(
                    f"{len(proven)} choices name a proof: the right one, and no"
                    " other, names the test that proves it (or use 'computed')"
                )
            right = proven[0]
            path = places.behaviour(self.env)
            proof = proofs.find(path, choices[right]["proof"])
            self.env.note_dependency(path / proof.path)
        return Question(
            str(item["question"]),
            str(item.get("hint", "")),
            answers,
            [str(choice["why"]) for choice in choices],
            right,
            "computed" in item,
            proof,
        )

    def _computed(self, item: dict[str, Any], answers: list[str]) -> int:
        if "snippet" not in item:
            raise ValueError("'computed' needs a 'snippet'")
        _, run = self.load(str(item["snippet"]))
        truth = computed(run, str(item["computed"]))
        equal = [place for place, answer in enumerate(answers) if answer == truth]
        if len(equal) != 1:
            raise ValueError(
                f"{len(equal)} choices equal what {item['snippet']} produced, which"
                f" is: {truth!r}"
            )
        return equal[0]

    def _render(self, place: int, question: Question, line: int) -> box:
        def parsed(text: str) -> list[nodes.Node]:
            return self.parse_text_to_nodes(text, offset=line - self.lineno)

        def answer(text: str) -> list[nodes.Node]:
            if not question.literal:
                return parsed(text)
            if "\n" in text:
                return [code_block(text, "text", "hb-output")]
            return [nodes.paragraph("", "", nodes.literal(text, text))]

        result = box("div", classes=["hb-question"], data={"data-key": question.key})
        result += box(
            "div",
            nodes.paragraph("", f"Question {place}", classes=["hb-label"]),
            *parsed(question.text),
            classes=["hb-question-text"],
        )
        choices = _lettered(*["hb-choices"])
        for text in question.answers:
            choices += nodes.list_item("", *answer(text))
        result += choices
        if question.hint:
            result += disclosure("Hint", "hb-hint", *parsed(question.hint))
        explanations = _lettered("hb-reasons")
        for number, reason in enumerate(question.reasons):
            is_right = number == question.right
            verdict = nodes.strong("", "Right. " if is_right else "No. ")
            explained = parsed(reason)
            if explained and isinstance(explained[0], nodes.paragraph):
                explained[0].insert(0, verdict)
            else:
                explained.insert(0, nodes.paragraph("", "", verdict))
            if is_right and question.proof is not None:
                explained.append(_proof(question.proof))
            explanations += nodes.list_item(
                "", *explained, classes=["hb-right"] if is_right else ["hb-wrong"]
            )
        result += disclosure("Answer", "hb-answer", explanations)
        return result


def _lettered(*classes: str) -> nodes.enumerated_list:
    return nodes.enumerated_list(
        "", enumtype="upperalpha", prefix="", suffix=".", classes=list(classes)
    )


def _proof(proof: proofs.Proof) -> nodes.paragraph:
    return nodes.paragraph(
        "",
        "",
        nodes.Text("Proven by "),
        nodes.literal("", proof.name),
        nodes.Text("."),
        classes=["hb-proof"],
    )


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("quiz", Quiz)
