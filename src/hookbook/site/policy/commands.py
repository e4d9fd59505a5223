"""Commands on a page: each can be run as written, and none is output."""

import dataclasses
import re
import shlex
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from . import prose_code
from .faults import Fault

COMMANDS = frozenset({"cd", "curl", "flask", "git", "make", "pip", "python"})
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=.*", re.DOTALL)
_ASSIGNED = re.compile(r"^[A-Za-z_]\w*=")
_TARGET = re.compile(r"^\.PHONY: *(.+)$", re.MULTILINE)
_VARIABLE = re.compile(r"^(\w+) *[?:+]?=|\$[({](\w+)[)}]", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Makefile:
    """The targets and variables that a Makefile knows."""

    targets: frozenset[str]
    variables: frozenset[str]

    @classmethod
    def of(cls, root: Path) -> "Makefile":
        """Read the Makefile in the folder `root`; without one, nothing is known."""
        path = root / "Makefile"
        if not path.is_file():
            return cls(frozenset(), frozenset())
        return _makefile(path, path.stat().st_mtime_ns)

    def faults(self, words: list[str]) -> Iterator[str]:
        """Yield what is unknown in the words after ``make``."""
        for word in words:
            if variable := _ASSIGNMENT.fullmatch(word):
                if variable[1] not in self.variables:
                    yield f"the Makefile knows no variable '{variable[1]}'"
            elif not word.startswith("-") and word not in self.targets:
                yield f"the Makefile has no target '{word}' ('make' lists them)"


@lru_cache(maxsize=8)
def _makefile(path: Path, changed: int) -> Makefile:
    text = path.read_text(encoding="utf-8")
    targets = (name for line in _TARGET.findall(text) for name in line.split())
    variables = (name for names in _VARIABLE.findall(text) for name in names if name)
    return Makefile(frozenset(targets), frozenset(variables))


def block(text: str, makefile: Makefile) -> Iterator[Fault]:
    """Find what is not a command in a console block, whose first line is 1.

    Of lines without a prompt it reports only the first: the others are output.
    """
    continued = ""
    start = 1
    for number, line in enumerate(text.splitlines(), start=1):
        if not continued:
            start = number
            if not line.startswith("$ "):
                what = f"'{line.strip()}'" if line.strip() else "an empty line"
                yield Fault(
                    number,
                    f"{what} isn't a command: put '$ ' and a command on each line of a"
                    " console block; output comes from a run",
                )
                return
            line = line[2:]
        if line.endswith("\\"):
            continued += f"{line[:-1]} "
            continue
        for message in faults(continued + line, makefile):
            yield Fault(start, message)
        continued = ""
    if continued:
        yield Fault(start, "the command continues after the last line of the block")


def faults(command: str, makefile: Makefile) -> Iterator[str]:
    """Yield what is wrong with a shell command."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.commenters = ""
    lexer.whitespace_split = True
    try:
        tokens = list(lexer)
    except ValueError as error:
        yield f"the shell cannot read '{command}': {error}"
        return
    simple: list[str] = []
    for token in [*tokens, "&&"]:
        if token in ("&&", "|"):
            yield from _simple(simple, makefile)
            simple = []
        elif prose_code.is_code(_ASSIGNED.sub("", token)):
            yield f"'{token}' is code in a command: {prose_code.WHAT_TO_DO}"
            return
        elif token[0] in "#<>;&|()" or "`" in token or "$(" in token:
            yield (
                f"'{token}' in a command: a page shows simple commands, joined by '&&'"
                " or '|'; nothing is read from the page or written to a file"
            )
            return
        else:
            simple.append(token)


def _simple(words: list[str], makefile: Makefile) -> Iterator[str]:
    while words and _ASSIGNMENT.fullmatch(words[0]):
        words = words[1:]
    if not words:
        yield "a command is missing"
        return
    name = words[0].rpartition("/")[2]
    if name not in COMMANDS:
        known = ", ".join(sorted(COMMANDS))
        yield f"'{words[0]}' isn't a command that a page may show (there is: {known})"
    elif name == "make":
        yield from makefile.faults(words[1:])
    elif name == "python" and (len(words) < 3 or words[1] != "-m"):
        yield "'python' runs modules only, as in 'python -m pytest': code is a snippet"


def words(text: str) -> list[str]:
    """Split a command in a sentence into words."""
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()
