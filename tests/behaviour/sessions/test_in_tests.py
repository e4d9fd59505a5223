"""What session_transaction does, and what else a test of a login finds."""

from importlib.metadata import version

import flask
import pytest
from flask import g, request, session
from packaging.version import Version

from snippets.recipes import logged_in_client


@pytest.fixture
def shop(app, steps):
    """An app with each kind of hook, and a page for users."""
    app.secret_key = "only for tests"
    app.before_request(lambda: steps.append("before_request"))
    app.after_request(lambda response: steps.append("after_request") or response)
    app.teardown_request(lambda error: steps.append("teardown_request"))
    app.teardown_appcontext(lambda error: steps.append("teardown_appcontext"))
    app.add_url_rule("/", "index", lambda: session.get("user", "stranger"))
    return app


def test_session_transaction_runs_teardown_functions_and_no_other_hook(shop, steps):
    """Once before the block and once after it: it pushes a request context for each."""
    with shop.test_client().session_transaction():
        steps.append("block")
    torn_down = ["teardown_request", "teardown_appcontext"]
    assert steps == [*torn_down, "block", *torn_down]


@pytest.mark.parametrize("name", ["request_started", "request_finished"])
def test_session_transaction_sends_no_signal_of_a_request(shop, steps, name):
    """There is no request that starts or finishes."""

    def note(sender, **extra):
        steps.append(name)

    with getattr(flask, name).connected_to(note, shop):
        with shop.test_client().session_transaction():
            pass
        assert name not in steps
        shop.test_client().get("/")
    assert name in steps


def test_session_transaction_leaves_no_context_in_its_block(shop):
    """So the session is the variable of the with statement, not flask.session."""
    with shop.test_client().session_transaction() as stored:
        assert not flask.has_request_context()
        assert dict(stored) == {}


def test_session_transaction_needs_a_secret_key_and_cookies(app):
    """Otherwise there is no session to open, and nowhere to keep it."""
    plain, closed = app.test_client(), app.test_client(use_cookies=False)
    with pytest.raises(RuntimeError) as no_key, plain.session_transaction():
        pass
    assert str(no_key.value) == "Session backend did not open a session."
    with pytest.raises(TypeError) as no_cookies, closed.session_transaction():
        pass
    assert str(no_cookies.value).startswith("Cookies are disabled.")


def test_session_transaction_is_for_one_host(shop):
    """Give it the base_url of the requests."""
    there = {"base_url": "https://shop.example"}
    client = shop.test_client()
    with client.session_transaction() as stored:
        stored["user"] = "anna"
    assert client.get("/").text == "anna"
    # The client of Werkzeug 2.2 gives each cookie to every host.
    if Version(version("werkzeug")) >= Version("2.3"):
        assert client.get("/", **there).text == "stranger"
    client = shop.test_client()
    with client.session_transaction(**there) as stored:
        stored["user"] = "bea"
    assert client.get("/", **there).text == "bea"


def test_session_of_a_test_request_context_reaches_no_client(shop):
    """Nothing saves it: there is no response."""
    with shop.test_request_context():
        session["user"] = "anna"
    assert shop.test_client().get("/").text == "stranger"


def test_session_set_in_the_block_of_a_client_is_not_saved(shop):
    """It belongs to the last request, whose response was sent."""
    with shop.test_client() as client:
        client.get("/")
        session["user"] = "anna"
        assert client.get("/").text == "stranger"


def test_session_transaction_in_the_block_of_a_client_is_for_the_next_request(shop):
    """The current session still belongs to the last request."""
    with shop.test_client() as client:
        client.get("/")
        with client.session_transaction() as stored:
            stored["user"] = "anna"
        assert "user" not in session
        assert client.get("/").text == "anna"
        assert session["user"] == "anna"


def test_client_without_a_block_leaves_no_session_and_no_g():
    """With a block they are there after the request, until its end."""
    client = logged_in_client.app.test_client()
    client.get("/orders")
    for name in (lambda: request.path, lambda: session["user"], lambda: g.user):
        with pytest.raises(RuntimeError, match="Working outside of"):
            name()
    with client:
        client.get("/orders")
        assert (request.path, g.user, session.get("user")) == ("/orders", None, None)
    assert not flask.has_app_context()


def test_client_that_is_logged_in_leaves_others_as_they_are():
    """Each client has cookies of its own."""
    app = logged_in_client.app
    client = app.test_client()
    with client.session_transaction() as stored:
        stored["user"] = "anna"
    assert client.get("/orders").text == "Orders of anna"
    assert app.test_client().get("/orders").status_code == 401


def test_session_transaction_shows_what_a_request_has_saved():
    """You can also read the session."""
    client = logged_in_client.app.test_client()
    with client.session_transaction() as stored:
        stored["user"] = "anna"
    client.get("/orders")
    with client.session_transaction() as stored:
        assert dict(stored) == {"user": "anna", "seen": True}


def test_test_client_sends_a_secure_session_cookie_over_plain_http(shop):
    """A browser doesn't, so the test passes and the browser loses the session."""
    shop.config["SESSION_COOKIE_SECURE"] = True
    shop.add_url_rule("/login", "login", lambda: session.update(user="ada") or "in")
    client = shop.test_client()
    cookie = client.get("/login").headers["Set-Cookie"]
    assert "Secure" in cookie.split("; ")
    response = client.get("/")
    assert (response.request.scheme, response.text) == ("http", "ada")
