"""The output of ``flask hooks``: everything registered with an application."""

import dataclasses
import sys
from collections.abc import Iterator
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

import flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import EnvironBuilder

from hookbook.trace.functions import Registered, applies, registered_with

from .loading import Loaded
from .printing import Printer, bad, name, soft
from .wrapping import Layer, layer


@dataclasses.dataclass(frozen=True)
class Match:
    """The result of matching a URL and a method."""

    method: str
    url: str
    endpoint: str | None
    outcome: str
    """``matched``, or the status of Flask's response if nothing matched."""


def match(app: flask.Flask, url: str, method: str) -> Match:
    """Match a URL as Flask does when a request comes in."""
    builder = EnvironBuilder(path=url, method=method)
    try:
        request = app.request_class(builder.get_environ())
    finally:
        builder.close()
    try:
        adapter = app.create_url_adapter(request)
        if adapter is None:
            return Match(method, url, None, "no host matched")
        rule, _ = adapter.match(return_rule=True)
    except RequestRedirect as error:
        return Match(method, url, None, f"{error.code} redirect to {error.new_url}")
    except HTTPException as error:
        return Match(method, url, None, f"{error.code} {error.name}")
    return Match(method, url, rule.endpoint, "matched")


def session_interface(app: flask.Flask) -> Layer:
    """Describe the session interface."""
    return layer(app.session_interface)


def as_json(loaded: Loaded, url: str | None, method: str) -> dict[str, Any]:
    """Return the listing as ``hooks.schema.json`` describes it."""
    return {
        "flask": version("flask"),
        "werkzeug": version("werkzeug"),
        "applications": [_app_json(loaded, app, url, method) for app in loaded.apps],
    }


def _app_json(
    loaded: Loaded, app: flask.Flask, url: str | None, method: str
) -> dict[str, Any]:
    found = None if url is None else match(app, url, method)
    return {
        "name": app.name,
        "request": None if found is None else dataclasses.asdict(found),
        "wsgi": [one._asdict() for one in loaded.layers(app)],
        "session_interface": session_interface(app)._asdict(),
        "functions": [dataclasses.asdict(one) for one in functions(app, found)],
    }


def functions(app: flask.Flask, found: Match | None) -> list[Registered]:
    """List the functions of `app`, or only those that apply to the matched request."""
    if found is None:
        return registered_with(app)
    entries = registered_with(app, method=found.method)
    return [entry for entry in entries if applies(entry, found.endpoint)]


def show(printer: Printer, loaded: Loaded, url: str | None, method: str) -> None:
    """Print the listing."""
    for number, app in enumerate(loaded.apps):
        if number:
            printer.gap()
        found = None if url is None else match(app, url, method)
        _head(printer, loaded, app, found)
        entries = functions(app, found)
        for phase, group in groupby(entries, key=lambda one: one.phase):
            printer.gap()
            printer.line(name(phase), soft(_about(phase)))
            for place, entry in enumerate(group, 1):
                printer.line(f"{place:3}  ", *_entry(entry), hang=9)


def _head(
    printer: Printer, loaded: Loaded, app: flask.Flask, found: Match | None
) -> None:
    printer.line(
        name(app.name), f", Flask {version('flask')}, Werkzeug {version('werkzeug')}"
    )
    if found is not None:
        said: Any = f": endpoint {found.endpoint}"
        if found.endpoint is None:
            said = bad(f": {found.outcome}")
        printer.line(f"{found.method} {found.url}", said)
    layers = loaded.layers(app)
    if layers:
        told = ", then ".join(brought(one) for one in layers)
        printer.line(f"WSGI middleware: {told}", hang=2)
    printer.line(f"Session interface: {brought(session_interface(app))}", hang=2)


def brought(one: Layer) -> str:
    """Describe a layer that is not a hook, with its distribution."""
    source = one.distribution or one.module
    return f"{one.name} ({source})" if source else one.name


def _about(phase: str) -> str:
    if phase in {"after_request", "teardown_request", "teardown_appcontext"}:
        return ", last registered first"
    return ""


def _entry(entry: Registered) -> Iterator[Any]:
    """Yield the pieces of one function's entry."""
    yield name(entry.name)
    if entry.is_async:
        yield " async"
    if entry.handles:
        yield f" for {entry.handles}"
    if entry.endpoint and entry.endpoint.rpartition(".")[2] != entry.name:
        yield f" as {entry.endpoint}"
    for rule in entry.rules:
        methods = [one for one in rule["methods"] if one not in {"HEAD", "OPTIONS"}]
        yield f" {','.join(methods) or ','.join(rule['methods'])} {rule['rule']}"
    if entry.sender == "other":
        yield " from another sender"
    if entry.twin is not None:
        yield bad(" registered twice")
    source = [entry.owner, place_of(entry)]
    yield soft(f"  {', '.join(filter(None, source))}")


def place_of(entry: Registered) -> str:
    """Return which file has the function, and which distribution it is from."""
    place = ""
    if entry.file is not None:
        place = f"{short(entry.file)}:{entry.line}"
    elif entry.module is not None:
        place = f"module {entry.module}"
    return ", ".join(filter(None, [place, entry.distribution]))


def short(file: str) -> str:
    """Return `file` relative to the folder where Python finds its package."""
    path = Path(file)
    if not path.is_absolute():
        return file
    above = [Path(one) for one in sys.path if one and path.is_relative_to(one)]
    folder = max(above, key=lambda one: len(one.parts), default=None)
    return path.relative_to(folder).as_posix() if folder is not None else file
