"""Turn a page into a chapter: lists instead of steppers, answers at its end.

A book has no scripts and no controls. A trace is the list of its steps; a listing
appears once in a chapter; collapsed parts of a page (hints, answers, solutions) move
to the end of the chapter, with links there and back.
"""

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx

from hookbook.explain.boxes import box
from hookbook.explain.parts import label

from ..directives.measured import bar, holds_mark
from ..directives.proof import claim_mark
from ..step_lists import has, link, list_steps, reference

ASKING = ("hb-question", "hb-task", "hb-card")
"""Elements with a collapsed part: a question, a task, a flashcard."""


def rewrite(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Rewrite a page as a chapter."""
    if app.builder.name != "epub":
        return
    # Links to the proofs, and drawings beside numbers.
    for node in list(doctree.findall(_beside)):
        node.parent.remove(node)
    list_steps(app, doctree)
    _show_once(doctree)
    _move_answers(doctree)
    for node in list(doctree.findall(box)):
        _plain(node)


def _beside(node: nodes.Node) -> bool:
    return isinstance(node, claim_mark | holds_mark | bar)


def _show_once(doctree: nodes.document) -> None:
    """Replace a repeated listing by a link to the first one."""
    shown: dict[str, str] = {}
    for figure in [node for node in doctree.findall(box) if _is(node, "hb-snippet")]:
        for block in list(figure.findall(nodes.literal_block)):
            if "hb-code" not in block["classes"]:
                continue
            block["linenos"] = False
            block["highlight_args"].pop("linespans", None)
            text = block.astext()
            if text in shown:
                block.replace_self(link("The code is above", shown[text]))
                continue
            shown[text] = f"code-{len(shown) + 1}"
            figure["ids"].append(shown[text])


def _move_answers(doctree: nodes.document) -> None:
    """Move collapsed parts to the end of the chapter."""
    answers: list[nodes.Node] = []
    for asking in [node for node in doctree.findall(box) if _is(node, *ASKING)]:
        number = len(answers) + 1
        title, question = _title(asking), f"question-{number}"
        if _is(asking, "hb-card"):
            summary, *hidden = asking.children
            asking.children = []
            asking += nodes.paragraph("", "", *summary.children)
            asking["tag"] = "div"
        else:
            hidden = [node for node in asking.children if _is_tag(node, "details")]
            for node in hidden:
                asking.remove(node)
        asking["ids"].append(question)
        asking += link(_what(asking), f"answer-{number}")
        head = nodes.paragraph("", "", reference(title, question))
        head["classes"].append("hb-label")
        answers.append(
            box("div", head, *hidden, ids=[f"answer-{number}"], classes=["hb-solved"])
        )
    if answers:
        end = nodes.section("", nodes.title("", "Answers"), *answers, ids=["answers"])
        chapter = doctree.next_node(nodes.section)
        (doctree if chapter is None else chapter).append(end)


def _title(asking: box) -> str:
    """Return the name of a question: its label, its text or its section's title."""
    if _is(asking, "hb-card"):
        return asking.children[0].astext()
    if _is(asking, "hb-task"):
        # A section has a title, but docutils' types don't say so.
        return next(_sections(asking)).next_node(nodes.title).astext()  # type: ignore[union-attr]
    return next(
        node.astext()
        for node in asking.findall(nodes.paragraph)
        if "hb-label" in node["classes"]
    )


def _sections(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield the sections around a node, innermost first."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, nodes.section):
            yield parent
        parent = parent.parent


def _what(asking: box) -> str:
    return "Hints and solution" if _is(asking, "hb-task") else "Answer"


def _plain(node: box) -> None:
    """Reduce a box to the elements that a book can show."""
    data: dict[str, str] = node.get("data", {})
    node["data"] = {key: data[key] for key in data if key == "aria-label"}
    if node["tag"] != "details":
        return
    summary = node.next_node(box)
    assert summary is not None
    summary.replace_self(label(summary.astext()))
    node["tag"] = "div"


def _is(node: nodes.Node, *classes: str) -> bool:
    return isinstance(node, box) and has(node, *classes)


def _is_tag(node: nodes.Node, tag: str) -> bool:
    return isinstance(node, box) and node["tag"] == tag


def setup(app: Sphinx) -> None:
    """Register the handler: late, when marks and results are filled in."""
    app.connect("doctree-resolved", rewrite, priority=800)
