"""When a session ends because nobody uses it."""

import time
from datetime import timedelta

import pytest
from flask import session

from snippets.recipes import idle_logout, idle_without_polls

HTTPS = {"base_url": "https://shop.example"}


@pytest.fixture
def clock(monkeypatch):
    """Set what itsdangerous and the client take for the time, in minutes from now."""
    start = time.time()

    def clock(minutes):
        monkeypatch.setattr(time, "time", lambda: start + 60 * minutes)

    return clock


def greet(module, clock, *visits):
    client = module.app.test_client()
    clock(0)
    client.post("/login", **HTTPS)
    for minutes, path in visits:
        clock(minutes)
        greeting = client.get(path, **HTTPS).text
    return greeting


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/missing.css"])
def test_each_request_renews_a_permanent_session(path, clock):
    """Also a 404, and a view that doesn't look at the session."""
    assert greet(idle_logout, clock, (10, path), (20, "/")) == "Hello, ada"


def test_permanent_session_ends_after_the_lifetime_without_a_request(clock):
    """The server refuses the cookie, whatever the browser thinks of it."""
    assert greet(idle_logout, clock, (16, "/")) == "Hello, stranger"


def test_session_that_is_not_permanent_ends_after_the_lifetime_too(basket, clock):
    """Its cookie has no date, and the server refuses it by its signature's age."""
    basket.config["PERMANENT_SESSION_LIFETIME"] = timedelta(minutes=15)
    client = basket.test_client()
    assert "Expires" not in client.get("/add/tea").headers["Set-Cookie"]
    clock(14)
    shown = client.get("/show")
    assert (shown.json, "Set-Cookie" in shown.headers) == ({"tea": 1}, False)
    clock(16)
    assert client.get("/show").json == {}


def test_lifetime_that_is_none_makes_each_request_with_a_session_cookie_a_500(basket):
    """Flask computes with it, even if no session is permanent."""
    basket.config["PERMANENT_SESSION_LIFETIME"] = None
    client = basket.test_client()
    assert client.get("/about").status_code == 200
    assert client.get("/add/tea").status_code == 200
    assert client.get("/about").status_code == 500


def test_polling_does_not_renew_the_session_that_a_hook_renews(clock):
    """Without SESSION_REFRESH_EACH_REQUEST only a changed session is sent again."""
    visits = (10, "/news"), (14, "/news"), (20, "/")
    assert greet(idle_without_polls, clock, *visits) == "Hello, stranger"
    assert greet(idle_without_polls, clock, (10, "/"), (20, "/")) == "Hello, ada"


def test_session_permanent_in_a_before_request_function_gives_strangers_a_cookie(app):
    """Setting it changes the session, so each visitor gets one, and Vary: Cookie."""
    app.secret_key = "key"
    app.before_request(lambda: setattr(session, "permanent", True))
    app.add_url_rule("/", "index", lambda: "Tea")
    headers = app.test_client().get("/").headers
    assert headers["Set-Cookie"].startswith("session=")
    assert headers["Vary"] == "Cookie"


@pytest.mark.parametrize("again", [True, False])
def test_session_permanent_set_again_is_a_change_each_time(app, again):
    """Without SESSION_REFRESH_EACH_REQUEST too; if it's left alone, none is sent."""

    @app.before_request
    def keep():
        if again or not session.permanent:
            session.permanent = True

    app.config.update(SECRET_KEY="key", SESSION_REFRESH_EACH_REQUEST=False)
    app.add_url_rule("/", "index", lambda: "Tea")
    client = app.test_client()
    sent = ["Set-Cookie" in client.get("/").headers for _ in range(3)]
    assert sent == [True, again, again]
