"""What can be seen of a request at one moment: plain data, taken without a trace.

Reading must not change what is read. A session notes that it was looked at and
then adds a ``Vary`` header; a response turns a generator into a list. So nothing
here goes through Flask's proxies or through a method with such an effect.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from http.cookies import SimpleCookie
from typing import Any, TypedDict

import flask.globals
from flask.sessions import NullSession
from werkzeug.wrappers import Response

from .masks import excerpt, mask, show


class ResponseState(TypedDict):
    """A response object as it stood."""

    status: str
    headers: list[list[str]]
    cookies: dict[str, str]
    body: str | None
    """The first 200 characters; ``None`` while the body is a stream."""


class RequestState(TypedDict):
    """The request; `endpoint` and `view_args` are set once the URL is matched."""

    method: str
    path: str
    headers: dict[str, str]
    cookies: dict[str, str]
    endpoint: str | None
    view_args: dict[str, str]


class State(TypedDict):
    """All that a step carries. `g` and `session` are ``None`` where none exists."""

    request: RequestState
    response: ResponseState | None
    g: dict[str, str] | None
    session: dict[str, str] | None


CONTEXTS = vars(flask.globals).get("_cv_request", flask.globals._cv_app)
"""Where Flask keeps the request context.

Since Flask 3.2 one context has both roles; before, there were two.
"""


def active_context() -> Any:
    """Return the request context of this thread, or ``None``."""
    return CONTEXTS.get(None)


def request_of(context: object) -> Any:
    """Return the request object of a context; ``None`` if it has none.

    Not through the properties, which raise, open the session or mark it accessed.
    """
    attributes = vars(context) if context is not None else {}
    return attributes.get("_request", attributes.get("request"))


def response_state(response: object) -> ResponseState | None:
    """Describe `response`, or return ``None`` when it is not a response object."""
    if not isinstance(response, Response):
        return None
    cookies: dict[str, str] = {}
    for header in response.headers.getlist("Set-Cookie"):
        cookies.update(_cookies(header))
    body = None
    if isinstance(response.response, (list, tuple)):
        parts = (p.encode() if isinstance(p, str) else p for p in response.response)
        body = excerpt(b"".join(parts).decode("utf-8", "replace"))
    return {
        "status": response.status,
        "headers": headers_state(response.headers),
        "cookies": cookies,
        "body": body,
    }


@lru_cache(maxsize=1024)
def _cookies(header: str) -> tuple[tuple[str, str], ...]:
    """Read a ``Cookie`` or ``Set-Cookie`` header."""
    return tuple(
        (name, "(deleted)" if morsel["max-age"] == "0" else mask(morsel.value))
        for name, morsel in SimpleCookie(header).items()
    )


def headers_state(headers: Iterable[tuple[str, str]]) -> list[list[str]]:
    """List headers in their order. Werkzeug makes ``Allow`` from a set: sort it."""
    return [
        [name, ", ".join(sorted(value.split(", "))) if name == "Allow" else mask(value)]
        for name, value in headers
    ]


def request_state(environ: Mapping[str, Any], request: Any = None) -> RequestState:
    """Describe a request from its WSGI `environ` and, once matched, its object."""
    headers = {
        key[5:].replace("_", "-").title(): mask(str(value))
        for key, value in environ.items()
        if key.startswith("HTTP_")
    }
    rule = getattr(request, "url_rule", None)
    view_args = getattr(request, "view_args", None) or {}
    path: str = environ.get("PATH_INFO", "/")
    if query := environ.get("QUERY_STRING"):
        path = f"{path}?{query}"
    return {
        "method": environ.get("REQUEST_METHOD", "GET"),
        "path": path,
        "headers": headers,
        "cookies": dict(_cookies(environ.get("HTTP_COOKIE", ""))),
        "endpoint": getattr(rule, "endpoint", None),
        "view_args": {name: show(value) for name, value in view_args.items()},
    }


def g_state() -> dict[str, str] | None:
    """Describe ``flask.g`` of the active application context."""
    context = flask.globals._cv_app.get(None)
    if context is None:
        return None
    return {name: show(value) for name, value in vars(context.g).items()}


def session_state() -> dict[str, str] | None:
    """Describe the session without marking it as accessed."""
    context = active_context()
    attributes = vars(context) if context is not None else {}
    session = attributes.get("_session", attributes.get("session"))
    return None if session is None else session_values(session)


def session_values(session: object) -> dict[str, str] | None:
    """Describe `session`; one that is not a ``dict`` cannot be read in silence."""
    if isinstance(session, NullSession) or not isinstance(session, dict):
        return None
    return {str(name): show(value) for name, value in dict.items(session)}


def flatten(state: State) -> dict[str, str]:
    """Name every value in `state` as a reader would watch it.

    ``Set-Cookie`` headers appear as ``response.cookies`` and nowhere else.
    """
    flat: dict[str, str] = {}
    request = state["request"]
    for name, value in request["headers"].items():
        flat[f"request.headers[{name}]"] = value
    for name, value in request["cookies"].items():
        flat[f"request.cookies[{name}]"] = value
    if request["endpoint"]:
        flat["request.endpoint"] = request["endpoint"]
    for name, value in request["view_args"].items():
        flat[f"request.view_args[{name}]"] = value
    if response := state["response"]:
        flat["response"] = "a response"
        flat["response.status"] = response["status"]
        for name, value in response["headers"]:
            if name == "Set-Cookie":
                continue
            key = f"response.headers[{name}]"
            flat[key] = f"{flat[key]}, {value}" if key in flat else value
        for name, value in response["cookies"].items():
            flat[f"response.cookies[{name}]"] = value
        flat["response.body"] = (
            "(streamed)" if response["body"] is None else response["body"]
        )
    for name, value in (state["g"] or {}).items():
        flat[f"g.{name}"] = value
    for name, value in (state["session"] or {}).items():
        flat[f"session[{name}]"] = value
    return flat
