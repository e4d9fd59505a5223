"""Hooks that a test calls by hand, which doesn't prove that Flask calls them.

A function is a hook if the test's file, or the snippet it comes from, registers it.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

Found = tuple[int, str]
"""A line, from 1, and what to do."""

_REGISTERING = {
    *("after_app_request", "after_request", "after_this_request", "app_errorhandler"),
    *("app_context_processor", "app_url_defaults", "app_url_value_preprocessor"),
    *("before_app_request", "before_request", "call_on_close", "connect"),
    *("connect_via", "context_processor", "errorhandler", "register_error_handler"),
    *("teardown_app_request", "teardown_appcontext", "teardown_request"),
    *("url_defaults", "url_value_preprocessor"),
}
_GIVES_DECORATOR = {"app_errorhandler", "connect_via", "errorhandler"}
"""Methods whose own argument is not a hook: an exception, a status, a sender."""
_MESSAGE = (
    "'{}' calls a hook by hand, which proves nothing about Flask: make a request, and"
    " assert on what it did"
)
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def faults(tree: ast.Module, root: Path | None = None) -> Iterator[Found]:
    """Find the calls of hooks in the functions of the test file `tree`.

    :param root: the folder that holds ``snippets``, if the file may import from it.
    """
    hooks = _registered(tree)
    if root is not None:
        hooks |= _imported(tree, root)
    for function in tree.body:
        if not isinstance(function, _Function):
            continue
        inside = list(_directly_in(function))
        known = hooks | _from_registries(inside)
        for node in inside:
            if isinstance(node, ast.Call) and _is_hook(node.func, known):
                yield node.lineno, _MESSAGE.format(f"{ast.unparse(node.func)}()")


def _is_hook(called: ast.expr, known: set[str]) -> bool:
    match called:
        case ast.Name(id=name):
            return name in known
        case ast.Attribute(value=ast.Name(id=module), attr=name):
            return f"{module}.{name}" in known
        case ast.Subscript():
            return _is_registry(called)
    return False


def _registered(tree: ast.Module) -> set[str]:
    """Return the names of the functions that are registered in a file."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, _Function):
            if any(map(_registers, node.decorator_list)):
                found.add(node.name)
        elif isinstance(node, ast.Call) and node.args and _registers(node.func):
            given = node.args[-1]
            if isinstance(given, ast.Name) and _last(node.func) not in _GIVES_DECORATOR:
                found.add(given.id)
    return found


def _registers(node: ast.expr) -> bool:
    """Return whether a function passed to `node` is registered."""
    return _last(node.func if isinstance(node, ast.Call) else node) in _REGISTERING


def _last(node: ast.expr) -> str:
    match node:
        case ast.Attribute():
            return node.attr
        case ast.Name():
            return node.id
    return ""


def _imported(tree: ast.Module, root: Path) -> set[str]:
    """Return the names in the file of hooks imported from snippets."""
    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or node.level:
            continue
        if (node.module or "").partition(".")[0] != "snippets":
            continue
        place = root.joinpath(*(node.module or "").split("."))
        for alias in node.names:
            name = alias.asname or alias.name
            if alias.name in _hooks_of(place.with_suffix(".py")):
                found.add(name)
            found |= {
                f"{name}.{hook}" for hook in _hooks_of(place / f"{alias.name}.py")
            }
    return found


@cache
def _hooks_of(snippet: Path) -> set[str]:
    if not snippet.is_file():
        return set()
    return _registered(ast.parse(snippet.read_text(encoding="utf-8")))


def _from_registries(nodes: list[ast.AST]) -> set[str]:
    """Return the names that loops give to the functions of a registry."""
    return {
        node.target.id
        for node in nodes
        if isinstance(node, ast.For | ast.comprehension)
        and isinstance(node.target, ast.Name)
        and _is_registry(node.iter)
    }


def _is_registry(node: ast.expr) -> bool:
    """Return whether an expression takes something from a registry of functions."""
    return any(
        isinstance(part, ast.Attribute) and part.attr.endswith("_funcs")
        for part in ast.walk(node)
    )


def _directly_in(function: _Function) -> Iterator[ast.AST]:
    """Return the nodes of a function, without those of nested functions."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _Function | ast.Lambda | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)
