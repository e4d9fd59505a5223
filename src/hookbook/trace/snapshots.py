"""Capture what can be seen of a request at one moment, without side effects.

Reading must not change what is read. A session records that it was accessed and
then adds a ``Vary`` header; a response turns a generator into a list. So nothing
here goes through Flask's proxies or through a method with such an effect.
"""

import contextlib
from collections.abc import Iterable, Mapping
from contextvars import Token
from functools import lru_cache
from types import MemberDescriptorType
from typing import Any, NamedTuple, TypedDict

import flask.globals
import werkzeug.http
from flask.sessions import NullSession
from werkzeug.datastructures import EnvironHeaders, Headers
from werkzeug.wrappers import Response

from .values import Mask, attributes, exact, excerpt, show


class ResponseState(TypedDict):
    """The state of a response object."""

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
    """The full state in a step. `g` and `session` are ``None`` where none exists."""

    request: RequestState
    response: ResponseState | None
    g: dict[str, str] | None
    session: dict[str, str] | None


class Parts(NamedTuple):
    """The same, not yet shortened and masked: the form in which states are compared."""

    request: tuple[Any, ...]
    response: tuple[Any, ...] | None
    g: dict[str, Any] | None
    session: dict[str, Any] | None
    response_and_stream: tuple[int, int | None] | None = None
    """The identities of the objects."""


_PIECES = 1000
"""How many pieces of a body are compared; the rest are only counted."""
_LONG = 10_000
"""Characters of a piece that is encoded only once, not for each step."""

CONTEXTS = vars(flask.globals).get("_cv_request", flask.globals._cv_app)
"""Where Flask keeps the request context.

Since Flask 3.2 one context has both roles; before, there were two.
"""


def active_context() -> Any:
    """Return the request context of this thread, or ``None``.

    Since Flask 3.2 another application's context may be on top of it.
    """
    context = CONTEXTS.get(None)
    while context is not None and request_of(context) is None:
        token = attributes(context).get("_cv_token")
        below = token.old_value if type(token) is Token else None
        context = None if below is Token.MISSING else below
    return context


def request_of(context: object) -> Any:
    """Return the request object of a context; ``None`` if it has none.

    Not through the properties, which raise, open the session or mark it accessed.
    """
    own = attributes(context) if context is not None else {}
    return own.get("_request", own.get("request"))


def session_of(context: object) -> Any:
    """Return the session of a context if it is open, or ``None``."""
    own = attributes(context) if context is not None else {}
    return own.get("_session", own.get("session"))


def g_values(context: object) -> dict[str, Any] | None:
    """Return the values on the ``g`` of an application context, by name."""
    if context is None:
        return None
    g = attributes(context).get("g")
    values = dict(attributes(g))
    kind: Any = type(g)
    for name, slot in _slots(kind):
        with contextlib.suppress(AttributeError):
            values[name] = slot.__get__(g)
    return values


@lru_cache(maxsize=64)
def _slots(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (name, slot)
        for base in kind.__mro__
        for name, slot in vars(base).items()
        if type(slot) is MemberDescriptorType
    )


def session_values(session: object) -> dict[str, Any] | None:
    """Return the items of `session`; only a ``dict`` is read."""
    kind = type(session)
    if issubclass(kind, NullSession) or not issubclass(kind, dict):
        return None
    values: Any = session
    items: list[tuple[Any, Any]] = list(dict.items(values))
    return {name if type(name) is str else show(name): one for name, one in items}


def request_parts(environ: Mapping[str, Any], request: Any = None) -> tuple[Any, ...]:
    """Return the comparable form of a request."""
    keys = _sent_keys(tuple(environ))
    sent = tuple((key, environ[key]) for key in keys if type(environ[key]) is str)
    own = attributes(request) if request is not None else {}
    rule, values = own.get("url_rule"), own.get("view_args")
    endpoint = attributes(rule).get("endpoint") if rule is not None else None
    arguments = values if type(values) is dict else {}
    return sent, endpoint, {name: exact(value) for name, value in arguments.items()}


_SENT = {
    "CONTENT_TYPE", "CONTENT_LENGTH", "REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO",
    "QUERY_STRING",
}  # fmt: skip


@lru_cache(maxsize=64)
def _sent_keys(keys: tuple[Any, ...]) -> tuple[str, ...]:
    """Select the keys of a WSGI environment that the client has sent."""
    return tuple(
        key
        for key in keys
        if type(key) is str and (key in _SENT or key.startswith("HTTP_"))
    )


def response_parts(response: object) -> tuple[Any, ...] | None:
    """Return the comparable form of a response; ``None`` for another object."""
    if not issubclass(type(response), Response):
        return None
    own = attributes(response)
    headers: Any = own.get("headers")
    listed: tuple[tuple[str, str], ...] = ()
    if issubclass(type(headers), Headers):
        listed = tuple(Headers.__iter__(headers))
    elif type(headers) in {dict, list}:
        # Set by an application: Werkzeug turns them into headers.
        listed = tuple(Headers(headers))
    return str(own.get("_status")), listed, body_parts(own.get("response"))


def identities(response: object) -> tuple[int, int | None] | None:
    """Identify a response, and the source of its body while that is a stream."""
    if not issubclass(type(response), Response):
        return None
    body = attributes(response).get("response")
    return id(response), None if type(body) in {list, tuple} else id(body)


def body_parts(body: Any) -> tuple[bytes, ...] | None:
    """Return the pieces of a body as bytes, or ``None`` while it is a stream."""
    if type(body) not in {list, tuple}:
        return None
    pieces = []
    for piece in body[:_PIECES]:
        if type(piece) is str:
            piece = _encoded(piece) if len(piece) > _LONG else piece.encode()
        if type(piece) not in {bytes, bytearray}:
            return None
        if piece:
            pieces.append(piece)
    if len(body) > _PIECES:
        pieces.append(f"… {len(body)} pieces".encode())
    return tuple(pieces)


@lru_cache(maxsize=4)
def _encoded(text: str) -> bytes:
    return text.encode()


def request_state(parts: tuple[Any, ...], request: Any, mask: Mask) -> RequestState:
    """Describe a request as Werkzeug reads it."""
    sent = dict(parts[0])
    headers = {name: mask(value) for name, value in EnvironHeaders(sent)}
    own = attributes(request) if request is not None else {}
    values = own.get("view_args")
    return {
        "method": sent.get("REQUEST_METHOD", "GET"),
        "path": path_of(sent),
        "headers": headers,
        "cookies": {
            name: mask(value) for name, value in cookies_of(sent.get("HTTP_COOKIE", ""))
        },
        "endpoint": parts[1],
        "view_args": {
            str(name): show(value, mask)
            for name, value in (values if type(values) is dict else {}).items()
        },
    }


def path_of(environ: Mapping[str, str]) -> str:
    """Return the path below the server, with the query string if there is one."""
    root, path, query = (
        environ.get(name, "").encode("latin1", "replace").decode("utf-8", "replace")
        for name in ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
    )
    whole = f"{root.rstrip('/')}/{path.lstrip('/')}"
    return f"{whole}?{query}" if query else whole


@lru_cache(maxsize=1024)
def cookies_of(header: str) -> tuple[tuple[str, str], ...]:
    """Read a ``Cookie`` header as Werkzeug does."""
    return tuple(werkzeug.http.parse_cookie({"HTTP_COOKIE": header}).items())


@lru_cache(maxsize=1024)
def _set_cookie(header: str) -> tuple[tuple[str, str], ...]:
    """Read a ``Set-Cookie`` header; a cookie that expires at once is deleted."""
    first, *rest = header.split(";")
    gone = "max-age=0" in {part.strip().lower() for part in rest}
    return tuple(
        (name, "(deleted)" if gone else value) for name, value in cookies_of(first)
    )


def response_state(parts: tuple[Any, ...] | None, mask: Mask) -> ResponseState | None:
    """Describe a response from its comparable form."""
    if parts is None:
        return None
    status, headers, body = parts
    cookies: dict[str, str] = {}
    for name, value in headers:
        if name.lower() == "set-cookie":
            cookies.update({k: mask(v) for k, v in _set_cookie(value)})
    return {
        "status": status,
        "headers": headers_state(headers, mask),
        "cookies": cookies,
        "body": None if body is None else body_text(body, mask),
    }


def body_text(body: Iterable[bytes], mask: Mask) -> str:
    """Return the beginning of a body as text."""
    begun = bytearray()
    size = 0
    for piece in body:
        size += len(piece)
        if len(begun) <= 16_000:
            begun += piece[:16_001]
    text = bytes(begun).decode("utf-8", "replace")
    return excerpt(text, mask)


def headers_state(headers: Iterable[tuple[str, str]], mask: Mask) -> list[list[str]]:
    """List headers in their order. Werkzeug makes ``Allow`` from a set: sort it."""
    return [
        [name, ", ".join(sorted(value.split(", "))) if name == "Allow" else mask(value)]
        for name, value in headers
    ]


def shown(values: dict[str, Any] | None, mask: Mask) -> dict[str, str] | None:
    """Describe the values on ``g`` or in a session."""
    if values is None:
        return None
    return {str(name): show(value, mask) for name, value in values.items()}


def flatten(state: State) -> dict[str, str]:
    """Name every value in `state` as it would appear in a watch list.

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
