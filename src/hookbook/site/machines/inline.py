"""Text as Markdown (CommonMark): the content of a paragraph, a heading or a cell."""

import re
from collections.abc import Callable, Iterable

from docutils import nodes
from sphinx import addnodes

Link = Callable[[str], str]
"""Converts the address of a link in a page into that of a link in Markdown."""

_SPACE = re.compile(r"\s+")
# Special characters in the middle of a line; "_" is not, within a word.
_MARKUP = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|&(?=#?\w+;)")
# Special characters at the beginning of a line.
_START = re.compile(r"(?:#{1,6}|[-+])(?=\s|$)|>|=+\s*$|-{3,}|\d{1,9}(?=[.)](?:\s|$))")
_TICKS = re.compile(r"`+")


def plain(node: nodes.Node) -> str:
    """Return the text of a node without markup, in one line."""
    return " ".join(node.astext().split())


def escape(text: str) -> str:
    """Return `text` so that Markdown shows it unchanged."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", text)


def at_start(line: str) -> str:
    """Return Markdown so that, at the start of a line, it begins no block."""
    found = _START.match(line)
    if found is None:
        return line
    if line[0].isdigit():
        return f"{found[0]}\\{line[found.end() :]}"
    return f"\\{line}"


def code(text: str) -> str:
    """Return `text` between as many backticks as it needs, in one line."""
    text = text.replace("\n", " ")
    fence = "`" * (longest(text) + 1)
    outer = text[:1] + text[-1:]
    pad = " " if "`" in outer or (outer == "  " and text.strip()) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def longest(text: str) -> int:
    """Return the length of the longest run of backticks in `text`."""
    return max(map(len, _TICKS.findall(text)), default=0)


def line(children: Iterable[nodes.Node], link: Link) -> str:
    """Return the nodes of a paragraph as one line of Markdown."""
    return "".join(_inline(child, link) for child in children).strip()


def _inline(node: nodes.Node, link: Link) -> str:
    match node:
        case nodes.Text():
            return escape(_SPACE.sub(" ", node.astext()))
        case nodes.literal():
            return code(node.astext()) if node.astext() else ""
        case nodes.raw() | nodes.system_message() | nodes.comment():
            return ""
        case nodes.strong():
            return _around("**", _children(node, link))
        case nodes.emphasis():
            return _around("*", _children(node, link))
        case addnodes.download_reference() if "filename" in node:
            return _link(node, f"_downloads/{node['filename']}", link, root=True)
        case nodes.reference() if "refuri" in node:
            return _link(node, node["refuri"], link)
        case nodes.Element():
            return _children(node, link)
    return ""


def _children(node: nodes.Element, link: Link) -> str:
    return "".join(_inline(child, link) for child in node.children)


def _link(node: nodes.Element, uri: str, link: Link, *, root: bool = False) -> str:
    text = _children(node, link).strip()
    # Markdown has no targets within a page.
    if not text or uri.startswith("#"):
        return text
    return f"[{text}]({link(f'/{uri}' if root else uri)})"


def _around(mark: str, text: str) -> str:
    """Put marks around a text, with spaces outside: `** a**` would be no markup."""
    inner = text.strip()
    if not inner:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{inner}{mark}{after}"
