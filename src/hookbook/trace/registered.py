"""Give Flask registries whose functions report when they are called.

Flask's own code gets these for ``app.before_request_funcs`` and the like. The
registries themselves keep the application's own functions.
"""

from collections.abc import Callable, Iterator, MutableMapping, MutableSequence
from typing import Any, NamedTuple

from .calls import Told, real


class Registry(NamedTuple):
    """How the functions of one registry appear in steps."""

    kind: str
    phase: str
    scoped: bool = True
    """The functions are listed by blueprint; otherwise the app has one list."""


REGISTRIES = {
    "url_value_preprocessors": Registry("hook", "url_value_preprocessor"),
    "before_first_request_funcs": Registry("hook", "before_first_request", False),
    "before_request_funcs": Registry("hook", "before_request"),
    "after_request_funcs": Registry("hook", "after_request"),
    "teardown_request_funcs": Registry("teardown", "teardown_request"),
    "teardown_appcontext_funcs": Registry("teardown", "teardown_appcontext", False),
    "template_context_processors": Registry("hook", "context_processor"),
    "url_default_functions": Registry("hook", "url_defaults"),
    "url_build_error_handlers": Registry("handler", "url_build_error", False),
}

Tell = Callable[[Any], Told]
"""Wraps one registered function."""


class HandedList:
    """A list of functions, as Flask's code sees it."""

    __slots__ = ("_list", "_tell")

    def __init__(self, functions: Any, tell: Tell) -> None:
        self._list, self._tell = functions, tell

    def __iter__(self) -> Iterator[Told]:
        return map(self._tell, self._list)

    def __reversed__(self) -> Iterator[Told]:
        return map(self._tell, reversed(self._list))

    def __getitem__(self, place: Any) -> Any:
        found = self._list[place]
        if isinstance(place, slice):
            return [self._tell(one) for one in found]
        return self._tell(found)

    def __len__(self) -> int:
        return len(self._list)

    def __contains__(self, function: object) -> bool:
        return real(function) in self._list

    def __setitem__(self, place: Any, value: Any) -> None:
        self._list[place] = plain(list(value) if isinstance(place, slice) else value)

    def __delitem__(self, place: Any) -> None:
        del self._list[place]

    def copy(self) -> list[Told]:
        """Return a copy of the list."""
        return list(self)

    def pop(self, *place: Any) -> Told:
        """Remove a function from the list, and return it."""
        return self._tell(self._list.pop(*place))

    def append(self, function: Any) -> None:
        """Append a function to the list."""
        self._list.append(real(function))

    def insert(self, place: Any, function: Any) -> None:
        """Insert a function into the list."""
        self._list.insert(place, real(function))

    def remove(self, function: Any) -> None:
        """Remove a function from the list."""
        self._list.remove(real(function))

    def extend(self, functions: Any) -> None:
        """Append several functions to the list."""
        self._list.extend(map(real, functions))

    def __iadd__(self, other: Any) -> "HandedList":
        self.extend(other)
        return self

    def __add__(self, other: Any) -> list[Any]:
        return [*self, *other]

    def __radd__(self, other: Any) -> list[Any]:
        return [*other, *self]

    def __mul__(self, times: Any) -> list[Any]:
        return [*self] * int(times)

    __rmul__ = __mul__

    @property  # type: ignore[misc]  # a method in object
    def __class__(self) -> Any:
        """Pretend to be the class of the wrapped list."""
        return type(self._list)

    def __eq__(self, other: object) -> bool:
        return bool(self._list == getattr(other, "_list", other))

    __hash__ = None  # type: ignore[assignment]  # as lists have

    def __repr__(self) -> str:
        return repr(self._list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._list, name)


class HandedDict:
    """A mapping to functions, or to lists of them, as Flask's code sees it."""

    __slots__ = ("_dict", "_hand")

    def __init__(self, functions: Any, hand: Callable[[Any, Any], Any]) -> None:
        self._dict, self._hand = functions, hand

    def __getitem__(self, key: Any) -> Any:
        return self._hand(key, self._dict[key])

    def get(self, key: Any, default: Any = None) -> Any:
        """Return what is registered under `key`."""
        return self._hand(key, self._dict[key]) if key in self._dict else default

    def items(self) -> list[tuple[Any, Any]]:
        """List the keys, and what is registered under each."""
        return [(key, self._hand(key, value)) for key, value in self._dict.items()]

    def __setitem__(self, key: Any, value: Any) -> None:
        self._dict[key] = plain(value)

    def __delitem__(self, key: Any) -> None:
        del self._dict[key]

    def pop(self, key: Any, *default: Any) -> Any:
        """Remove what is registered under `key`, and return it."""
        if key in self._dict:
            return self._hand(key, self._dict.pop(key))
        return self._dict.pop(key, *default)

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """Return what is registered under `key`; otherwise register `default` first."""
        return self._hand(key, self._dict.setdefault(key, plain(default)))

    def update(self, *others: Any, **more: Any) -> None:
        """Register everything in `others`."""
        self._dict.update(plain(dict(*others, **more)))

    def copy(self) -> dict[Any, Any]:
        """Return a copy of the mapping."""
        return dict(self.items())

    def __or__(self, other: Any) -> Any:
        found: dict[Any, Any] = self.copy() | plain(other)
        return found

    def __ror__(self, other: Any) -> Any:
        return other | self.copy()

    def __ior__(self, other: Any) -> "HandedDict":
        self.update(other)
        return self

    def __reversed__(self) -> Iterator[Any]:
        return iter([*self._dict][::-1])

    def values(self) -> list[Any]:
        """List what is registered."""
        return [value for _, value in self.items()]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._dict)

    def __len__(self) -> int:
        return len(self._dict)

    def __contains__(self, key: object) -> bool:
        return key in self._dict

    @property  # type: ignore[misc]  # a method in object
    def __class__(self) -> Any:
        """Pretend to be the class of the wrapped mapping."""
        return type(self._dict)

    def __eq__(self, other: object) -> bool:
        return bool(self._dict == getattr(other, "_dict", other))

    __hash__ = None  # type: ignore[assignment]  # as lists have

    def __repr__(self) -> str:
        return repr(self._dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dict, name)


# So that a match statement treats them like the originals.
MutableSequence.register(HandedList)
MutableMapping.register(HandedDict)


def plain(value: Any) -> Any:
    """Return `value` as the application would have it, without wrappers."""
    kind = type(value)
    if kind is Told:
        return real(value)
    if kind is HandedList:
        return value._list
    if kind is HandedDict:
        return value._dict
    if kind is list and any(type(one) is Told for one in value):
        return [real(one) for one in value]
    if kind is dict and any(_tells(one) for one in value.values()):
        return {key: plain(one) for key, one in value.items()}
    return value


def _tells(value: Any) -> bool:
    return plain(value) is not value


def owner_of(scope: Any) -> str:
    """Return the owner of a function, from its key in a registry."""
    return "app" if scope is None else f"blueprint {scope}"
