"""Files that are sent: when they may be deleted, and what is called at their end."""

from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from flask import (
    after_this_request,
    make_response,
    request,
    send_file,
)
from werkzeug.test import EnvironBuilder

from snippets.deferred_callbacks import (
    delete_at_the_end,
    delete_too_early,
    temporary_file,
)


def read(response):
    """The body of a response, which is closed afterwards as a server does."""
    with response:
        return response.text


def test_body_that_opens_a_file_deleted_in_a_deferred_callback_fails(capsys):
    """The deletion is over when the first line is asked for."""
    with pytest.raises(FileNotFoundError):
        delete_too_early.app.test_client().get("/orders.csv")
    assert capsys.readouterr().out.split("\n")[:2] == ["deleted", "opening the file"]


def test_open_file_deleted_in_a_deferred_callback_is_still_sent_on_posix(app, tmp_path):
    """send_file has opened it by then; its name is deleted, its content stays."""
    path = tmp_path / "readings.csv"
    path.write_text("Monday,12")
    left = []

    @app.get("/")
    def index():
        @after_this_request
        def delete(response):
            path.unlink()
            left.append(path.exists())
            return response

        return send_file(path)

    assert read(app.test_client().get("/")) == "Monday,12"
    assert left == [False]


def test_file_that_the_server_sends_by_name_is_gone_too_early(app, tmp_path):
    """With USE_X_SENDFILE the response is only a name, which no longer exists."""
    app.config["USE_X_SENDFILE"] = True
    path = tmp_path / "readings.csv"
    path.write_text("Monday,12")

    @app.get("/")
    def index():
        @after_this_request
        def delete(response):
            path.unlink()
            return response

        return send_file(path)

    response = app.test_client().get("/")
    named = Path(response.headers["X-Sendfile"])
    assert (named.name, named.exists()) == ("readings.csv", False)


def delete_late(app, path, **changes):
    """Give the app a view that sends a file and deletes it on close."""

    @app.get("/")
    def index():
        response = send_file(path)
        response.call_on_close(path.unlink)
        for name, value in changes.items():
            setattr(response, name, value)
        return response


def test_file_deleted_on_close_is_there_while_the_body_is_sent(capsys):
    """The whole body, then the deletion."""
    with delete_at_the_end.app.test_client().get("/orders.csv") as response:
        assert response.text == "1,lamp\n2,desk"
        assert capsys.readouterr().out == ""
    assert capsys.readouterr().out == "deleted\n"


def test_file_deleted_on_close_is_deleted_when_the_client_gives_up(capsys):
    """The server closes a response that the client hasn't read to its end."""
    delete_at_the_end.app.test_client().get("/orders.csv").close()
    assert capsys.readouterr().out == "deleted\n"


def ask_with_body(client):
    """GET, and a part of the file: responses whose body is sent."""
    yield client.get("/")
    yield client.get("/", headers={"Range": "bytes=0-3"})


def ask_without_body(client):
    """HEAD, and a file that the client has already: no body is sent."""
    first = client.head("/")
    yield first
    yield client.get("/", headers={"If-None-Match": first.headers["ETag"]})


def test_call_on_close_function_of_a_sent_file_is_not_called(app, tmp_path):
    """For a 200 and a 206, the server gets the file itself, and closes only that."""
    path = tmp_path / "orders.csv"
    path.write_text("1,lamp")
    delete_late(app, path)
    responses = ask_with_body(app.test_client())
    assert [(r.status_code, read(r)) for r in responses] == [
        (200, "1,lamp"),
        (206, "1,la"),
    ]
    assert path.exists()


def test_call_on_close_function_of_a_file_is_called_when_no_body_is_sent(app, tmp_path):
    """For HEAD and for a 304 there is no file to pass through."""
    path = tmp_path / "orders.csv"
    path.write_text("1,lamp")
    closed = []

    @app.get("/")
    def index():
        response = send_file(path)
        response.call_on_close(partial(closed.append, request.method))
        return response

    responses = ask_without_body(app.test_client())
    assert [(r.status_code, read(r)) for r in responses] == [(200, ""), (304, "")]
    assert closed == ["HEAD", "GET"]


def test_call_on_close_function_runs_whatever_is_sent_with_passthrough_off(
    app, tmp_path
):
    """GET, a part, HEAD, a 304: each closes the response, which calls the function."""
    path = tmp_path / "orders.csv"
    path.write_text("1,lamp")
    closed = []

    @app.get("/")
    def index():
        response = send_file(path)
        response.direct_passthrough = False
        response.call_on_close(partial(closed.append, request.method))
        return response

    client = app.test_client()
    responses = [r for ask in (ask_with_body, ask_without_body) for r in ask(client)]
    assert [(r.status_code, read(r)) for r in responses] == [
        (200, "1,lamp"),
        (206, "1,la"),
        (200, ""),
        (304, ""),
    ]
    assert closed == ["GET", "GET", "HEAD", "GET"]


def test_sent_file_is_given_to_the_server_only_with_passthrough_on(app, tmp_path):
    """The server's wsgi.file_wrapper is lost with direct_passthrough = False."""
    path = tmp_path / "orders.csv"
    path.write_text("1,lamp")

    class Wrapper:
        def __init__(self, file, *args):
            self.file = file

        def __iter__(self):
            return iter(self.file.readline, b"")

        def close(self):
            self.file.close()

    @app.get("/<int:passthrough>")
    def index(passthrough):
        response = send_file(path)
        response.direct_passthrough = bool(passthrough)
        return response

    def given(url):
        environ = EnvironBuilder(path=url).get_environ()
        environ["wsgi.file_wrapper"] = Wrapper
        body = app(environ, lambda *args: None)
        assert b"".join(body) == b"1,lamp"
        body.close()
        return isinstance(getattr(body, "_iterator", body), Wrapper) or isinstance(
            body, Wrapper
        )

    assert given("/1")
    assert not given("/0")


def test_call_on_close_function_of_a_sent_file_needs_direct_passthrough_off(
    app, tmp_path
):
    """Then the server gets the response's own iterator, which closes both."""
    path = tmp_path / "readings.csv"
    path.write_text("Monday,12")
    delete_late(app, path, direct_passthrough=False)
    assert read(app.test_client().get("/")) == "Monday,12"
    assert not path.exists()


def test_call_on_close_function_of_a_replaced_response_is_not_called(app, steps):
    """A hook that returns another response leaves the first one open."""

    @app.after_request
    def replace(response):
        return app.response_class("New")

    @app.get("/")
    def index():
        response = make_response("Old")
        response.call_on_close(lambda: steps.append("closed"))
        return response

    assert read(app.test_client().get("/")) == "New"
    assert steps == []


@pytest.mark.parametrize("reads", [True, False])
def test_temporary_file_handed_to_send_file_is_closed_with_the_response(app, reads):
    """Whether it's read to the end or not, it's closed, which deletes the file."""
    files = []

    @app.get("/")
    def index():
        file = TemporaryFile()  # noqa: SIM115 (the response closes it)
        file.write(b"Monday,12")
        file.seek(0)
        files.append(file)
        return send_file(file, mimetype="text/csv")

    response = app.test_client().get("/")
    assert not files[0].closed
    if reads:
        assert response.text == "Monday,12"
    response.close()
    assert files[0].closed


def test_temporary_file_that_is_not_rewound_is_sent_empty(app):
    """send_file reads on from where writing has ended."""

    @app.get("/")
    def index():
        file = TemporaryFile()  # noqa: SIM115 (the response closes it)
        file.write(b"1,lamp")
        return send_file(file, mimetype="text/csv")

    response = app.test_client().get("/")
    assert (response.status_code, read(response)) == (200, "")


def test_temporary_file_without_a_name_or_a_mimetype_is_refused(app):
    """Flask cannot guess the type of an open file that has no name."""
    app.testing = True
    files = []

    @app.get("/")
    def index():
        files.append(BytesIO(b"1,lamp"))
        return send_file(files[0])

    with pytest.raises(TypeError, match="Unable to detect the MIME type"):
        app.test_client().get("/")


def test_temporary_file_example_sends_the_whole_file(capsys):
    """Rewound, with a name for the client, and closed afterwards."""
    with temporary_file.app.test_client().get("/orders.csv") as response:
        assert response.mimetype == "text/csv"
        assert response.text == "1,lamp\n2,desk\n"


@pytest.mark.parametrize("by_name", [False, True])
def test_file_deleted_in_finally_is_gone_before_its_first_byte_is_sent(
    app, tmp_path, by_name
):
    """On POSIX an open file is sent anyway; a server that gets its name fails."""
    app.config["USE_X_SENDFILE"] = by_name
    path = tmp_path / "orders.csv"
    path.write_text("7,tea")

    @app.get("/")
    def index():
        try:
            return send_file(path)
        finally:
            path.unlink()

    response = app.test_client().get("/", buffered=False)
    assert not path.exists()
    if by_name:
        assert Path(response.headers["X-Sendfile"]) == path
        response.close()
    else:
        assert read(response) == "7,tea"
