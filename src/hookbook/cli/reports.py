"""``--html FILE``: a command's output as one file, to read in a browser, offline.

The stepper is the one of the pages. Needs docutils and Pygments. Values from the
application never become markup, and the file's own policy blocks everything else.
"""

import base64
import dataclasses
import hashlib
from collections.abc import Iterable, Mapping
from html import escape
from importlib.resources import files
from pathlib import Path

from docutils import nodes

from hookbook.explain.boxes import box
from hookbook.explain.markup import html
from hookbook.explain.views import section
from hookbook.explain.words import function_kind
from hookbook.trace.steps import Run

from . import excerpts
from .listing import place_of, short
from .tracing import Sent, Told, link_of, sentence

_STYLES = (
    "tokens.css", "code.css", "tables.css", "snippet.css", "trace.css",
    "stepping.css", "response.css", "folding.css", "report.css",
)  # fmt: skip
_SCRIPT = "trace.js"
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main role="main">
<article>
<h1>{title}</h1>
{content}</article>
</main>
<script>{script}</script>
</body>
</html>
"""


def write(path: Path, told: Told) -> None:
    """Write the report to `path`.

    :raises OSError: if it cannot be written.
    """
    path.write_text(page(told), encoding="utf-8")


def page(told: Told) -> str:
    """Return the report as HTML."""
    folder = files("hookbook.cli") / "page"
    style = "\n".join((folder / name).read_text("utf-8") for name in _STYLES)
    script = (folder / _SCRIPT).read_text("utf-8")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)};"
        " base-uri 'none'; form-action 'none';"
        " require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return _PAGE.format(
        policy=policy, style=style, script=script, title=escape(_title(told)),
        content="".join(html(node) for node in _content(told)),
    )  # fmt: skip


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _title(told: Told) -> str:
    if not told.run.traces:
        return "No request reached Flask"
    first, *others = told.run.traces
    more = f" and {len(others)} more" if others else ""
    return f"Trace of {first.method} {first.path}{more}"


def _content(told: Told) -> Iterable[nodes.Node]:
    if told.sent:
        yield _list(_sent(one) for one in told.sent)
    yield from _findings(told)
    yield from _not_run(told)
    if told.run.traces:
        yield _heading("Steps")
        run, lines = excerpts.of(told.run)
        views = ("flow", "code", "table", "tracker") if lines else (
            "flow", "table", "tracker"
        )  # fmt: skip
        yield section("the requests", lines, _paired(run), _caption(run), views=views)


def _paired(run: Run) -> Run:
    """Return `run` with only the outputs of its blocks."""
    return dataclasses.replace(run, outputs=run.outputs[: len(run.blocks)])


def _caption(run: Run) -> nodes.Node:
    files = {step.file for trace in run.traces for step in trace.steps if step.line}
    text = ", ".join(sorted(short(one) for one in files if one)) or "the code"
    title = nodes.inline("", text, classes=["hb-title"])
    return box("figcaption", title, classes=["hb-caption"])


def _heading(text: str) -> nodes.Node:
    return box("h2", nodes.Text(text))


def _list(items: Iterable[list[nodes.Node]]) -> nodes.Node:
    return box("ul", *(box("li", *item) for item in items))


def _sent(one: Sent) -> list[nodes.Node]:
    wanted, answer = one.wanted, one.answer
    content: list[nodes.Node] = [
        nodes.literal("", f"{wanted.method} {wanted.url}"), nodes.Text(" ")
    ]  # fmt: skip
    if answer.status is None:
        text = f"raised {answer.exception}"
        content.append(nodes.inline("", text, classes=["hb-wrong"]))
    else:
        content.append(nodes.Text(f"{answer.status}, {answer.size} bytes"))
    if not one.traces:
        text = ". This request did not reach Flask."
        content.append(nodes.inline("", text, classes=["hb-wrong"]))
    return content


def _findings(told: Told) -> Iterable[nodes.Node]:
    found = told.findings
    yield _heading("Findings" if found else "No findings")
    if found:
        yield _list(
            [
                nodes.literal("", one.function),
                _place(f"{short(one.file)}:{one.line}" if one.file else ""),
                nodes.inline("", one.sentence.replace("`", ""), classes=["hb-reason"]),
                _link(link_of(one)),
            ]
            for one in found
        )


def _not_run(told: Told) -> Iterable[nodes.Node]:
    missed = told.not_run
    for place, trace in enumerate(told.run.traces, 1):
        items = [
            [
                nodes.Text(f"{function_kind(one.function.kind, one.function.phase)} "),
                nodes.literal("", one.function.name),
                _place(f"{one.function.owner}, {place_of(one.function)}"),
                nodes.inline("", sentence(one.reason), classes=["hb-reason"]),
            ]
            for number, one in missed
            if number == place
        ]
        if items:
            yield _heading(f"Did not run in {trace.method} {trace.path}")
            yield _list(items)


def _place(text: str) -> nodes.Node:
    return nodes.inline("", f" {text}", classes=["hb-place"])


def _link(address: str) -> nodes.Node:
    link = box("a", nodes.Text("What this means"))
    data: Mapping[str, str] = {"href": address}
    link["data"] = data
    return link
