"""``python -m hookbook trace FILE.py``: trace the scenario of a file.

The scenario is the code below ``.. testcode::`` in the docstring. Blocks with a true
``:skipif:`` are left out.
"""

import ast
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click

from hookbook.trace.recorder import ScenarioError, record
from hookbook.trace.steps import Block, Run

from . import tracing

_CODE = ("testsetup", "testcode", "testcleanup")
_KNOWN = (*_CODE, "testoutput")


class Section(NamedTuple):
    """One directive of a docstring."""

    directive: str
    options: dict[str, str]
    source: str
    line: int
    """Where `source` begins in the file, from 1."""


@click.group()
def main() -> None:
    """Trace what Flask does.

    For an application: flask --app shop trace GET /
    """


@main.command("trace")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--html", "report", metavar="FILE", type=click.Path(dir_okay=False),
    help="Write one file to read in a browser, offline.",
)  # fmt: skip
@click.option(
    "--fail-on-findings", is_flag=True, help="Exit with 1 if there are findings."
)
def trace(
    file: Path, as_json: bool, report: str | None, fail_on_findings: bool
) -> None:
    """Run the scenario of FILE and show what Flask does in its requests.

    The scenario is the code below '.. testcode::' in the file's docstring.
    """
    output = tracing.Output(as_json, report, fail_on_findings)
    output.check()
    told = tracing.Told(run_file(file))
    if told.run.stdout and not as_json:
        click.echo(told.run.stdout)
    tracing.finish(output, told)


def run_file(file: Path) -> Run:
    """Run the scenario of `file` and return the recording.

    :raises click.UsageError: if there is no such file or no scenario, or if it
        raises; its message says what to do.
    """
    try:
        source = file.read_text("utf-8")
        tree = ast.parse(source, str(file))
    except OSError as error:
        raise click.UsageError(
            f"{file}: {error.strerror}. Name a file that has a scenario."
        ) from None
    except UnicodeDecodeError:
        raise click.UsageError(f"{file} isn't UTF-8. Name a Python file.") from None
    except SyntaxError as error:
        message = f"{file}:{error.lineno}: {error.msg}. Correct this line first."
        raise click.UsageError(message) from None
    found = list(sections(tree))
    if not any(one.directive == "testcode" for one in found):
        raise click.UsageError(
            f"{file} has no scenario. Add one to its docstring: '.. testcode::', an"
            f" empty line, indented code that sends requests. To trace its application"
            f" without a scenario: flask --app {file} trace GET /"
        )
    sys.path.insert(0, str(file.resolve().parent))
    try:
        return record(
            file, file.stem, lambda names: list(_blocks(found, names)), masks=False
        )
    except ScenarioError as error:
        message = f"{file}:{error.line}: {error}. Correct the file."
        raise click.UsageError(message) from None


def sections(tree: ast.Module) -> Iterator[Section]:
    """Find the directives in the docstring of a module."""
    first = tree.body[0] if tree.body else None
    if ast.get_docstring(tree) is None or not isinstance(first, ast.Expr):
        return
    assert isinstance(first.value, ast.Constant)
    lines = str(first.value.value).expandtabs().splitlines()
    place = 0
    while place < len(lines):
        text = lines[place].strip()
        start, place = place, place + 1
        directive = text.removeprefix(".. ").partition("::")[0]
        if not text.startswith(f".. {directive}::") or directive not in _KNOWN:
            continue
        margin = len(lines[start]) - len(lines[start].lstrip())
        while place < len(lines) and (
            not lines[place].strip()
            or len(lines[place]) - len(lines[place].lstrip()) > margin
        ):
            place += 1
        body = lines[start + 1 : place]
        options = {}
        skipped = 0
        while skipped < len(body) and body[skipped].strip().startswith(":"):
            key, _, value = body[skipped].strip()[1:].partition(":")
            options[key] = value.strip()
            skipped += 1
        while skipped < len(body) and not body[skipped].strip():
            skipped += 1
        yield Section(
            directive, options,
            textwrap.dedent("\n".join(body[skipped:])).rstrip() + "\n",
            first.lineno + start + 1 + skipped,
        )  # fmt: skip


def _blocks(found: list[Section], names: dict[str, Any]) -> Iterator[Block]:
    """Select the code to run on this version, with each block's expected output."""
    chosen = [one for one in found if not _skipped(one, names)]
    for place, one in enumerate(chosen):
        if one.directive not in _CODE:
            continue
        after = chosen[place + 1 : place + 2]
        want = "".join(one.source for one in after if one.directive not in _CODE)
        yield Block(one.source, one.line, want, {})


def _skipped(section: Section, names: dict[str, Any]) -> bool:
    condition = section.options.get("skipif")
    if condition is None:
        return False
    try:
        return bool(eval(condition, dict(names)))
    except Exception as error:
        message = f":skipif: {condition}: {type(error).__name__}: {error}"
        raise ScenarioError(message, section.line) from None
