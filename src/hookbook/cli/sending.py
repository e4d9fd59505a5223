"""The requests of ``flask trace``: parsed from the command line, sent in process."""

import dataclasses
import inspect
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import flask
from werkzeug.datastructures import Headers
from werkzeug.test import Client, EnvironBuilder

from hookbook.trace.values import describe_exception

METHODS = (
    "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT",
)  # fmt: skip
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FORM = "application/x-www-form-urlencoded"


@dataclasses.dataclass(frozen=True)
class Wanted:
    """A request given on the command line."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()
    data: bytes | None = None


@dataclasses.dataclass(frozen=True)
class Answer:
    """The result of the outermost WSGI application."""

    status: str | None
    """``None`` if it raised an exception."""
    headers: list[tuple[str, str]]
    size: int
    exception: str | None = None


def method_of(text: str, apps: Iterable[flask.Flask]) -> str:
    """Return the method that `text` names.

    :raises click.BadParameter: if HTTP has no such method, and no rule of `apps`.
    """
    method = text.upper()
    ruled = {
        one for app in apps for rule in app.url_map.iter_rules()
        for one in rule.methods or ()
    }  # fmt: skip
    if method in METHODS or method in ruled:
        return method
    known = ", ".join(METHODS[:7])
    message = f"'{text}' isn't an HTTP method. Write one of {known}."
    if text.startswith(("/", "http:", "https:")):
        message = f"The method comes first: flask trace GET {text}"
    raise click.BadParameter(message, param_hint="METHOD")


def url_of(text: str) -> str:
    """Return `text` if it is a URL that can be requested.

    :raises click.BadParameter: if it has no leading slash, and no host.
    """
    if text.startswith("/"):
        return text
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise click.BadParameter(f"'{text}': {error}.", param_hint="URL") from None
    if parts.scheme in {"http", "https"} and parts.netloc:
        return text
    if "://" in text:
        raise click.BadParameter(
            f"'{text}' isn't the address of a web server. Start it with 'http://' or"
            " 'https://' and the host, or write the path alone, such as '/orders/7'.",
            param_hint="URL",
        )
    raise click.BadParameter(
        f"'{text}' has no leading slash. Write '/{text}', or a whole address such as"
        f" 'https://localhost/{text}'.",
        param_hint="URL",
    )


def header_of(text: str) -> tuple[str, str]:
    """Return name and value of ``Name: value``.

    :raises click.BadParameter: if `text` has no colon, or an invalid character.
    """
    name, colon, value = text.partition(":")
    if not colon or not _TOKEN.fullmatch(name.strip()):
        raise click.BadParameter(
            f"'{text}' isn't a header. Write 'Name: value'.", param_hint="-H"
        )
    if re.search(r"[\r\n\0]", value):
        raise click.BadParameter(
            f"The value of {name} has a line break. Leave it out.", param_hint="-H"
        )
    return name.strip(), value.strip()


def cookie_of(text: str) -> tuple[str, str]:
    """Return name and value of ``name=value``.

    :raises click.BadParameter: if `text` has no equals sign.
    """
    name, equals, value = text.partition("=")
    if not equals or not _TOKEN.fullmatch(name.strip()):
        raise click.BadParameter(
            f"'{text}' isn't a cookie. Write 'name=value'.", param_hint="--cookie"
        )
    return name.strip(), value.strip()


def data_of(texts: Sequence[str]) -> bytes | None:
    """Return the body: the texts, joined as curl does; ``@FILE`` is read from a file.

    :raises click.BadParameter: if a file cannot be read.
    """
    pieces = []
    for text in texts:
        if text == "@-":
            pieces.append(sys.stdin.buffer.read())
        elif text.startswith("@"):
            try:
                pieces.append(Path(text[1:]).read_bytes())
            except OSError as error:
                raise click.BadParameter(
                    f"{text[1:]}: {error.strerror}. Name a file that can be read.",
                    param_hint="--data",
                ) from None
        else:
            pieces.append(text.encode())
    return b"&".join(pieces) if pieces else None


class Sender:
    """Sends requests to a WSGI application, with one cookie jar."""

    def __init__(self, entry: Any) -> None:
        self._client = Client(entry)

    def send(self, wanted: Wanted) -> Answer:
        """Send one request and read its body to the end.

        An exception that leaves the application is returned, not raised; so is the
        Ctrl+C that stops an endless stream.
        """
        parts = urlsplit(wanted.url)
        scheme, host = parts.scheme or "http", parts.netloc or "localhost"
        for name, value in wanted.cookies:
            self._set_cookie(host.partition(":")[0], name, value)
        headers = Headers(list(wanted.headers))
        if wanted.data is not None and "Content-Type" not in headers:
            headers["Content-Type"] = _FORM
        path = wanted.url if wanted.url.startswith("/") else (
            wanted.url.partition(parts.netloc)[2] or "/"
        )  # fmt: skip
        builder = EnvironBuilder(
            path=path.partition("#")[0], base_url=f"{scheme}://{host}/",
            method=wanted.method, headers=headers, data=wanted.data,
        )  # fmt: skip
        try:
            response = self._client.open(builder, buffered=True)
        except BaseException as error:
            return Answer(None, [], 0, describe_exception(error, str))
        finally:
            builder.close()
        body = response.get_data()
        return Answer(response.status, list(response.headers), len(body))

    def _set_cookie(self, host: str, name: str, value: str) -> None:
        set_cookie: Any = self._client.set_cookie
        if "server_name" in inspect.signature(set_cookie).parameters:
            # Werkzeug before 2.3.
            set_cookie(host, name, value)
        else:
            set_cookie(name, value, domain=host)
