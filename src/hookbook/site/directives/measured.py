"""``{figures}``, ``{measured-on}``, ``{measured}``, ``{holds}``: what hooks cost.

The figures come from the benchmark's file: see
:mod:`hookbook.corpus.figures`.
"""

import datetime
from html import escape
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole
from sphinx.writers.html5 import HTML5Translator

from hookbook.corpus.figures import BARE, Figure, Measured, MeasuredError, number, read
from hookbook.explain.boxes import box
from hookbook.explain.parts import Cell, code_block, table

from .. import places
from .base import PageError, SnippetDirective, logger

ANCHOR = "measured-on"


class bar(nodes.General, nodes.Element):
    """A ratio as a length: the width of a request without hooks, and ``more``."""


class holds_mark(nodes.Inline, nodes.Element):
    """The mark after a sentence that was checked against the figures: ``claim``."""


def load(env: BuildEnvironment) -> Measured:
    """Return the figures; a page is read again when they or their sources change.

    :raises MeasuredError: if there are none that count.
    """
    path = places.measured(env)
    root = places.root(env)
    env.note_dependency(path)
    found = read(path, root)
    for source in found.about["sources"]:
        # A folder of cases changes with its modules.
        for part in (root / source, *(root / source).glob("*.py")):
            env.note_dependency(part)
    return found


class Figures(SnippetDirective):
    """A table of cases: the content has one per line, the argument is its caption."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def build(self) -> list[nodes.Node]:
        """Return the table; its bars share one scale, from zero."""
        measured = _loaded(self)
        # MyST counts the offset from the directive.
        first = self.lineno + self.content_offset + 1
        names = []
        for line, text in enumerate(self.content, start=first):
            if not text.strip():
                continue
            if text.strip() not in measured.titles:
                known = ", ".join(measured.titles)
                raise PageError(
                    f"'{text.strip()}' was not measured (there is: {known})", line
                )
            names.append(text.strip())
        if not names:
            raise PageError("no figures: name a case of the benchmark on each line")
        shown = [measured.figures[name] for name in names]
        widest = max(1.0, *(figure.middle for figure in shown))
        rows = [
            _row(measured.titles[name], figure, widest, name == BARE)
            for name, figure in zip(names, shown, strict=True)
        ]
        head: list[Cell] = [
            [nodes.paragraph("", "The request has")],
            [nodes.paragraph("", "Times one without hooks")],
        ]
        classes: list[list[str]] = [[] for _ in rows]
        result = table(self.arguments[0], head, rows, ["hb-figures"], classes)
        self.set_source_info(result)
        return [result]


def _row(title: str, figure: Figure, widest: float, is_bare: bool) -> list[Cell]:
    value = nodes.paragraph("", "", nodes.strong("", str(figure)))
    if not is_bare:
        told = f"{number(figure.low)} to {number(figure.high)}"
        if figure.within_noise_of(1):
            told += ", no difference"
        value += nodes.Text(" ")
        value += nodes.inline("", f"({told})", classes=["hb-spread"])
    drawn = bar(
        "",
        bare=min(figure.middle, 1) / widest,
        more=max(figure.middle - 1, 0) / widest,
    )
    return [[nodes.paragraph("", title[0].upper() + title[1:])], [value, drawn]]


class MeasuredOn(SnippetDirective):
    """Show where and when the figures were measured; ``:file:`` shows them all."""

    option_spec: ClassVar[dict[str, Any]] = {"file": directives.flag}

    def build(self) -> list[nodes.Node]:
        """Return a list of facts, to which the marks of the page link."""
        measured = _loaded(self)
        path = places.measured(self.env)
        facts = nodes.definition_list("", classes=["hb-measured-on"], ids=[ANCHOR])
        for term, fact in describe(measured).items():
            facts += nodes.definition_list_item(
                "",
                nodes.term("", term),
                nodes.definition("", nodes.paragraph("", fact)),
            )
        self.state.document.note_explicit_target(facts, facts)
        result: list[nodes.Node] = [facts]
        if "file" in self.options:
            name = path.relative_to(places.root(self.env)).as_posix()
            text = path.read_text(encoding="utf-8").rstrip("\n")
            head = box("summary", nodes.Text("The result file, "))
            head += nodes.literal("", name)
            result.append(
                box(
                    "details",
                    head,
                    code_block(text, "json", "hb-result"),
                    classes=["hb-file"],
                )
            )
        return result


def describe(measured: Measured) -> dict[str, str]:
    """Return what a reader should know about the run, by label."""
    about = measured.about
    machine = about["machine"]
    date = datetime.date.fromisoformat(about["date"])
    return {
        "Date": f"{date.day} {date:%B %Y}",
        "Machine": f"{machine['processor']}, {machine['cores']} cores,"
        f" {machine['system']}; load {machine['load_at_start']} at the start",
        "Versions": ", ".join(
            f"{name} {version}" for name, version in about["versions"].items()
        ),
        "Request without hooks": f"{about['bare_microseconds']:.0f} microseconds of"
        " CPU time",
        "Rounds": f"{about['rounds']} in each of {about['processes']} processes;"
        " a figure is their median, in brackets the middle half of them, and no"
        " difference where that includes 1",
    }


def _loaded(directive: SnippetDirective) -> Measured:
    try:
        return load(directive.env)
    except MeasuredError as error:
        raise PageError(str(error)) from None


class MeasuredRole(SphinxRole):
    """``{measured}`(hooks_100 - bare) / 100 %``` becomes the figure."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the number; on an error warn, and return the role's own text."""
        try:
            value = load(self.env).value(self.text)
        except MeasuredError as error:
            _warn(self, error)
            value = self.text
        return [nodes.inline(value, value, classes=["hb-measured"])], []


class HoldsRole(SphinxRole):
    """``{holds}`hooks_100 < 2``` fails the build if the figures contradict it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a mark; on an error warn, and return none."""
        try:
            load(self.env).check(self.text)
        except MeasuredError as error:
            _warn(self, error)
            return [], []
        mark = holds_mark("", claim=" ".join(self.text.split()))
        self.set_source_info(mark)
        return [mark], []


def _warn(role: SphinxRole, error: MeasuredError) -> None:
    logger.warning(
        "{%s}: %s", role.name, error, location=role.get_location(),
        type="hookbook", subtype="measured",
    )  # fmt: skip


def _visit_bar_html(self: HTML5Translator, node: bar) -> None:
    # The number is beside it. No style attribute: the site allows none in its pages.
    self.body.append(
        '<svg class="hb-bar" aria-hidden="true" width="100%" height="6">'
        f'<rect width="{node["bare"]:.2%}" height="6"/>'
        f'<rect class="hb-added" x="{node["bare"]:.2%}" width="{node["more"]:.2%}"'
        ' height="6"/></svg>'
    )
    raise nodes.SkipNode


def _visit_mark_html(self: HTML5Translator, node: holds_mark) -> None:
    tip = escape(f"Checked against the figures: {node['claim']}")
    self.body.append(
        f'<sup class="hb-claim hb-holds"><a href="#{ANCHOR}" aria-label="{tip}">'
        "m</a></sup>"
    )
    raise nodes.SkipNode


def _skip(self: nodes.NodeVisitor, node: nodes.Element) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register directives, roles and nodes."""
    app.add_directive("figures", Figures)
    app.add_directive("measured-on", MeasuredOn)
    app.add_role("measured", MeasuredRole())
    app.add_role("holds", HoldsRole())
    other = _skip, None
    for node, visit in (bar, _visit_bar_html), (holds_mark, _visit_mark_html):
        app.add_node(
            node,
            html=(visit, None),
            latex=other,
            text=other,
            man=other,
            texinfo=other,
        )
