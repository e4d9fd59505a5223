"""Lists of steps instead of a trace's views, for output without scripts."""

from docutils import nodes
from sphinx.application import Sphinx

from hookbook.corpus import runs
from hookbook.explain import words
from hookbook.explain.boxes import box
from hookbook.explain.views import numbered, section
from hookbook.trace.steps import Step

from . import places

DETAILED = {"table", "tracker"}
"""The views that show what each step changed."""


def list_steps(app: Sphinx, doctree: nodes.document) -> None:
    """Replace each trace's views with the list of its steps, once."""
    traces = [node for node in doctree.findall(box) if "trace" in node]
    detailed = {t["trace"][::2] for t in traces if DETAILED & {*t["trace"][1]}}
    listed: dict[tuple[str, tuple[int, ...]], str] = {}
    for trace in traces:
        name, views, requests = trace["trace"]
        figures = [node for node in trace.children if has(node, "hb-snippet")]
        reasons = [node for node in trace.children if has(node, "hb-not-run")]
        trace.children = []
        trace += figures
        if set(views) == {"code"}:
            trace += reasons
            continue
        key = name, requests
        if key in listed:
            trace += link("Its steps are listed above", listed[key])
            trace += reasons
            continue
        listed[key] = f"trace-{len(listed) + 1}"
        trace["ids"].append(listed[key])
        snippet, run = runs.run(
            places.snippets(app.env), name, app.config.hookbook_timeout
        )
        flow = section(
            name, snippet.lines, run, nodes.inline(), views=["flow"], places=requests
        )
        if key in detailed:
            steps = [item.step for _, of in numbered(run, requests) for item in of]
            items = flow.findall(nodes.list_item)
            for item, step in zip(items, steps, strict=True):
                item += _changes(step)
        trace += flow.children
        trace += reasons


def _changes(step: Step) -> list[nodes.Node]:
    changes = [words.change(change) for change in words.visible_changes(step)]
    return [
        nodes.paragraph("", "", nodes.literal("", text), classes=["hb-changes"])
        for text in changes
    ]


def link(text: str, target: str) -> nodes.paragraph:
    """Return a line that links to `target` on the same page."""
    return nodes.paragraph("", "", reference(text, target), classes=["hb-see"])


def reference(text: str, target: str) -> nodes.reference:
    """Return a link to `target` on the same page."""
    return nodes.reference("", text, internal=True, refid=target)


def has(node: nodes.Node, *classes: str) -> bool:
    """Return whether a node has one of the classes."""
    return isinstance(node, nodes.Element) and not {*classes}.isdisjoint(
        node["classes"]
    )
