"""Mutants of a module: what one small change to one function can be.

A mutant replaces a piece of the source text, so its diff reads like a diff.
"""

import ast
import difflib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
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
FUNCTIONS = ast.FunctionDef, ast.AsyncFunctionDef
NAMED = (*FUNCTIONS, ast.ClassDef)
DISPLAYS = {ast.Tuple: "()", ast.List: "[]", ast.Set: "{}"}


@dataclass(frozen=True)
class Mutant:
    """One change. Its id names what is changed, not where: lines may shift."""

    id: str
    path: str
    function: str
    operator: str
    line: int
    before: str
    after: str

    def diff(self):
        lines = difflib.unified_diff(
            self.before.splitlines(),
            self.after.splitlines(),
            f"flask/{self.path}",
            f"flask/{self.path} (mutant)",
            n=1,
            lineterm="",
        )
        return "\n".join(lines)


def mutants_of(path, source, targets):
    """Return the mutants of the *targets* in *source*: functions, classes, or all.

    A target is a qualified name; ``<module>`` is what stands outside of functions
    and classes.
    """
    edits = Source(source).edits(targets)
    found, seen, ids = [], set(), Counter()
    for function, operator, start, end, text in edits:
        if (start, end, text) in seen:
            continue
        seen.add((start, end, text))
        data = source.encode()
        old = data[start:end].decode()
        after = (data[:start] + text.encode() + data[end:]).decode()
        name = f"{path}: {function}: {operator}: {brief(old)} -> {brief(text)}"
        ids[name] += 1
        if ids[name] > 1:
            name += f" #{ids[name]}"
        line = data[:start].count(b"\n") + 1
        found.append(Mutant(name, path, function, operator, line, source, after))
    return found


def brief(text):
    return re.sub(r"\s+", " ", text).strip() or "nothing"


class Source:
    """The text of a module, and what may be changed in it."""

    def __init__(self, text):
        self.data = text.encode()
        self.tree = ast.parse(text)
        # Displays whose order means nothing.
        self.unordered = set()
        self.starts = [0]
        for line in self.data.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def edits(self, targets):
        """Yield (function, operator, start, end, new text) in the order of lines."""
        wanted = dict.fromkeys(targets, False)
        for name, node in self.functions(self.tree, ""):
            hit = [t for t in targets if name == t or name.startswith(f"{t}.")]
            wanted.update(dict.fromkeys(hit, True))
            if hit:
                # A function inside a target is met as a part of it.
                for edit in self.own_edits(node):
                    yield name, *edit
        if missing := [name for name, found in wanted.items() if not found]:
            raise LookupError(", ".join(missing))

    def functions(self, parent, prefix):
        if isinstance(parent, ast.Module):
            yield "<module>", parent
        for node in ast.iter_child_nodes(parent):
            if isinstance(node, NAMED) and not self.is_overload(node):
                name = f"{prefix}{node.name}"
                yield name, node
                yield from self.functions(node, f"{name}.")
            elif not isinstance(node, NAMED):
                yield from self.functions(node, prefix)

    def is_overload(self, node):
        return any(ast.unparse(d).endswith("overload") for d in node.decorator_list)

    # The walk: from a function into its own statements and expressions.

    def own_edits(self, owner):
        if isinstance(owner, FUNCTIONS):
            for decorator in owner.decorator_list:
                start, end = self.span(decorator)
                yield "remove-decorator", start - 1, end, ""
            for default in [*owner.args.defaults, *owner.args.kw_defaults]:
                if default is not None:
                    yield from self.walk(default)
        for statement in owner.body:
            last = isinstance(owner, FUNCTIONS) and statement is owner.body[-1]
            yield from self.statement(statement, last)

    def statement(self, node, last=False):
        if isinstance(node, NAMED) or self.is_inert(node):
            return
        for operator in STATEMENTS.get(type(node), ()):
            for edit in operator(self, node):
                yield operator.name, *edit
        if isinstance(node, DELETABLE) and not (last and isinstance(node, ast.Return)):
            yield "delete-statement", *self.span(node), "pass"
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                yield from self.statement(child)
            elif isinstance(child, ast.excepthandler):
                yield from self.handler(child)
            elif isinstance(child, ast.expr):
                if child is not getattr(node, "annotation", None):
                    yield from self.walk(child)
            elif isinstance(child, ast.withitem):
                yield from self.walk(child.context_expr)

    def handler(self, node):
        if node.type is not None:
            start, end = self.span(node.type)
            yield "except-nothing", start, end, "()"
            wider = {"Exception": "BaseException"}.get(ast.unparse(node.type))
            yield "except-wider", start, end, wider or "Exception"
        for statement in node.body:
            yield from self.statement(statement)

    def is_inert(self, node):
        """Whether nothing happens there, or nothing but for a type checker."""
        if isinstance(node, (ast.Import, ast.ImportFrom, ast.Assert, ast.Pass)):
            return True
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith(
            "TYPE_CHECKING"
        ):
            return True
        if isinstance(node, ast.Assign):
            value = ast.unparse(node.value)
            return value.startswith(("t.TypeVar", "t.Callable[", "t.cast("))
        if isinstance(node, ast.AnnAssign):
            return node.value is None
        return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)

    def walk(self, node):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "t.cast":
            yield from self.walk(node.args[1])
            return
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance":
            self.unordered.update(node.args[1:])
        for operator in EXPRESSIONS.get(type(node), ()):
            for text in operator(self, node):
                yield operator.name, *self.span(node), text
        # Python 3.11 does not know where the parts of an f-string are.
        if isinstance(node, ast.JoinedStr):
            return
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Constant) and compares_identity(node):
                # Python warns of an `is` with any other constant.
                continue
            if isinstance(child, ast.keyword):
                yield from self.walk(child.value)
            elif isinstance(child, ast.comprehension):
                yield from self.walk(child.iter)
                for test in child.ifs:
                    for text in conditions(self, test):
                        yield "condition", *self.span(test), text
                    yield from self.walk(test)
            elif isinstance(child, ast.expr):
                yield from self.walk(child)

    # The text of nodes.

    def span(self, node):
        start = self.starts[node.lineno - 1] + node.col_offset
        return start, self.starts[node.end_lineno - 1] + node.end_col_offset

    def text(self, node):
        start, end = self.span(node)
        return self.data[start:end].decode()

    def between(self, before, after, word):
        """Return the span of the last *word* between two nodes."""
        start, end = self.span(before)[1], self.span(after)[0]
        found = self.data.rindex(word, start, end)
        return found, found + len(word)


def compares_identity(node):
    return isinstance(node, ast.Compare) and isinstance(
        node.ops[0], (ast.Is, ast.IsNot)
    )


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
