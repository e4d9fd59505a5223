"""Behaviour tests that prove nothing, found by reading them.

A proof is a test function that runs everywhere: it has a docstring, nothing keeps it
from running but a condition on versions, and nothing lets it fail.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

VERSIONS = {"FLASK", "RELEASE", "version_info", "since", "version"}
"""What the condition of a skip must be about."""

_ENDING = {"skip", "xfail", "exit", "importorskip"}
_COLLECTION = {"collect_ignore", "collect_ignore_glob"}


class Fault(NamedTuple):
    """Why a test proves nothing; `line` is in its file, from 1."""

    line: int
    message: str


def faults(tree: ast.Module) -> list[Fault]:
    """Return what keeps tests of the file `tree` from proving, in its order."""
    return sorted({*_of_functions(tree), *_of_marks(tree), *_of_names(tree)})


def _of_functions(tree: ast.Module) -> Iterator[Fault]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if not node.name.startswith("test_"):
            continue
        if isinstance(node, ast.AsyncFunctionDef):
            yield Fault(node.lineno, f"'{node.name}' is async: pytest does not run it")
        if not (ast.get_docstring(node) or "").strip():
            message = f"'{node.name}' claims nothing: give it a docstring"
            yield Fault(node.lineno, message)
        for mark in node.decorator_list:
            if ast.unparse(mark).partition("(")[0].endswith("fixture"):
                message = (
                    f"'{node.name}' is a fixture: pytest does not run it as a test"
                )
                yield Fault(node.lineno, message)


def _of_marks(tree: ast.Module) -> Iterator[Fault]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.expr):
            continue
        call = node if isinstance(node, ast.Call) else None
        named = call.func if call is not None else node
        if isinstance(named, ast.Attribute):
            name, owner = named.attr, ast.unparse(named.value)
        elif isinstance(named, ast.Name) and call is not None:
            name, owner = named.id, "pytest"
        else:
            continue
        if owner.rpartition(".")[2] not in {"pytest", "mark", "unittest", "self"}:
            continue
        if name in _ENDING:
            yield Fault(
                node.lineno,
                f"'{name}' keeps a test from proving its claim: let it run, or give it"
                " '@pytest.mark.skipif' with a condition on versions",
            )
        elif name in {"skipif", "skipIf", "skipUnless"} and call is not None:
            asked = {n.id for n in ast.walk(call) if isinstance(n, ast.Name)}
            asked |= {n.attr for n in ast.walk(call) if isinstance(n, ast.Attribute)}
            if not call.args or not asked & VERSIONS:
                yield Fault(
                    node.lineno,
                    "a skip needs a condition on versions: use"
                    " tests.behaviour.versions, or let the test run everywhere",
                )


def _of_names(tree: ast.Module) -> Iterator[Fault]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            targets = [ast.unparse(target) for target in node.targets]
        elif isinstance(node, ast.AnnAssign | ast.AugAssign):
            targets = [ast.unparse(node.target)]
        else:
            continue
        for target in targets:
            last = target.rpartition(".")[2]
            if last == "__test__":
                yield Fault(node.lineno, "'__test__' hides tests: delete the line")
            elif last in _COLLECTION:
                yield Fault(node.lineno, f"'{last}' hides tests: delete the line")


def in_folder(root: Path) -> list[tuple[Path, Fault]]:
    """Return the faults of all Python files below `root`, by file and line."""
    return [
        (path, fault)
        for path in sorted(root.rglob("*.py"))
        for fault in faults(ast.parse(path.read_text(encoding="utf-8"), str(path)))
    ]
