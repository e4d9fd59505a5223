"""What is wrapped around a Flask application: WSGI middleware, dispatchers.

Inspected from outside: nothing is called, and no attribute computed.
"""

import functools
from collections.abc import Iterable, Iterator
from types import FunctionType, MethodType
from typing import Any, NamedTuple

import flask

from hookbook.trace.callables import describe
from hookbook.trace.distributions import distribution_of
from hookbook.trace.values import attributes

_MEMBERS = 100
"""How many members of one container are inspected."""
_OBJECTS = 10_000
"""How many objects are inspected in all."""


class Layer(NamedTuple):
    """One piece of WSGI middleware."""

    name: str
    module: str | None
    distribution: str | None


def apps_in(entry: Any) -> list[flask.Flask]:
    """List the Flask applications that `entry` is, or passes requests to."""
    return [path[-1] for path in _paths(entry)]


def layers_over(entry: Any, app: flask.Flask) -> list[Layer]:
    """List the layers a request to `entry` passes on its way to `app`'s own code."""
    found: list[Any] = []
    for path in _paths(entry):
        if path[-1] is app:
            found += path[:-1]
            break
    inside = attributes(app).get("wsgi_app")
    if inside is not None:
        found += _down_to(app, inside)
    return [layer(one) for one in found]


def layer(wrapper: Any) -> Layer:
    """Name a wrapper by its function or class."""
    callee = describe(wrapper)
    # For an object, its class counts: its module may be that of a base.
    module = callee.module
    return Layer(
        callee.name, module, distribution_of(module) if module is not None else None
    )


def _down_to(app: flask.Flask, wrapper: Any) -> list[Any]:
    """List the wrappers that have replaced ``app.wsgi_app``, outermost first."""
    for path in _paths(wrapper, ends=app):
        return path[:-1]
    # The object it passes requests to can't be found, but the wrapper is known.
    return [wrapper]


def _paths(entry: Any, ends: Any = None) -> Iterator[list[Any]]:
    """Find the paths from `entry` to Flask applications, through callables."""
    seen = {id(entry)}
    waiting = [[entry]]
    for path in waiting:
        last = path[-1]
        if isinstance(last, MethodType) and isinstance(last.__self__, flask.Flask):
            last = last.__self__
            path = [*path[:-1], last]
        if issubclass(type(last), flask.Flask):
            if ends is None or last is ends:
                yield path
            continue
        for child in _callables(_inside(last)):
            if id(child) not in seen and len(seen) < _OBJECTS:
                seen.add(id(child))
                waiting.append([*path, child])


def _inside(wrapper: Any) -> list[Any]:
    """List the objects inside `wrapper`."""
    kind = type(wrapper)
    if kind is FunctionType:
        cells = wrapper.__closure__ or ()
        return [_content(cell) for cell in cells] + [wrapper.__dict__]
    if kind is MethodType:
        return [wrapper.__self__]
    if issubclass(kind, functools.partial):
        return [wrapper.func, *wrapper.args, wrapper.keywords]
    return list(attributes(wrapper).values())


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return None


def _callables(values: Iterable[Any], depth: int = 2) -> Iterator[Any]:
    """Select callables, also in containers; classes are never wrappers."""
    for value in values:
        kind = type(value)
        if depth and kind in {list, tuple, set}:
            yield from _callables(list(value)[:_MEMBERS], depth - 1)
        elif depth and kind is dict:
            yield from _callables(list(value.values())[:_MEMBERS], depth - 1)
        elif not issubclass(kind, type) and callable(value):
            yield value
