"""When the session is saved."""

from flask import request_finished, session

from snippets.after_request.session_saved_last import app as basket_app


def test_session_cookie_is_not_there_yet_in_a_hook():
    """The hook sees no Set-Cookie, the client receives one.

    Question: What does a hook see of the session cookie that this response is going
    to set?
    """
    response = basket_app.test_client().post("/basket/apples")
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
        session["item"] = "apples"
        return "Basket"

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
        session["item"] = "apples"
        return "Basket"

    assert "Set-Cookie" not in app.test_client().get("/").headers


def test_request_finished_sees_the_session_cookie():
    """The signal is sent after the session was saved."""
    seen = []

    def look(sender, response):
        seen.append("Set-Cookie" in response.headers)

    with request_finished.connected_to(look, basket_app):
        basket_app.test_client().post("/basket/apples")
    assert seen == [True]
