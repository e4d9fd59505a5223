"""What curl would show of a request that was recorded."""

import pytest

from hookbook.explain import curl
from hookbook.trace.recorder import record
from hookbook.trace.steps import Block

APP = """
from flask import Flask, Response, abort

app = Flask(__name__)


@app.route("/", methods=["GET", "HEAD", "POST", "DELETE"])
def index():
    response = Response("one\\ntwo\\n", 202, content_type="text/plain")
    response.headers["X-Name"] = "a"
    return response


@app.get("/rows")
def rows():
    return "1,2\\r\\n3,4\\r\\n"


@app.get("/crash")
def crash():
    raise KeyError("crash")
"""


@pytest.fixture
def shown(tmp_path):
    """Tell what curl shows of the requests of a scenario."""

    def shown(scenario):
        path = tmp_path / "app.py"
        path.write_text(APP, encoding="utf-8")
        source = f"client = app.test_client()\n{scenario}\n"
        block = Block(source, 1, "", {})
        run = record(path, "app", lambda names: [block])
        return [curl.exchange(trace) for trace in run.traces]

    return shown


def test_a_request_is_a_command_and_its_response(shown):
    assert shown('client.get("/?q=a b")') == [
        "$ curl -i 'http://localhost:5000/?q=a%20b'\n"
        "HTTP/1.1 202 ACCEPTED\n"
        "Content-Type: text/plain\n"
        "Content-Length: 8\n"
        "X-Name: a\n"
        "\n"
        "one\n"
        "two"
    ]


def test_lines_of_a_body_end_as_a_terminal_shows_them(shown):
    (text,) = shown('client.get("/rows")')
    assert text.endswith("\n\n1,2\n3,4")
    assert "\r" not in text


def test_method_headers_and_cookies_are_in_the_command(shown):
    (text,) = shown(
        'client.set_cookie("lang", "en; x")\n'
        'client.delete("/", headers={"Origin": "a"})'
    )
    command = text.splitlines()[0]
    assert command.startswith("$ curl -i -X DELETE -H 'Origin: a' -b ")
    assert command.endswith(" http://localhost:5000/")
    (text,) = shown('client.get("/", headers={"X-Long": "a" * 60})')
    assert text.startswith(
        f"$ curl -i \\\n    -H 'X-Long: {'a' * 60}' \\\n    http://localhost:5000/\nHTTP/1.1"
    )
    (text,) = shown('client.head("/")')
    assert text.startswith("$ curl --head http://localhost:5000/\nHTTP/1.1 202 ")
    assert "one" not in text


@pytest.mark.canary
def test_a_body_that_is_sent_cannot_be_shown(shown):
    with pytest.raises(curl.ExchangeError, match="request has a body, which a trace"):
        shown('client.post("/", data="a=1")')


@pytest.mark.canary
def test_a_request_without_a_response_cannot_be_shown(shown):
    with pytest.raises(curl.ExchangeError, match="no response came"):
        shown(
            'app.testing = True\ntry:\n    client.get("/crash")\nexcept KeyError: ...'
        )
