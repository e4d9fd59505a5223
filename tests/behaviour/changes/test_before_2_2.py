"""What old code has that was gone before Flask 2.2, or went with Werkzeug."""

import io
import threading
import urllib.request
import warnings
from importlib.metadata import version

import pytest
from flask import redirect, request, send_file, send_from_directory
from werkzeug.serving import WSGIRequestHandler, make_server

from snippets.changes import send_file_names

WERKZEUG = tuple(map(int, version("werkzeug").split(".")[:2]))


@pytest.mark.parametrize("name", ["attachment_filename", "cache_timeout", "add_etags"])
def test_old_names_of_send_file_are_a_type_error_since_flask_2_2(app, name):
    """Before the file is looked at."""
    message = rf"send_file\(\) got an unexpected keyword argument '{name}'"
    with app.test_request_context(), pytest.raises(TypeError, match=message):
        send_file(io.BytesIO(b"Tea"), **{name: "orders.csv"})


def test_filename_of_send_from_directory_is_a_type_error_since_flask_2_2(app, tmp_path):
    """Its argument is called path."""
    message = "missing 1 required positional argument: 'path'"
    with app.test_request_context(), pytest.raises(TypeError, match=message):
        send_from_directory(tmp_path, filename="orders.csv")


def test_new_names_of_send_file_do_what_the_old_ones_did():
    """The name of the download, the seconds it may be kept, and no ETag."""
    response = send_file_names.app.test_client().get("/orders.csv")
    assert response.headers["Content-Disposition"] == "attachment; filename=orders.csv"
    assert response.cache_control.max_age == 60
    assert "ETag" not in response.headers


@pytest.fixture
def client(app):
    app.add_url_rule("/", "index", lambda: dict(request.cookies))
    return app.test_client()


def test_set_cookie_of_the_test_client_begins_with_the_key_since_werkzeug_2_3(client):
    """Before, the host was the first argument, and no cookie was sent without it."""
    first = [] if WERKZEUG >= (2, 3) else ["localhost"]
    client.set_cookie(*first, "cup", "green")
    assert client.get("/").json == {"cup": "green"}


def test_host_given_to_set_cookie_warns_in_werkzeug_2_3_and_fails_since_3_0(client):
    """TypeError: Client.set_cookie() takes from 2 to 3 positional arguments."""
    old = "localhost", "cup", "green"
    if WERKZEUG >= (3, 0):
        with pytest.raises(TypeError, match="takes from 2 to 3 positional arguments"):
            client.set_cookie(*old)
    else:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            client.set_cookie(*old)
        told = [one for one in caught if "'server_name' is no longer" in str(one)]
        assert bool(told) == (WERKZEUG >= (2, 3))
        assert client.get("/").json == {"cup": "green"}


@pytest.mark.parametrize(("use_cookies", "sent"), [(True, {}), (False, {"cup": "red"})])
def test_cookie_header_of_a_test_is_ignored_unless_the_client_has_no_cookies(
    client, use_cookies, sent
):
    """A client made with use_cookies=False sends it."""
    other = client.application.test_client(use_cookies=use_cookies)
    assert other.get("/", headers={"Cookie": "cup=red"}).json == sent


def test_cookie_jar_of_the_test_client_warns_in_werkzeug_2_3_and_is_gone_since_3_0(
    client,
):
    """AttributeError: 'FlaskClient' object has no attribute 'cookie_jar'."""
    if WERKZEUG >= (3, 0):
        with pytest.raises(AttributeError, match="has no attribute 'cookie_jar'"):
            client.cookie_jar.clear()
    else:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            assert [*client.cookie_jar] == []
        told = [one for one in caught if "'cookie_jar' attribute" in str(one)]
        assert bool(told) == (WERKZEUG >= (2, 3))


def test_get_cookie_of_the_test_client_is_there_since_werkzeug_2_3(app):
    """It returns the cookie that the client keeps, or None."""

    @app.get("/")
    def set_cookie():
        response = redirect("/tea")
        response.set_cookie("cup", "green")
        return response

    client = app.test_client()
    assert "cup=green" in client.get("/").headers["Set-Cookie"]
    if WERKZEUG >= (2, 3):
        assert client.get_cookie("cup").value == "green"
        assert client.get_cookie("pot") is None
    else:
        assert not hasattr(client, "get_cookie")


def test_location_of_a_redirect_is_sent_as_it_was_given(app):
    """A hook sees the same; only the redirect to a slash has the host."""
    seen = []
    app.after_request(lambda response: seen.append(response.location) or response)
    app.add_url_rule("/", "index", lambda: redirect("/login"))
    app.add_url_rule("/full", "full", lambda: redirect("http://localhost/login"))
    app.add_url_rule("/orders/", "orders", lambda: "Orders")
    client = app.test_client()
    sent = [client.get(path).headers["Location"] for path in ("/", "/full", "/orders")]
    assert sent == ["/login", "http://localhost/login", "http://localhost/orders/"]
    assert seen == sent


class Quiet(WSGIRequestHandler):
    """Logs no requests."""

    def log(self, *_):
        pass


def test_server_of_make_server_gives_no_shutdown_function_and_has_a_method(app):
    """The key is not in the environ; the method ends serve_forever."""
    key = "werkzeug.server.shutdown"
    app.add_url_rule("/", "index", lambda: str(request.environ.get(key)))
    server = make_server("127.0.0.1", 0, app, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/"
        with urllib.request.urlopen(address) as response:
            assert response.read() == b"None"
        assert thread.is_alive()
    finally:
        server.shutdown()
        thread.join(30)
        server.server_close()
    assert not thread.is_alive()
