"""A request and its response as ``curl -i`` shows them, from a trace."""

import shlex
from urllib.parse import quote

from hookbook.trace.steps import Trace

ADDRESS = "http://localhost:5000"
"""The address of Flask's development server."""

# Headers that the test client adds; curl has its own.
_OWN = frozenset(("Host", "User-Agent", "Content-Length", "Cookie"))


_WIDEST = 72


class ExchangeError(Exception):
    """The trace lacks something that curl would show."""


def exchange(trace: Trace) -> str:
    """Return the command, the head of the response and the known part of its body.

    :raises ExchangeError: if the request has a body, which a trace doesn't keep, or if
        no response came.
    """
    request = trace.steps[0].before["request"]
    response = trace.steps[-1].after["response"]
    if response is None:
        raise ExchangeError("no response came: there is nothing to show")
    if request["headers"].get("Content-Length", "0") != "0":
        raise ExchangeError("the request has a body, which a trace doesn't keep")
    words = ["curl", "-i"]
    if request["method"] == "HEAD":
        words = ["curl", "--head"]
    elif request["method"] != "GET":
        words.append(f"-X {request['method']}")
    for name, value in request["headers"].items():
        if name not in _OWN:
            words.append(f"-H {shlex.quote(f'{name}: {value}')}")
    for name, value in request["cookies"].items():
        words.append(f"-b {shlex.quote(f'{name}={value}')}")
    path = quote(request["path"], safe="/?&=%+,:;@!$'()*~")
    words.append(shlex.quote(f"{ADDRESS}{path}"))
    command = " ".join(words)
    if len(command) > _WIDEST:
        command = " \\\n    ".join([" ".join(words[:2]), *words[2:]])
    lines = [f"$ {command}", f"HTTP/1.1 {response['status']}"]
    lines += [f"{name}: {value}" for name, value in response["headers"]]
    if response["body"] and request["method"] != "HEAD":
        # A terminal shows no carriage return.
        lines += ["", response["body"].replace("\r\n", "\n").rstrip("\n")]
    return "\n".join(lines)
