"""Inline styles, which the site's security policy forbids."""

import re
from collections.abc import Iterator

from .faults import Fault
from .fences import Lines

_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_STYLE = re.compile(r"\bstyle\s*=|^\s*:(?:\w+-)?(?:style|width|height|scale|figwidth):")


def faults(lines: Lines) -> Iterator[Fault]:
    """Find styles in attributes and options."""
    for number, line in lines.prose:
        if "style" in line and _STYLE.search(without_code(line)):
            yield _fault(number)
    for fence in lines.fences:
        if fence.directive is None:
            if _STYLE.search(fence.info):
                yield _fault(fence.line)
            continue
        for place, line in enumerate([fence.info, *fence.content]):
            if _STYLE.search(without_code(line)):
                yield _fault(fence.line + place)


def without_code(line: str) -> str:
    """Return a line of prose without what is between backticks."""
    return _CODE.sub("", line)


def _fault(line: int) -> Fault:
    return Fault(
        line, "an inline style: give the element a class, and style that in _static/"
    )
