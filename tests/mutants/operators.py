"""The changes that make mutants, by the kind of statement or expression they change."""

import ast
from collections.abc import Iterator
from functools import partial

SWAPPED = {
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "+",
    ast.Mod: "+",
    ast.BitOr: "&",
    ast.BitAnd: "|",
}

DISPLAYS = {ast.Tuple: "()", ast.List: "[]", ast.Set: "{}"}

STATEMENTS, EXPRESSIONS = {}, {}

DELETABLE = (
    ast.Expr,
    ast.Assign,
    ast.AnnAssign,
    ast.AugAssign,
    ast.Raise,
    ast.Delete,
    ast.Return,
    ast.Break,
    ast.Continue,
)


def register(table, name, *types):
    def decorate(function):
        operator = partial(function)
        operator.name = name
        for type_ in types:
            table.setdefault(type_, []).append(operator)
        return function

    return decorate


on_statement = partial(register, STATEMENTS)

on_expression = partial(register, EXPRESSIONS)

Edits = Iterator[tuple[int, int, str]]


def conditions(source, test):
    text = source.text(test)
    return f"(not ({text}))", "True", "False"


@on_statement("condition", ast.If, ast.While)
def change_condition(source, node) -> Edits:
    for text in conditions(source, node.test):
        yield *source.span(node.test), text


@on_statement("return-none", ast.Return)
def return_none(source, node) -> Edits:
    if node.value and not isinstance(node.value, ast.Constant):
        yield *source.span(node.value), "None"


@on_statement("assign-none", ast.Assign, ast.AnnAssign)
def assign_none(source, node) -> Edits:
    if node.value and not isinstance(node.value, ast.Constant):
        yield *source.span(node.value), "None"


@on_statement("drop-target", ast.Assign)
def drop_target(source, node) -> Edits:
    texts = [source.text(target) for target in node.targets]
    if len(texts) > 1:
        start, end = source.span(node)
        value = source.text(node.value)
        for rest in without_each(texts):
            yield start, end, " = ".join([*rest, value])


@on_statement("augmented", ast.AugAssign)
def change_augmented(source, node) -> Edits:
    target, value = source.text(node.target), source.text(node.value)
    start, end = source.span(node)
    yield start, end, f"{target} = {value}"
    if type(node.op) in SWAPPED:
        yield start, end, f"{target} {SWAPPED[type(node.op)]}= {value}"


@on_statement("loop", ast.For)
def change_loop(source, node) -> Edits:
    start, end = source.span(node.iter)
    text = source.text(node.iter)
    yield start, end, "()"
    yield start, end, f"list({text})[:1]"


@on_statement("jump", ast.Break, ast.Continue)
def change_jump(source, node) -> Edits:
    other = "continue" if isinstance(node, ast.Break) else "break"
    yield *source.span(node), other


@on_statement("raise-other", ast.Raise)
def raise_other(source, node) -> Edits:
    if isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
        yield *source.span(node.exc.func), "Exception"


@on_statement("drop-context", ast.With)
def drop_context(source, node) -> Edits:
    start = source.span(node)[0]
    items = [source.text(item.context_expr) for item in node.items]
    last = node.items[-1]
    end = source.span(last.optional_vars or last.context_expr)[1]
    if any(item.optional_vars for item in node.items):
        return
    for rest in without_each(items):
        yield start, end, f"with {', '.join(rest)}" if rest else "if True"


@on_statement("unprotect", ast.Try)
def collapse_finally(source, node) -> Edits:
    if not node.finalbody:
        return
    before = [*node.body, *node.handlers, *node.orelse][-1]
    start, end = source.between(before, node.finalbody[0], b"finally")
    first = source.span(node)[0]
    if node.handlers:
        yield start, end, "if True"
    else:
        middle = source.data[first + len("try") : start].decode()
        yield first, end, f"if True{middle}if True"
    # What was done at the end, whatever happened, is done for errors only.
    tail = source.span(node.finalbody[-1])[1]
    indent = " " * node.col_offset
    block = source.data[start:tail].decode()
    if not node.handlers:
        body = block.replace("finally", "except BaseException", 1)
        yield start, tail, f"{body}\n{indent}    raise"


@on_expression("negate", ast.UnaryOp)
def drop_unary(source, node) -> Iterator[str]:
    yield f"({source.text(node.operand)})"


@on_expression("compare", ast.Compare)
def change_comparison(source, node) -> Iterator[str]:
    operands = [node.left, *node.comparators]
    texts = [f"{source.text(operand)}" for operand in operands]
    for index, operator in enumerate(node.ops):
        words = [source_of(op) for op in node.ops]
        words[index] = SWAPPED[type(operator)]
        pairs = zip(words, texts[1:], strict=True)
        yield " ".join([texts[0], *(f"{word} {text}" for word, text in pairs)])


def source_of(operator):
    words = ast.unparse(ast.Compare(ast.Name("a"), [operator], [ast.Name("b")]))
    return words[2:-2]


@on_expression("binary", ast.BinOp)
def change_binary(source, node) -> Iterator[str]:
    if type(node.op) in SWAPPED:
        left, right = source.text(node.left), source.text(node.right)
        yield f"{left} {SWAPPED[type(node.op)]} {right}"
        yield left
        yield right


@on_expression("boolean", ast.BoolOp)
def change_boolean(source, node) -> Iterator[str]:
    texts = [f"({source.text(value)})" for value in node.values]
    word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    yield f" {other} ".join(texts)
    for rest in without_each(texts):
        yield "(" + f" {word} ".join(rest) + ")"


@on_expression("condition", ast.IfExp)
def change_choice(source, node) -> Iterator[str]:
    yield f"({source.text(node.body)})"
    yield f"({source.text(node.orelse)})"


@on_expression("constant", ast.Constant)
def change_constant(source, node) -> Iterator[str]:
    value = node.value
    if isinstance(value, bool):
        yield repr(not value)
    elif value is None:
        yield "'mutant'"
    elif isinstance(value, int):
        yield repr(value + 1)
    elif isinstance(value, str):
        yield repr(f"XX{value}")
    elif isinstance(value, bytes):
        yield repr(b"XX" + value)


@on_expression("text", ast.JoinedStr)
def change_f_string(source, node) -> Iterator[str]:
    yield "'mutant'"
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            rest = [v for v in node.values if v is not value]
            yield ast.unparse(ast.JoinedStr(rest))


@on_expression("argument", ast.Call)
def change_arguments(source, node) -> Iterator[str]:
    function = source.text(node.func)
    positional = [source.text(argument) for argument in node.args]
    named = [
        f"{k.arg}={source.text(k.value)}" if k.arg else f"**{source.text(k.value)}"
        for k in node.keywords
    ]
    for rest in without_each([*positional, *named]):
        yield f"{function}({', '.join(rest)})"
    for swapped in with_neighbours_swapped(positional):
        yield f"{function}({', '.join([*swapped, *named])})"


@on_expression("unwrap", ast.Call)
def unwrap_call(source, node) -> Iterator[str]:
    if len(node.args) == 1 and not node.keywords:
        if not isinstance(node.args[0], ast.Starred):
            yield f"({source.text(node.args[0])})"
    elif not node.args and not node.keywords and isinstance(node.func, ast.Attribute):
        yield source.text(node.func.value)


@on_expression("items", *DISPLAYS)
def change_items(source, node) -> Iterator[str]:
    opening, closing = DISPLAYS[type(node)]
    comma = "," if isinstance(node, ast.Tuple) else ""
    texts = [source.text(item) for item in node.elts]
    if isinstance(getattr(node, "ctx", None), ast.Load) or isinstance(node, ast.Set):
        for rest in without_each(texts):
            if rest or not isinstance(node, ast.Set):
                yield opening + ", ".join(rest) + (comma if rest else "") + closing
    if not isinstance(node, ast.Set) and node not in source.unordered:
        for swapped in with_neighbours_swapped(texts):
            yield opening + ", ".join(swapped) + closing


@on_expression("items", ast.Dict)
def change_entries(source, node) -> Iterator[str]:
    pairs = zip(node.keys, node.values, strict=True)
    texts = [f"{source.text(k)}: {source.text(v)}" for k, v in pairs if k]
    for rest in without_each(texts):
        yield "{" + ", ".join(rest) + "}"


@on_expression("return-none", ast.Lambda)
def return_nothing(source, node) -> Iterator[str]:
    start, _ = source.span(node)
    body, _ = source.span(node.body)
    yield source.data[start:body].decode() + "None"


@on_expression("yield-none", ast.Yield)
def yield_none(source, node) -> Iterator[str]:
    if node.value and not isinstance(node.value, ast.Constant):
        yield "yield None"


def without_each(texts):
    for index in range(len(texts)):
        yield texts[:index] + texts[index + 1 :]


def with_neighbours_swapped(texts):
    for index in range(len(texts) - 1):
        swapped = list(texts)
        swapped[index : index + 2] = texts[index + 1], texts[index]
        yield swapped
