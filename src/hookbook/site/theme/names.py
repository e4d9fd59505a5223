"""Names in the HTML of a page: whole in one line, or broken at sensible places."""

import re

_HEADING = re.compile(r"<(h[1-3])>.*?</\1>", re.DOTALL)
_LONG_NAME = re.compile(
    r"(?:'|&#39;|&quot;)?[A-Za-z_.]*[A-Za-z](?:_|\.[A-Za-z]+\.(?=[A-Za-z]))[A-Za-z_.]*(?:'|&#39;|&quot;|:)?(?![^<]*>)"
)
_INSIDE = re.compile(r"(?<=[A-Za-z])(_(?=[A-Za-z])|\.(?=[A-Za-z_]))")
_TRACE = re.compile(r'(<section [^>]*class="hb-trace.*?</section>)', re.DOTALL)
_TABLE = re.compile(r"<table[ >].*?</table>", re.DOTALL)
_HEAD = re.compile(r"<tr[ >].*?</tr>", re.DOTALL)
_CELL = re.compile(r"<td[ >].*?</td>", re.DOTALL)
_PIECE = re.compile(r'(?<=<span class="pre">)[^<]+')
_LONG_PIECE = re.compile(r'<span class="pre">[^<]{30,}(?=</span>)')
_NAME = re.compile(r"[A-Za-z_]+")
_LONGEST_OF = {1: 35, 2: 24, 3: 15}
_LONGEST = 10
"""How many letters of a name fit on a phone, beside this many columns or more."""
_PARTED = re.compile(r"(?<=\w)(\.(?=\w)|\((?=\S{3}))")


def kept(body: str) -> str:
    """Return the HTML of a page with names that only break where they may.

    A trace is unchanged: the reader's browser builds the same HTML.
    """
    parts = _TRACE.split(body)
    parts[::2] = (parted(whole(part)) for part in parts[::2])
    return "".join(parts)


def whole(body: str) -> str:
    """Keep names in headings in one line, or break them after an underscore or dot."""

    def whole_name(match: re.Match[str]) -> str:
        name = _INSIDE.sub(r"\1<wbr>", match[0])
        return f'<span class="hb-name">{name}</span>'

    return _HEADING.sub(lambda match: _LONG_NAME.sub(whole_name, match[0]), body)


def parted(body: str) -> str:
    """Let code break after a dot or an opening bracket.

    This applies to each call in a table cell, and to code that may be too wide for a
    phone. A name that would make its table too wide breaks after an underscore.
    """

    def broken(code: re.Match[str]) -> str:
        return _PARTED.sub(r"\1<wbr>", code[0])

    def in_table(table: re.Match[str]) -> str:
        head = _HEAD.search(table[0])
        columns = head[0].count("<th") if head else 1
        longest = _LONGEST_OF.get(columns, _LONGEST)

        def in_name(name: re.Match[str]) -> str:
            long = len(name[0]) > longest
            return name[0].replace("_", "_<wbr>") if long else name[0]

        def in_cell(code: re.Match[str]) -> str:
            return "<wbr>".join(
                _NAME.sub(in_name, part) for part in broken(code).split("<wbr>")
            )

        return _CELL.sub(lambda cell: _PIECE.sub(in_cell, cell[0]), table[0])

    def marked(code: re.Match[str]) -> str:
        return broken(code).replace('"pre"', '"pre hb-long"', 1)

    body = _TABLE.sub(in_table, body)
    return _LONG_PIECE.sub(marked, body)
