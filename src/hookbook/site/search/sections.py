"""What the search knows about a page: the words, names and messages of its sections."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes

from hookbook.explain.boxes import box

from ..directives.proof import claim_mark
from .stems import stem

FEWEST = 2
"""Rows or items that make a list of links, at least."""
SHOWN = 200
"""Characters of a section that results may show; of the rest, the words are enough."""
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
# So common that they tell nothing; search/engine.js asks for none of them.
STOPWORDS = frozenset(
    "a an and are as at be been but by for from had has have if in into is it its of"
    " on or so that the their them then there these they this to was were which will"
    " with you your".split()
)


@dataclass(frozen=True)
class Section:
    """A section of a page, or the page itself, whose anchor is empty."""

    anchor: str
    also: tuple[str, ...]
    """Other anchors by which pages may link to it."""
    title: str
    above: str
    """The title of the section that it is in, empty for those of the page."""
    description: str
    """What the front matter says of the page, empty for its sections."""
    text: str
    """The beginning of its paragraphs, one a line."""
    words: tuple[str, ...]
    """Words that are in none of these and find it: of the rest, and of tests' names."""
    names: tuple[str, ...]
    """Names in code, each once."""
    messages: tuple[str, ...]
    """Lines of errors that a run printed."""
    leads: bool = False
    """Whether it only lists links: all its rows and items do, but one."""
    is_term: bool = False
    """Whether it is a word of the glossary."""


@dataclass(frozen=True)
class Lead:
    """A message in a list of errors, and the place that it leads to."""

    message: str
    docname: str
    anchor: str


@dataclass(frozen=True)
class Page:
    """The sections of a page, and the messages that it lists."""

    sections: tuple[Section, ...]
    leads: tuple[Lead, ...]


def read(doctree: nodes.document, docname: str, description: str) -> Page:
    """Return the sections of a page; `description` is the page's own excerpt."""
    found: list[Section] = []
    first = next(iter(doctree.findall(nodes.section)), None)
    if first is not None:
        _collect(first, "", found, description)
    return Page(tuple(found), tuple(_leads(doctree, docname)))


def is_section(node: nodes.Node) -> bool:
    """Tell whether a node has a heading and an address of its own."""
    return (
        isinstance(node, nodes.section)
        or is_term(node)
        or (
            isinstance(node, box)
            and node["tag"] == "section"
            and bool(node["ids"])
            and isinstance(node.children[0], box)
            and node.children[0]["tag"] == "h2"
        )
    )


def is_term(node: nodes.Node) -> bool:
    """Tell whether a node is a word of the glossary, with what it means."""
    return (
        isinstance(node, nodes.definition_list_item)
        and isinstance(node.parent, nodes.definition_list)
        and "glossary" in node.parent["classes"]
    )


def _anchors(node: nodes.Element) -> list[str]:
    """Return the addresses of a section; a word of the glossary has its term's."""
    named = node.children[0] if is_term(node) else node
    return list(named["ids"]) if isinstance(named, nodes.Element) else []


@dataclass
class _Own:
    """What belongs to a section, and to none of those below it."""

    texts: list[str] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    below: list[nodes.Element] = field(default_factory=list)
    items: list[bool] = field(default_factory=list)
    """Of each row of a table and item of a list, whether it is little but a link."""

    def take(self, children: list[nodes.Node]) -> None:
        """Collect the text of the nodes; sections among them are below this one."""
        for child in children:
            if not isinstance(child, nodes.Element):
                continue
            classes: set[str] = set(child.get("classes", ()))
            if isinstance(child, nodes.Invisible | nodes.raw) or classes & _SKIPPED:
                continue
            self._count(child)
            if is_section(child):
                self.below.append(child)
            elif isinstance(child, nodes.literal_block):
                self._code(child.astext(), output="hb-output" in classes)
            elif isinstance(child, nodes.TextElement):
                self._prose(child)
            else:
                self.take(child.children)

    def _count(self, node: nodes.Element) -> None:
        is_row = isinstance(node, nodes.row) and isinstance(node.parent, nodes.tbody)
        if is_row or isinstance(node, nodes.list_item):
            # A row of three cells tells something itself.
            short = not is_row or len(node.children) <= 2
            links = node.findall(addnodes.pending_xref)
            self.items.append(short and next(links, None) is not None)

    def _code(self, text: str, *, output: bool) -> None:
        if output:
            self.messages += _messages(text)
        else:
            self.names += _NAME.findall(text)

    def _prose(self, paragraph: nodes.TextElement) -> None:
        if text := " ".join(_prose(paragraph).split()):
            self.texts.append(text)
        # The names of tests say in other words what the text says.
        for mark in paragraph.findall(claim_mark):
            self.proofs.append(mark["proof"].removeprefix("test_").replace("_", " "))
        for literal in paragraph.findall(nodes.literal):
            self.messages += _messages(literal.astext())


def _collect(
    node: nodes.Element, above: str, found: list[Section], description: str = ""
) -> None:
    """Add a section and those below it to `found`, in reading order."""
    title = " ".join(node.children[0].astext().split())
    own = _Own()
    if isinstance(node, box):
        # Of a test its claim and its name are enough; all its lines would weigh more.
        own.names.append(node["ids"][0])
    else:
        own.take(node.children[1:])
    leads = len(own.items) >= FEWEST and own.items.count(False) <= 1
    shown, rest = _split("\n".join(own.texts))
    said = _words(" ".join([title, description, shown]))
    known = {*said, *_words(rest)}
    # Where a list of links leads has its words.
    more = own.proofs if leads else [rest, *own.proofs]
    is_page = not found
    found.append(
        Section(
            anchor="" if is_page else _anchors(node)[0],
            also=(*_anchors(node), node.get("slug", "")),
            title=title,
            above=above,
            description=description,
            text=shown,
            words=tuple(sorted(_unsaid(_words(" ".join(more)), said))),
            names=tuple(n for n in dict.fromkeys(own.names) if n.lower() not in known),
            messages=tuple(dict.fromkeys(own.messages)),
            leads=leads,
            is_term=is_term(node),
        )
    )
    for child in own.below:
        _collect(child, "" if is_page else title, found)


def _split(text: str) -> tuple[str, str]:
    """Return what results may show of a text, to the end of a word, and the rest."""
    if len(text) <= SHOWN:
        return text, ""
    end = max(text.rfind(" ", 0, SHOWN), text.rfind("\n", 0, SHOWN))
    return text[:end], text[end:]


def _unsaid(words: Iterable[str], said: Iterable[str]) -> Iterator[str]:
    """Yield the words of which no form was said, each once."""
    stems = {stem(word) for word in said}
    for word in words:
        if (of_word := stem(word)) not in stems:
            stems.add(of_word)
            yield word


def _words(text: str) -> dict[str, None]:
    """Return the words of a text in lower case, each once, in their order."""
    words = _WORD.findall(text.lower().replace(_APOSTROPHE, "'"))
    return dict.fromkeys(word for word in words if word not in STOPWORDS)


def _prose(node: nodes.Node) -> str:
    """Return the text of a paragraph without marks."""
    if isinstance(node, claim_mark):
        return ""
    if isinstance(node, nodes.Text):
        return node.astext()
    return "".join(_prose(child) for child in node.children)


def _messages(text: str) -> list[str]:
    return [" ".join(line.split()) for line in _MESSAGE.findall(text) if " " in line]


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
