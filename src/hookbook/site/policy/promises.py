"""The marks of proofs: each after a sentence, and each once per sentence."""

import re
from collections.abc import Iterable, Iterator

from docutils import nodes

from ..directives.measured import holds_mark
from ..directives.proof import claim_mark, sentence_before, text_before

Mark = claim_mark | holds_mark

_NAMES = nodes.title | nodes.term | nodes.caption | nodes.rubric


def faults(marks: Iterable[Mark]) -> Iterator[tuple[nodes.Node, int, str]]:
    """Find marks of a page after no sentence, or twice after one sentence."""
    seen: set[tuple[int, int, str]] = set()
    for mark in marks:
        what = _what(mark)
        before = text_before(mark)
        offset = _block(mark).astext().count("\n", 0, _place(mark))
        if isinstance(_block(mark), _NAMES):
            yield mark, 0, f"{what} in a heading: prove the sentence that says it"
            continue
        if not re.search(r"\w", sentence_before(mark)):
            yield mark, offset, f"{what} is after no sentence: put it after one"
        elif before != before.rstrip():
            yield (
                mark, offset,
                f"{what} is apart from its sentence: put it right after the last"
                " word, without a space or a line break",
            )  # fmt: skip
        elif before.rstrip().endswith("?"):
            yield mark, offset, f"{what} is after a question: prove the answer"
        key = id(mark.parent), _sentences(before), what
        if key in seen:
            yield mark, offset, f"{what} is already after this sentence"
        seen.add(key)


def _what(mark: nodes.Element) -> str:
    if isinstance(mark, claim_mark):
        return f"{{proof}}`{mark['proof']}`"
    return f"{{holds}}`{mark['claim']}`"


def _block(mark: nodes.Element) -> nodes.Element:
    block: nodes.Element = mark.parent
    while isinstance(block, nodes.Inline) and isinstance(block, nodes.TextElement):
        block = block.parent
    return block


def _place(mark: nodes.Element) -> int:
    """Return the length of the text before a mark in its block."""
    place = 0
    for node in _block(mark).findall():
        if node is mark:
            break
        if isinstance(node, nodes.Text):
            place += len(node)
    return place


def _sentences(text: str) -> int:
    """Count the sentences before the last one of `text`."""
    return len(re.findall(r"[.!?:]\s+(?=\S)", text))
