"""How a session ends although its cookie is still there."""

import time

import pytest

from snippets.recipes import absolute_timeout, logout_everywhere

HTTPS = {"base_url": "https://shop.example"}


@pytest.fixture
def later(monkeypatch):
    """Set what Python takes for the time, in hours from now."""
    start = time.time()
    return lambda hours: monkeypatch.setattr(time, "time", lambda: start + 3600 * hours)


@pytest.fixture
def logins(monkeypatch):
    """The table of the recipe, with a login of somebody else."""
    table = {"token of ada": "ada"}
    monkeypatch.setattr(logout_everywhere, "LOGINS", table)
    return table


def logged_in(module):
    """Return a client of the app that has logged in."""
    client = module.app.test_client()
    assert client.post("/login", **HTTPS).text == "Welcome"
    return client


def test_session_ends_hours_after_the_login_however_active(later):
    """Requests in between don't change this."""
    client = logged_in(absolute_timeout)
    for hours, greeting in (4, "Hello, ada"), (7, "Hello, ada"), (9, "Hello, stranger"):
        later(hours)
        assert client.get("/", **HTTPS).text == greeting


def test_session_without_a_time_of_its_end_is_ended():
    """Such as one from before the recipe was deployed."""
    client = absolute_timeout.app.test_client()
    with client.session_transaction(**HTTPS) as stored:
        stored["user"] = "ada"
    assert client.get("/", **HTTPS).text == "Hello, stranger"


def test_new_login_begins_a_new_time(later):
    """It stores a new end time in the session."""
    client = logged_in(absolute_timeout)
    later(7)
    client.post("/login", **HTTPS)
    later(14)
    assert client.get("/", **HTTPS).text == "Hello, ada"


@pytest.mark.parametrize(
    ("path", "phone"),
    [("/logout", "Hello, anna"), ("/logout-everywhere", "Hello, stranger")],
)
def test_login_on_a_list_of_the_server_can_be_ended_from_another_device(
    path, phone, logins
):
    """The other device keeps its cookie, whose login was deleted."""
    first, second = logged_in(logout_everywhere), logged_in(logout_everywhere)
    assert len(logins) == 3
    second.post(path, **HTTPS)
    assert second.get("/", **HTTPS).text == "Hello, stranger"
    assert first.get("/", **HTTPS).text == phone
    assert "token of ada" in logins


def test_copy_of_a_cookie_is_worth_nothing_when_its_login_is_deleted(logins):
    """The signature is still valid, but the login doesn't exist any more."""
    client = logged_in(logout_everywhere)
    with client.session_transaction(**HTTPS) as stored:
        kept = dict(stored)
    client.post("/logout", **HTTPS)
    thief = logout_everywhere.app.test_client()
    with thief.session_transaction(**HTTPS) as stored:
        stored.update(kept)
    assert thief.get("/", **HTTPS).text == "Hello, stranger"


def test_visitor_who_is_not_logged_in_logs_nobody_out(logins):
    """Not even if the login is made up."""
    stranger = logout_everywhere.app.test_client()
    for path in "/logout", "/logout-everywhere":
        assert stranger.post(path, **HTTPS).text == "Goodbye"
    assert logins == {"token of ada": "ada"}


def test_session_cleared_at_the_login_keeps_nothing_from_before():
    """Values that a planted cookie put into this browser's session are removed."""
    client = absolute_timeout.app.test_client()
    with client.session_transaction(**HTTPS) as stored:
        stored["cart"] = "planted"
    client.post("/login", **HTTPS)
    with client.session_transaction(**HTTPS) as stored:
        assert stored["user"] == "ada"
        assert "cart" not in stored
