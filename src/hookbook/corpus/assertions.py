"""Find the assertions of a test file that depend on a run.

An assertion over constants, over the test's own lists or over the standard library
is true whatever Flask does, and so proves nothing about it. Found by reading the
file: a name depends on a run if it comes from a package outside the standard library
(Flask, a snippet), from such a fixture, or is changed by a function passed to Flask.
"""

import ast
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from .vacuous import holds_anyway

Span = tuple[int, int]
"""The first and last line of an assertion in its file, from 1."""

# These run anything: a snippet, or Flask in another process.
_RUNNING = {"asyncio", "importlib", "runpy", "subprocess"}
_INERT_MODULES = ({*sys.stdlib_module_names} - _RUNNING) | {"pytest"}
_INERT_FIXTURES = {
    *("cache", "doctest_namespace", "monkeypatch", "pytestconfig"),
    *("record_property", "request", "tmp_path", "tmp_path_factory", "tmpdir"),
}
_EXPECTING = {"raises", "warns", "deprecated_call"}
_PLACES = (ast.Name, ast.Attribute)
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def depending(tree: ast.Module, conftests: Sequence[ast.Module] = ()) -> list[Span]:
    """Return the assertions of `tree` that depend on a run, in order.

    `conftests` are the files whose fixtures the tests may use, the nearest first.
    ``with pytest.raises(...)`` also counts as an assertion.
    """
    names = _module_names(tree)
    fixtures = _fixtures(tree, names)
    for conftest in conftests:
        fixtures = _fixtures(conftest, _module_names(conftest)) | fixtures
    found: list[Span] = []
    for function in _top_level(tree):
        scope = _names_of(function, names, fixtures)
        found += _assertions(function, scope)
    for kept in _walk, _read:
        kept.cache_clear()
    return found


@cache
def _walk(node: ast.AST) -> list[ast.AST]:
    """Return `node` and its descendants, cached: each iteration needs them."""
    return list(ast.walk(node))


@cache
def _read(node: ast.AST) -> set[str]:
    """Return the names in `node`."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _assertions(function: _Function, names: set[str]) -> Iterator[Span]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            says = _mentions(node.test, names) and not holds_anyway(node.test)
        elif isinstance(node, ast.With) and _expects(node):
            says = any(_mentions(part, names) or _yields(part) for part in node.body)
        else:
            continue
        if says:
            yield node.lineno, node.end_lineno or node.lineno


def _expects(node: ast.With) -> bool:
    """Return whether a block expects an exception or a warning."""
    calls = (item.context_expr for item in node.items)
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute | ast.Name)
        and (getattr(call.func, "attr", None) or getattr(call.func, "id", None))
        in _EXPECTING
        for call in calls
    )


def _yields(node: ast.AST) -> bool:
    """Return whether `node` is the place in a helper where the test's block runs."""
    return any(isinstance(n, ast.Yield) for n in ast.walk(node))


def _mentions(node: ast.AST, names: set[str]) -> bool:
    return not names.isdisjoint(_read(node))


def _top_level(tree: ast.Module) -> Iterator[_Function]:
    for node in tree.body:
        if isinstance(node, _Function):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from (part for part in node.body if isinstance(part, _Function))


def _grow(names: set[str], step: Callable[[set[str]], set[str]]) -> set[str]:
    """Add what `step` finds until it finds nothing new."""
    while new := step(names) - names:
        names = names | new
    return names


def _module_names(tree: ast.Module) -> set[str]:
    """Return the names of a module that depend on a run."""

    def step(names: set[str]) -> set[str]:
        found: set[str] = set()
        for node in tree.body:
            if isinstance(node, _Function | ast.ClassDef):
                if _mentions(node, names):
                    found.add(node.name)
            else:
                found |= _bound(node, names)
        return found | _changed_by_hooks(tree, names)

    return _grow(_imported(tree), step)


def _imported(tree: ast.AST) -> set[str]:
    """Return the imported names that are not from the standard library."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.partition(".")[0] not in _INERT_MODULES:
                    found.add(alias.asname or alias.name.partition(".")[0])
        elif isinstance(node, ast.ImportFrom):
            module = (node.module or "").partition(".")[0]
            if node.level or module not in _INERT_MODULES:
                found |= {alias.asname or alias.name for alias in node.names}
    return found


def _bound(statement: ast.stmt, names: set[str]) -> set[str]:
    """Return what `statement`, or its body, binds to a dependent value."""
    found: set[str] = set()
    for node in _walk(statement):
        if isinstance(node, ast.With):
            # An exception that was raised or caught depends on the block.
            inside = any(_mentions(part, names) for part in node.body)
            for item in node.items:
                if item.optional_vars is not None:
                    depends = inside or _mentions(item.context_expr, names)
                    found |= _stored([item.optional_vars] if depends else [])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= _stored(node.targets if _mentions(node.value, names) else [])
        elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
            if node.value is not None and _mentions(node.value, names):
                found |= _stored([node.target])
        elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            found |= _stored([node.target] if _mentions(node.iter, names) else [])
    return found


def _stored(targets: Sequence[ast.expr]) -> set[str]:
    """Return the names that are bound, or whose attribute or item is."""
    return {name for target in targets for name in _read(target)}


def _names_of(
    function: _Function, module: set[str], fixtures: dict[str, bool]
) -> set[str]:
    """Return the names in `function` that depend on a run."""
    own = _arguments(function, module, fixtures)
    inert = {a.arg for a in _parameters(function)} - own

    def step(names: set[str]) -> set[str]:
        found: set[str] = set()
        for statement in function.body:
            found |= _bound(statement, names)
            found |= _passed(statement, names)
        for node in _walk(function):
            if isinstance(node, _Function | ast.ClassDef) and node is not function:
                found |= {node.name} if _mentions(node, names) else set()
        return found | _changed_by_hooks(function, names)

    return _grow((module - inert) | own | _imported(function), step)


def _parameters(function: _Function) -> list[ast.arg]:
    arguments = function.args
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]


def _arguments(
    function: _Function, module: set[str], fixtures: dict[str, bool]
) -> set[str]:
    """Return the parameters that depend: not those given constants."""
    given = _parametrized(function, module)
    if not (function.name.startswith("test_") or _is_fixture(function)):
        return {argument.arg for argument in _parameters(function)}
    return {
        argument.arg
        for argument in _parameters(function)
        if given.get(
            argument.arg,
            fixtures.get(argument.arg, argument.arg not in _INERT_FIXTURES),
        )
    }


def _parametrized(function: _Function, module: set[str]) -> dict[str, bool]:
    """Return the parametrized parameters, and whether their values depend."""
    found: dict[str, bool] = {}
    for mark in function.decorator_list:
        if not isinstance(mark, ast.Call) or len(mark.args) < 2:
            continue
        if "parametrize" not in ast.unparse(mark.func):
            continue
        depends = _mentions(mark.args[1], module)
        for node in ast.walk(mark.args[0]):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for name in node.value.split(","):
                    found[name.strip()] = depends
    return found


def _is_fixture(function: _Function) -> bool:
    return any(
        ast.unparse(mark).partition("(")[0].endswith("fixture")
        for mark in function.decorator_list
    )


def _fixtures(tree: ast.Module, names: set[str]) -> dict[str, bool]:
    """Return the fixtures of a file, and whether their values depend on a run."""
    known: dict[str, bool] = {}
    for function in _top_level(tree):
        if _is_fixture(function):
            asks = {argument.arg for argument in _parameters(function)}
            depends = any(_mentions(part, names) for part in function.body)
            known[function.name] = depends or bool(asks - _INERT_FIXTURES)
            if known[function.name]:
                # It may fill a fixture it uses: a list of the steps of a run.
                known |= dict.fromkeys(asks - _INERT_FIXTURES, True)
    return known


def _passed(statement: ast.stmt, names: set[str]) -> set[str]:
    """Return the names that a call fills: with, or by, a dependent value."""
    found: set[str] = set()
    for node in _walk(statement):
        if isinstance(node, ast.Call):
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            if _mentions(node.func, names):
                found |= _stored([n for n in given if isinstance(n, _PLACES)])
            elif isinstance(node.func, ast.Attribute) and any(
                _mentions(part, names) for part in given
            ):
                found |= _stored([node.func.value])
    return found


def _changed_by_hooks(scope: ast.AST, names: set[str]) -> set[str]:
    """Return names changed by functions that were passed to something dependent."""
    handed = {
        name
        for call in _walk(scope)
        if isinstance(call, ast.Call | ast.Assign) and _mentions(call, names)
        for name in _read(call)
    }
    found: set[str] = set()
    for node in _walk(scope):
        if node is scope or not isinstance(node, _SCOPES):
            continue
        marks = getattr(node, "decorator_list", [])
        if (
            isinstance(node, ast.Lambda)
            or node.name in handed | names
            or any(_mentions(mark, names) for mark in marks)
        ):
            found |= _changed(node)
    return found


def _changed(scope: ast.AST) -> set[str]:
    """Return the names whose values the body of `scope` changes."""
    found: set[str] = set()
    for node in _walk(scope):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found |= _stored([node.func.value])
        elif isinstance(node, ast.Subscript | ast.Attribute):
            if not isinstance(node.ctx, ast.Load):
                found |= _stored([node.value])
        elif isinstance(node, ast.Nonlocal | ast.Global):
            found |= set(node.names)
    return found
