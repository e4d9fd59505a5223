"""Replaced, streamed, sent and shared responses; the session's headers."""

import io

import pytest
from flask import (
    has_request_context,
    request,
    send_file,
    stream_with_context,
)

from snippets.after_request_depth.reads_the_session import app as session_app
from snippets.after_request_depth.replaced_midway import app as replacing_app
from snippets.after_request_depth.sent_file import app as bodies_app
from snippets.after_request_depth.shared_response import app as shared_app
from snippets.after_request_depth.shared_response import rules


def test_hooks_behind_a_replacement_and_the_cookie_stand_on_the_new_response():
    """The header that an earlier hook set is lost; the status is the new response's."""
    response = replacing_app.test_client().get("/orders/12")
    assert (response.status_code, response.text) == (200, "[Order 12]")
    assert "X-Version" not in response.headers
    assert response.headers["X-Shop"] == "yes"
    assert response.headers["Set-Cookie"].startswith("session=")


def test_streamed_and_direct_tell_the_three_kinds_of_body_apart(capsys):
    """Text is neither, an iterator is streamed, and a sent file is both."""
    client = bodies_app.test_client()
    for path in "/text", "/stream", "/file":
        client.get(path).close()
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "streamed" in line] == [
        "text streamed False direct False",
        "stream streamed True direct False",
        "file streamed True direct True",
    ]


def test_reading_a_sent_file_raises_this_error(app, steps):
    """The exact text, the same in all supported versions."""
    app.add_url_rule("/", view_func=lambda: send_file(io.BytesIO(b"x"), "text/plain"))

    @app.after_request
    def read(response):
        with pytest.raises(RuntimeError) as caught:
            response.get_data()
        steps.append(str(caught.value))
        return response

    app.test_client().get("/").close()
    assert steps == [
        "Attempted implicit sequence conversion but the response object is in"
        " direct passthrough mode."
    ]


TAG = '"snow"'


@pytest.fixture
def sent_file(app, steps):
    """An app that sends a file of four bytes, and watches for its end."""

    @app.after_request
    def watch(response):
        response.call_on_close(lambda: steps.append("ended"))
        return response

    @app.get("/file")
    def file():
        return send_file(
            io.BytesIO(b"Snow"), "text/plain", etag="snow", conditional=True
        )

    return app.test_client()


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 200), ({"Range": "bytes=1-2"}, 206), ({"If-None-Match": '"other"'}, 200)],
)
def test_call_on_close_functions_do_not_run_when_the_body_of_a_file_is_sent(
    sent_file, steps, headers, status
):
    """Whole or in part: Werkzeug returns the file itself, and only that is closed."""
    response = sent_file.get("/file", headers=headers)
    assert (response.status_code, bool(response.data)) == (status, True)
    response.close()
    assert steps == []


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [("HEAD", {}, 200), ("GET", {"If-None-Match": TAG}, 304)],
)
def test_call_on_close_functions_of_a_file_run_when_no_body_is_sent(
    sent_file, steps, method, headers, status
):
    """HEAD and 304 send no body: the response itself is closed, and they run."""
    response = sent_file.open("/file", method=method, headers=headers)
    assert (response.status_code, response.data) == (status, b"")
    response.close()
    assert steps == ["ended"]


def test_direct_passthrough_off_costs_the_file_wrapper_of_the_server(app, steps):
    """The server gets an iterator of pieces, and not its own wsgi.file_wrapper."""

    class FileWrapper:
        def __init__(self, file, size):
            steps.append("file_wrapper")

        def __iter__(self):
            return iter([b"Snow"])

    @app.after_request
    def watch(response):
        response.direct_passthrough = request.args["direct"] == "yes"
        return response

    app.add_url_rule("/", "file", lambda: send_file(io.BytesIO(b"Snow"), "text/plain"))
    for direct in "yes", "no":
        with app.test_request_context(f"/?direct={direct}") as context:
            environ = context.request.environ | {"wsgi.file_wrapper": FileWrapper}
        body = app.wsgi_app(environ, lambda status, headers, exc_info=None: None)
        steps.append(type(body).__name__)
        assert b"".join(body) == b"Snow"
    assert steps == ["file_wrapper", "FileWrapper", "file_wrapper", "ClosingIterator"]


def test_call_on_close_functions_run_outside_the_request(app, steps):
    """The contexts are popped before the server closes the response."""

    @app.after_request
    def watch(response):
        response.call_on_close(lambda: steps.append(has_request_context()))
        return response

    app.add_url_rule("/", view_func=lambda: "Here")
    app.test_client().get("/").close()
    assert steps == [False]


def test_head_request_passes_the_hooks_with_a_body_that_never_starts(app, steps):
    """The body is left out where the response is called, after the hooks."""

    def body():
        steps.append("started")
        yield "Here"

    @app.after_request
    def look(response):
        steps.append(response.is_streamed)
        response.call_on_close(lambda: steps.append("closed"))
        return response

    app.add_url_rule("/", view_func=body)
    response = app.test_client().head("/")
    response.close()
    assert (response.status_code, response.data) == (200, b"")
    assert steps == [True, "closed"]


@pytest.fixture
def unserved():
    """The library's response object before any request, and so again afterwards."""
    rules.headers.remove("X-Served-By")
    yield
    rules.headers.remove("X-Served-By")


@pytest.mark.usefixtures("unserved")
def test_shared_response_object_collects_what_hooks_add():
    """Flask doesn't copy it: each request's hooks find what the last request left."""
    client = shared_app.test_client()
    for count in 1, 2, 3:
        response = client.get("/robots.txt")
        assert response.headers.getlist("X-Served-By") == ["shop"] * count


def test_hook_that_reads_the_session_adds_vary_to_the_response():
    """Vary: Cookie is set after the hooks, and they are what caused it."""
    client = session_app.test_client()
    assert client.get("/products").headers["Vary"] == "Cookie"
    assert "Vary" not in client.get("/about").headers


def test_hook_does_not_see_the_vary_header_of_the_session(capsys):
    """Like the cookie, the header comes with saving."""
    session_app.test_client().get("/products")
    assert capsys.readouterr().out == "in the hook: None\n"


def test_stream_with_context_does_not_delay_the_hooks(app, steps):
    """The generator sees the request; the hook has run before it starts."""

    @app.after_request
    def look(response):
        steps.append("hook")
        return response

    @app.get("/")
    def stream():
        @stream_with_context
        def body():
            steps.append(f"body of {request.path}")
            yield "Here"

        return body()

    assert app.test_client().get("/").data == b"Here"
    assert steps == ["hook", "body of /"]
