"""Inline styles and scripts, which the site's security policy forbids."""

import re
from collections.abc import Iterator

from .faults import Fault
from .fences import Lines

_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_STYLE = re.compile(r"\bstyle\s*=|^\s*:(?:\w+-)?(?:style|width|height|scale|figwidth):")
# MyST reads text between braces as attributes, and drops unknown ones.
_LOST = re.compile(r"\{[^{}\n]*?\b(on[a-z]+|align|bgcolor|color|hidden|target)\s*=")


def faults(lines: Lines) -> Iterator[Fault]:
    """Find styles and scripts in attributes and options."""
    for number, line in lines.prose:
        if "=" in line or line.lstrip().startswith(":"):
            yield from _of_line(number, without_code(line))
    for fence in lines.fences:
        if fence.directive is None:
            yield from _of_line(fence.line, fence.info)
            continue
        for place, line in enumerate([fence.info, *fence.content]):
            yield from _of_line(fence.line + place, without_code(line))


def _of_line(number: int, line: str) -> Iterator[Fault]:
    if _STYLE.search(line):
        yield Fault(
            number,
            "an inline style: give the element a class, and style that in _static/",
        )
    elif found := _LOST.search(line):
        yield Fault(
            number,
            f"the attribute '{found[1]}' has no effect here: give the element a class,"
            " and use that in _static/",
        )


def without_code(line: str) -> str:
    """Return a line of prose without text between backticks."""
    return _CODE.sub("", line)
