"""Extensions that keep state: Flask-Session and Flask-SocketIO."""

import pytest
from flask import has_request_context, session

pytestmark = pytest.mark.extensions


def test_flask_session_saves_after_all_after_request_functions(app, steps):
    """As Flask's own session does; a change in a teardown function is lost."""
    from cachelib import SimpleCache
    from flask_session import Session

    app.config.update(SESSION_TYPE="cachelib", SESSION_CACHELIB=SimpleCache())
    Session(app)
    app.before_request(lambda: steps.append(sorted(session)))

    @app.after_request
    def note(response):
        steps.append("Set-Cookie" in response.headers)
        session["after"] = True
        return response

    app.teardown_request(lambda error: session.update(late=True))
    app.add_url_rule("/", "index", lambda: "shop")
    client = app.test_client()
    assert "session=" in client.get("/").headers["Set-Cookie"]
    assert client.get("/").text == "shop"
    assert steps[:2] == [["_permanent"], False]
    assert steps[2] == ["_permanent", "after"]


@pytest.fixture
def chat(app, steps):
    """An app with Flask-SocketIO, whose functions all note that they ran."""
    from flask_socketio import SocketIO

    app.secret_key = "only for tests"
    app.before_request(lambda: steps.append("before"))
    app.after_request(lambda response: steps.append("after") or response)
    app.teardown_request(lambda error: steps.append("teardown"))
    app.add_url_rule("/", "index", lambda: session.get("name", "nobody"))
    chat = SocketIO(app, async_mode="threading")

    @chat.on("message")
    def receive(text):
        steps.append((text, has_request_context(), session.get("name")))
        session["name"] = text

    return chat


def test_events_of_flask_socketio_run_teardown_functions_only(app, chat, steps):
    """They have a request context; before_request and after_request are skipped."""
    visitor = chat.test_client(app)
    steps.clear()
    visitor.send("ada")
    assert steps == [("ada", True, None), "teardown"]


def test_session_of_a_socket_is_apart_from_that_of_the_pages(app, chat, steps):
    """It is a copy of when the socket connected; changes stay in it."""
    pages = app.test_client()
    visitor = chat.test_client(app, flask_test_client=pages)
    visitor.send("ada")
    visitor.send("bob")
    assert steps[-2] == ("bob", True, "ada")
    assert pages.get("/").text == "nobody"


def test_polling_of_flask_socketio_runs_no_hooks(app, chat, steps):
    """Its WSGI middleware answers /socket.io before Flask sees the request."""
    response = app.test_client().get("/socket.io/?EIO=4&transport=polling")
    assert response.status_code == 200
    assert steps == []
