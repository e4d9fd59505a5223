"""The figures of the benchmark, and what pages may say with them.

``make bench-hooks`` writes one file: where and when it ran, the digest of every
source that it ran, and for each case the CPU time of a request, relative to a request
without hooks. An expression over the cases is computed with the quartiles of the
rounds as bounds: a claim is accepted only if it is true throughout them, so that
noise can't be presented as a difference.
"""

import ast
import dataclasses
import hashlib
import json
import operator
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

COMMAND = "make bench-hooks"
BARE = "bare"
ABSOLUTE = ("bare_microseconds", "closure_bytes")
"""Other entries in the file, which are not ratios."""


class MeasuredError(ValueError):
    """The figures cannot be read, or do not support a page's claim."""


@dataclasses.dataclass(frozen=True)
class Figure:
    """A median, and the quartiles around it."""

    middle: float
    low: float
    high: float

    @classmethod
    def exact(cls, value: float) -> "Figure":
        """Return a figure without noise: a number on a page."""
        return cls(value, value, value)

    def within_noise_of(self, value: float) -> bool:
        """Whether noise hides a difference between this figure and `value`."""
        return self.low <= value <= self.high

    def __str__(self) -> str:
        return number(self.middle)


@dataclasses.dataclass(frozen=True)
class Measured:
    """The result of one benchmark run."""

    about: dict[str, Any]
    """Date, machine, versions, rounds."""
    titles: dict[str, str]
    """The description of each case."""
    figures: dict[str, Figure]

    def compute(self, expression: str) -> Figure:
        """Return the value of an expression over the cases.

        :raises MeasuredError: if it is invalid, names an unknown case, or may divide
            by zero.
        """
        return _compute(_parse(expression), expression, self.figures)

    def value(self, expression: str) -> str:
        """Return the value as a page shows it; a ``%`` at its end means per cent.

        :raises MeasuredError: also if the value is a difference within noise.
        """
        plain = expression.strip().removesuffix("%")
        figure = self.compute(plain)
        if figure.low != figure.high and figure.within_noise_of(0):
            raise MeasuredError(
                f"'{expression}' is within noise ({_range(figure)}): say that no"
                " difference could be measured, and bound it with {holds}"
            )
        if plain != expression.strip():
            return f"{number(figure.middle * 100)} %"
        return str(figure)

    def check(self, claim: str) -> None:
        """Reject a claim, such as ``hooks_100 < 2``, that the figures do not support.

        :raises MeasuredError: if some value between the quartiles contradicts it.
        """
        tree = _parse(claim)
        if not isinstance(tree, ast.Compare):
            raise MeasuredError(f"'{claim}' compares nothing: use < or >")
        parts = [tree.left, *tree.comparators]
        found = [_compute(part, claim, self.figures) for part in parts]
        for left, sign, right in zip(found, tree.ops, found[1:], strict=False):
            if isinstance(sign, ast.Lt):
                holds = left.high < right.low
            elif isinstance(sign, ast.Gt):
                holds = left.low > right.high
            else:
                raise MeasuredError(f"'{claim}': compare with < or > only")
            if not holds:
                told = ", ".join(
                    f"{ast.unparse(part)} is {figure} ({_range(figure)})"
                    for part, figure in zip(parts, found, strict=True)
                    if not _typed(part)
                )
                raise MeasuredError(f"'{claim}' does not hold: {told}")


def read(path: Path, root: Path) -> Measured:
    """Read the figures of the benchmark in the project at `root`.

    :raises MeasuredError: if there are none, or they are of other sources.
    """
    name = path.relative_to(root).as_posix()
    if not path.exists():
        raise MeasuredError(f"there is no {name}: write it with '{COMMAND}'")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        cases = content.pop("cases")
        found = Measured(
            content,
            {key: case["title"] for key, case in cases.items()},
            {
                key: Figure(case["median"], case["low"], case["high"])
                for key, case in cases.items()
            }
            | {key: Figure.exact(content[key]) for key in ABSOLUTE},
        )
        told = content["sources"]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise MeasuredError(
            f"{name} is not what the benchmark writes ({error!r}): run '{COMMAND}'"
        ) from None
    now = digests(root, told)
    if changed := [source for source in told if now[source] != told[source]]:
        raise MeasuredError(
            f"{name} was measured before {changed[0]} changed: run '{COMMAND}'"
        )
    return found


def digests(root: Path, sources: Iterable[str]) -> dict[str, str]:
    """Return the digests of files and of folders of cases, by paths below `root`.

    A folder's digest covers what its modules define and import, in any order: a case
    that moves to another module is still the case that was measured.
    """
    return {name: _digest(root, name) for name in sorted(sources)}


def _digest(root: Path, name: str) -> str:
    path = root / name
    if path.is_dir():
        content = "\n".join(sorted(_defined(path, name.replace("/", ".")))).encode()
    elif path.exists():
        content = path.read_bytes()
    else:
        return ""
    return hashlib.sha256(content).hexdigest()[:16]


def _defined(folder: Path, package: str) -> set[str]:
    """Return the source of all that the modules of a package define and import."""
    found = set()
    for path in folder.glob("*.py"):
        # It only collects them.
        if path.name == "__init__.py":
            continue
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        for node in ast.parse(text).body:
            match node:
                case ast.Expr(value=ast.Constant()):
                    continue
                case ast.ImportFrom(module=str(module)):
                    if module.startswith(package):
                        continue
                    names = (ast.unparse(name) for name in node.names)
                    found |= {f"from {module} import {name}" for name in names}
                case ast.Import():
                    found |= {f"import {ast.unparse(name)}" for name in node.names}
                case _:
                    above = getattr(node, "decorator_list", [])
                    start = min(part.lineno for part in [node, *above])
                    found.add("\n".join(lines[start - 1 : node.end_lineno]))
    return found


def number(value: float) -> str:
    """Write a number with a precision that suits its size."""
    size = abs(value)
    if size < 0.1:
        return f"{value:.2g}" if size >= 0.0001 else "0"
    if size < 10:
        return f"{value:.2f}"
    return f"{value:.1f}" if size < 100 else f"{value:,.0f}"


def _typed(node: ast.expr) -> bool:
    """Whether the number is written on the page itself."""
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, ast.Constant)


def _range(figure: Figure) -> str:
    return f"{number(figure.low)} to {number(figure.high)}"


def _parse(expression: str) -> ast.expr:
    try:
        return ast.parse(expression.strip(), mode="eval").body
    except SyntaxError:
        raise MeasuredError(f"'{expression}' is not an expression") from None


_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def _compute(node: ast.expr, whole: str, figures: dict[str, Figure]) -> Figure:
    match node:
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int() | float() as value):
            return Figure.exact(float(value))
        case ast.Name(id=name):
            if name not in figures:
                raise MeasuredError(
                    f"'{name}' was not measured (there is: {', '.join(figures)})"
                )
            return figures[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            figure = _compute(operand, whole, figures)
            return Figure(-figure.middle, -figure.high, -figure.low)
        case ast.BinOp(left=first, op=sign, right=second) if type(sign) in _OPERATORS:
            left = _compute(first, whole, figures)
            right = _compute(second, whole, figures)
            if isinstance(sign, ast.Div) and right.within_noise_of(0):
                raise MeasuredError(f"'{whole}' divides by a value that may be zero")
            act = _OPERATORS[type(sign)]
            ends = [
                act(a, b)
                for a in (left.low, left.high)
                for b in (right.low, right.high)
            ]
            return Figure(act(left.middle, right.middle), min(ends), max(ends))
    raise MeasuredError(
        f"'{whole}' may have only names of cases, numbers, + - * / and parentheses"
    )
