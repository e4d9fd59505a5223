"""One snippet: its title, its code and its scenario.

The scenario is read with pytest-sphinx's own parser, so that the site runs exactly
what ``pytest --doctest-modules`` runs.
"""

from __future__ import annotations

import ast
import dataclasses
import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hookbook.trace.steps import Block, Run

from .phrases import as_released

if TYPE_CHECKING:
    import doctest

_SECTION = re.compile(r"\s*\.\. (testcode|testoutput)::")
_DIRECTIVE = re.compile(r"\s*\.\. testcode::")
_NAME = re.compile(r"\w+(/\w+)+")
_MARKER = re.compile(r"[ \t]*# \[(/?)([\w-]+)\][ \t]*$")


class SnippetError(Exception):
    """A snippet breaks the rules; `line` is in the file at `path`, from 1."""

    def __init__(self, message: str, path: Path, line: int = 1) -> None:
        super().__init__(message)
        self.path = path
        self.line = line


@dataclasses.dataclass(frozen=True)
class Snippet:
    """A file in ``snippets/``."""

    name: str
    """Topic and file name: ``after_request/add_header``."""
    path: Path
    title: str
    """The first line of the docstring."""
    docstring: str
    docstring_line: int
    lines: dict[int, str]
    """The code below the docstring by line number, without marker comments."""
    parts: dict[str, tuple[int, int]]
    """First and last line of each function, class and marked part, by name."""

    @property
    def module(self) -> str:
        """The name under which a reader imports the file."""
        return f"snippets.{self.name.replace('/', '.')}"

    def scenario(self, names: dict[str, Any]) -> list[Block]:
        """Return the blocks to run; ``:skipif:`` can use `names`.

        :raises SnippetError: if there is no scenario, or it breaks a rule.
        """
        # Imported here and below: the browser seldom needs it, and waits for it.
        from pytest_sphinx import docstring2examples

        try:
            examples = docstring2examples(self.docstring, globs=names)
        except Exception as error:
            reason = f"the scenario cannot be read: {error}"
            raise SnippetError(reason, self.path, self.docstring_line) from error
        blocks = [self._block(example) for example in examples]
        if not any(block.want for block in blocks):
            raise SnippetError(
                "no scenario: add '.. testcode::' and '.. testoutput::' to the"
                " docstring",
                self.path,
                self.docstring_line,
            )
        return blocks

    def _block(self, example: doctest.Example) -> Block:
        lines = self.docstring.splitlines()
        start = example.lineno
        while not _DIRECTIVE.match(lines[start]):
            start -= 1
        start += 1
        while not lines[start].strip() or lines[start].lstrip().startswith(":"):
            start += 1
        line = self.docstring_line + start
        if example.exc_msg is not None:
            raise SnippetError(
                "a testoutput cannot be a traceback: catch the exception in the"
                " testcode and print it",
                self.path,
                line,
            )
        return Block(example.source, line, example.want, example.options)

    def alternatives(self, block: Block) -> list[tuple[str, str]]:
        """Return what `block` must print on versions other than the installed one.

        Each output comes with the line above it in the docstring, which names its
        versions: ``Before Flask 3.1``.
        """
        from pytest_sphinx import SphinxDoctestDirectives, get_sections

        lines = textwrap.dedent(self.docstring).splitlines()
        starts = [n for n, line in enumerate(lines) if _SECTION.match(line)]
        found: list[tuple[str, str]] = []
        follows = False
        sections = get_sections(self.docstring)
        for start, section in zip(starts, sections, strict=True):
            if section.directive is SphinxDoctestDirectives.TESTCODE:
                follows = section.body.strip() == block.source.strip()
            elif follows and section.body.strip() != block.want.strip():
                above = [line for line in lines[:start] if line.strip()]
                found.append((above[-1].strip().removesuffix(":"), section.body))
        return found

    def check(self, run: Run) -> None:
        """Compare what `run` printed with the expected outputs.

        :raises SnippetError: if they differ.
        """
        for block, output in zip(run.blocks, run.outputs, strict=True):
            if not as_wanted(block, output):
                raise SnippetError(
                    "the output is not the testoutput\n"
                    f"expected:\n{_indent(block.want)}\nprinted:\n{_indent(output)}",
                    self.path,
                    block.line,
                )

    def part(self, name: str) -> tuple[int, int]:
        """Return the first and last line of a function, class or marked part.

        :raises KeyError: with the known names, if there is no `name`.
        """
        if name not in self.parts:
            known = ", ".join(self.parts) or "none"
            raise KeyError(f"no function, class or marker '{name}' (there is: {known})")
        return self.parts[name]


def as_wanted(block: Block, output: str) -> bool:
    """Return whether `output` is what `block` must print."""
    import doctest

    flags = sum(flag for flag, on in block.options.items() if on)
    return doctest.OutputChecker().check_output(
        as_released(block.want), as_released(output), flags
    )


def exists(root: Path, name: str) -> bool:
    """Return whether there is a snippet `name` (``topic/file``) below `root`."""
    return bool(_NAME.fullmatch(name)) and Path(root, f"{name}.py").is_file()


def load(root: Path, name: str) -> Snippet:
    """Read the snippet `name` (``topic/file``) below `root`, without running it.

    :raises SnippetError: if the file is missing or breaks a rule.
    """
    path = root / f"{name}.py"
    if not exists(root, name):
        raise SnippetError(
            f"there is no snippet '{name}': the name is 'topic/file', without '.py',"
            f" of a file in {root.name}/",
            path,
        )
    return parse(path.read_text(encoding="utf-8"), name, path)


def parse(source: str, name: str, path: Path) -> Snippet:
    """Create a snippet from `source`, the text of the file at `path`.

    :raises SnippetError: if it breaks a rule.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise SnippetError(str(error.msg), path, error.lineno or 1) from error
    first = tree.body[0] if tree.body else None
    docstring = ast.get_docstring(tree, clean=False)
    if docstring is None or first is None:
        raise SnippetError("no docstring: begin with a title and a scenario", path)
    title = docstring.split("\n", 1)[0].strip()
    if not title.endswith("."):
        raise SnippetError(
            "the docstring's first line is the caption: write one sentence there,"
            " and end it with a full stop",
            path,
            first.lineno,
        )
    lines, parts = _strip_markers(source, first.end_lineno or first.lineno, path)
    return Snippet(
        name, path, title, docstring, first.lineno, lines, _definitions(tree) | parts
    )


def _strip_markers(
    source: str, docstring_end: int, path: Path
) -> tuple[dict[int, str], dict[str, tuple[int, int]]]:
    """Remove the marker comments from the code below the docstring.

    ``# [name]`` at the end of a line marks this line; alone on a line it opens
    a part that ``# [/name]`` closes.
    """
    lines: dict[int, str] = {}
    parts: dict[str, tuple[int, int]] = {}
    open_parts: dict[str, int] = {}
    for number, text in enumerate(source.splitlines(), start=1):
        if number <= docstring_end:
            continue
        marker = _MARKER.search(text)
        if marker is None:
            lines[number] = text
            continue
        closes, name = marker.groups()
        code = text[: marker.start()]
        if closes:
            if name not in open_parts:
                message = f"the marker '[/{name}]' closes nothing"
                raise SnippetError(message, path, number)
            parts[name] = open_parts.pop(name) + 1, number - 1
        elif code.strip():
            lines[number] = code
            parts[name] = number, number
        else:
            open_parts[name] = number
    for name, number in open_parts.items():
        raise SnippetError(f"the marker '[{name}]' is never closed", path, number)
    kept = [number for number, text in lines.items() if text.strip()]
    if not kept:
        raise SnippetError("no code below the docstring", path, docstring_end)
    return {n: t for n, t in lines.items() if kept[0] <= n <= kept[-1]}, parts


def _definitions(tree: ast.Module) -> dict[str, tuple[int, int]]:
    """Find functions and classes, also nested ones, decorators included."""
    found: dict[str, tuple[int, int]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            found.setdefault(node.name, (first, node.end_lineno or node.lineno))
    return found


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines()) or "    (nothing)"
