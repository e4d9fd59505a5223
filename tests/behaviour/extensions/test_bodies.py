"""Bodies on real servers: unread, cut off, wrong, and read in a thread."""

import socket
from contextlib import suppress
from http.client import HTTPConnection, IncompleteRead
from urllib.parse import urlsplit

import pytest

from .serving import SECONDS

pytestmark = pytest.mark.extensions


@pytest.mark.parametrize(
    ("server", "refused"), [("gunicorn", False), ("flask run", True)]
)
def test_large_body_that_nobody_reads_breaks_the_connection_of_gunicorn(
    serve, server, refused
):
    """The client is still sending, and gets no 413; from flask run it gets it."""
    with serve(server) as served:
        host = served.address.partition("//")[2]
        connection = HTTPConnection(host, timeout=SECONDS)
        try:
            if refused:
                connection.request("POST", "/refuse", b"x" * 50_000_000)
                assert connection.getresponse().status == 413
            else:
                with pytest.raises((BrokenPipeError, ConnectionResetError)):
                    connection.request("POST", "/refuse", b"x" * 50_000_000)
        finally:
            connection.close()


@pytest.mark.parametrize(
    ("server", "how", "delivered"),
    [
        ("gunicorn", "unread", False),
        ("gunicorn", "read", True),
        ("waitress", "unread", True),
        ("flask run", "unread", True),
    ],
)
def test_upload_that_a_hook_refuses_unread_breaks_the_connection_of_gunicorn(
    serve, server, how, delivered
):
    """If the hook reads it first, or on another server, the client gets the 401."""
    with serve(server) as served:
        host = served.address.partition("//")[2]
        connection = HTTPConnection(host, timeout=SECONDS)
        upload = "POST", f"/refuse?refuse={how}", b"x" * 50_000_000
        try:
            if delivered:
                connection.request(*upload)
                response = connection.getresponse()
                assert (response.status, response.read()) == (401, b"Log in")
            else:
                with pytest.raises((BrokenPipeError, ConnectionResetError)):
                    connection.request(*upload)
        finally:
            connection.close()
        notes = served.notes.read_text("utf-8")
    assert "after_request" in notes


@pytest.mark.parametrize(
    ("server", "status", "said"),
    [
        ("flask run", 200, "AssertionError: applications must write bytes"),
        ("gunicorn", 200, "TypeError: 1 is not a byte"),
        ("waitress", 500, "TypeError: object of type 'int' has no len()"),
    ],
)
def test_number_in_a_stream_is_an_error_of_the_server(serve, server, status, said):
    """Flask has made its response by then."""
    with serve(server) as served:
        host = served.address.partition("//")[2]
        connection = HTTPConnection(host, timeout=SECONDS)
        connection.request("GET", "/number")
        response = connection.getresponse()
        assert response.status == status
        # Until the server has closed the connection.
        with suppress(IncompleteRead):
            response.read()
        connection.close()
        assert "error handler" not in served.notes.read_text("utf-8")
    assert said in "".join(served.log)


def read_later(serve, server, read_in):
    """Return what a thread notes that reads the body after the response."""
    with serve(server) as served:
        place = urlsplit(served.address)
        with socket.create_connection((place.hostname, place.port)) as client:
            lines = f"POST /later/{read_in} HTTP/1.0", "Content-Length: 3", "", "tea"
            client.sendall("\r\n".join(lines).encode())
            while client.recv(1024):
                """Wait until the server has closed the connection."""
        served.open_gate()
        served.open_gate()
        lines = served.notes.read_text("utf-8").splitlines()
    return [line.partition(" ")[2] for line in lines if " thread " in line]


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ("flask run", "thread gets ClientDisconnected: 400 Bad Request: "),
        ("waitress", "thread gets ValueError: I/O operation on closed file."),
    ],
)
def test_body_that_a_thread_reads_after_the_response_is_gone(serve, server, said):
    """In a copied request: each server says it in its own way."""
    (noted,) = read_later(serve, server, "thread")
    assert noted.startswith(said)


@pytest.mark.parametrize("server", ["flask run", "waitress", "gunicorn"])
def test_body_that_the_view_has_read_is_there_for_a_thread(serve, server):
    """The request keeps it."""
    assert read_later(serve, server, "view") == ["thread reads b'tea'"]
