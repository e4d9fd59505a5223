"""What the search knows of a page: its sections, in words, names and messages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docutils import nodes

from hookbook.explain.boxes import box

from ..directives.proof import claim_mark

EXCERPT = 150
"""Characters of a section's text that a result shows, at most."""

# Views of a trace, answers that a reader has to find, and what frames a snippet.
_SKIPPED = {
    "hb-answer", "hb-caption", "hb-cards", "hb-checks", "hb-choices", "hb-errors",
    "hb-execution", "hb-flow",
    "hb-hint", "hb-label", "hb-reasons", "hb-said-on", "hb-scenario", "hb-solution",
    "hb-tracker", "hb-transcript", "hb-verdict", "toctree-wrapper",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['_.-][^\W_]+)*")
_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_NAME = re.compile(r"\b[A-Za-z]+_\w+|\b[A-Z]\w*[a-z]+[A-Z]\w*")
_MESSAGE = re.compile(
    r"^\s*([\w.]*(?:Error|Exception|Warning|NotFound)\b.*\w.*)$", re.M
)
# So common that they tell nothing; search_engine.js asks for none of them.
STOPWORDS = frozenset(
    "a an and are as at be been but by for from had has have if in into is it its of"
    " on or so that the their them then there these they this to was were which will"
    " with you your".split()
)


@dataclass(frozen=True)
class Section:
    """A section of a page, or the page itself, whose anchor is empty."""

    anchor: str
    slug: str
    """The name by which pages link to it."""
    title: str
    above: str
    """The title of the section that it is in, empty for those of the page."""
    excerpt: str
    words: tuple[str, ...]
    """Words of the text, in lower case, each once."""
    names: tuple[str, ...]
    """Names in code, each once."""
    messages: tuple[str, ...]
    """Lines of errors that a run printed."""


@dataclass(frozen=True)
class Lead:
    """A message in a list of errors, and the place that it leads to."""

    message: str
    docname: str
    anchor: str


@dataclass(frozen=True)
class Page:
    """All that the search knows of one page."""

    sections: tuple[Section, ...]
    leads: tuple[Lead, ...]


def read(doctree: nodes.document, docname: str, description: str) -> Page:
    """Return what is to be found on a page; `description` is its own excerpt."""
    found: list[Section] = []
    first = next(iter(doctree.findall(nodes.section)), None)
    if first is not None:
        _collect(first, "", found, description)
    return Page(tuple(found), tuple(_leads(doctree, docname)))


def is_section(node: nodes.Node) -> bool:
    """Tell whether a node has a heading and an address of its own."""
    return isinstance(node, nodes.section) or (
        isinstance(node, box)
        and node["tag"] == "section"
        and bool(node["ids"])
        and isinstance(node.children[0], box)
        and node.children[0]["tag"] == "h2"
    )


def _collect(
    node: nodes.Element, above: str, found: list[Section], description: str = ""
) -> None:
    """Add a section and those below it to `found`, in reading order."""
    title = node.children[0].astext()
    place = len(found)
    texts: list[str] = []
    names: dict[str, None] = {}
    messages: dict[str, None] = {}
    below = list(_own(node.children[1:], texts, names, messages))
    words = dict.fromkeys(
        word
        for text in [description, *texts]
        for word in _WORD.findall(
            text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        )
        if word not in STOPWORDS
    )
    for word in _WORD.findall(title.lower()):
        words.pop(word, None)
    is_page = not found
    found.insert(
        place,
        Section(
            anchor="" if is_page else node["ids"][0],
            slug=node.get("slug", node["ids"][0]),
            title=" ".join(title.split()),
            above=above,
            excerpt=shorten(description or " ".join(texts[:3])),
            words=tuple(words),
            names=tuple(name for name in names if name.lower() not in words),
            messages=tuple(messages),
        ),
    )
    for child in below:
        _collect(child, "" if is_page else title, found)


def _own(
    children: list[nodes.Node],
    texts: list[str],
    names: dict[str, None],
    messages: dict[str, None],
) -> Iterator[nodes.Element]:
    """Yield the sections below; note what belongs to no section below."""
    for child in children:
        if isinstance(child, nodes.Invisible | nodes.raw | claim_mark):
            continue
        if is_section(child):
            assert isinstance(child, nodes.Element)
            yield child
            continue
        if not isinstance(child, nodes.Element):
            continue
        classes: set[str] = set(child.get("classes", ()))
        if classes & _SKIPPED:
            continue
        if isinstance(child, nodes.literal_block):
            text = child.astext()
            if "hb-output" in classes:
                messages.update(dict.fromkeys(_messages(text)))
            else:
                names.update(dict.fromkeys(_NAME.findall(text)))
        elif isinstance(child, nodes.TextElement):
            text = " ".join(_prose(child).split())
            if text:
                texts.append(text)
            for literal in child.findall(nodes.literal):
                messages.update(dict.fromkeys(_messages(literal.astext())))
        else:
            yield from _own(child.children, texts, names, messages)


def _prose(node: nodes.Node) -> str:
    """Return the text of a paragraph without marks."""
    if isinstance(node, claim_mark):
        return ""
    if isinstance(node, nodes.Text):
        return node.astext()
    return "".join(_prose(child) for child in node.children)


def _messages(text: str) -> list[str]:
    return [" ".join(line.split()) for line in _MESSAGE.findall(text) if " " in line]


def shorten(text: str) -> str:
    """Cut a text at the end of a word, so that it fits into a result."""
    text = " ".join(text.split())
    if len(text) <= EXCERPT:
        return text
    return text[:EXCERPT].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _leads(doctree: nodes.document, docname: str) -> Iterator[Lead]:
    for place in doctree.findall(box):
        if "hb-errors" not in place["classes"]:
            continue
        for row in place.findall(nodes.row):
            cells = [cell for cell in row.children if isinstance(cell, nodes.entry)]
            said = next(cells[0].findall(nodes.literal), None)
            link = next(
                (
                    node
                    for node in cells[-1].findall(nodes.Element)
                    if "reftarget" in node
                ),
                None,
            )
            if said is not None and link is not None:
                target, anchor = link["reftarget"], link.get("reftargetid") or ""
                yield Lead(" ".join(said.astext().split()), target, anchor)
