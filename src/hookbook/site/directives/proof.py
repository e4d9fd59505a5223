"""``{proof}``: the mark after a sentence, which links to the test that proves it."""

import re
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxRole
from sphinx.writers.html5 import HTML5Translator

from hookbook.corpus import proofs

from .. import places
from ..usage import Claim, usage
from .base import logger


class claim_mark(nodes.Inline, nodes.Element):
    """A numbered mark: ``number``, ``proof`` and its ``claim``.

    Later it has ``refuri``, ``tip`` and ``shown``: ``asked``, ``always``, ``never``.
    """


class ProofRole(SphinxRole):
    """Name the test that proves the sentence before."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a mark; warn if there is no such test, or more than one."""
        root = places.behaviour(self.env)
        try:
            proof = proofs.find(root, self.text)
        except proofs.ProofError as error:
            logger.warning(
                "{proof}: %s", error, location=self.get_location(),
                type="hookbook", subtype="proof",
            )  # fmt: skip
            return [], []
        self.env.note_dependency(root / proof.path)
        mark = claim_mark("", proof=proof.name, claim=proof.claim)
        self.set_source_info(mark)
        return [mark], []


class NumberClaims(SphinxTransform):
    """Number the marks of a page, and record the sentence before each."""

    default_priority = 600

    def apply(self, **kwargs: Any) -> None:
        """Go through the page once, in reading order."""
        for number, mark in enumerate(self.document.findall(claim_mark), start=1):
            mark["number"] = number
            mark["ids"] = [f"claim-{number}"]
            claim = Claim(mark["proof"], sentence_before(mark), mark["ids"][0])
            usage(self.env).claims.append(claim)


def sentence_before(mark: nodes.Element) -> str:
    """Return the sentence before a mark, as plain text."""
    sentences = re.split(r"(?<=[.!?])\s+", " ".join(text_before(mark).split()))
    return sentences[-1]


def text_before(mark: nodes.Element) -> str:
    """Return the text before a mark in its paragraph, without other marks."""
    return "".join(
        sibling.astext()
        for sibling in mark.parent.children[: mark.parent.index(mark)]
        if not isinstance(sibling, claim_mark)
    )


def _visit_html(self: HTML5Translator, node: claim_mark) -> None:
    number, tip = node["number"], escape(node["tip"])
    place = node.parent.index(node)
    more = place > 0 and isinstance(node.parent[place - 1], claim_mark)
    shown = node.get("shown", "asked")
    if shown == "never":
        # The page of the proof links here.
        self.body.append(f'<span id="{node["ids"][0]}"></span>')
        raise nodes.SkipNode
    classes = "hb-claim" + " hb-more" * more + " hb-shown" * (shown == "always")
    self.body.append(
        f'<sup class="{classes}" id="{node["ids"][0]}">'
        f'<a href="{escape(node["refuri"])}" aria-label="Proof {number}: {tip}">'
        f"{number}</a></sup>"
    )
    raise nodes.SkipNode


def _visit_other(self: nodes.NodeVisitor, node: claim_mark) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the role, its node and the numbering."""
    app.add_role("proof", ProofRole())
    app.add_transform(NumberClaims)
    other = _visit_other, None
    app.add_node(
        claim_mark,
        html=(_visit_html, None),
        latex=other,
        text=other,
        man=other,
        texinfo=other,
    )
