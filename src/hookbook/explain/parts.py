"""The nodes that figures and traces are made of. Knows docutils; not Sphinx.

The browser also builds its views from these.
"""

from collections.abc import Callable
from importlib.metadata import version

from docutils import nodes

from hookbook.trace.steps import Block, Run

from .boxes import box


def code_block(text: str, language: str, *classes: str) -> nodes.literal_block:
    """Return a block that came from a snippet, marked as such for the policy."""
    block = nodes.literal_block(
        text, text, language=language, classes=[*classes], from_snippet=True
    )
    block["highlight_args"] = {}
    return block


def label(text: str) -> nodes.paragraph:
    """Return a small heading inside a figure."""
    return nodes.paragraph(text, text, classes=["hb-label"])


def disclosure(summary: str, css_class: str, *children: nodes.Node) -> box:
    """Return an element that the reader opens by clicking its summary."""
    head = box("summary", nodes.Text(summary))
    return box("details", head, *children, classes=[css_class])


Cell = list[nodes.Node]

_WIDEST_COLUMN = 40


def table(
    title: str, head: list[Cell], rows: list[list[Cell]],
    classes: list[str], row_classes: list[list[str]], stubs: int = 1,
) -> nodes.table:  # fmt: skip
    """Build a table; each cell is a list of nodes, each row has its classes."""
    result = nodes.table("", classes=["colwidths-auto", *classes])
    if title:
        result += nodes.title(title, title)
    group = nodes.tgroup("", cols=len(head))
    result += group
    for column, cells in enumerate(zip(head, *rows, strict=True)):
        # Only builders that set type in fixed columns use the width.
        width = max(sum(len(node.astext()) for node in cell) for cell in cells)
        spec = nodes.colspec("", colwidth=min(max(width, 1), _WIDEST_COLUMN))
        if column < stubs:
            spec["stub"] = 1
        group += spec
    group += nodes.thead("", nodes.row("", *(_entry(cell) for cell in head)))
    group += nodes.tbody(
        "",
        *(
            nodes.row("", *(_entry(cell) for cell in cells), classes=classes)
            for cells, classes in zip(rows, row_classes, strict=True)
        ),
    )
    return result


def _entry(content: Cell) -> nodes.entry:
    if len(content) == 1 and isinstance(content[0], nodes.entry):
        return content[0]
    return nodes.entry("", *content)


Others = Callable[[Block], list[tuple[str, str]]]
"""Finds what a block prints on other versions, each output with its label."""


class output_label(nodes.General, nodes.Element):
    """The label of an output on other versions, until those are known."""


def scenario(
    run: Run, name: str = "", others: Others | None = None, *, printed: bool = True
) -> box:
    """Return the code and, if `printed`, its output, block by block.

    `others` finds what the blocks of the snippet `name` print on other versions of
    Flask: the label given in the snippet, and the output.
    """
    part = box("div", classes=["hb-run"])
    for block, output in zip(run.blocks, run.outputs, strict=True):
        elsewhere = others(block) if others is not None else []
        part += label("Run")
        part += code_block(block.source.strip("\n"), "python", "hb-scenario")
        if output and printed:
            here = f"Output on Flask {version('flask')}" if elsewhere else "Output"
            part += label(here)
            part += code_block(output.rstrip("\n"), "text", "hb-output")
        for claimed, other in elsewhere:
            what = output_label("", claimed=claimed, output=other, classes=["hb-label"])
            what["snippet"] = name
            part += what
            part += code_block(other.rstrip("\n"), "text", "hb-output")
    return part
