"""Read what the code of a function mentions, without calling it."""

import contextlib
import dis
import inspect
from collections.abc import Iterable, Iterator
from types import CodeType, FunctionType
from typing import Any

import flask

from .callables import layers

_FUNCTIONS = 30
"""How many functions are read for one: those it names, and those they name."""
_BY_NAME = {"setattr": "sets", "getattr": "uses", "hasattr": "uses"}
_METHODS = {"get": "uses", "pop": "uses", "setdefault": "both"}
_COPIES = {"COPY", "DUP_TOP"}
_SKIPPED = {"PUSH_NULL", "CACHE", "RESUME", "PRECALL", "NOP", "EXTENDED_ARG"}


_TEMPLATES = {
    "render_template", "render_template_string", "stream_template",
    "stream_template_string",
}  # fmt: skip


class Mentions:
    """The names found in code."""

    def __init__(self) -> None:
        self.sets_g: set[str] = set()
        self.uses_g: set[str] = set()
        """The attributes read; ``*`` if a template is rendered, which may read any."""
        self.returns_value = False
        """It can return something other than ``None``, or raise an exception itself."""


def mentions(function: Any, codes: Iterable[CodeType]) -> Mentions:
    """Read `codes`, the layers of `function`, and the functions they name.

    Only functions of the same module are followed.
    """
    found = Mentions()
    own = list(codes)[-1:]
    seen: set[CodeType] = set()
    waiting: list[tuple[CodeType, FunctionType | None]] = [
        (layer.__code__, layer)
        for layer, _ in layers(function, "GET")
        if type(layer) is FunctionType
    ]
    waiting += [(code, None) for code in codes]
    while waiting and len(seen) < _FUNCTIONS:
        code, of = waiting.pop(0)
        if code in seen:
            continue
        seen.add(code)
        known = list(_known(code, of))
        _read(code, found, {"g", *(name for name, one in known if one is flask.g)})
        found.returns_value |= _raises(code) or (code in own and _returns_value(code))
        waiting += [(one, of) for one in code.co_consts if type(one) is CodeType]
        waiting += [
            (one.__code__, one)
            for _, one in known
            if type(one) is FunctionType and of and one.__module__ == of.__module__
        ]
    return found


def _known(code: CodeType, of: FunctionType | None) -> Iterator[tuple[str, Any]]:
    """Yield the outside names that `code`, in the function `of`, uses."""
    if of is None:
        return
    cells = dict(zip(of.__code__.co_freevars, of.__closure__ or (), strict=True))
    for name in code.co_freevars:
        # In an inner function, it may be a variable of the enclosing one.
        if name in cells:
            with contextlib.suppress(ValueError):
                yield name, cells[name].cell_contents
    for name in code.co_names:
        if name in of.__globals__:
            yield name, of.__globals__[name]


def _instructions(code: CodeType) -> list[dis.Instruction]:
    return [one for one in dis.get_instructions(code) if one.opname not in _SKIPPED]


def _is_g(one: dis.Instruction, names: set[str]) -> bool:
    if one.argval not in names:
        return False
    return one.opname.startswith("LOAD_") and one.opname != "LOAD_CONST"


def _read(code: CodeType, found: Mentions, names: set[str]) -> None:
    """Record which attributes of ``g``, known as `names`, are set and read."""
    if _TEMPLATES & {*code.co_names}:
        found.uses_g.add("*")
    if not names & {*code.co_names, *code.co_varnames, *code.co_freevars}:
        return
    instructions = _instructions(code)
    for place in range(len(instructions) - 1):
        if not _is_g(instructions[place], names):
            continue
        following = instructions[place + 1 : place + 3]
        first, second = following[0], following[-1]
        name = str(first.argval)
        constant = second.argval if type(second.argval) is str else None
        if first.opname == "STORE_ATTR":
            found.sets_g.add(name)
        elif first.opname in _COPIES and second.opname == "LOAD_ATTR":
            found.sets_g.add(str(second.argval))
            found.uses_g.add(str(second.argval))
        elif first.opname in {"LOAD_ATTR", "LOAD_METHOD"}:
            told = _METHODS.get(name)
            if told is None:
                found.uses_g.add(name)
            elif constant is not None:
                found.uses_g.add(constant)
                if told == "both":
                    found.sets_g.add(constant)
        elif first.opname == "LOAD_CONST" and type(first.argval) is str:
            asked = {str(one.argval) for one in instructions[max(0, place - 2) : place]}
            for function, told in _BY_NAME.items():
                if function in asked:
                    (found.sets_g if told == "sets" else found.uses_g).add(name)
        elif first.opname == "CONTAINS_OP" and place:
            before = instructions[place - 1].argval
            if type(before) is str:
                found.uses_g.add(before)


def _returns_value(code: CodeType) -> bool:
    before: dis.Instruction | None = None
    if code.co_flags & inspect.CO_GENERATOR:
        return True
    for one in _instructions(code):
        if one.opname == "RETURN_CONST" and one.argval is not None:
            return True
        if one.opname == "RETURN_VALUE" and not (
            before is not None
            and before.opname == "LOAD_CONST"
            and before.argval is None
        ):
            return True
        before = one
    return False


def _raises(code: CodeType) -> bool:
    if "abort" in code.co_names:
        return True
    return any(one.opname == "RAISE_VARARGS" and one.arg for one in _instructions(code))
