"""When the session is saved."""

import pytest
from flask import (
    abort,
    flash,
    get_flashed_messages,
    redirect,
    request,
    request_finished,
    session,
)

from snippets.after_request.session_saved_last import app as cart_app


def test_session_cookie_is_not_there_yet_in_a_hook():
    """The hook sees no Set-Cookie header, but the client receives one.

    Question: What does a hook see of the session cookie that this response is going
    to set?
    """
    response = cart_app.test_client().post("/cart/teapot")
    assert response.headers["X-Cookies-Seen"] == "0"
    assert len(response.headers.getlist("Set-Cookie")) == 1


def test_session_changed_in_a_hook_is_saved(app):
    """The session is saved after the last hook, with what hooks put into it."""
    app.secret_key = "test"

    @app.after_request
    def count_visit(response):
        session["visits"] = session.get("visits", 0) + 1
        return response

    client = app.test_client()
    client.get("/")
    client.get("/")
    with client.session_transaction() as saved:
        assert saved["visits"] == 2


def test_hook_cannot_remove_the_session_cookie(app):
    """Deleting Set-Cookie in a hook comes too early for the session's own."""
    app.secret_key = "test"

    @app.after_request
    def remove_cookies(response):
        response.headers.remove("Set-Cookie")
        return response

    @app.get("/")
    def index():
        session["item"] = "teapot"
        return "Cart"

    assert "Set-Cookie" in app.test_client().get("/").headers


def test_hook_can_keep_the_session_cookie_from_being_written(app):
    """A session that is empty and not marked as modified is not written."""
    app.secret_key = "test"

    @app.after_request
    def forget(response):
        session.pop("item")
        session.modified = False
        return response

    @app.get("/")
    def index():
        session["item"] = "teapot"
        return "Cart"

    assert "Set-Cookie" not in app.test_client().get("/").headers


def test_request_finished_sees_the_session_cookie():
    """The signal is sent after the session was saved."""
    seen = []

    def look(sender, response):
        seen.append("Set-Cookie" in response.headers)

    with request_finished.connected_to(look, cart_app):
        cart_app.test_client().post("/cart/teapot")
    assert seen == [True]


@pytest.mark.parametrize("permanent", [False, True])
@pytest.mark.parametrize("path", ["/", "/nowhere", "/crash"])
def test_hook_that_clears_the_session_deletes_its_cookie(app, permanent, path):
    """session.clear() in a hook is saved as a cookie that has expired."""
    app.secret_key = "test"

    @app.after_request
    def log_out(response):
        session.clear()
        return response

    app.add_url_rule("/", "index", lambda: "Bye")
    app.add_url_rule("/crash", "crash", lambda: {}["tea"])
    client = app.test_client()
    with client.session_transaction() as saved:
        saved["user"], saved.permanent = "ada", permanent
    cookie = client.get(path).headers["Set-Cookie"]
    assert cookie.startswith("session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT")
    with client.session_transaction() as saved:
        assert not saved


def test_hook_can_read_the_cookie_that_the_client_has_sent(app, steps):
    """It's in the request, as in a view; only the new cookie doesn't exist yet."""

    @app.after_request
    def look(response):
        steps.append(request.cookies["session"])
        return response

    client = app.test_client(use_cookies=False)
    client.get("/", headers={"Cookie": "session=abc"})
    assert steps == ["abc"]


def test_session_is_saved_when_the_view_aborts(app):
    """On the error's page, whether a handler or Flask makes it."""
    app.secret_key = "test"

    @app.get("/<int:code>")
    def refuse(code):
        session[str(code)] = True
        abort(code)

    app.register_error_handler(403, lambda error: ("No", 403))
    client = app.test_client()
    client.get("/403")
    client.get("/404")
    with client.session_transaction() as saved:
        assert sorted(saved) == ["403", "404"]


@pytest.mark.parametrize("setting", ["DEBUG", "TESTING", "PROPAGATE_EXCEPTIONS"])
def test_session_is_not_saved_when_the_exception_propagates(app, setting):
    """There is no response that could carry its cookie."""
    app.secret_key = "test"
    app.config[setting] = True

    @app.get("/")
    def index():
        session["item"] = "teapot"
        raise LookupError(session["item"])

    client = app.test_client()
    with pytest.raises(LookupError):
        client.get("/")
    with client.session_transaction() as saved:
        assert "item" not in saved


def test_session_changed_by_a_before_request_function_that_returns_early_is_saved(app):
    """It may clear it, too: the next page has the message, and the user is gone."""
    app.secret_key = "test"

    @app.before_request
    def end_session():
        if request.path == "/orders":
            session.clear()
            flash("Please log in again")
            return redirect("/login")
        return None

    @app.get("/login")
    def login():
        return {"user": session.get("user"), "messages": get_flashed_messages()}

    client = app.test_client()
    with client.session_transaction() as before:
        before["user"] = "ada"
    assert client.get("/orders").location == "/login"
    shown = client.get("/login").json
    assert shown == {"user": None, "messages": ["Please log in again"]}


def test_session_cleared_by_a_before_request_function_that_redirects_has_no_cookie(app):
    """Flask deletes it in the response of the redirect."""
    app.secret_key = "test"

    @app.before_request
    def end_session():
        session.clear()
        return redirect("/login")

    client = app.test_client()
    with client.session_transaction() as before:
        before["user"] = "ada"
    headers = client.get("/orders").headers
    assert headers["Set-Cookie"].startswith("session=; Expires=Thu, 01 Jan 1970")


@pytest.mark.parametrize("path", ["/login", "/nowhere"])
def test_receiver_of_request_finished_sees_the_session_cookie(app, steps, path):
    """It's called after the session was saved, and before the response is sent."""
    app.secret_key = "test"

    @app.before_request
    def load_user():
        session["user"] = "ada"

    app.add_url_rule("/login", "login", lambda: "Hello")

    @app.after_request
    def look(response):
        steps.append(response.headers.getlist("Set-Cookie"))
        return response

    def receive(sender, response):
        steps.append(response.headers.getlist("Set-Cookie"))
        response.headers["X-Session-Saved"] = "yes"

    with request_finished.connected_to(receive, app):
        response = app.test_client().get(path)
    assert steps == [[], response.headers.getlist("Set-Cookie")]
    assert steps[1][0].startswith("session=")
    assert response.headers["X-Session-Saved"] == "yes"
