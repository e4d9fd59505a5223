"""How long a session lasts."""

import time
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import pytest
from flask import session

from tests.behaviour.sessions.cookies import VARIES, cookie


def expiry(response):
    return parsedate_to_datetime(cookie(response)[2]["expires"])


@pytest.mark.parametrize(
    ("lifetime", "days"),
    [(None, 31), (timedelta(days=2), 2), (3 * 86400, 3)],
)
def test_permanent_session_expires_after_its_lifetime(basket, lifetime, days):
    """PERMANENT_SESSION_LIFETIME is a timedelta or seconds; 31 days by default."""
    if lifetime is not None:
        basket.config["PERMANENT_SESSION_LIFETIME"] = lifetime
    expected = datetime.now(timezone.utc) + timedelta(days=days)
    expires = expiry(basket.test_client().get("/remember"))
    assert abs(expires - expected) < timedelta(minutes=1)


def test_lifetime_of_sessions_is_a_timedelta_whatever_was_configured(app):
    """app.permanent_session_lifetime reads the setting; None stays None."""
    assert app.permanent_session_lifetime == timedelta(days=31)
    for setting, lifetime in (
        (60, timedelta(minutes=1)),
        (timedelta(1),) * 2,
        (None, None),
    ):
        app.config["PERMANENT_SESSION_LIFETIME"] = setting
        assert app.permanent_session_lifetime == lifetime


def test_session_expires_at_the_same_time_in_every_time_zone(basket, monkeypatch):
    """Expires is in GMT, whatever the clock of the server shows."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        expires = expiry(basket.test_client().get("/remember"))
    finally:
        monkeypatch.undo()
        time.tzset()
    expected = datetime.now(timezone.utc) + timedelta(days=31)
    assert abs(expires - expected) < timedelta(minutes=1)


def test_permanent_session_is_marked_inside_the_session(basket):
    """session.permanent is a key of the session itself."""
    client = basket.test_client()
    client.get("/remember")
    assert client.get("/show").json == {"_permanent": True}
    client.get("/forget")
    assert client.get("/show").json == {"_permanent": False}


def test_session_is_not_permanent_unless_told(basket):
    """permanent is False for a new session, and becomes a bool when set."""
    basket.add_url_rule(
        "/ask", "ask", lambda: [session.permanent, setattr(session, "permanent", 1)]
    )
    basket.add_url_rule("/told", "told", lambda: [session.permanent])
    client = basket.test_client()
    assert client.get("/ask").json == [False, None]
    assert client.get("/told").json == [True]


def test_permanent_session_is_sent_with_every_response(basket):
    """Its lifetime starts again: a visitor who comes back stays known."""
    client = basket.test_client()
    client.get("/remember")
    response = client.get("/about")
    assert "expires" in cookie(response)[2]
    assert response.headers.get("Vary") == VARIES


def test_permanent_session_is_sent_once_without_refresh(basket):
    """SESSION_REFRESH_EACH_REQUEST = False: only changes send the cookie."""
    basket.config["SESSION_REFRESH_EACH_REQUEST"] = False
    client = basket.test_client()
    client.get("/remember")
    assert "Set-Cookie" not in client.get("/about").headers
    assert "expires" in cookie(client.get("/add/tea"))[2]


def test_session_that_is_not_permanent_is_not_refreshed(basket):
    """A cookie that ends with the browser needs no renewal."""
    client = basket.test_client()
    client.get("/add/tea")
    assert "Set-Cookie" not in client.get("/about").headers


@pytest.mark.parametrize("visit", ["/remember", "/add/tea"])
def test_session_cookie_older_than_the_lifetime_is_ignored(basket, visit):
    """Of any session: the server checks the age that is signed into the cookie."""
    client = basket.test_client()
    client.get(visit)
    assert client.get("/show").json != {}
    basket.config["PERMANENT_SESSION_LIFETIME"] = -1
    assert client.get("/show").json == {}
