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
def stored(app):
    """Return what sets up Flask-Session, and says how often it stored a session."""

    def setup(**settings):
        from cachelib import SimpleCache
        from flask_session import Session

        class Noted(SimpleCache):
            times = 0

            def set(self, *arguments, **options):
                self.times += 1
                return super().set(*arguments, **options)

        cache = Noted()
        app.config.update(SESSION_TYPE="cachelib", SESSION_CACHELIB=cache, **settings)
        Session(app)
        app.add_url_rule("/", "index", lambda: session.get("user", "nobody"))
        app.add_url_rule("/login", "login", lambda: str(session.update(user="ada")))
        app.add_url_rule("/id", "id", lambda: session.sid)
        app.add_url_rule("/clear", "clear", lambda: str(session.clear()))
        return cache

    return setup


def test_session_of_flask_session_is_permanent_unless_told(app, stored):
    """SESSION_PERMANENT is its setting, and True by default; the cookie has a date."""
    stored()
    assert "Expires=" in app.test_client().get("/login").headers["Set-Cookie"]


def test_session_permanent_off_gives_the_cookie_of_flask_session_no_date(app, stored):
    """So the browser drops it when it's closed."""
    stored(SESSION_PERMANENT=False)
    cookie = app.test_client().get("/login").headers["Set-Cookie"]
    assert "session=" in cookie
    assert "Expires=" not in cookie


@pytest.mark.parametrize("value", [True, False])
def test_session_permanent_as_a_setting_means_nothing_to_flask(app, value):
    """Its session is permanent only if session.permanent is set."""
    app.secret_key = "only for tests"
    app.config["SESSION_PERMANENT"] = value
    app.add_url_rule("/login", "login", lambda: str(session.update(user="ada")))
    app.add_url_rule("/", "index", lambda: [session.permanent])
    client = app.test_client()
    assert "Expires=" not in client.get("/login").headers["Set-Cookie"]
    assert client.get("/").json == [False]


@pytest.mark.parametrize("permanent", [True, False])
def test_flask_session_stores_nothing_for_a_visitor_without_a_session(
    app, stored, permanent
):
    """Reading alone makes none, so health checks and crawlers leave nothing behind."""
    cache = stored(SESSION_PERMANENT=permanent)
    response = app.test_client().get("/")
    assert (response.text, cache.times) == ("nobody", 0)
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    ("settings", "times"),
    [
        ({}, 3),
        ({"SESSION_PERMANENT": False}, 3),
        ({"SESSION_REFRESH_EACH_REQUEST": False}, 1),
    ],
)
def test_flask_session_stores_the_session_again_with_each_request(
    app, stored, settings, times
):
    """Unless SESSION_REFRESH_EACH_REQUEST is off; then changes only."""
    cache = stored(**settings)
    client = app.test_client()
    client.get("/login")
    assert [client.get("/").text for _ in range(2)] == ["ada", "ada"]
    assert cache.times == times


def test_flask_session_has_an_id_which_the_cookie_holds(app, stored):
    """session.sid is the same in each request of a visitor."""
    stored()
    client = app.test_client()
    client.get("/login")
    first, second = client.get("/id"), client.get("/id")
    assert len(first.text) >= 32
    assert first.text == second.text == client.get_cookie("session").value


def test_session_of_flask_has_no_id(app):
    """The attribute sid is Flask-Session's."""
    app.secret_key = "only for tests"
    app.add_url_rule("/", "index", lambda: session.sid)
    app.testing = True
    with pytest.raises(AttributeError, match="has no attribute 'sid'"):
        app.test_client().get("/")


def test_id_that_the_app_makes_stays_in_the_session_of_flask(app):
    """With setdefault each request of a visitor finds the same."""
    from uuid import uuid4

    app.secret_key = "only for tests"
    app.add_url_rule("/", "id", lambda: session.setdefault("id", uuid4().hex))
    client = app.test_client()
    first = client.get("/").text
    assert len(first) == 32
    assert client.get("/").text == first
    assert app.test_client().get("/").text != first


def test_flask_session_gives_a_new_id_when_it_is_told_to(app, stored):
    """regenerate of its session interface keeps the values, and drops the old ID."""
    stored()

    @app.get("/renew")
    def renew():
        app.session_interface.regenerate(session)
        return session.sid

    client, copy = app.test_client(), app.test_client()
    client.get("/login")
    old = client.get_cookie("session").value
    assert client.get("/renew").text == client.get_cookie("session").value != old
    assert client.get("/").text == "ada"
    copy.set_cookie("session", old)
    assert copy.get("/").text == "nobody"


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
