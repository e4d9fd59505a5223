"""``{trace}``: what happened to a request, step by step, in four views.

The views are plain lists, code and tables. ``trace.js`` makes a stepper of them; it
knows a step by its class, ``hb-step-N``, and the lines of code by ``hb-lines-A-B``.
"""

import dataclasses
import re
from collections.abc import Iterator
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

from .. import narrate
from ..boxes import box
from ..snapshot import flatten
from ..snippet import Snippet
from ..trace import Run, Step, Trace
from .base import Cell, PageError, SnippetDirective, code_block, table
from .snippet import caption, scenario

VIEWS = ("flow", "code", "table", "tracker")
_WATCHED = ("response.status", "response.headers", "response.cookies", "g", "session")
_ROOTS = ("request", "response", "g", "session")


@dataclasses.dataclass
class Numbered:
    """A step with its number on the page, which counts over all requests shown."""

    number: int
    step: Step

    @property
    def classes(self) -> list[str]:
        """The classes by which the stylesheet and the stepper know the step."""
        names = [f"hb-step-{self.number}", f"hb-kind-{self.step.kind}"]
        if self.step.line:
            names.append(f"hb-lines-{self.step.line}-{self.step.end_line}")
        if self.step.outcome.startswith("raised") or self.step.kind == "error":
            names.append("hb-failed")
        return names


class TraceViews(SnippetDirective):
    """Show the trace of a snippet.

    ``:views:`` chooses among flow, code, table and tracker (all four otherwise);
    views of one snippet on one page step together. ``:watch:`` names the values of
    the tracker, ``:requests:`` the requests by their number.
    """

    required_arguments = 1
    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {
        "views": directives.unchanged_required,
        "watch": directives.unchanged_required,
        "requests": directives.unchanged_required,
    }

    def build(self) -> list[nodes.Node]:
        """Return one section with the chosen views."""
        snippet, run = self.load(self.arguments[0])
        views = self.words("views") or list(VIEWS)
        for view in views:
            if view not in VIEWS:
                known = ", ".join(VIEWS)
                raise PageError(f":views: '{view}' is not a view (there is: {known})")
        requests = list(self._requests(run))
        key = self._key(snippet.name, self.options.get("requests", ""))
        section = box("section", classes=["hb-trace"], support_smartquotes=False)
        section["data"] = {
            "data-trace": key,
            "data-steps": str(sum(len(steps) for _, steps in requests)),
            "aria-label": f"Trace of {snippet.name}: {', '.join(views)}",
        }
        for view in VIEWS:
            if view in views:
                section += getattr(self, f"_{view}")(snippet, run, requests, key)
        self.set_source_info(section)
        return [section]

    def _requests(self, run: Run) -> Iterator[tuple[Trace, list[Numbered]]]:
        wanted = self.words("requests")
        count = len(run.traces)
        if not count:
            raise PageError("the scenario makes no request: there is nothing to trace")
        for word in wanted:
            if not (word.isdigit() and 1 <= int(word) <= count):
                raise PageError(
                    f":requests: '{word}' is not a request (there are {count})"
                )
        number = 0
        for place, trace in enumerate(run.traces, start=1):
            if wanted and str(place) not in wanted:
                continue
            steps = [
                Numbered(number + offset, step)
                for offset, step in enumerate(trace.steps, start=1)
            ]
            number += len(steps)
            yield trace, steps

    def _key(self, name: str, requests: str) -> str:
        """Return the prefix of a trace's step ids; the page's first has none.

        The same requests of the same snippet are the same trace.
        """
        keys: dict[tuple[str, str], str] = self.env.temp_data.setdefault(
            "hookbook_traces", {}
        )  # type: ignore[assignment]
        slug = re.sub(r"\W+|_", "-", f"{name.rpartition('/')[2]} {requests}".strip())
        if f"{slug}-" in keys.values():
            slug = f"{slug}-{len(keys)}"
        return keys.setdefault((name, requests), f"{slug}-" if keys else "")

    def _flow(
        self, snippet: Snippet, run: Run, requests: list[Any], key: str
    ) -> list[nodes.Node]:
        lanes: list[nodes.Node] = []
        for trace, steps in requests:
            if len(run.traces) > 1:
                lanes.append(request_title(trace, run))
            lane = nodes.enumerated_list(
                "", classes=["hb-flow"], enumtype="arabic", prefix="", suffix=".",
                start=steps[0].number,
            )  # fmt: skip
            for item in steps:
                what = nodes.inline("", narrate.label(item.step), classes=["hb-what"])
                text = [what, *_name(item.step)]
                depth = ["hb-nested"] if item.step.depth else []
                lane += nodes.list_item(
                    "", nodes.paragraph("", "", *text), classes=item.classes + depth
                )
            lanes.append(lane)
        return lanes

    def _code(
        self, snippet: Snippet, run: Run, requests: list[Any], key: str
    ) -> list[nodes.Node]:
        first = min(snippet.lines)
        text = "\n".join(snippet.lines[n] for n in sorted(snippet.lines))
        block = code_block(text, "python", "hb-code")
        block["linenos"] = True
        block["highlight_args"] = {
            "linenostart": first,
            "linespans": f"{key}line",
        }
        figure = box(
            "figure", caption(self, snippet, run), block, classes=["hb-snippet"]
        )
        figure += scenario(run)
        return [figure]

    def _table(
        self, snippet: Snippet, run: Run, requests: list[Any], key: str
    ) -> list[nodes.Node]:
        titles = ["Step", "Action", "Input state", "Output state", "Note"]
        head: list[Cell] = [[nodes.paragraph("", text)] for text in titles]
        tables: list[nodes.Node] = []
        target = f"{key}step-"
        for trace, steps in requests:
            rows: list[list[Cell]] = []
            for item in steps:
                step = item.step
                action = nodes.paragraph("", narrate.label(step))
                action += _name(step)
                changes: Cell = [
                    nodes.paragraph("", "", nodes.literal("", narrate.change(c)))
                    for c in narrate.visible_changes(step)
                ]
                rows.append(
                    [
                        [nodes.paragraph("", str(item.number))],
                        [action],
                        [nodes.paragraph("", narrate.summary(step.before))],
                        changes
                        or [nodes.paragraph("", "unchanged", classes=["hb-same"])],
                        [nodes.paragraph("", narrate.note(step))],
                    ]
                )
            result = table(
                _title("Execution table", trace, run),
                head,
                rows,
                ["hb-execution"],
                [item.classes for item in steps],
            )
            body = next(result.findall(nodes.tbody))
            for item, row in zip(steps, body.findall(nodes.row), strict=True):
                row["ids"] = [f"{target}{item.number}"]
            tables.append(result)
        return tables

    def _tracker(
        self, snippet: Snippet, run: Run, requests: list[Any], key: str
    ) -> list[nodes.Node]:
        watched = self.words("watch") or list(_WATCHED)
        found: set[str] = set()
        tables: list[nodes.Node] = []
        for trace, steps in requests:
            names = list(
                dict.fromkeys(
                    name
                    for item in steps
                    for name in flatten(item.step.after)
                    if any(_watches(word, name) for word in watched)
                )
            )
            found.update(w for w in watched for n in names if _watches(w, n))
            head: list[Cell] = [[nodes.paragraph("", "Value")]]
            for item in steps:
                number = nodes.paragraph("", str(item.number))
                step_class = f"hb-step-{item.number}"
                head.append([nodes.entry("", number, classes=[step_class])])
            rows: list[list[Cell]] = []
            for name in names:
                row: list[Cell] = [[nodes.paragraph("", "", nodes.literal("", name))]]
                row += [[_tracked(name, item)] for item in steps]
                rows.append(row)
            title = _title("Variable tracker", trace, run)
            title += " (bold: changed by the step)"
            classes: list[list[str]] = [[] for _ in rows]
            tables.append(table(title, head, rows, ["hb-tracker"], classes))
        for word in self.words("watch"):
            if word not in found:
                raise PageError(f":watch: '{word}' never had a value in this run")
        return tables


def _watches(word: str, name: str) -> bool:
    return name == word or name.startswith((f"{word}[", f"{word}."))


def _tracked(name: str, item: Numbered) -> nodes.entry:
    """Return the cell of one value after one step."""
    before = flatten(item.step.before).get(name)
    after = flatten(item.step.after).get(name)
    text = "none" if after is None else after
    cell = nodes.entry("", classes=[f"hb-step-{item.number}"])
    value = nodes.literal("", text) if after is not None else nodes.Text(text)
    if before != after:
        cell["classes"].append("hb-changed")
        cell += nodes.paragraph("", "", nodes.strong("", "", value))
    else:
        cell += nodes.paragraph("", "", value)
    return cell


def _name(step: Step) -> list[nodes.Node]:
    """Return the step's name behind a space, unless its label says it all."""
    if step.name == "Response":
        return []
    kind = nodes.literal if narrate.has_name_in_code(step) else nodes.inline
    return [nodes.Text(" "), kind("", step.name)]


def _title(view: str, trace: Trace, run: Run) -> str:
    return f"{view}: {_request_name(trace, run)}"


def _request_name(trace: Trace, run: Run) -> str:
    """Name a request; by its number, where there are several."""
    name = f"{trace.method} {trace.path}"
    if len(run.traces) == 1:
        return name
    place = next(n for n, other in enumerate(run.traces, 1) if other is trace)
    return f"request {place}, {name}"


def request_title(trace: Trace, run: Run) -> nodes.paragraph:
    """Return the line above what is said of one request among several."""
    name = _request_name(trace, run)
    text = name[0].upper() + name[1:]
    return nodes.paragraph("", text, classes=["hb-request-title"])


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("trace", TraceViews)
