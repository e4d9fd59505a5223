"""Replace attributes of classes during a recording.

Flask looks its own methods and registries up on the application, each time it needs
them. A seam is a descriptor that sees such a lookup and the code that makes it:
Flask's own code may get something that reports; any other code gets the original.
"""

import inspect
import sys
from collections.abc import Callable, Mapping
from types import CodeType, FrameType, FunctionType
from typing import Any

import flask

from .calls import unseen
from .registered import plain
from .values import attributes, find_in_class

MISSING: Any = object()
"""Marks an attribute that a class doesn't have, though its instances do."""

HandOut = Callable[[Any, Any, FrameType], Any]
"""Gets the instance, the original and the asking frame; returns the replacement."""

Fail = Callable[[Exception], None]
"""Records one of our own failures."""

LIFECYCLE = (
    "wsgi_app", "full_dispatch_request", "preprocess_request", "dispatch_request",
    "handle_exception", "handle_http_exception", "handle_user_exception",
    "finalize_request", "make_response", "process_response", "do_teardown_request",
    "do_teardown_appcontext", "update_template_context", "inject_url_defaults",
    "handle_url_build_error", "try_trigger_before_first_request_functions",
)  # fmt: skip
"""The methods of an application in which Flask calls registered functions."""


class Seam:
    """Replaces one attribute of one class."""

    def __init__(self, owner: type, name: str, hand_out: HandOut, fail: Fail) -> None:
        self.owner, self.name, self.hand_out, self.fail = owner, name, hand_out, fail
        self.original = type.__dict__["__dict__"].__get__(owner).get(name, MISSING)
        self.__doc__ = getattr(self.original, "__doc__", None)

    def place(self) -> None:
        """Replace the attribute."""
        type.__setattr__(self.owner, self.name, self)

    def remove(self) -> None:
        """Restore the attribute."""
        if vars(self.owner).get(self.name) is not self:
            return
        if self.original is MISSING:
            type.__delattr__(self.owner, self.name)
        else:
            type.__setattr__(self.owner, self.name, self.original)

    # Code that takes it out of the class, as unittest.mock does, has the original.

    @property  # type: ignore[misc]  # a method in object
    def __class__(self) -> Any:
        """Pretend to be the class of the original."""
        return type(self.original)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.original, name)

    @unseen
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the original, for code that took this out of the class."""
        return self.original(*args, **kwargs)

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            if self.original is MISSING:
                raise AttributeError(self.name)
            get = getattr(type(self.original), "__get__", None)
            return get(self.original, None, owner) if get else self.original
        there = self._there(instance)
        frame = sys._getframe(1)
        # A class may change while its attributes are looked up.
        while frame.f_code.co_name == "__getattribute__" and frame.f_back is not None:
            frame = frame.f_back
        try:
            return self.hand_out(instance, there, frame)
        except Exception as error:
            self.fail(error)
            return there

    def _there(self, instance: Any) -> Any:
        kind = type(self.original)
        get = getattr(kind, "__get__", None)
        if not hasattr(kind, "__set__"):
            own = attributes(instance)
            if self.name in own:
                return own[self.name]
        if self.original is MISSING:
            raise AttributeError(
                f"'{type(instance).__name__}' object has no attribute '{self.name}'"
            )
        return get(self.original, instance, type(instance)) if get else self.original

    def __set__(self, instance: Any, value: Any) -> None:
        if hasattr(type(self.original), "__set__"):
            self.original.__set__(instance, value)
        else:
            attributes(instance)[self.name] = plain(value)

    def __delete__(self, instance: Any) -> None:
        if hasattr(type(self.original), "__delete__"):
            self.original.__delete__(instance)
        elif self.name in attributes(instance):
            del attributes(instance)[self.name]
        else:
            raise AttributeError(self.name)


class Watched(Seam):
    """Replaces one attribute of one class, and reports when it is set."""

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return super().__get__(instance, owner)
        return self._there(instance)

    def __set__(self, instance: Any, value: Any) -> None:
        super().__set__(instance, value)
        try:
            self.hand_out(instance, value, sys._getframe(1))
        except Exception as error:
            self.fail(error)


class Seams:
    """All seams of a recording, placed on each class when an instance is met."""

    def __init__(self, fail: Fail) -> None:
        self._fail = fail
        self._placed: list[Seam] = []
        self._known: set[tuple[type, int]] = set()
        self._at: dict[tuple[type, str], list[Seam]] = {}

    def place(self, kind: type, table: Mapping[str, HandOut]) -> None:
        """Place the seams of `table` on each class that `kind` inherits them from."""
        if (kind, id(table)) in self._known:
            return
        self._known.add((kind, id(table)))
        for base in kind.__mro__[:-1]:
            for name, hand_out in table.items():
                if name in vars(base):
                    self._add(base, name, hand_out)

    def place_on(self, kind: type, table: Mapping[str, HandOut]) -> None:
        """Place the seams of `table` on `kind` only, for its instances."""
        for name, hand_out in table.items():
            if type(vars(kind).get(name, MISSING)) in {Seam, type(MISSING)}:
                self._add(kind, name, hand_out)

    def watch(self, kind: type, table: Mapping[str, HandOut]) -> None:
        """Call the functions of `table` when an attribute of `kind` is set."""
        for base in kind.__mro__[:-1]:
            for name, told in table.items():
                if name in vars(base):
                    self._add(base, name, told, Watched)

    def renew(self) -> None:
        """Place seams again where other code has replaced them.

        Flask 3.2 wraps its own methods when a class is defined that overrides one with
        the old signature; instrumentation also replaces them.
        """
        for seam in self._placed.copy():
            if seam.name in vars(seam.owner):
                self._add(seam.owner, seam.name, seam.hand_out, type(seam))

    def remove(self) -> None:
        """Restore all classes."""
        while self._placed:
            self._placed.pop().remove()
        self._known.clear()
        self._at.clear()

    def _add(
        self, kind: type, name: str, hand_out: HandOut, sort: type[Seam] = Seam
    ) -> None:
        if any(vars(kind).get(name) is seam for seam in self._at.get((kind, name), ())):
            return
        seam = sort(kind, name, hand_out, self._fail)
        self._at.setdefault((kind, name), []).append(seam)
        seam.place()
        self._placed.append(seam)


def code_of(function: Any) -> CodeType | None:
    """Return the code of a method as its author wrote it, inside its decorators."""
    if type(function) is Seam:
        function = function.original
    function = getattr(function, "__func__", function)
    if type(function) is not FunctionType:
        return None
    inner = inspect.unwrap(function)
    return inner.__code__ if type(inner) is FunctionType else function.__code__


def codes_of(kind: type, names: tuple[str, ...]) -> dict[CodeType, str]:
    """Map the code of each of these methods, on all classes of `kind`, to its name."""
    found: dict[CodeType, str] = {}
    for base in kind.__mro__:
        for name in names:
            code = code_of(vars(base).get(name))
            if code is not None:
                found.setdefault(code, name)
    return found


_INSIDE = {"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"}

FLASKS = codes_of(flask.Flask, LIFECYCLE)
"""The code of Flask's own methods."""


class Lookups:
    """Finds which code looks something up on an application."""

    def __init__(self) -> None:
        self._kinds: dict[type, tuple[dict[CodeType, str], set[CodeType]]] = {}

    def overridden(self, app: Any, name: str) -> bool:
        """Return whether something replaces Flask's own method `name`."""
        first = attributes(app).get(name, find_in_class(type(app), name))
        code = code_of(first)
        return code is None or FLASKS.get(code) != name

    def method(self, app: Any, frame: FrameType) -> str | None:
        """Return the name of the lifecycle method that asks; ``None`` for others.

        It may be Flask's own, or its replacement on the application or its class. A
        lookup through ``current_app`` counts as its caller's.
        """
        while frame.f_globals.get("__name__") == "werkzeug.local":
            if frame.f_back is None:
                return None
            frame = frame.f_back
        kind, own = type(app), attributes(app)
        known, helpers = self._known(kind)
        asks: FrameType | None = frame
        while asks is not None:
            code = asks.f_code
            name = known.get(code)
            if name is not None:
                return name
            for name in LIFECYCLE:
                if name in own and code_of(own[name]) is code:
                    return name
            asks = asks.f_back
            # A comprehension counts as its enclosing function; a method that the
            # application's class adds to Flask's counts as its caller.
            inside = asks is not None and code in asks.f_code.co_consts
            if code not in helpers and not (inside and code.co_name in _INSIDE):
                return None
        return None

    def _known(self, kind: type) -> tuple[dict[CodeType, str], set[CodeType]]:
        if kind not in self._kinds:
            helpers = {
                function.__code__
                for base in kind.__mro__
                if base not in flask.Flask.__mro__
                for function in vars(base).values()
                if type(function) is FunctionType
            }
            self._kinds[kind] = FLASKS | codes_of(kind, LIFECYCLE), helpers
        return self._kinds[kind]
