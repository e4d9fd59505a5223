"""``{quiz}``: questions whose right answers are computed or proven.

The content is a YAML list. Each item has ``question``, ``choices`` and optionally
``hint``. Each choice has ``answer`` and ``why``. There are two ways to give the
right answer:

- ``snippet`` and ``computed``: the right choice is the one whose answer equals what
  the run produced (see :func:`.answers.computed`);
- ``proof`` on the right choice: the name of the test that proves it.
"""

import dataclasses
import hashlib
import json
from typing import Any, ClassVar

import yaml
from docutils import nodes
from sphinx.application import Sphinx

from hookbook.corpus import proofs
from hookbook.corpus.answers import computed
from hookbook.explain.boxes import box
from hookbook.explain.parts import code_block, disclosure, label

from .. import places
from .base import PageError, SnippetDirective, check_keys, check_reason, plain

_QUESTION = {"question", "snippet", "computed", "hint", "choices"}
_CHOICE = {"answer", "why", "proof"}


@dataclasses.dataclass
class Choice:
    """One choice of a question, and its explanation."""

    answer: str
    why: str
    proof: proofs.Proof | None = None
    shown: list[nodes.Node] = dataclasses.field(default_factory=list)
    """Shown below the answer."""
    evidence: list[nodes.Node] = dataclasses.field(default_factory=list)
    """Shown below the reason: a run."""


@dataclasses.dataclass
class Question:
    """A question whose right choice is known."""

    text: str
    hint: str
    choices: list[Choice]
    right: int
    literal: bool
    """The answers are output, to be shown as such."""
    title: str = ""
    """The kind of question."""
    shown: list[nodes.Node] = dataclasses.field(default_factory=list)
    """Shown below the text: a program."""

    @property
    def key(self) -> str:
        """A name that changes with the question, for the reader's own storage."""
        parts = [self.text, *(c.answer for c in self.choices), str(self.right)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]

    @property
    def seen(self) -> tuple[str, ...]:
        """The parts shown before the choices: the text, and a program below it."""
        return plain(self.text), *(node.astext() for node in self.shown)


class Questions(SnippetDirective):
    """Ask questions; every choice, right or wrong, is explained."""

    has_content = True
    noun: ClassVar[str]
    """The name of a question."""

    def question(self, item: Any) -> Question:
        """Check a question on the page, and find its right choice.

        :raises ValueError: or a subclass, if something is wrong with it.
        """
        raise NotImplementedError

    def ask(self, label: str, first: int = 1) -> box:
        """Return a section with the questions, numbered from `first`."""
        section = box("section", classes=["hb-quiz"], data={"aria-label": label})
        asked: dict[tuple[str, ...], int] = self.env.temp_data.setdefault(
            "hookbook_questions", {}
        )  # type: ignore[assignment]  # temp_data takes anything
        for place, (line, item) in enumerate(self._items(), start=first):
            try:
                question = self.question(item)
                check_question(question)
                before = asked.setdefault(question.seen, line)
                if before != line:
                    raise ValueError(f"line {before} asks the same")
            except (ValueError, proofs.ProofError, PageError) as error:
                where = f"{self.noun.lower()} {place}"
                raise PageError(f"{where}: {error}", line) from None
            section += self._render(place, question, line)
        self.set_source_info(section)
        return section

    def _items(self) -> list[tuple[int, Any]]:
        """Parse the content; return each item with its line on the page."""
        root, items = self.read_yaml()
        if not isinstance(root, yaml.SequenceNode) or not items:
            raise PageError(f"a {self.name} is a list of {self.noun.lower()}s")
        lines = [self.first_line + node.start_mark.line for node in root.value]
        return list(zip(lines, items, strict=True))

    def proven(self, name: Any) -> proofs.Proof:
        """Return the test of that name, and record that this page depends on it."""
        path = places.behaviour(self.env)
        proof = proofs.find(path, str(name))
        self.env.note_dependency(path / proof.path)
        return proof

    def prove(self, proof: proofs.Proof, explained: list[nodes.Node]) -> None:
        """Show below a reason which test proves it."""
        explained.append(
            nodes.paragraph(
                "", "", nodes.Text("Proven by "), nodes.literal("", proof.name),
                nodes.Text("."), classes=["hb-proof"],
            )
        )  # fmt: skip

    def _render(self, place: int, question: Question, line: int) -> box:
        def parsed(text: str) -> list[nodes.Node]:
            return self.parse_text_to_nodes(text, offset=line - self.lineno)

        def answer(text: str) -> list[nodes.Node]:
            if not question.literal:
                return parsed(text)
            if "\n" in text:
                return [code_block(text, "text", "hb-output")]
            literal = nodes.literal(text, text, from_snippet=True)
            return [nodes.paragraph("", "", literal)]

        result = box("div", classes=["hb-question"], data={"data-key": question.key})
        title = f": {question.title}" if question.title else ""
        result += box(
            "div",
            label(f"{self.noun} {place}{title}"),
            *parsed(question.text),
            classes=["hb-question-text"],
        )
        if question.shown:
            result += box("div", *question.shown, classes=["hb-program"])
        choices = _lettered("hb-choices")
        for choice in question.choices:
            item = nodes.list_item("", *answer(choice.answer))
            if choice.shown:
                item += box("div", *choice.shown, classes=["hb-choice-code"])
            choices += item
        result += choices
        if question.hint:
            result += disclosure("Hint", "hb-hint", *parsed(question.hint))
        explanations = _lettered("hb-reasons")
        for number, choice in enumerate(question.choices):
            is_right = number == question.right
            verdict = nodes.strong("", "Right. " if is_right else "No. ")
            explained = parsed(choice.why)
            if explained and isinstance(explained[0], nodes.paragraph):
                explained[0].insert(0, verdict)
            else:
                explained.insert(0, nodes.paragraph("", "", verdict))
            if choice.proof is not None:
                self.prove(choice.proof, explained)
            if choice.evidence:
                explained.append(box("div", *choice.evidence, classes=["hb-evidence"]))
            explanations += nodes.list_item(
                "", *explained, classes=["hb-right"] if is_right else ["hb-wrong"]
            )
        result += disclosure("Answer", "hb-answer", explanations)
        return result


class Quiz(Questions):
    """A few questions about the page."""

    noun = "Question"

    def build(self) -> list[nodes.Node]:
        """Return a section with the questions."""
        return [self.ask("Quiz")]

    def question(self, item: Any) -> Question:
        """Find the right choice: what the run produced, or what a test proves."""
        check_keys(item, _QUESTION, {"question", "choices"}, "a question")
        choices = check_choices(item["choices"], _CHOICE)
        answers = [answer_of(choice) for choice in choices]
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
            proof = self.proven(choices[right]["proof"])
        return Question(
            str(item["question"]),
            str(item.get("hint", "")),
            [
                Choice(answer, str(choice["why"]), proof if place == right else None)
                for place, (answer, choice) in enumerate(
                    zip(answers, choices, strict=True)
                )
            ],
            right,
            "computed" in item,
        )

    def _computed(self, item: dict[str, Any], answers: list[str]) -> int:
        if "snippet" not in item:
            raise ValueError("'computed' needs a 'snippet'")
        _, run = self.load(str(item["snippet"]))
        return only(answers, computed(run, str(item["computed"])), item["snippet"])


def answer_of(choice: dict[str, Any]) -> str:
    """Return the answer in the form that a run would produce."""
    return str(choice["answer"]).rstrip("\n")


def only(answers: list[str], truth: str, snippet: Any) -> int:
    """Return the position of the only choice that equals what `snippet` produced."""
    equal = [place for place, answer in enumerate(answers) if answer == truth]
    if len(equal) != 1:
        raise ValueError(
            f"{len(equal)} choices equal what {snippet} produced, which is: {truth!r}"
        )
    return equal[0]


def _lettered(*classes: str) -> nodes.enumerated_list:
    return nodes.enumerated_list(
        "", enumtype="upperalpha", prefix="", suffix=".", classes=list(classes)
    )


def check_choices(choices: Any, known: set[str]) -> list[dict[str, Any]]:
    """Return the choices of a question, each with an answer and a reason."""
    if not isinstance(choices, list) or len(choices) < 2:
        raise ValueError("give at least two choices")
    for choice in choices:
        check_keys(choice, known, {"answer", "why"}, "a choice")
    return choices


def check_question(question: Question) -> None:
    """Reject a question without words, or choices without an explanation.

    :raises ValueError: with what is wrong with it.
    """
    if not question.text.strip():
        raise ValueError("the question has no words")
    answers: dict[str, int] = {}
    reasons: dict[str, int] = {}
    for place, choice in enumerate(question.choices, start=1):
        for what, text, seen in (
            ("answer", choice.answer, answers),
            ("why", choice.why, reasons),
        ):
            if not text.strip():
                raise ValueError(f"choice {place}: '{what}' is empty")
            if first := seen.get(plain(text)):
                raise ValueError(f"choices {first} and {place} have the same '{what}'")
            seen[plain(text)] = place
        check_reason(choice.why, choice.answer)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("quiz", Quiz)
