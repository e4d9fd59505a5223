"""The parts of a page as Markdown: headings, lists, code, tables."""

import re
from collections.abc import Iterator, Sequence
from string import ascii_uppercase

from docutils import nodes
from sphinx import addnodes

from hookbook.explain.boxes import box

from ..directives.drawing import layers_picture
from ..step_lists import has
from .inline import Link, at_start, code, line, longest

_BULLET = "- "
_BOLD = ("hb-label", "hb-request-title")
_LAST_LEVEL = 6


class Blocks:
    """Turns nodes into blocks of Markdown; `link` converts their links."""

    def __init__(self, link: Link) -> None:
        self.link = link

    def of(self, children: Sequence[nodes.Node], level: int = 1) -> list[str]:
        """Return the blocks of some nodes; the next heading has this `level`."""
        return [text for child in children for text in self._block(child, level)]

    def _block(self, node: nodes.Node, level: int) -> Iterator[str]:
        match node:
            case nodes.section():
                yield self._heading(node.children[0], level)
                yield from self.of(node.children[1:], level + 1)
            case nodes.literal_block():
                text = node.astext().removesuffix("\n")
                yield fence(text, str(node.get("language", "")))
            case nodes.enumerated_list() if "alpha" in node.get("enumtype", ""):
                yield self._list(node, map("**{}.** ".format, ascii_uppercase), level)
            case nodes.enumerated_list():
                yield self._numbered(node, level)
            case nodes.bullet_list():
                yield self._list(node, None, level)
            case nodes.definition_list():
                yield _joined([self._definition(item, level) for item in node.children])
            case nodes.table():
                yield from self._table(node)
            case addnodes.versionmodified():
                yield from self.of(node.children, level)
            case nodes.Admonition():
                yield self._admonition(node, level)
            case nodes.block_quote():
                yield _quoted(self.of(node.children, level))
            case layers_picture():
                said = [f"{at.says}: {code(at.name)}" for at in node["layers"]]
                yield "\n".join(f"{n}. {text}" for n, text in enumerate(said, start=1))
            case nodes.raw() | nodes.system_message() | addnodes.toctree():
                return
            case box() if node["tag"] == "h2":
                yield self._heading(node, level)
            case box() if node["tag"] in {"summary", "figcaption"}:
                yield from self._paragraph(node, bold=node["tag"] == "summary")
            case addnodes.compact_paragraph() if _has_list(node):
                yield from self.of(node.children, level)
            case nodes.TextElement():
                yield from self._paragraph(node, bold=has(node, *_BOLD))
            case nodes.Element():
                yield from self.of(node.children, level)

    def _heading(self, node: nodes.Node, level: int) -> str:
        return _headed(line(node.children, self.link), level)

    def _paragraph(self, node: nodes.Element, *, bold: bool) -> Iterator[str]:
        text = line(node.children, self.link)
        if text:
            yield f"**{text}**" if bold else at_start(text)

    def _admonition(self, node: nodes.Node, level: int) -> str:
        """Return an admonition as a quotation below its title.

        Sphinx has added the title, the name of its kind, when it wrote the HTML.
        """
        rest = [child for child in node.children if not isinstance(child, nodes.title)]
        titles = [line(c.children, self.link) for c in node.children if c not in rest]
        title = titles[0] if titles else type(node).__name__.capitalize()
        return _quoted([f"**{title}**", *self.of(rest, level)])

    def _numbered(self, node: nodes.enumerated_list, level: int) -> str:
        start = int(node.get("start", 1))
        return _joined(
            [
                _item(f"{number}. ", self.of(item.children, level))
                for number, item in enumerate(node.children, start=start)
            ]
        )

    def _list(
        self, node: nodes.Element, marks: Iterator[str] | None, level: int
    ) -> str:
        """Return a bullet list; `marks` begin the items, as their letters."""
        items = []
        for item in node.children:
            blocks = self.of(item.children, level)
            if marks is not None:
                if item.children and isinstance(item.children[0], nodes.paragraph):
                    blocks[0] = next(marks) + blocks[0]
                else:
                    blocks.insert(0, next(marks).strip())
            items.append(_item(_BULLET, blocks))
        return _joined(items)

    def _definition(self, item: nodes.Node, level: int) -> str:
        terms = [
            line(child.children, self.link)
            for child in item.children
            if isinstance(child, nodes.term)
        ]
        told = [c for c in item.children if isinstance(c, nodes.definition)]
        blocks = self.of([part for one in told for part in one.children], level)
        first = f"**{', '.join(terms)}**"
        if told and isinstance(told[0].next_node(), nodes.paragraph):
            first = f"{first}: {blocks.pop(0)}"
        return _item(_BULLET, [first, *blocks])

    def _table(self, table: nodes.table) -> Iterator[str]:
        """Return a table in GitHub's Markdown, below its title."""
        rows = [self._row(row) for row in table.findall(nodes.row)]
        head = next(table.findall(nodes.thead), None)
        if head is None:
            rows.insert(0, [""] * max(map(len, rows), default=0))
        for title in table.children:
            if isinstance(title, nodes.title):
                yield f"**{line(title.children, self.link)}**"
        rows.insert(1, ["---"] * len(rows[0]))
        yield "\n".join(f"| {' | '.join(cells)} |" for cells in rows)

    def _row(self, row: nodes.row) -> list[str]:
        cells: list[str] = []
        for entry in row.children:
            parts = [self._flat(child) for child in entry.children]
            text = " ".join(part for part in parts if part)
            # In code, too: tables are split into cells before their text is parsed.
            cells.append(text.replace("|", "\\|"))
        return cells

    def _flat(self, node: nodes.Node) -> str:
        """Return the content of a cell in one line."""
        if isinstance(node, nodes.literal_block):
            return code(node.astext())
        if isinstance(node, nodes.TextElement):
            return line(node.children, self.link)
        parts = [self._flat(child) for child in node.children]
        return "; ".join(part for part in parts if part)


def fence(text: str, language: str) -> str:
    """Return code between fences that are longer than any in it."""
    ticks = "`" * max(3, longest(text) + 1)
    return f"{ticks}{language}\n{text}\n{ticks}"


def heading(text: str) -> str:
    """Return plain text as the heading of a file."""
    return _headed(line([nodes.Text(text)], str), 1)


def quote(text: str) -> str:
    """Return plain text as a quotation."""
    return f"> {at_start(line([nodes.Text(text)], str))}"


def _headed(text: str, level: int) -> str:
    # Number signs at the end of a heading would be dropped.
    text = re.sub(r"(^|\s)(#+)$", r"\1\\\2", text)
    return f"{'#' * min(level, _LAST_LEVEL)} {text}"


def _has_list(node: nodes.Element) -> bool:
    return any(isinstance(child, nodes.bullet_list) for child in node.children)


def _item(marker: str, blocks: list[str]) -> str:
    """Return an item of a list; everything below its first line is indented."""
    text = blocks[0] if blocks else ""
    for block in blocks[1:]:
        text += ("\n" if block.startswith(_BULLET) else "\n\n") + block
    indent = " " * len(marker)
    lines = (f"{indent}{row}" if row else "" for row in text.split("\n"))
    return marker + "\n".join(lines).lstrip(" ")


def _joined(items: list[str]) -> str:
    return ("\n\n" if any("\n\n" in item for item in items) else "\n").join(items)


def _quoted(blocks: list[str]) -> str:
    lines = "\n\n".join(blocks).split("\n")
    return "\n".join(f"> {row}".rstrip() for row in lines)
