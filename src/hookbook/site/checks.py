"""The quiet line at the end of a section: how many tests prove it, and which.

The marks in sentences are off until a reader turns them on; the line is always
there, and opens the list of the section's claims with links to their tests.
"""

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx

from hookbook.corpus import evidence, proofs
from hookbook.explain.boxes import box

from . import places
from .directives.proof import claim_mark
from .versions import proving

QUESTIONS = frozenset({"hb-quiz", "hb-question"})
"""Their marks are part of an answer, which a list would give away."""
MARKLESS = frozenset({"hb-cards"})
"""Places where no mark is shown; nor is one in a table."""


def own_marks(node: nodes.Node) -> Iterator[claim_mark]:
    """Yield the marks of a section, without those of its subsections."""
    for child in node.children:
        if isinstance(child, claim_mark):
            yield child
        elif isinstance(child, nodes.Element) and not (
            isinstance(child, nodes.section) or QUESTIONS & set(child["classes"])
        ):
            yield from own_marks(child)


def text(app: Sphinx, names: list[str]) -> str:
    """Return how many checks there are, and on which versions all of them passed."""
    count = "1 check" if len(names) == 1 else f"{len(names)} checks"
    root = places.behaviour(app.env)
    extended = [n for n in names if proofs.find(root, n).with_extensions]
    if extended:
        part = "" if len(extended) == len(names) else f"{len(extended)} of them "
        count += f", {part}with real extensions"
    runs = proving(app.env, (extended or names)[0])
    versions = [run.flask for run in runs]
    held = [
        flask
        for flask in versions
        if all(
            evidence.verdicts(proving(app.env, name), name).get(flask)
            == evidence.PASSED
            for name in names
        )
    ]
    return f"{count}, Flask {evidence.listing(held, versions)}" if held else count


def line(app: Sphinx, marks: list[claim_mark]) -> box:
    """Return the line for some marks, each test once."""
    by_proof = {mark["proof"]: mark for mark in reversed(marks)}
    names = list(dict.fromkeys(mark["proof"] for mark in marks))
    items = nodes.bullet_list()
    for name in names:
        mark = by_proof[name]
        link = nodes.reference("", mark["claim"], internal=True, refuri=mark["refuri"])
        items += nodes.list_item("", nodes.paragraph("", "", link))
    summary = box("summary", nodes.Text(text(app, names)))
    return box("details", summary, items, classes=["hb-checks"])


def add_lines(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Add the line to each section with claims; remove marks from tables."""
    if app.builder.name != "html":
        return
    for section in list(doctree.findall(nodes.section)):
        if marks := list(own_marks(section)):
            below = (
                place
                for place, child in enumerate(section.children)
                if isinstance(child, nodes.section)
            )
            place = next(below, len(section.children))
            section.insert(place, line(app, marks))
    for mark in doctree.findall(claim_mark):
        mark["shown"] = shown(mark)


def shown(mark: claim_mark) -> str:
    """Return when a mark is shown: ``never``, ``always``, or if ``asked`` for."""
    node = mark.parent
    while node is not None:
        classes = set(node.get("classes", ()))
        if classes & QUESTIONS:
            return "always"
        if isinstance(node, nodes.table) or classes & MARKLESS:
            return "never"
        node = node.parent
    return "asked"


def setup(app: Sphinx) -> None:
    """Register the handler: after the marks know their targets."""
    app.connect("doctree-resolved", add_lines, priority=600)
