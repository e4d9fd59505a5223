"""A run as a reader sees it: as a flow, beside its code, as tables.

Plain lists, code and tables, made of docutils' nodes, without Sphinx, so that pages
and a reader's browser build them alike. ``trace.js`` turns them into a stepper; it
finds a step by its class, ``hb-step-N``, and lines of code by ``hb-lines-A-B``.
"""

import dataclasses
import json
from collections.abc import Callable, Collection, Mapping, Sequence

from docutils import nodes

from hookbook.trace.snapshots import flatten
from hookbook.trace.steps import Run, Step, Trace

from . import words
from .boxes import box
from .folding import bookkeeping
from .parts import Cell, code_block, scenario, table
from .reasons import reasons

VIEWS = ("flow", "code", "table", "tracker")
WATCHED = ("response.status", "response.headers", "response.cookies", "g", "session")
"""The values that the tracker follows by default."""
_SHOWN = ("response.", "g.", "session[")


@dataclasses.dataclass
class Numbered:
    """A step with its number on the page, counted over all requests shown."""

    number: int
    step: Step

    @property
    def classes(self) -> list[str]:
        """The classes by which the stylesheet and the stepper find the step."""
        names = [f"hb-step-{self.number}", f"hb-kind-{self.step.kind}"]
        if self.step.line:
            names.append(f"hb-lines-{self.step.line}-{self.step.end_line}")
        if self.step.outcome.startswith("raised") or self.step.kind == "error":
            names.append("hb-failed")
        return names


Requests = list[tuple[Trace, list[Numbered]]]


@dataclasses.dataclass(frozen=True)
class _View:
    """Shared by all views of one trace."""

    run: Run
    requests: Requests
    lines: Mapping[int, str]
    caption: nodes.Node
    key: str
    watched: Sequence[str]


def numbered(
    run: Run, places: Sequence[int] = ()
) -> list[tuple[Trace, list[Numbered]]]:
    """Return the requests at `places` (from 1; all if empty) with numbered steps."""
    shown: Requests = []
    number = 0
    for place, trace in enumerate(run.traces, start=1):
        if places and place not in places:
            continue
        steps = [Numbered(number + n, step) for n, step in enumerate(trace.steps, 1)]
        number += len(steps)
        shown.append((trace, steps))
    return shown


def section(
    name: str, lines: Mapping[int, str], run: Run, caption: nodes.Node, *,
    views: Sequence[str] = VIEWS, watched: Sequence[str] = WATCHED,
    places: Sequence[int] = (), key: str = "", not_run: bool = False,
    keep: Collection[str] = (),
) -> box:  # fmt: skip
    """Return a section with the chosen views of `run`, a run of the code `lines`.

    `caption` is above the code; `key` begins the ids of the steps. With `not_run`,
    functions that were not called are listed with the reasons. The stepper folds
    Flask's own bookkeeping, except the kinds of steps in `keep`.
    """
    requests = numbered(run, places)
    chosen = [f"request {place}" for place in places]
    result = box("section", classes=["hb-trace"], support_smartquotes=False)
    result["data"] = {
        "data-trace": key,
        "data-steps": str(sum(len(steps) for _, steps in requests)),
        "aria-label": f"Trace of {name}: {', '.join([*views, *chosen])}",
    }
    followed = watched if "tracker" in views else ()
    if own := folded(requests, followed, keep):
        result["data"]["data-folded"] = " ".join(map(str, own))
    if "flow" in views:
        result["data"]["data-changes"] = state_changes(requests)
    for trace, _ in requests:
        if not trace.complete:
            text = f"The trace of {trace.method} {trace.path} is incomplete: "
            text += f"{'; '.join(trace.missing)}."
            result += nodes.paragraph("", text, classes=["hb-missing"])
    view = _View(run, requests, lines, caption, key, watched)
    for wanted, build in _BUILDERS.items():
        if wanted in views:
            result += build(view)
    if not_run:
        result += [
            reasons(trace, _title("Functions that Flask did not call", trace, run))
            for trace, _ in requests
        ]
    return result


def folded(
    requests: Requests, watched: Sequence[str], keep: Collection[str]
) -> list[int]:
    """Return the numbers of the steps that the stepper folds by default."""
    return [
        steps[place - 1].number
        for _, steps in requests
        for place in bookkeeping([item.step for item in steps], watched, keep)
    ]


def state_changes(requests: Requests) -> str:
    """Return each step's changes of watched values, as JSON for the stepper.

    Maps the numbers of steps to names and values: parts of the response, ``g`` and the
    session; null for a value that is gone.
    """
    told: dict[int, dict[str, str | None]] = {}
    shown: dict[str, str] = {}
    for _, steps in requests:
        for item in steps:
            now = {
                name.removeprefix("response."): value
                for name, value in flatten(item.step.after).items()
                if name.startswith(_SHOWN)
            }
            changed: dict[str, str | None] = dict.fromkeys(shown.keys() - now.keys())
            changed |= {n: v for n, v in now.items() if shown.get(n) != v}
            if changed:
                told[item.number] = dict(sorted(changed.items()))
            shown = now
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def unseen(run: Run, watched: Sequence[str], places: Sequence[int] = ()) -> list[str]:
    """Return the `watched` values that no step shown ever had."""
    names = {
        name
        for _, steps in numbered(run, places)
        for item in steps
        for name in flatten(item.step.after)
    }
    return [word for word in watched if not any(_watches(word, n) for n in names)]


def _flow(view: _View) -> list[nodes.Node]:
    lanes: list[nodes.Node] = []
    for trace, steps in view.requests:
        if len(view.run.traces) > 1:
            lanes.append(request_title(trace, view.run))
        lane = nodes.enumerated_list(
            "", classes=["hb-flow"], enumtype="arabic", prefix="", suffix=".",
            start=steps[0].number,
        )  # fmt: skip
        for item in steps:
            what = nodes.inline("", words.label(item.step), classes=["hb-what"])
            text = [what, *_name(item.step)]
            depth = ["hb-nested"] if item.step.depth else []
            lane += nodes.list_item(
                "", nodes.paragraph("", "", *text), classes=item.classes + depth
            )
        lanes.append(lane)
    return lanes


def _code(view: _View) -> list[nodes.Node]:
    first = min(view.lines)
    text = "\n".join(view.lines[n] for n in sorted(view.lines))
    block = code_block(text, "python", "hb-code")
    block["linenos"] = True
    block["highlight_args"] = {
        "linenostart": first,
        "linespans": f"{view.key}line",
    }
    figure = box("figure", view.caption, block, classes=["hb-snippet"])
    figure += scenario(view.run)
    return [figure]


def _table(view: _View) -> list[nodes.Node]:
    titles = ["Step", "Action", "Input state", "Output state", "Note"]
    head: list[Cell] = [[nodes.paragraph("", text)] for text in titles]
    tables: list[nodes.Node] = []
    target = f"{view.key}step-"
    for trace, steps in view.requests:
        rows: list[list[Cell]] = []
        for item in steps:
            step = item.step
            action = nodes.paragraph("", words.label(step))
            action += _name(step)
            changes: Cell = [
                nodes.paragraph("", "", nodes.literal("", words.change(c)))
                for c in words.visible_changes(step)
            ]
            rows.append(
                [
                    [nodes.paragraph("", str(item.number))],
                    [action],
                    [nodes.paragraph("", words.summary(step.before))],
                    changes or [nodes.paragraph("", "unchanged", classes=["hb-same"])],
                    [nodes.paragraph("", words.note(step))],
                ]
            )
        result = table(
            _title("Execution table", trace, view.run),
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


def _tracker(view: _View) -> list[nodes.Node]:
    tables: list[nodes.Node] = []
    for trace, steps in view.requests:
        names = list(
            dict.fromkeys(
                name
                for item in steps
                for name in flatten(item.step.after)
                if any(_watches(word, name) for word in view.watched)
            )
        )
        changing = [item for item in steps if _changed(item, names)]
        if not changing:
            text = f"Nothing that is followed changes: {_request_name(trace, view.run)}"
            tables.append(nodes.paragraph("", text, classes=["hb-same"]))
            continue
        head: list[Cell] = [[nodes.paragraph("", "Value")]]
        for item in changing:
            number = nodes.paragraph("", str(item.number))
            step_class = f"hb-step-{item.number}"
            head.append([nodes.entry("", number, classes=[step_class])])
        rows: list[list[Cell]] = []
        for name in names:
            row: list[Cell] = [[nodes.paragraph("", "", nodes.literal("", name))]]
            row += [[_tracked(name, item)] for item in changing]
            rows.append(row)
        title = _title("Variable tracker, changes only", trace, view.run)
        classes: list[list[str]] = [[] for _ in rows]
        tables.append(table(title, head, rows, ["hb-tracker"], classes))
    return tables


_BUILDERS: Mapping[str, Callable[[_View], list[nodes.Node]]] = {
    "flow": _flow,
    "code": _code,
    "table": _table,
    "tracker": _tracker,
}


def _watches(word: str, name: str) -> bool:
    return name == word or name.startswith((f"{word}[", f"{word}."))


def _changed(item: Numbered, names: Sequence[str]) -> bool:
    before, after = flatten(item.step.before), flatten(item.step.after)
    return any(before.get(name) != after.get(name) for name in names)


def _tracked(name: str, item: Numbered) -> nodes.entry:
    """Return the cell of one value after one step, empty if it didn't change."""
    before = flatten(item.step.before).get(name)
    after = flatten(item.step.after).get(name)
    cell = nodes.entry("", classes=[f"hb-step-{item.number}"])
    if before != after:
        cell["classes"].append("hb-changed")
        gone = nodes.inline("", "gone")
        value = gone if after is None else nodes.literal("", after)
        cell += nodes.paragraph("", "", value)
    return cell


def _name(step: Step) -> list[nodes.Node]:
    """Return the step's name after a space, unless its label is enough."""
    if step.name == "Response":
        return []
    kind = nodes.literal if words.has_name_in_code(step) else nodes.inline
    return [nodes.Text(" "), kind("", step.name)]


def _title(view: str, trace: Trace, run: Run) -> str:
    return f"{view}: {_request_name(trace, run)}"


def _request_name(trace: Trace, run: Run) -> str:
    """Name a request, with its number if there are several."""
    name = f"{trace.method} {trace.path}"
    if len(run.traces) == 1:
        return name
    place = next(n for n, other in enumerate(run.traces, 1) if other is trace)
    return f"request {place}, {name}"


def request_title(trace: Trace, run: Run) -> nodes.paragraph:
    """Return the line above one request among several."""
    name = _request_name(trace, run)
    text = name[0].upper() + name[1:]
    return nodes.paragraph("", text, classes=["hb-request-title"])
