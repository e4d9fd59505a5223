"""Make a chapter of a page: lists instead of steppers, answers at its end.

A book has no scripts and no controls. A trace is the list of its steps; a listing
stands once in a chapter; what a reader opens on a page to see (hints, answers,
solutions) stands at the end of the chapter, and links lead there and back.
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
"""What has something to open: a question, a task, a flashcard."""


def rewrite(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Rewrite a page that becomes a chapter."""
    if app.builder.name != "epub":
        return
    # What leads to the proofs, and drawings beside numbers.
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
    """Replace a listing that the chapter has had by a link to it."""
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
    """Move what can be opened to the end of the chapter."""
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
    """Return what a question is called: its label, its text or its section's title."""
    if _is(asking, "hb-card"):
        return asking.children[0].astext()
    if _is(asking, "hb-task"):
        # A section has a title; docutils' types do not know.
        return next(_sections(asking)).next_node(nodes.title).astext()  # type: ignore[union-attr]
    return next(
        node.astext()
        for node in asking.findall(nodes.paragraph)
        if "hb-label" in node["classes"]
    )


def _sections(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield the sections around a node, from the inside."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, nodes.section):
            yield parent
        parent = parent.parent


def _what(asking: box) -> str:
    return "Hints and solution" if _is(asking, "hb-task") else "Answer"


def _plain(node: box) -> None:
    """Leave of a box what a book can show."""
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
