"""Mutants of a module: what one small change to one function can be.

A mutant replaces a piece of the source text, so its diff reads like a diff.
"""

import ast
import difflib
import re
from collections import Counter
from dataclasses import dataclass

from tests.mutants.operators import DELETABLE, EXPRESSIONS, STATEMENTS, conditions

FUNCTIONS = ast.FunctionDef, ast.AsyncFunctionDef
NAMED = (*FUNCTIONS, ast.ClassDef)


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

    A target is a qualified name; ``<module>`` is code outside of functions
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
            if compares_identity(node):
                yield from (e for e in self.walk(child) if not self.warns(child, *e))
            elif isinstance(child, ast.keyword):
                yield from self.walk(child.value)
            elif isinstance(child, ast.comprehension):
                yield from self.walk(child.iter)
                for test in child.ifs:
                    for text in conditions(self, test):
                        yield "condition", *self.span(test), text
                    yield from self.walk(test)
            elif isinstance(child, ast.expr):
                yield from self.walk(child)

    def warns(self, operand, operator, start, end, text):
        """Whether it makes *operand* of an ``is`` a constant that Python warns of."""
        if (start, end) != self.span(operand):
            return False
        new = ast.parse(text, mode="eval").body
        return isinstance(new, ast.Constant) and new.value is not None

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
