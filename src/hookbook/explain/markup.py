"""Write the nodes of a trace as HTML without Sphinx, for a report.

The HTML is what Sphinx and Furo make of the same nodes on a page; a test
compares the two for every page of the site.
"""

import re
from collections.abc import Iterable
from html import escape, unescape

from docutils import nodes
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers.python import PythonLexer
from pygments.lexers.special import TextLexer

from .boxes import box

# Where a line can break in a literal: Sphinx makes a span of each word.
_WORDS = re.compile(r"\s+")

_BARE = (nodes.thead, nodes.tbody)


_PRE = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")

# At 320 pixels a block of code, line numbers included, shows this many columns.
_NARROWEST = 26


def focusable(body: str) -> str:
    """Make every block of code that can be too wide scrollable by keyboard."""

    def reachable(match: re.Match[str]) -> str:
        code = unescape(_TAG.sub("", match[1]))
        wide = any(len(line) > _NARROWEST for line in code.splitlines())
        return f'<pre tabindex="0">{match[1]}</pre>' if wide else match[0]

    return _PRE.sub(reachable, body)


def html(node: nodes.Node) -> str:
    """Return `node` and all its descendants as HTML."""
    if isinstance(node, nodes.Text):
        return escape(node.astext(), quote=False)
    assert isinstance(node, nodes.Element)
    if isinstance(node, nodes.literal_block):
        return _code(node)
    if isinstance(node, nodes.literal):
        words = _WORDS.split(node.astext())
        spans = (f'<span class="pre">{escape(w, quote=False)}</span>' for w in words)
        return _element("code", node, " ".join(spans), "docutils literal notranslate")
    if isinstance(node, nodes.table):
        return _table(node)
    content = "".join(html(child) for child in node.children)
    if isinstance(node, box):
        return f"{_element(node['tag'], node, content, **node.get('data', {}))}\n"
    if isinstance(node, nodes.paragraph):
        return _element("p", node, content)
    if isinstance(node, nodes.enumerated_list):
        kind = f"{node['enumtype']} simple"
        return _element("ol", node, content, before=kind, start=str(node["start"]))
    if isinstance(node, nodes.list_item):
        return f"{_element('li', node, content)}\n"
    if isinstance(node, nodes.strong):
        return _element("strong", node, content)
    assert isinstance(node, nodes.inline), f"no HTML is known for {node!r}"
    return _element("span", node, content)


def _element(
    tag: str, node: nodes.Element | None, content: str, after: str = "", *,
    before: str = "", **attributes: str,
) -> str:  # fmt: skip
    """Wrap `content`; the classes of `node` go between `before` and `after`."""
    own = [] if node is None else [*node["classes"]]
    classes = dict.fromkeys([*before.split(), *own, *after.split()])
    given = {"class": " ".join(classes), **attributes}
    if node is not None and node["ids"]:
        given["id"] = node["ids"][0]
    written = "".join(
        f' {k}="{escape(v)}"' for k, v in given.items() if v or k != "class"
    )
    return f"<{tag}{written}>{content}</{tag}>"


def _code(node: nodes.literal_block) -> str:
    """Highlight the code; the keyboard can scroll it."""
    language = node["language"]
    lexer: Lexer = PythonLexer() if language == "python" else TextLexer()
    linenos = "inline" if node.get("linenos") else ""
    formatter = HtmlFormatter(linenos=linenos, **node["highlight_args"])
    coloured = highlight(node.astext(), lexer, formatter)
    kind = f"highlight-{language} notranslate"
    return f"{_element('div', node, focusable(coloured), kind)}\n"


def _table(node: nodes.table) -> str:
    """Write a table inside its scrollable wrapper."""
    group = node.next_node(nodes.tgroup)
    assert group is not None
    stubs = [bool(spec.get("stub")) for spec in group.findall(nodes.colspec)]
    rows = iter("odd even ".split() * (len(list(group.findall(nodes.row))) + 1))
    content = ""
    if title := node.next_node(nodes.title):
        text = escape(title.astext(), quote=False)
        content = f'<caption><span class="caption-text">{text}</span></caption>\n'
    for part in group.children:
        if isinstance(part, _BARE):
            tag = part.tagname
            inside = "".join(_row(row, tag, stubs, next(rows)) for row in _rows(part))
            content += f"<{tag}>\n{inside}</{tag}>\n"
    wide = [name for name in node["classes"] if name != "colwidths-auto"]
    classes = " ".join([*wide, "docutils", "align-default"])
    table = f'<table class="{classes}">\n{content}</table>\n'
    return _element(
        "div", None, table, before=f"table-wrapper {' '.join(node['classes'])}",
        after="docutils container", tabindex="0", role="group",
        **{"aria-label": "Table"},
    ) + "\n"  # fmt: skip


def _rows(part: nodes.Element) -> Iterable[nodes.row]:
    return (child for child in part.children if isinstance(child, nodes.row))


def _row(row: nodes.row, part: str, stubs: list[bool], parity: str) -> str:
    cells = ""
    for cell, stub in zip(row.children, stubs, strict=True):
        assert isinstance(cell, nodes.Element)
        kinds = [*["head"] * (part == "thead"), *["stub"] * stub]
        content = "".join(html(child) for child in cell.children)
        tag = "th" if kinds else "td"
        cells += f"{_element(tag, cell, content, before=' '.join(kinds))}\n"
    return f"{_element('tr', row, cells, before=f'row-{parity}')}\n"
