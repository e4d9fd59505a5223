"""The session, its cookie and the Vary header."""

import pytest
from flask import get_flashed_messages, render_template_string, request, session
from flask.sessions import SessionMixin

from snippets.changes import (
    cookie_domain,
    final_session,
    key_rotation,
    partitioned_cookie,
    permanent_session,
    session_key_check,
    vary_cookie,
)
from tests.behaviour.changes.releases import RELEASE, since

VARY = since(2, 3, 2) or (2, 2, 5) <= RELEASE < (2, 3)


def vary(client, path):
    return client.get(path).headers.get("Vary")


@pytest.fixture
def member():
    """A client whose session is permanent."""
    client = permanent_session.app.test_client()
    client.post("/login")
    return client


def test_permanent_session_is_refreshed_by_a_request_that_leaves_it_alone(member):
    """Each response has the cookie, with a new expiry time."""
    for _ in range(2):
        cookie = member.get("/products").headers["Set-Cookie"]
        assert cookie.startswith("session=")
        assert "Expires=" in cookie


def test_refreshed_permanent_session_adds_vary_since_flask_2_2_5_and_2_3_2(member):
    """CVE-2023-30861, GHSA-m2qf-hxjv-5gpq: before, the response says nothing."""
    assert vary(member, "/products") == ("Cookie" if VARY else None)


def test_permanent_session_without_refresh_sends_its_cookie_only_when_it_changes(
    member, monkeypatch
):
    """SESSION_REFRESH_EACH_REQUEST is True by default."""
    settings = permanent_session.app.config
    assert settings["SESSION_REFRESH_EACH_REQUEST"] is True
    monkeypatch.setitem(settings, "SESSION_REFRESH_EACH_REQUEST", False)
    assert "Set-Cookie" not in member.get("/products").headers
    assert "Set-Cookie" in member.post("/login").headers


def test_reading_an_empty_session_adds_vary_since_flask_2_2_5_and_2_3_2():
    """Before, a cache could give a member the page for guests."""
    client = vary_cookie.app.test_client()
    assert vary(client, "/") == ("Cookie" if VARY else None)


def test_vary_header_set_in_a_deferred_callback_is_there_on_every_version():
    """Flask adds Cookie to the header, and never twice."""
    assert vary(vary_cookie.app.test_client(), "/careful") == "Cookie"


def test_emptied_session_adds_vary_since_flask_2_2_5_and_2_3_2(app):
    """The response that deletes the cookie then also has the header."""
    app.secret_key = "not so secret"

    @app.get("/login")
    def log_in():
        session["user"] = "anna"
        return "ok"

    @app.get("/logout")
    def log_out():
        session.clear()
        return "ok"

    client = app.test_client()
    client.get("/login")
    response = client.get("/logout")
    assert response.headers["Set-Cookie"].startswith("session=;")
    assert response.headers.get("Vary") == ("Cookie" if VARY else None)


def test_request_that_leaves_the_session_alone_adds_no_vary_header(app):
    """A page that is the same for everyone can be cached, on every version."""
    app.secret_key = "not so secret"
    app.add_url_rule("/", "page", lambda: "ok")
    assert vary(app.test_client(), "/") is None


@pytest.mark.parametrize("path", ["/in", "/len"])
def test_looking_at_the_keys_of_a_session_adds_vary_since_flask_3_1_3(path):
    """Before, only reading a value did: "user" in session went unnoticed."""
    client = session_key_check.app.test_client()
    client.post("/login")
    assert vary(client, path) == ("Cookie" if since(3, 1, 3) else None)


@pytest.mark.parametrize(
    "use",
    [
        bool,
        dict,
        len,
        list,
        repr,
        lambda stored: stored == {},
        lambda stored: stored.modified,
        lambda stored: stored.new,
        lambda stored: get_flashed_messages(),
    ],
)
def test_any_other_use_of_a_session_adds_vary_since_flask_3_1_3(app, use):
    """Looking for flashed messages, too, although there are none."""
    app.secret_key = "secret"

    @app.get("/")
    def index():
        use(session)
        return "Shop"

    expected = "Cookie" if since(3, 1, 3) else None
    assert vary(app.test_client(), "/") == expected


def test_template_that_does_not_use_the_session_adds_no_vary(app):
    """Although every template has the name session."""
    app.secret_key = "secret"
    app.add_url_rule("/", "index", lambda: render_template_string("Shop"))
    assert vary(app.test_client(), "/") is None


def test_getting_a_value_of_a_session_adds_vary_on_every_version():
    """session.get is the spelling that every version notices."""
    client = session_key_check.app.test_client()
    client.post("/login")
    assert vary(client, "/get") == "Cookie"


def test_session_class_of_ones_own_is_not_accessed_at_first_since_flask_3_1_3():
    """The default of SessionMixin.accessed was True up to 3.1.2."""
    assert SessionMixin.accessed is not since(3, 1, 3)


def test_session_signed_with_an_old_key_is_read_since_flask_3_1():
    """Before, SECRET_KEY_FALLBACKS has no effect and no warning."""
    old = key_rotation.create_app("old key")
    cookie = key_rotation.log_in(old, "anna")
    both = key_rotation.create_app("new key", ["old key"])
    user = "anna" if since(3, 1) else "stranger"
    assert key_rotation.show_greeting(both, cookie) == f"Hello, {user}"


def test_session_is_signed_with_the_new_key_except_in_flask_3_1_0():
    """There a fallback key signs, and an app without it cannot read the session."""
    both = key_rotation.create_app("new key", ["old key"])
    cookie = key_rotation.log_in(both, "bert")
    for key, reads in (
        ("new key", RELEASE != (3, 1, 0)),
        ("old key", RELEASE == (3, 1, 0)),
    ):
        app = key_rotation.create_app(key)
        user = "bert" if reads else "stranger"
        assert key_rotation.show_greeting(app, cookie) == f"Hello, {user}"


def test_session_cookie_takes_its_domain_from_server_name_in_flask_2_2():
    """Since 2.3 it has no domain: browsers keep it to the exact host."""
    client = cookie_domain.create_app(None).test_client()
    cookie = client.get("/").headers["Set-Cookie"]
    assert ("Domain=" in cookie) == (not since(2, 3))


def test_session_cookie_domain_setting_holds_on_every_version():
    """Named in the settings, the domain is the same before and after 2.3."""
    client = cookie_domain.create_app("shop.example").test_client()
    assert "Domain=shop.example" in client.get("/").headers["Set-Cookie"]


def test_session_cookie_can_be_partitioned_since_flask_3_1():
    """Before, SESSION_COOKIE_PARTITIONED has no effect and no warning."""
    cookie = partitioned_cookie.app.test_client().get("/").headers["Set-Cookie"]
    assert ("Partitioned" in cookie) == since(3, 1)


def test_followed_redirect_leaves_the_last_session_since_flask_3_1_2():
    """Before, session and request in the block are those of the first request."""
    with final_session.app.test_client() as client:
        client.get("/login", follow_redirects=True)
        if since(3, 1, 2):
            assert (request.path, len(session["visits"])) == ("/home", 2)
        else:
            assert (request.path, len(session["visits"])) == ("/login", 1)


def test_redirect_followed_by_the_test_leaves_the_last_session():
    """One request a call, and the block shows the last, on every version."""
    with final_session.app.test_client() as client:
        client.get(client.get("/login").location)
        assert request.path == "/home"
        assert session["visits"] == ["login", "home"]


def test_session_of_a_context_has_no_setter_since_flask_3_1_3(app):
    """Extensions that assign a session of their own fail."""
    with app.test_request_context() as context:
        if since(3, 1, 3):
            with pytest.raises(AttributeError) as told:
                context.session = {}
            assert "'session'" in str(told.value)
            assert str(told.value).endswith("has no setter")
        else:
            context.session = {"user": "anna"}
            assert session["user"] == "anna"
