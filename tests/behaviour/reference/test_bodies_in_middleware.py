"""What WSGI middleware must do with the body of a request and of a response."""

import io
import socket
import threading

import pytest
from flask import make_response, request
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wsgi import ClosingIterator, get_input_stream

FORM = b"tea=green"
SENT = (
    b"POST / HTTP/1.1\r\nHost: shop.example\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(FORM), FORM)
)


class Quiet(WSGIRequestHandler):
    """The server's handler, which logs nothing here."""

    def log(self, *arguments, **named):
        """Keep the line to oneself."""


def to_the_end(environ):
    return environ["wsgi.input"].read()


def announced_length(environ):
    return environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))


def limited_stream(environ):
    return get_input_stream(environ).read()


@pytest.mark.parametrize(
    ("read", "waits"),
    [(to_the_end, True), (announced_length, False), (limited_stream, False)],
)
def test_middleware_that_reads_the_body_without_a_length_waits_for_the_client(
    app, read, waits
):
    """Under Werkzeug's server, until the client closes the connection."""
    app.add_url_rule("/", "order", lambda: request.form["tea"], methods=["POST"])
    inner, begun, done = app.wsgi_app, threading.Event(), threading.Event()

    def middleware(environ, start_response):
        begun.set()
        body = read(environ)
        done.set()
        environ["wsgi.input"] = io.BytesIO(body)
        return inner(environ, start_response)

    app.wsgi_app = middleware
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        with socket.create_connection(("127.0.0.1", server.server_port)) as client:
            client.sendall(SENT)
            assert begun.wait(30)
            if waits:
                assert not done.wait(0.5)
                client.shutdown(socket.SHUT_WR)
            assert done.wait(30)
            client.settimeout(30)
            answer = b"".join(iter(lambda: client.recv(4096), b""))
        assert answer.endswith(b"\r\n\r\ngreen")
    finally:
        server.shutdown()
        serving.join(30)
        server.server_close()


def as_a_list(body):
    return [piece.upper() for piece in body]


def as_a_generator(body):
    return (piece.upper() for piece in body)


def closing(body):
    return ClosingIterator(as_a_generator(body), body.close)


def closing_at_the_end(body):
    try:
        yield from as_a_generator(body)
    finally:
        body.close()


@pytest.mark.parametrize(
    ("change", "closed"),
    [
        (as_a_list, False),
        (as_a_generator, False),
        (closing, True),
        (closing_at_the_end, True),
    ],
)
def test_middleware_that_hands_no_close_on_loses_call_on_close_functions(
    app, steps, change, closed
):
    """ClosingIterator(pieces, body.close) hands it on, or a finally block."""
    inner = app.wsgi_app
    app.wsgi_app = lambda environ, start: change(inner(environ, start))

    @app.get("/")
    def index():
        response = make_response("tea")
        response.call_on_close(lambda: steps.append("closed"))
        return response

    response = app.test_client().get("/")
    assert response.text == "TEA"
    response.close()
    assert steps == (["closed"] if closed else [])


@pytest.mark.parametrize("returns", [False, True])
def test_middleware_without_a_return_fails_outside_flask(app, steps, returns):
    """The hooks and the view have run, and Flask hears nothing of the error."""
    inner = app.wsgi_app

    def middleware(environ, start_response):
        body = inner(environ, start_response)
        return body if returns else None

    @app.get("/")
    def index():
        steps.append("view")
        return "tea"

    @app.after_request
    def note(response):
        steps.append("after_request")
        return response

    app.register_error_handler(Exception, lambda error: steps.append("handler"))
    app.wsgi_app = middleware
    if returns:
        assert app.test_client().get("/").text == "tea"
    else:
        with pytest.raises(TypeError) as caught:
            app.test_client().get("/")
        assert str(caught.value) == "'NoneType' object is not iterable"
        assert "/flask/" not in str(caught.traceback[-1].path)
    assert steps == ["view", "after_request"]
