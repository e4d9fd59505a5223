"""Describe any callable by the names its author used, without running its code.

A function may be decorated, bound, partial or cached, or be an object whose class
has ``__call__``. Its layers are unwrapped from the outside inwards.
"""

import functools
import inspect
from collections.abc import Iterator
from types import (
    BuiltinFunctionType,
    CodeType,
    FunctionType,
    MethodType,
    MethodWrapperType,
)
from typing import Any, NamedTuple

import flask.views

from .values import attributes, find_in_class, slot

_LAYERS = 50
_CACHED = type(functools.lru_cache(len))
# Not the module's ``__file__``: a module without source is imported from another file.
_VIEWS = flask.views.View.as_view.__code__.co_filename
_BUILTIN = (BuiltinFunctionType, MethodWrapperType)


class Callee(NamedTuple):
    """What is known about a callable."""

    name: str
    module: str | None
    codes: tuple[CodeType, ...]
    """The code of each layer, the innermost last."""
    is_async: bool


def identity(function: object) -> tuple[int, ...]:
    """Identify a function: each access to a method makes a new object of it."""
    if type(function) is MethodType:
        return id(function.__self__), id(function.__func__)
    return (id(function),)


def describe(function: object, method: str = "GET") -> Callee:
    """Return what is known about `function`; `method` selects one of a view class."""
    names: list[str] = []
    codes = []
    module = None
    is_async: bool | None = None
    for layer, hides in layers(function, method):
        code = _code(layer)
        if code is not None and not (hides and type(layer) is not FunctionType):
            codes.append(code)
            if is_async is None:
                is_async = bool(code.co_flags & inspect.CO_COROUTINE)
        found = _name(layer)
        if found is not None:
            names.append(found)
        if hides:
            # A name that the author of the inner function never saw.
            names.clear()
        module = _module(layer) or module
    return Callee(
        names[0] if names else type(function).__name__,
        module,
        tuple(codes),
        bool(is_async),
    )


def layers(function: Any, method: str) -> Iterator[tuple[Any, bool]]:
    """Yield the layers, outermost first, and whether each hides another's name."""
    view_class = None
    for _ in range(_LAYERS):
        inner: Any = None
        hides = False
        kind = type(function)
        if issubclass(kind, functools.partial):
            inner = functools.partial.func.__get__(function)
        elif kind in {MethodType, staticmethod, classmethod}:
            inner = function.__func__
        elif kind is FunctionType:
            own = function.__dict__
            # On the outermost function only, whichever decorators the class names.
            view_class = own.get("view_class", view_class)
            if _is_flasks(function):
                inner = _method_of(view_class, method)
                hides = inner is not None
            else:
                inner = own.get("__wrapped__")
                if inner is None:
                    inner = _decorated(function)
                    hides = inner is not None
        elif kind is _CACHED or not issubclass(kind, type):
            inner = attributes(function).get("__wrapped__")
            if inner is None:
                # A proxy, as wrapt makes them: it has the name of the wrapped object.
                inner = slot(function, "__wrapped__")
                hides = inner is not None
        yield function, hides
        if inner is None:
            return
        function = inner


def _method_of(view_class: Any, method: str) -> Any:
    """Return the method of a view class that handles this request.

    None if there is none: a MethodView may lack the requested method.
    """
    if type(view_class) is not type and not issubclass(type(view_class), type):
        return None
    found = find_in_class(view_class, "dispatch_request")
    if issubclass(view_class, flask.views.MethodView):
        written = vars(view_class).get("dispatch_request")
        if written is None:
            found = find_in_class(view_class, method.lower())
            if found is None and method == "HEAD":
                found = find_in_class(view_class, "get")
    return None if _is_flasks(found) else found


def _is_flasks(function: Any) -> bool:
    return type(function) is FunctionType and function.__code__.co_filename == _VIEWS


def _decorated(function: FunctionType) -> Any:
    """Return the only callable that a plain decorator's inner function calls."""
    code = function.__code__
    both = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS
    if code.co_flags & both != both or code.co_argcount:
        return None
    found = []
    for cell in function.__closure__ or ():
        try:
            value = cell.cell_contents
        except ValueError:
            continue
        if type(value) in {FunctionType, MethodType, functools.partial, _CACHED}:
            found.append(value)
    if len(found) != 1 or _file(found[0]) in {code.co_filename, None}:
        return None
    return found[0]


def _file(function: Any) -> str | None:
    """Return the file that `function` was written in."""
    codes = [_code(layer) for layer, _ in layers(function, "GET")]
    return next((code.co_filename for code in codes if code is not None), None)


def _code(layer: Any) -> CodeType | None:
    if type(layer) is FunctionType:
        return layer.__code__
    if issubclass(type(layer), type) or type(layer) in {
        MethodType, staticmethod, classmethod, functools.partial, _CACHED, *_BUILTIN,
    }:  # fmt: skip
        return None
    called = find_in_class(type(layer), "__call__")
    return called.__code__ if type(called) is FunctionType else None


def _name(layer: Any) -> str | None:
    kind = type(layer)
    if kind is FunctionType or kind in _BUILTIN or kind is type:
        return str(layer.__name__)
    if issubclass(kind, type):
        return str(type.__dict__["__name__"].__get__(layer))
    if kind in {MethodType, staticmethod, classmethod} or issubclass(
        kind, functools.partial
    ):
        return None
    named = attributes(layer).get("__name__")
    if type(named) is str:
        return named
    return None if kind is _CACHED else kind.__name__


def _module(layer: Any) -> str | None:
    kind = type(layer)
    if kind is FunctionType:
        found = layer.__module__
    elif kind in _BUILTIN:
        found = layer.__module__ or type(layer.__self__).__module__
    elif issubclass(kind, type):
        found = type.__dict__["__module__"].__get__(layer)
    elif kind in {MethodType, staticmethod, classmethod, _CACHED, functools.partial}:
        return None
    else:
        found = type.__dict__["__module__"].__get__(kind)
    return found if type(found) is str else None
