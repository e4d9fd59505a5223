"""Assertions that are true whatever Flask does, by their form alone.

An object is true, a status is a number, every text contains the empty one: such an
assertion proves nothing. `holds_anyway` checks one assertion, `faults` a whole file.
"""

import ast
from collections.abc import Iterator, Sequence

Found = tuple[int, str]
"""A line, from 1, and what to do."""

_TRUE_CALLS = {
    *("callable", "enumerate", "filter", "id", "iter", "map", "object", "repr"),
    *("reversed", "type", "zip"),
}
# Attributes of an app, a client, a request or a response that are always true.
_ALWAYS_THERE = frozenset(
    "app_context after_request before_request config delete get get_data get_json"
    " headers iter_rules make_response open patch post put register_blueprint"
    " register_error_handler route session_transaction set_cookie status status_code"
    " teardown_appcontext teardown_request test_cli_runner test_client"
    " test_request_context url_map wsgi_app".split()
)
_STATUS = "status_code"
_STATUSES = range(100, 600)
_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.Is: ast.IsNot,
    ast.In: ast.NotIn,
    ast.Lt: ast.GtE,
    ast.Gt: ast.LtE,
}


def holds_anyway(test: ast.expr) -> bool:
    """Return whether `test` is true by its form alone."""
    match test:
        case ast.Constant():
            return bool(test.value)
        case ast.Tuple() | ast.List() | ast.Dict() | ast.Set():
            return bool(getattr(test, "elts", None) or getattr(test, "keys", None))
        case ast.JoinedStr() | ast.Lambda() | ast.GeneratorExp() | ast.Name():
            return True
        case ast.Attribute():
            return test.attr in _ALWAYS_THERE
        case ast.NamedExpr():
            return holds_anyway(test.value)
        case ast.UnaryOp(op=ast.Not()):
            return _fails_anyway(test.operand)
        case ast.IfExp():
            return holds_anyway(test.body) or holds_anyway(test.orelse)
        case ast.BoolOp(op=ast.And()):
            return all(map(holds_anyway, test.values))
        case ast.BoolOp():
            return any(map(holds_anyway, test.values)) or _is_either(test.values)
        case ast.Call():
            return _call_holds(test)
        case ast.Compare():
            return _comparison_holds(test) or _any_status(test)
    return False


def _fails_anyway(test: ast.expr) -> bool:
    match test:
        case ast.Constant():
            return not test.value
        case ast.Tuple(elts=[]) | ast.List(elts=[]) | ast.Dict(keys=[]):
            return True
        case ast.Compare(ops=[ast.Is()], comparators=[ast.Constant(value=None)]):
            return isinstance(test.left, ast.Name) or holds_anyway(test.left)
    return False


def _is_either(values: Sequence[ast.expr]) -> bool:
    """Return whether one of `values` is the opposite of another."""
    said = {ast.dump(value) for value in values}
    for value in values:
        if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.Not):
            if ast.dump(value.operand) in said:
                return True
        elif isinstance(value, ast.Compare) and type(value.ops[0]) in _OPPOSITE:
            other = _OPPOSITE[type(value.ops[0])]()
            opposite = ast.Compare(value.left, [other], value.comparators)
            if len(value.ops) == 1 and ast.dump(opposite) in said:
                return True
    return False


def _call_holds(call: ast.Call) -> bool:
    given = call.args
    match call.func:
        case ast.Name(id="bool" | "any") if len(given) == 1:
            elements = getattr(given[0], "elts", [])
            wrapped = isinstance(given[0], ast.Name | ast.Attribute)
            return any(map(holds_anyway, elements or given[: int(wrapped)]))
        case ast.Name(id="all") if len(given) == 1:
            return _is_empty(given[0])
        case ast.Name(id="isinstance") if len(given) > 1:
            return ast.unparse(given[1]) == "object"
        case ast.Name(id=name):
            return name in _TRUE_CALLS or (name == "str" and _is_name(given))
        case ast.Attribute(attr="startswith" | "endswith"):
            return bool(given) and _is_empty(given[0])
    return False


def _is_name(given: list[ast.expr]) -> bool:
    return len(given) == 1 and isinstance(given[0], ast.Name)


def _is_empty(node: ast.expr) -> bool:
    """Return whether `node` is an empty text or collection, or made from one."""
    match node:
        case ast.Constant(value="" | b""):
            return True
        case ast.Tuple(elts=[]) | ast.List(elts=[]) | ast.Dict(keys=[]):
            return True
        case ast.Call(func=ast.Name(id="set" | "list" | "dict" | "tuple"), args=[]):
            return not node.keywords
        case ast.GeneratorExp() | ast.ListComp() | ast.SetComp():
            return any(_is_empty(part.iter) for part in node.generators)
    return False


def _comparison_holds(test: ast.Compare) -> bool:
    if len(test.ops) > 1:
        return False
    left, operator, right = test.left, test.ops[0], test.comparators[0]
    if any(ast.unparse(side).rpartition(".")[2] == "ANY" for side in (left, right)):
        return isinstance(operator, ast.Eq)
    same = ast.dump(left)
    match operator:
        # Two calls may return different objects; so may two reads of a property.
        case ast.Eq():
            calls = any(isinstance(n, ast.Call) for n in ast.walk(left))
            return same == ast.dump(right) and not calls
        case ast.Is() if isinstance(left, ast.Name):
            return same == ast.dump(right)
        case ast.IsNot() if isinstance(right, ast.Constant) and right.value is None:
            return isinstance(left, ast.Name) or holds_anyway(left)
        case ast.In():
            elements = getattr(right, "elts", [])
            return _is_empty(left) or same in map(ast.dump, elements)
        case ast.GtE() | ast.Gt():
            return _is_at_least(left, operator, right)
        case ast.LtE() | ast.Lt():
            mirrored = ast.GtE() if isinstance(operator, ast.LtE) else ast.Gt()
            return _is_at_least(right, mirrored, left)
    return False


def _is_at_least(more: ast.expr, operator: ast.cmpop, less: ast.expr) -> bool:
    """Return whether `more` cannot be below `less`: itself, or a length and 0."""
    if isinstance(operator, ast.GtE):
        if ast.dump(more) == ast.dump(less) or _is_empty(less):
            return True
        least = 0
    else:
        least = -1
    length = isinstance(more, ast.Call) and ast.unparse(more.func) == "len"
    try:
        number = ast.literal_eval(less)
    except ValueError:
        return False
    return length and isinstance(number, int) and number <= least


class _Status(ast.NodeTransformer):
    """Replace a response's status with a number."""

    def __init__(self, status: int) -> None:
        self.status = ast.Constant(status)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return self.status if node.attr == _STATUS else node


def _any_status(test: ast.Compare) -> bool:
    """Return whether every possible status passes."""
    text = ast.unparse(test)
    if text.count(_STATUS) != 1:
        return False
    for status in (_STATUSES[0], 200, 404, 500, _STATUSES[-1]):
        tried = _Status(status).visit(ast.parse(text, mode="eval"))
        names = {n.id for n in ast.walk(tried) if isinstance(n, ast.Name)}
        if names - {"range"} or any(
            isinstance(n, ast.Attribute) for n in ast.walk(tried)
        ):
            return False
        code = compile(ast.fix_missing_locations(tried), "<assertion>", "eval")
        if not eval(code, {"__builtins__": {}, "range": range}):
            return False
    return True


def faults(all_nodes: list[ast.AST]) -> Iterator[Found]:
    """Find assertions among a file's nodes that are true whatever Flask does."""
    for node in all_nodes:
        if isinstance(node, ast.Assert) and holds_anyway(node.test):
            said = ast.unparse(node.test)
            said = said if len(said) <= 50 else f"{said[:47]}..."
            yield (
                node.lineno,
                f"'assert {said}' holds whatever Flask does: compare the run's result"
                " with what you expect",
            )
        for body in _bodies(node):
            yield from _repeated(body)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _over_nothing(node)


def _over_nothing(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Found]:
    """Find assertions about each element of something that may be empty."""
    asserted = [n.test for n in ast.walk(function) if isinstance(n, ast.Assert)]
    for test in asserted:
        over = _each_of(test)
        if over is None or getattr(over, "elts", None):
            continue
        others = [
            node for each in asserted if each is not test for node in ast.walk(each)
        ]
        if ast.dump(over) not in map(ast.dump, others):
            yield (
                test.lineno,
                f"'{ast.unparse(test)}' is true if there is nothing in"
                f" '{ast.unparse(over)}': also assert how many there are",
            )


def _each_of(test: ast.expr) -> ast.expr | None:
    """Return the collection that an assertion checks each element of."""
    match test:
        case ast.Call(func=ast.Name(id="all"), args=[over]):
            pass
        case ast.UnaryOp(ast.Not(), ast.Call(func=ast.Name(id="any"), args=[over])):
            pass
        case _:
            return None
    if isinstance(over, ast.GeneratorExp | ast.ListComp | ast.SetComp):
        return over.generators[0].iter
    return over


def _bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for name in "body", "orelse", "finalbody":
        body = getattr(node, name, None)
        if isinstance(body, list):
            yield body


def _repeated(body: list[ast.stmt]) -> Iterator[Found]:
    """Find comparisons of a value with a name that it was assigned to."""
    known: dict[str, str] = {}
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                known = {**known, name: ast.unparse(value)} if _is_read(value) else {}
            case ast.Assert(test=ast.Compare(ops=[ast.Eq() | ast.Is()]) as test):
                sides = [ast.unparse(s) for s in (test.left, *test.comparators)]
                first, second = (known.get(side, side) for side in sides)
                if first == second and sides[0] != sides[1]:
                    yield (
                        statement.lineno,
                        f"'{sides[0]}' and '{sides[1]}' are the same here: compare"
                        " with what you expect",
                    )
            case _:
                known = {}


def _is_read(value: ast.expr) -> bool:
    """Return whether an expression only reads, and so has the same value again."""
    reading = (ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.expr_context)
    return all(isinstance(node, reading) for node in ast.walk(value))
