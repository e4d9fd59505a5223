"""Describe a value without running any of its code.

Plain builtins are shown, with a limit. Anything else is named by its type: its
``repr``, length, truth and attributes may do anything, and are never used.
"""

import contextlib
import functools
import sys
import traceback
import weakref
from collections.abc import Callable, Iterable
from itertools import islice
from types import (
    FunctionType,
    GeneratorType,
    GetSetDescriptorType,
    MemberDescriptorType,
)
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from .masks import mask as masked

LIMIT = 200
"""How many characters of a text are shown."""
_READ = 20 * LIMIT
"""How many characters of a text are read: masked values are short."""
_DEPTH = 20
_MEMBERS = 1000
"""How many members of a container are compared, and of a set sorted."""

Mask = Callable[[str], str]
"""Removes what differs between runs from a text; or does nothing."""


def _ids(*kinds: type) -> frozenset[int]:
    """Identify classes by identity: a metaclass may have its own ``==``."""
    return frozenset(map(id, kinds))


_SCALARS = _ids(type(None), bool, int, float, complex, str, bytes, type(...))
_SHOWN = _SCALARS | _ids(type, range)
_TEXTS = _ids(str, bytes, bytearray)
_ROWS = _ids(list, tuple)
_SETS = _ids(set, frozenset)
_CUT = ("cut",)
_SLOTS = {GetSetDescriptorType, MemberDescriptorType}
# Werkzeug's own descriptor, which reads the code; its classes don't change it.
_NAME_OF_ERROR: Callable[[HTTPException], str] = HTTPException.__dict__["name"].fget


def type_name(kind: type) -> str:
    """Return the qualified name of a type, as Python's own `repr` has it."""
    name: str = type.__dict__["__qualname__"].__get__(kind)
    module = type.__dict__["__module__"].__get__(kind)
    return name if module in {"builtins", "__main__"} else f"{module}.{name}"


def find_in_class(kind: type, name: str) -> Any:
    """Return the class attribute `name`, without asking an instance; or ``None``.

    `kind` is the class whose bases are searched, in its order.
    """
    for base in type.__dict__["__mro__"].__get__(kind):
        found = type.__dict__["__dict__"].__get__(base).get(name)
        if found is not None:
            return found
    return None


def attributes(value: object) -> dict[str, Any]:
    """Return an object's own attributes, without running its code."""
    found = slot(value, "__dict__")
    return found if type(found) is dict else {}


def slot(value: object, name: str) -> Any:
    """Return what Python itself stores under `name`; ``None`` where code would run."""
    descriptor = find_in_class(type(value), name)
    if type(descriptor) not in _SLOTS:
        return None
    try:
        return descriptor.__get__(value)
    except (AttributeError, ValueError):
        return None


class _Full(Exception):
    """The limit has been reached."""


class _Writer:
    """Writes the `repr` of plain builtins up to a limit."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.left = _READ

    def put(self, text: str) -> None:
        self.pieces.append(text)
        self.left -= len(text)
        if self.left < 0:
            raise _Full

    def write(self, value: Any, depth: int = _DEPTH) -> None:
        kind = type(value)
        if id(kind) in _TEXTS:
            self.put(repr(value[: _READ + 1]))
        elif kind is int and value.bit_length() > _READ:
            self.put(f"<int of {value.bit_length()} bits>")
        elif id(kind) in _SHOWN:
            self.put(repr(value))
        elif kind is dict:
            self._members("{", value.items() if depth else None, "}", depth, self._item)
        elif kind is list:
            self._members("[", value if depth else None, "]", depth)
        elif kind is tuple:
            end = ",)" if len(value) == 1 else ")"
            self._members("(", value if depth else None, end, depth)
        elif id(kind) in _SETS:
            self._set(value, kind, depth)
        elif issubclass(kind, HTTPException) and _is_werkzeugs(kind):
            code = attributes(value).get("code", find_in_class(kind, "code"))
            name = _NAME_OF_ERROR(value)
            self.put(f"<{kind.__name__} '{code or '???'}: {name}'>")
        elif kind is FunctionType:
            self.put(f"<function {value.__qualname__} at 0x…>")
        elif issubclass(kind, BaseException) and kind.__module__ == "builtins":
            self.put(kind.__name__)
            self._members("(", _arguments(value), ")", depth)
        else:
            self.put(f"<{type_name(kind)} object at 0x…>")

    def _item(self, item: tuple[Any, Any], depth: int) -> None:
        self.write(item[0], depth)
        self.put(": ")
        self.write(item[1], depth)

    def _members(
        self, begin: str, members: Iterable[Any] | None, end: str, depth: int,
        write: Callable[[Any, int], None] | None = None,
    ) -> None:  # fmt: skip
        self.put(begin)
        if members is None:
            self.put("…")
        else:
            write = write or self.write
            for place, member in enumerate(members):
                if place:
                    self.put(", ")
                write(member, depth - 1)
        self.put(end)

    def _set(self, value: Any, kind: type, depth: int) -> None:
        begin, end = ("{", "}") if kind is set else ("frozenset({", "})")
        if not value:
            self.put("set()" if kind is set else "frozenset()")
        elif len(value) > _MEMBERS or not depth:
            self.put(f"{begin}… {len(value)} members{end}")
        else:
            kinds = {type(member) for member in value}
            if kinds <= {str} or kinds <= {int, float, bool}:
                members = sorted(value)
                self._members(begin, members, end, depth)
            else:
                texts = sorted(written(member) for member in value)
                self._members(begin, texts, end, depth, lambda text, _: self.put(text))


def _is_werkzeugs(kind: type) -> bool:
    """Return whether an HTTP exception is shown by Werkzeug's own code."""
    own = vars(HTTPException)
    return all(find_in_class(kind, one) is own[one] for one in ("__repr__", "name"))


def written(value: object) -> str:
    """Return the beginning of the `repr` of `value`, longer than is ever shown."""
    writer = _Writer()
    with contextlib.suppress(_Full):
        writer.write(value)
    return "".join(writer.pieces)


def excerpt(text: str, mask: Mask = masked, limit: int = LIMIT) -> str:
    """Return `text` masked and cut to `limit` characters."""
    # Masked values are short; of a long text, the beginning is enough.
    begun = mask(text[: 20 * limit])
    if len(begun) <= limit and len(text) <= 20 * limit:
        return begun
    return begun[: limit - 1] + "…"


def show(value: object, mask: Mask = masked) -> str:
    """Return the masked, bounded `repr` of a plain builtin; otherwise the type."""
    return excerpt(written(value), mask)


def exact(value: object) -> Any:
    """Return the comparable form of `value`: its content, as far as it is plain.

    Of large containers, the first members and the length count.
    """
    left = _MEMBERS

    def walk(value: Any, depth: int) -> Any:
        nonlocal left
        kind = type(value)
        if id(kind) in _SCALARS:
            return kind, value
        left -= 1
        if left < 0 or not depth:
            return _CUT
        if id(kind) in _ROWS:
            members = tuple(walk(one, depth - 1) for one in value[: left + 1])
            return kind, len(value), members
        if kind is dict:
            items = list(islice(value.items(), left + 1))
            return kind, len(value), tuple(
                (walk(key, depth - 1), walk(one, depth - 1)) for key, one in items
            )  # fmt: skip
        if id(kind) in _SETS and len(value) <= left:
            return kind, written(value)
        if kind is bytearray:
            return kind, len(value), bytes(value[:_READ])
        return id(kind), id(value)

    return walk(value, _DEPTH)


def describe_value(value: object, mask: Mask) -> str:
    """Describe briefly what a function returned."""
    if issubclass(type(value), Response):
        return f"a response ({attributes(value).get('_status')})"
    if type(value) is GeneratorType:
        return "a generator"
    return show(value, mask)


def _says_itself(error: BaseException) -> bool:
    """Return whether the text of `error` comes from Python or Werkzeug alone."""
    kind = type(error)
    if type(find_in_class(kind, "__getattribute__")) is FunctionType:
        return False
    if issubclass(kind, HTTPException):
        told = attributes(error).get("description")
        speaks = find_in_class(kind, "__str__") is vars(HTTPException)["__str__"]
        return speaks and _is_werkzeugs(kind) and type(told) in {str, type(None)}
    owners = (base for base in kind.__mro__ if "__str__" in vars(base))
    speaker = next(owners, object)
    if speaker.__module__ != "builtins":
        return False
    return "Group" in speaker.__name__ or _is_plain(_arguments(error))


def _arguments(error: BaseException) -> tuple[Any, ...]:
    args: Any = vars(BaseException)["args"]
    found: tuple[Any, ...] = args.__get__(error)
    return found


def _is_plain(value: Any, depth: int = 3) -> bool:
    """Return whether `value` is a plain builtin, with only such values in it."""
    if id(type(value)) in _ROWS:
        return depth > 0 and all(_is_plain(one, depth - 1) for one in value[:50])
    return id(type(value)) in _SCALARS


def describe_exception(error: BaseException, mask: Mask) -> str:
    """Return ``Type: message``, masked, as the last line of a traceback has it."""
    if _says_itself(error):
        text = "".join(traceback.format_exception_only(error)).strip()
    else:
        told = ", ".join(written(one) for one in _arguments(error))
        text = f"{type_name(type(error))}: {told}" if told else type_name(type(error))
    return mask(text)


class ById:
    """Notes on objects that are compared by identity, and not kept alive."""

    def __init__(self) -> None:
        self._notes: dict[int, tuple[Any, Any]] = {}

    def put(self, subject: object, note: object) -> None:
        """Keep `note` for as long as `subject` lives."""
        drop = functools.partial(self._drop, id(subject))
        try:
            reference: Any = weakref.ref(subject, drop)
        except TypeError:
            reference = functools.partial(_itself, subject)
        self._notes[id(subject)] = reference, note

    def get(self, subject: object) -> Any:
        """Return the note on `subject`, or ``None``."""
        reference, note = self._notes.get(id(subject), (None, None))
        return note if reference is not None and reference() is subject else None

    def _drop(self, number: int, reference: object) -> None:
        if self._notes.get(number, (None,))[0] is reference:
            del self._notes[number]


def _itself(subject: object) -> object:
    return subject


def handled() -> BaseException | None:
    """Return the exception that is being handled where this is called."""
    return sys.exc_info()[1]
