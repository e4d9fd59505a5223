"""Check a page's doctree: blocks, sentences, images, links."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from docutils import nodes
from sphinx import addnodes

from hookbook.explain.boxes import box

from . import commands, leftovers, promises, prose_code
from .commands import Makefile
from .languages import ALLOWED, LANGUAGES

Found = tuple[nodes.Node, int, str]
"""The node, the line within it, and what to do."""

_MADE = frozenset(
    "hb-snippet hb-trace hb-transcript hb-exchange hb-picture hb-cards hb-evidence"
    " hb-program hb-choice-code hb-file".split()
)
"""Boxes that a directive fills from the corpus alone. No author can write one."""

_NAMELESS = frozenset("alt figure graphic image img photo picture screenshot".split())


def faults(
    doctree: nodes.document,
    default: str,
    snippets: str,
    makefile: Makefile,
    *,
    made: bool,
) -> Iterator[Found]:
    """Find what is wrong with a page.

    :param default: the language of a block that names none.
    :param snippets: the name of the folder of the snippets.
    :param made: the page was generated: its words come from elsewhere.
    """
    marks: list[promises.Mark] = []
    # Each node comes with whether it is inside a box made of the corpus.
    waiting: list[tuple[nodes.Node, bool]] = [(doctree, made)]
    while waiting:
        node, is_made = waiting.pop()
        if isinstance(node, nodes.Text):
            if not is_made:
                yield from _words(node)
            continue
        assert isinstance(node, nodes.Element)
        what = _typed(node, default)
        if what is not None:
            yield (
                node, 0,
                f"{what} typed into the page: nobody runs it. Put the example into"
                f" {snippets}/ and show it with {{snippet}}; if it cannot be run, use"
                " {untested} with a reason",
            )  # fmt: skip
        elif isinstance(node, nodes.literal_block):
            if not node.get("from_snippet"):
                check = LANGUAGES[node.get("language", default)]
                for line, message in check(node.astext(), makefile):
                    yield node, line, message
        elif isinstance(node, promises.Mark):
            marks.append(node)
        elif not isinstance(node, nodes.comment | nodes.system_message):
            if not is_made:
                yield from _element(node, makefile)
                is_made = is_made_of_the_corpus(node)
            waiting.extend((child, is_made) for child in reversed(node.children))
    yield from promises.faults(marks)


_PERHAPS_TYPED = (
    nodes.raw, nodes.doctest_block, nodes.line_block, nodes.math, nodes.math_block,
    nodes.literal, addnodes.download_reference, nodes.literal_block,
)  # fmt: skip


def _typed(node: nodes.Element, default: str) -> str | None:
    """Describe something typed into the page that a run could have produced."""
    if not isinstance(node, _PERHAPS_TYPED):
        return None
    match node:
        case nodes.raw():
            return f"raw {node.get('format', '')}"
        case nodes.doctest_block():
            return "a doctest block"
        case nodes.line_block() if not isinstance(node.parent, nodes.line_block):
            return "a line block"
        case nodes.math() | nodes.math_block():
            return "mathematics"
        case nodes.literal() if "code" in node["classes"]:
            return "code of a role"
        case addnodes.download_reference() if not node.get("from_snippet"):
            return f"a download of '{node.get('reftarget', '')}'"
        case nodes.literal_block() if not node.get("from_snippet"):
            language = node.get("language", default)
            return None if language in ALLOWED else f"a '{language}' block"
    return None


def is_made_of_the_corpus(node: nodes.Node) -> bool:
    """Return whether a directive filled a box from the corpus alone."""
    return isinstance(node, box) and not _MADE.isdisjoint(node["classes"])


def _words(text: nodes.Text) -> Iterator[Found]:
    if not isinstance(text.parent, nodes.literal):
        yield from _at(text, leftovers.markup(text))
    yield from _at(text, leftovers.notes(text))


def _element(node: nodes.Element, makefile: Makefile) -> Iterator[Found]:
    match node:
        case nodes.literal():
            if not node.get("from_snippet"):
                yield from ((node, 0, m) for m in prose_code.in_literal(node.astext()))
                yield from ((node, 0, m) for m in _make(node.astext(), makefile))
        case nodes.image():
            yield from ((node, 0, message) for message in _image(node))
        case nodes.reference() | addnodes.pending_xref():
            yield from ((node, 0, message) for message in _link(node))
        case nodes.table() if "colwidths-given" in node["classes"]:
            yield node, 0, "column widths are inline styles: remove ':widths:'"
        case nodes.bullet_list() | nodes.enumerated_list():
            alone = [item.astext() for item in node.children if _is_literal(item)]
            if len(alone) == len(node.children) and prose_code.are_lines(alone):
                yield node, 0, "a program typed as a list: put it into a snippet"
        case nodes.TextElement() if not isinstance(node, nodes.Inline):
            yield from _block_of_text(node)


def _is_literal(item: nodes.Node) -> bool:
    while isinstance(item, nodes.list_item | nodes.paragraph):
        if len(item.children) != 1:
            return False
        item = item.children[0]
    return isinstance(item, nodes.literal)


def _block_of_text(node: nodes.TextElement) -> Iterator[Found]:
    hidden = "".join(_hide(node))
    is_name = isinstance(node, nodes.title | nodes.term)
    for line, message in prose_code.in_text(hidden, is_name=is_name):
        yield node, line, message
    if hidden.count(prose_code.HIDDEN) > 1:
        literals = iter(node.findall(nodes.literal))
        alone = []
        for row in hidden.split("\n"):
            here = [next(literals) for _ in range(row.count(prose_code.HIDDEN))]
            if row.strip(" ,.;:-") == prose_code.HIDDEN:
                alone += [literal.astext() for literal in here]
        if prose_code.are_lines(alone):
            yield node, 0, "a program typed line by line: put it into a snippet"


def _hide(node: nodes.Element) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, nodes.literal):
            yield prose_code.HIDDEN
        elif isinstance(child, nodes.Element):
            yield from _hide(child)
        else:
            yield child.astext()


def _make(text: str, makefile: Makefile) -> Iterator[str]:
    if text.startswith("make "):
        yield from makefile.faults(commands.words(text)[1:])


def _image(node: nodes.image) -> Iterator[str]:
    alt = " ".join(node.get("alt", "").split())
    path = PurePosixPath(node.get("uri", ""))
    words = re.sub(r"[\W_]+", " ", alt).strip().casefold()
    named = re.sub(r"[\W_]+", " ", path.stem).strip().casefold()
    named_so = re.sub(r"^(?:an?|the) ", "", words)
    if not words or named_so in _NAMELESS or words in (named, path.name.casefold()):
        yield f"'{path}' has no description: say in its alt text what it shows"
    if alt == node.get("uri") or words.endswith((" png", " svg", " jpg", " webp")):
        yield f"the alt text of '{path}' is the name of a file: say what it shows"
    for _, message in [*leftovers.notes(alt), *leftovers.markup(alt)]:
        yield f"alt text: {message}"
    for message in prose_code.in_words(alt):
        yield f"alt text: {message}"
    if {"width", "height", "scale"} & node.attributes.keys():
        yield f"the size of '{path}' is an inline style: put it into a stylesheet"


def _link(node: nodes.Element) -> Iterator[str]:
    target = node.get("refuri", node.get("reftarget", node.get("refid")))
    if target is not None and target.strip() in ("", "#"):
        yield f"the link '{node.astext()}' leads nowhere: give it an address"
    # MyST puts the title of the target into an internal link without words.
    filled = isinstance(node, addnodes.pending_xref) and not node.get("refexplicit")
    has_words = node.astext().strip() or node.next_node(nodes.image)
    if not filled and not has_words:
        yield f"the link to '{target}' has no words"
    title = node.get("title") or node.get("reftitle") or ""
    for _, message in leftovers.notes(title):
        yield f"title of a link: {message}"
    for message in prose_code.in_words(title):
        yield f"title of a link: {message}"


def _at(text: nodes.Text, found: Iterator[tuple[int, str]]) -> Iterator[Found]:
    """Count the lines above each finding in its block of text."""
    for place, message in found:
        block: nodes.Element = text.parent
        while isinstance(block, nodes.Inline) and isinstance(block, nodes.TextElement):
            block = block.parent
        above = str(text)[:place]
        for other in block.findall(nodes.Text):
            if other is text:
                break
            above += str(other)
        yield block, above.count("\n"), message
