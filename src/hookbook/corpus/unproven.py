"""Behaviour tests that prove nothing, found by parsing them.

A proof is a test function that runs everywhere: it has a docstring, only a condition
on versions may skip it, and nothing hides its failure. It runs the real Flask, and its
assertions could fail.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from . import by_hand, vacuous

VERSIONS = {"FLASK", "RELEASE", "version_info", "since", "version"}
"""The names that the condition of a skip must use."""

_ENDING = {"skip", "xfail", "exit", "importorskip"}
_COLLECTION = {"collect_ignore", "collect_ignore_glob"}
_FAILURES = {"AssertionError", "Exception", "BaseException"}
_LIBRARIES = ("flask", "werkzeug")
_PROXIES = {"current_app", "g", "request", "session"}
_PATCHES = ("monkeypatch.setattr", "Patch.setattr")
_FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


class Fault(NamedTuple):
    """Why a test proves nothing; `line` is in its file, from 1."""

    line: int
    message: str


def faults(tree: ast.Module, root: Path | None = None) -> list[Fault]:
    """Return the faults of tests in the file `tree`, in order.

    :param root: the folder that holds ``snippets``, if the file may import from it.
    """
    all_nodes = list(ast.walk(tree))
    found = {*_of_functions(tree), *_of_places(tree)}
    for find in _of_marks, _of_names, _of_hidden_failures, _of_replaced:
        found.update(find(all_nodes))
    found |= {Fault(*each) for each in vacuous.faults(all_nodes)}
    found |= {Fault(*each) for each in by_hand.faults(tree, root)}
    return sorted(found)


def _of_functions(tree: ast.Module) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if not node.name.startswith("test_"):
            continue
        if isinstance(node, ast.AsyncFunctionDef):
            yield Fault(node.lineno, f"'{node.name}' is async: pytest does not run it")
        claim = (ast.get_docstring(node) or "").strip().partition("\n")[0]
        if not claim:
            message = f"'{node.name}' claims nothing: give it a docstring"
            yield Fault(node.lineno, message)
        elif not re.search(r"\w", claim) or claim[-1] not in ".!?":
            message = (
                f"'{claim}' isn't a claim: begin the docstring of '{node.name}' with a"
                " sentence that says what Flask does"
            )
            yield Fault(node.lineno, message)
        if node.name in seen:
            message = (
                f"'{node.name}' takes the place of line {seen[node.name]}, which never"
                " runs: give each test its own name"
            )
            yield Fault(node.lineno, message)
        seen[node.name] = node.lineno
        for mark in node.decorator_list:
            name = ast.unparse(mark).partition("(")[0]
            if name.endswith("fixture"):
                message = (
                    f"'{node.name}' is a fixture: pytest does not run it as a test"
                )
                yield Fault(node.lineno, message)
            elif "mark" not in name and name.partition(".")[0] != "unittest":
                message = (
                    f"'@{name}' comes between '{node.name}' and pytest, and may hide"
                    " its failure: call it in the test, or make it a fixture"
                )
                yield Fault(mark.lineno, message)


def _of_places(tree: ast.Module) -> Iterator[Fault]:
    """Find tests that cannot be proofs where they are, and hooks that change tests."""
    for node in tree.body:
        if isinstance(node, _FUNCTION):
            if node.name.startswith("pytest_"):
                message = (
                    f"'{node.name}' changes how tests run or what is reported:"
                    " delete it"
                )
                yield Fault(node.lineno, message)
            continue
        if not isinstance(node, ast.ClassDef | ast.If | ast.Try | ast.With | ast.For):
            continue
        for inner in ast.walk(node):
            if isinstance(inner, _FUNCTION) and inner.name.startswith("test_"):
                message = (
                    f"'{inner.name}' isn't a proof here, and may never run: make it a"
                    " function of the file, without a class or a condition around it"
                )
                yield Fault(inner.lineno, message)


def _of_hidden_failures(all_nodes: list[ast.AST]) -> Iterator[Fault]:
    """Find code that catches the failure of an assertion."""
    for node in all_nodes:
        if isinstance(node, ast.Try):
            asserts = any(map(_asserts, node.body))
            for handler in node.handlers:
                caught = _names(handler.type) if handler.type else _FAILURES
                hides = caught & (_FAILURES if asserts else {"AssertionError"})
                if hides and not _raises(handler):
                    message = "'except' hides an assertion that fails: assert outside"
                    yield Fault(handler.lineno, f"{message} of the 'try'")
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            given = {each for part in node.args for each in _names(part)}
            if name == "suppress" and given & _FAILURES:
                message = "'suppress' hides an assertion that fails: name the exception"
                yield Fault(node.lineno, f"{message} that Flask raises, or let it pass")
        elif isinstance(node, ast.With) and any(map(_asserts, node.body)):
            for item in node.items:
                call = item.context_expr
                if (
                    isinstance(call, ast.Call)
                    and ast.unparse(call.func).rpartition(".")[2] == "raises"
                    and {n for part in call.args for n in _names(part)} & _FAILURES
                ):
                    message = "'raises' also catches the test's own failed assertion:"
                    yield Fault(node.lineno, f"{message} assert below it")


def _asserts(node: ast.stmt) -> bool:
    """Return whether a statement asserts something, outside nested functions."""
    if isinstance(node, ast.Assert):
        return True
    if isinstance(node, _FUNCTION | ast.ClassDef):
        return False
    return any(
        isinstance(inner, ast.stmt) and _asserts(inner)
        for inner in ast.iter_child_nodes(node)
    )


def _names(node: ast.expr) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _raises(handler: ast.ExceptHandler) -> bool:
    return any(isinstance(node, ast.Raise) for node in ast.walk(handler))


def _of_replaced(all_nodes: list[ast.AST]) -> Iterator[Fault]:
    """Find code that replaces Flask, so that it only tests itself."""
    imported: set[str] = set()
    for node in all_nodes:
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            modules = [module, *(f"{module}.{alias.name}" for alias in node.names)]
            if module.partition(".")[0] in _LIBRARIES:
                imported |= {alias.asname or alias.name for alias in node.names}
        else:
            continue
        imported |= {m for m in modules if m in _LIBRARIES}
        if any(module in ("mock", "unittest.mock") for module in modules):
            message = "'mock' replaces the code to prove: run Flask itself"
            yield Fault(node.lineno, message)
    for node in all_nodes:
        for target in _set_by(node):
            name = ast.unparse(target).strip("'\"")
            root, _, below = name.partition(".")
            # Attributes set on proxies are set by an application.
            if {root, below.partition(".")[0]} & _PROXIES:
                continue
            if root in imported | {*_LIBRARIES}:
                message = f"'{name}' is replaced, and proves nothing then:"
                yield Fault(target.lineno, f"{message} run Flask itself")
            elif name.endswith(".__code__"):
                message = f"'{name}' is replaced: run what is written there"
                yield Fault(target.lineno, message)


def _set_by(node: ast.AST) -> Iterator[ast.expr]:
    """Return the targets that a statement or a call replaces."""
    match node:
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            yield from (t for t in targets if isinstance(t, ast.Attribute))
        case (
            ast.AnnAssign(target=ast.Attribute())
            | ast.AugAssign(target=ast.Attribute())
        ):
            yield node.target
        case ast.Call(func=ast.Name(id="setattr" | "delattr"), args=[target, *given]):
            yield target
        case ast.Call(args=[target, *given]):
            replaces = ast.unparse(node.func).endswith(_PATCHES)
            if replaces and not (
                given and ast.unparse(given[-1]).startswith("getattr")
            ):
                yield target


def _of_marks(all_nodes: list[ast.AST]) -> Iterator[Fault]:
    for node in all_nodes:
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


def _of_names(all_nodes: list[ast.AST]) -> Iterator[Fault]:
    for node in all_nodes:
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
            elif isinstance(node, ast.Assign) and re.fullmatch(r"test_\w+", target):
                yield Fault(
                    node.lineno,
                    f"'{target}' is assigned, which may hide the test of that name:"
                    " write a separate test",
                )
            elif last in _COLLECTION:
                yield Fault(node.lineno, f"'{last}' hides tests: delete the line")


Known = dict[Path, tuple[str, list[Fault]]]
"""The text of each file that was read, and its faults."""


def in_folder(root: Path, known: Known | None = None) -> Known:
    """Return the faults of all Python files below `root`, by file and line.

    Results in `known` are reused for files that have not changed.
    """
    found: Known = {}
    for path in sorted(root.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        before = (known or {}).get(path)
        if before is not None and before[0] == text:
            found[path] = before
        else:
            found[path] = text, faults(ast.parse(text, str(path)), root.parents[1])
    return found
