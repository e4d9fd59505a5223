"""``{snippet}``: an example, its scenario and what it printed."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx

from hookbook.corpus import compare
from hookbook.corpus.snippets import Snippet
from hookbook.explain.boxes import box
from hookbook.explain.parts import code_block, scenario
from hookbook.trace.steps import Run, as_shown

from .base import PageError, SnippetDirective


class SnippetFigure(SnippetDirective):
    """Show a snippet: caption, code, scenario and output.

    ``:pyobject:`` shows only the named functions, classes or marked parts;
    ``:emphasize:`` highlights such parts; ``:code-only:`` leaves out the scenario;
    ``:all-outputs:`` adds what other versions of Flask print.
    """

    required_arguments = 1
    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {
        "pyobject": directives.unchanged_required,
        "emphasize": directives.unchanged_required,
        "code-only": directives.flag,
        "all-outputs": directives.flag,
    }

    def build(self) -> list[nodes.Node]:
        """Return one figure."""
        snippet, run = self.load(self.arguments[0])
        figure = box("figure", classes=["hb-snippet"])
        figure += caption(self, snippet, run)
        figure += code_of(snippet, self.words("pyobject"), self.words("emphasize"))
        if "code-only" not in self.options:
            others = snippet.alternatives if "all-outputs" in self.options else None
            figure += scenario(run, snippet.name, others)
        self.set_source_info(figure)
        return [figure]


def code_of(
    snippet: Snippet, parts: Sequence[str] = (), lit: Sequence[str] = ()
) -> nodes.literal_block:
    """Return the code of a snippet, or only the named parts; `lit` is highlighted.

    :raises PageError: if the snippet has no part with such a name.
    """
    places = [_part(snippet, name) for name in parts]
    shown: list[int | None] = []
    for first, last in places or [(min(snippet.lines), max(snippet.lines))]:
        if shown:
            shown.append(None)
        shown += [n for n in range(first, last + 1) if n in snippet.lines]
    lines: set[int] = set()
    for name in lit:
        first, last = _part(snippet, name)
        lines.update(range(first, last + 1))
        if lines.isdisjoint(shown):
            raise PageError(f":emphasize: '{name}' is not among the lines shown")
    text = "\n".join("" if n is None else snippet.lines[n] for n in shown)
    block = code_block(text, "python", "hb-code")
    if lines:
        block["highlight_args"]["hl_lines"] = [
            place for place, number in enumerate(shown, start=1) if number in lines
        ]
    return block


def _part(snippet: Snippet, name: str) -> tuple[int, int]:
    try:
        return snippet.part(name)
    except KeyError as error:
        raise PageError(f"{snippet.name}: {error.args[0]}") from None


class versions_mark(nodes.Inline, nodes.Element):
    """The place for the versions on which ``snippet`` gives the same result.

    ``steps`` is the fingerprint of the steps that this page shows.
    """


def caption(directive: SnippetDirective, snippet: Snippet, run: Run) -> box:
    """Return the line that names a snippet and lets the reader download it."""
    title, _ = directive.parse_inline(snippet.title)
    path = PurePosixPath(directive.snippets.name, f"{snippet.name}.py")
    steps = compare.fingerprint(as_shown(run))
    return caption_of(
        directive, title, versions_mark("", snippet=snippet.name, steps=steps), path
    )


def caption_of(
    directive: SnippetDirective,
    title: Sequence[nodes.Node],
    versions: nodes.Node,
    path: PurePosixPath,
) -> box:
    """Return a caption: a title, the versions, and the file below the project."""
    folder = nodes.inline("", f"{path.parent}/", classes=["hb-folder"])
    file = nodes.literal("", "", folder, nodes.Text(path.name))
    link = addnodes.download_reference(
        "", "", file, reftarget=f"/../{path}",
        refdoc=directive.env.docname, refdomain="", reftype="download",
        refexplicit=True, refwarn=False, classes=["hb-path"], from_snippet=True,
    )  # fmt: skip
    return box(
        "figcaption",
        nodes.inline("", "", *title, classes=["hb-title"]),
        nodes.Text(" "),
        versions,
        nodes.Text(" "),
        link,
        classes=["hb-caption"],
    )


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("snippet", SnippetFigure)
