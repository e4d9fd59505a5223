"""The lines of a MyST file: its front matter, its fences, its prose.

MyST silently takes a fence that is never closed for the rest of the page.
"""

import dataclasses
import re
from collections.abc import Iterator

from .faults import Fault

DIRECTIVES = frozenset(
    "cards challenge command evidence exchange extension-example figure figures"
    " glossary image list-table measured-on note paste-error picture playground"
    " proofs quiz snippet task toctree trace transcript untested versionadded"
    " versionchanged deprecated warning".split()
)
"""Directives a page may use. Some of the others include files or hold code."""

_MARK = re.compile(
    r"(?P<before>[ >]*(?:(?:[-*+]|\d{1,9}[.)]) +)*)"
    r"(?P<marks>`{3,}|~{3,}|:{3,})(?P<info>.*)"
)
_NAME = re.compile(r"\{([^}]*)\}")


@dataclasses.dataclass
class Fence:
    """A block between two rows of marks."""

    line: int
    marks: str
    indent: int
    info: str
    quoted: bool
    content: list[str] = dataclasses.field(default_factory=list)

    @property
    def directive(self) -> str | None:
        """The name of the directive, if it is one."""
        name = _NAME.match(self.info)
        return name[1].strip() if name else None

    @property
    def language(self) -> str:
        """The language, if it is not a directive."""
        return self.info.split(maxsplit=1)[0] if self.info else ""

    def closed_by(self, mark: re.Match[str]) -> bool:
        """Return whether a row of marks closes this fence."""
        return (
            not mark["info"].strip()
            and mark["marks"][0] == self.marks[0]
            and len(mark["marks"]) >= len(self.marks)
            and not mark["before"].strip(" >")
            and len(mark["before"]) <= self.indent + 3
        )


@dataclasses.dataclass
class Lines:
    """The kinds of the lines in a file; line numbers count from 1."""

    front_matter: list[str]
    prose: list[tuple[int, str]]
    """Lines outside all fences, with their numbers."""
    fences: list[Fence]
    """All fences, including inner ones, in the order of their ends."""
    faults: list[Fault]


def read(text: str) -> Lines:
    """Sort the lines of `text` by kind."""
    lines = text.splitlines()
    found = Lines([], [], [], [])
    first = _front_matter(lines, found)
    stack: list[Fence] = []
    for number, line in enumerate(lines[first:], start=first + 1):
        mark = _mark(line)
        closes = _place(stack, mark) if mark else None
        if mark and closes is not None:
            _close(stack, closes, mark, found)
        elif mark and _opens(stack, mark, number, found):
            fence = Fence(
                number, mark["marks"], len(mark["before"]), mark["info"].strip(),
                ">" in mark["before"],
            )  # fmt: skip
            found.faults.extend(_misnamed(fence))
            stack.append(fence)
        elif stack:
            _keep(stack, line, number, found)
        else:
            found.prose.append((number, line))
    found.faults.extend(_unclosed(fence) for fence in stack)
    return found


def _front_matter(lines: list[str], found: Lines) -> int:
    """Read the front matter; return the index of the first line below it."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    for place, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            found.front_matter = lines[1:place]
            return place + 1
    found.faults.append(
        Fault(1, "the front matter is never closed: end it with a line '---'")
    )
    return 1


def _mark(line: str) -> re.Match[str] | None:
    if not ("```" in line or ":::" in line or "~~~" in line):
        return None
    mark = _MARK.fullmatch(line)
    # Code in a sentence, with three backticks or more.
    return None if mark and mark["marks"][0] == "`" in mark["info"] else mark


def _place(stack: list[Fence], mark: re.Match[str]) -> int | None:
    """Return which open fence ends here: the outermost possible."""
    return next((n for n, fence in enumerate(stack) if fence.closed_by(mark)), None)


def _close(stack: list[Fence], place: int, mark: re.Match[str], found: Lines) -> None:
    found.faults.extend(_unclosed(fence) for fence in stack[place + 1 :])
    fence = stack[place]
    if len(mark["before"]) < fence.indent and not fence.quoted:
        found.faults.append(
            Fault(fence.line, "this fence is closed by one of less indentation")
        )
    found.fences.extend(stack[: place - len(stack) - 1 : -1])
    del stack[place:]


def _opens(stack: list[Fence], mark: re.Match[str], number: int, found: Lines) -> bool:
    """Return whether a row of marks opens a fence, and check the fences still open."""
    if not stack:
        return True
    inner = stack[-1]
    if (
        mark["marks"][0] == inner.marks[0]
        and len(mark["marks"]) >= len(inner.marks)
        and mark["info"].strip()
    ):
        found.faults.append(
            Fault(
                inner.line,
                f"this fence is not closed before the next one, on line {number}:"
                f" close it with {inner.marks}, or give it more marks",
            )
        )
        found.fences.append(stack.pop())
        return True
    return inner.directive is not None


def _keep(stack: list[Fence], line: str, number: int, found: Lines) -> None:
    fence = stack[-1]
    indent = len(line) - len(line.lstrip(" "))
    if line.strip() and indent < fence.indent and not fence.quoted:
        found.faults.append(
            Fault(
                number,
                f"less indented than the fence of line {fence.line}, which ends"
                " here unclosed: indent the line, or close the fence above it",
            )
        )
    fence.content.append(line)


def _unclosed(fence: Fence) -> Fault:
    return Fault(
        fence.line,
        f"this fence is never closed: end it with {fence.marks} on a line of its own",
    )


def _misnamed(fence: Fence) -> Iterator[Fault]:
    if fence.marks[0] == ":" and fence.directive is None:
        yield Fault(
            fence.line, f"a fence of colons without a directive: '{fence.info}'"
        )
    if fence.directive is not None and fence.directive not in DIRECTIVES:
        yield Fault(
            fence.line,
            f"no page uses {{{fence.directive}}}: show code and output with {{snippet}}"
            " or {trace}; policy/fences.py lists the others",
        )
