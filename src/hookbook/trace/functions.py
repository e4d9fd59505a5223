"""Everything that is registered with an application, in the order Flask calls it.

The registries are read, no function is called: an entry says what Flask would call,
when, and for which requests. Works on Flask 2.2 to 3.1 and the development version.
"""

from __future__ import annotations

import dataclasses
import weakref
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypedDict

import blinker.base
import flask
import flask.signals

from .callables import describe, identity
from .distributions import distribution_of
from .mentions import Mentions, mentions
from .registered import REGISTRIES, owner_of
from .sources import Sources
from .values import attributes, type_name


class Rule(TypedDict):
    """A URL rule of a view, and the methods that it takes, sorted."""

    rule: str
    methods: list[str]


@dataclasses.dataclass
class Registered:
    """One function that Flask may call, and the requests it is called for."""

    kind: str
    """As in a step: ``hook``, ``view``, ``handler``, ``teardown`` or ``signal``."""
    phase: str
    """As in a step: ``before_request``, ``errorhandler``; of a receiver, the signal."""
    name: str
    """The function's name, as in a step."""
    owner: str
    """``app`` or ``blueprint NAME``: for all requests, or for those of its URLs."""
    module: str | None = None
    distribution: str | None = None
    """The distribution of its module, with its version: ``Flask-Login 0.6.3``."""
    file: str | None = None
    """The file of its code, relative if it is below the working folder."""
    line: int | None = None
    """The line of its ``def`` in this file, from 1."""
    is_async: bool = False
    endpoint: str | None = None
    """Only of a view."""
    rules: list[Rule] = dataclasses.field(default_factory=list)
    """Only of a view; not in a trace, which has only the view of its own URL."""
    handles: str | None = None
    """Only of an error handler: ``404``, ``KeyError``."""
    sender: str | None = None
    """Only of a receiver: ``any``, ``app``, or ``other`` for another sender."""
    collected: bool = False
    """The receiver was garbage-collected before the request: nothing will call it."""
    passed_over: str | None = None
    """Why it was not called, where no step says so: ``muted`` or ``list changed``."""
    twin: int | None = None
    """The position, from 1, of an earlier registration of the same function."""
    sets_g: list[str] = dataclasses.field(default_factory=list)
    """The attributes of ``g`` that its code sets."""
    uses_g: list[str] = dataclasses.field(default_factory=list)
    """Attributes its code reads; ``*`` if it renders a template, which may add some."""
    returns_value: bool = False
    """Its code can return something other than ``None``, or call ``abort``."""


SIGNALS = {
    "appcontext_pushed": 0, "request_started": 10, "before_render_template": 40,
    "template_rendered": 41, "message_flashed": 42, "got_request_exception": 55,
    "request_finished": 65, "request_tearing_down": 71, "appcontext_tearing_down": 81,
    "appcontext_popped": 82,
}  # fmt: skip
"""Flask's own signals, each with its place in a request."""

_PLACES = {
    "before_first_request": 5, "url_value_preprocessor": 20, "before_request": 21,
    "view": 30, "url_defaults": 35, "url_build_error": 36, "context_processor": 39,
    "errorhandler": 50, "after_request": 60, "teardown_request": 70,
    "teardown_appcontext": 80, **SIGNALS,
}  # fmt: skip
_BACKWARDS = {"after_request", "teardown_request", "teardown_appcontext"}
_INNERMOST_FIRST = {*_BACKWARDS, "errorhandler"} - {"teardown_appcontext"}


Row = tuple[int, str, str, Any, Any, dict[str, Any]]
"""The place in a request, the kind, the phase, the scope, the function, and more."""


def registered_with(
    app: Any, sources: Sources | None = None, method: str = "GET"
) -> list[Registered]:
    """List all functions of `app`, in the order in which Flask would call them.

    For a view class, the function is that of `method`. Flask's own functions are left
    out, except the view of static files. Only receivers of Flask's signals are listed.
    """
    found = [
        *hooks_of(app, sources),
        *views_of(app, sources, method),
    ]
    return sorted(found, key=lambda one: _PLACES[one.phase])


def hooks_of(app: Any, sources: Sources | None = None) -> list[Registered]:
    """List all functions of `app` except its views, in the order Flask calls them."""
    return [entry for _, entry in listed(functions_of(app), sources or Sources())]


Key = tuple[str, str, tuple[int, ...]]
"""The phase, the owner and the identity of a registered function."""


def listed(rows: list[Row], sources: Sources) -> list[tuple[Key, Registered]]:
    """Return what is known about the functions, each with a key that identifies it."""
    found: list[tuple[Any, Registered]] = []
    for _, kind, phase, scope, function, more in rows:
        entry = entry_of(kind, phase, owner_of(scope), function, sources)
        if entry is not None:
            for name, value in more.items():
                setattr(entry, name, value)
            found.append((function, entry))
    _note_twins(found)
    return [
        ((entry.phase, entry.owner, identity(function)), entry)
        for function, entry in found
    ]


def entry_of(
    kind: str, phase: str, owner: str, function: Any, sources: Sources,
    method: str = "GET",
) -> Registered | None:  # fmt: skip
    """Return what is known about one function; ``None`` for Flask's own."""
    callee = describe(function, method)
    top = (callee.module or "").partition(".")[0]
    if top == "hookbook" or (top == "flask" and kind != "view"):
        return None
    file, line = sources.place(callee)
    said: Mentions = mentions(function, callee.codes)
    return Registered(
        kind, phase, callee.name, owner,
        module=callee.module,
        distribution=distribution_of(callee.module) if callee.module else None,
        file=file, line=line, is_async=callee.is_async,
        sets_g=sorted(said.sets_g), uses_g=sorted(said.uses_g),
        returns_value=said.returns_value,
    )  # fmt: skip


def _note_twins(rows: list[tuple[Any, Registered]]) -> None:
    """Mark functions registered twice, which one request calls twice."""
    first: dict[tuple[Any, ...], list[tuple[int, str]]] = {}
    for place, (function, entry) in enumerate(rows, 1):
        if entry.kind in {"handler", "signal"}:
            continue
        earlier = first.setdefault((entry.phase, *identity(function)), [])
        for before, owner in earlier:
            if _within(owner, entry.owner) or _within(entry.owner, owner):
                entry.twin = before
                break
        earlier.append((place, entry.owner))


def _within(inner: str, outer: str) -> bool:
    """Return whether each request of `inner` is also one of `outer`."""
    return outer in {inner, "app"} or inner.startswith(f"{outer}.")


def functions_of(app: Any) -> list[Row]:
    """List the functions of `app` except its views, in the order Flask calls them."""
    return sorted(_functions(app), key=lambda row: row[0])


def _functions(app: Any) -> Iterator[Row]:
    own = attributes(app)
    for name, registry in REGISTRIES.items():
        functions = own.get(name) or {}
        phase, place = registry.phase, _PLACES[registry.phase]
        listed: Mapping[Any, Any] = functions if registry.scoped else {None: functions}
        for scope in _scopes(listed, innermost=phase in _INNERMOST_FIRST):
            one: Iterable[Any] = listed[scope]
            if phase in _BACKWARDS:
                one = reversed(list(one))
            for function in one:
                yield place, registry.kind, phase, scope, function, {}
    yield from _error_handlers(own.get("error_handler_spec") or {})
    yield from _receivers(app)


def _scopes(listed: Mapping[Any, Any], *, innermost: bool) -> list[Any]:
    """Order the app (``None``) and the blueprints as Flask looks them up."""
    blueprints = [scope for scope in listed if scope is not None]
    blueprints.sort(key=lambda name: name.count("."), reverse=innermost)
    of_app = [None] if None in listed else []
    return [*blueprints, *of_app] if innermost else [*of_app, *blueprints]


def _error_handlers(spec: Mapping[Any, Any]) -> Iterator[Row]:
    for scope in _scopes(spec, innermost=True):
        # Flask looks for the code first, then for the class alone.
        codes = sorted(spec[scope], key=lambda code: (code is None, code or 0))
        for code in codes:
            for kind, function in spec[scope][code].items():
                handles = type_name(kind) if code is None else str(code)
                yield (
                    _PLACES["errorhandler"], "handler", "errorhandler", scope,
                    function, {"handles": handles},
                )  # fmt: skip


def _receivers(app: Any) -> Iterator[Row]:
    for name, place in SIGNALS.items():
        signal = getattr(flask.signals, name)
        # Copies: the garbage collector may remove a receiver at any moment.
        receivers = dict(attributes(signal).get("receivers") or {})
        senders = dict(attributes(signal).get("_by_receiver") or {})
        for number, held in receivers.items():
            function = held() if _is_reference(held) else held
            if function is None:
                continue
            sender = _sender(app, signal, senders.get(number) or set())
            if sender is None:
                continue
            yield place, "signal", name, None, function, {"sender": sender}


def _is_reference(held: Any) -> bool:
    """Return whether a signal's reference is weak; old blinker has its own type."""
    kind = type(held)
    return issubclass(kind, weakref.ref) or kind.__module__.startswith("blinker.")


def _sender(app: Any, signal: Any, wanted: set[Any]) -> str | None:
    """Return whose signals a receiver gets.

    ``None`` if they come only from other applications, or from senders that are gone.
    """
    if id(app) in wanted:
        return "app"
    if blinker.base.ANY_ID in wanted:
        return "any"
    known = dict(attributes(signal).get("_weak_senders") or {})
    wanted = set(wanted)
    senders = [known[one]() for one in wanted if one in known]
    elsewhere = [
        one for one in senders if one is None or issubclass(type(one), flask.Flask)
    ]
    return None if len(elsewhere) == len(wanted) else "other"


def views_of(
    app: Any, sources: Sources | None = None, method: str = "GET"
) -> list[Registered]:
    """List the views of `app` with their rules, in the order of registration."""
    rules: dict[str, list[Rule]] = {}
    for rule in app.url_map.iter_rules():
        rules.setdefault(rule.endpoint, []).append(
            {"rule": rule.rule, "methods": sorted(rule.methods or ())}
        )
    found = []
    for endpoint, function in (attributes(app).get("view_functions") or {}).items():
        entry = view_entry(endpoint, function, sources or Sources(), method)
        entry.rules = rules.get(endpoint, [])
        found.append(entry)
    return found


def view_entry(
    endpoint: str, function: Any, sources: Sources, method: str = "GET"
) -> Registered:
    """Return what is known about the view of `endpoint`."""
    owner = owner_of(endpoint.rpartition(".")[0] or None)
    entry = entry_of("view", "view", owner, function, sources, method)
    assert entry is not None
    entry.endpoint = endpoint
    if (entry.module or "").partition(".")[0] == "flask":
        entry.name = endpoint.rpartition(".")[2]
    return entry


def applies(entry: Registered, endpoint: str | None) -> bool:
    """Return whether `entry` is for requests of `endpoint`; ``None``: no URL matched.

    A ``url_defaults`` function depends on the URL that is built, not on the request's.
    """
    if entry.kind == "view":
        return entry.endpoint == endpoint
    if entry.sender == "other":
        return False
    return entry.owner == "app" or entry.owner[10:] in blueprints_of(endpoint)


def blueprints_of(endpoint: str | None) -> list[str]:
    """Name the blueprints of an endpoint, innermost first, as Flask does."""
    path = (endpoint or "").split(".")[:-1]
    return [".".join(path[:end]) for end in range(len(path), 0, -1)]
