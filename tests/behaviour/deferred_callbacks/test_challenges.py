"""What the wrong answers of the challenge about deferred callbacks overlook."""

from threading import local

import pytest
from flask import redirect, session

from snippets.deferred_callbacks_challenges import (
    pending_in_config,
    pending_in_module,
    pending_in_thread,
    token_by_settings,
)
from snippets.deferred_callbacks_depth import local_redirect


@pytest.fixture(params=[pending_in_module, pending_in_config, pending_in_thread])
def pending(request, monkeypatch):
    """An app that keeps callbacks where they outlive a request; none as yet."""
    monkeypatch.setattr(pending_in_module, "PENDING", [])
    monkeypatch.setitem(pending_in_config.app.config, "PENDING", [])
    monkeypatch.setattr(pending_in_thread, "LOCAL", local())
    return request.param.app


def test_callbacks_kept_outside_the_request_reach_the_next_visitor(pending):
    """A module, the settings and the thread outlive the request."""
    pending.test_client().get("/tables/anna")
    response = pending.test_client().get("/tables/bert")
    assert response.headers.getlist("Set-Cookie") == ["guest=anna; Path=/"]


def test_settings_of_the_session_cookie_leave_other_cookies_alone():
    """SESSION_COOKIE_SECURE and similar settings are for the session's cookie only."""
    app = token_by_settings.app
    assert app.config["SESSION_COOKIE_SECURE"] is True
    cookie = app.test_client().post("/login").headers["Set-Cookie"]
    assert sorted(cookie.split("; ")) == ["Path=/", "token=t1"]


def test_session_changed_in_a_teardown_function_is_not_saved(app):
    """The cookie was made before: the next request finds the session as it was."""
    app.secret_key = "test"

    @app.teardown_request
    def count(error):
        session["visits"] = 1

    app.add_url_rule("/", view_func=lambda: str(session.get("visits")))
    client = app.test_client()
    assert [client.get("/").text, client.get("/").text] == ["None", "None"]


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example"])
def test_redirect_leads_wherever_it_is_told(app, target):
    """Flask doesn't check whether the target is one of the application's own pages."""
    app.add_url_rule("/", view_func=lambda: redirect(target))
    assert app.test_client().get("/").headers["Location"] == target


def location(target):
    """Where the login of the example redirects to when it's asked for *target*."""
    response = local_redirect.app.test_client().post("/login", data={"next": target})
    assert response.status_code == 303
    return response.headers["Location"]


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "///evil.example",
        "evil.example",
        "",
    ],
)
def test_redirect_of_the_login_stays_in_the_app(target):
    """Browsers read a backslash as a slash, and drop tabs and newlines."""
    assert location(target) == "/"


@pytest.mark.parametrize("target", ["/", "/orders/7", "/search?q=a//b", "/a:b"])
def test_redirect_of_the_login_leads_to_any_page_of_the_app(target):
    """Its path begins with one slash; the query may hold anything printable."""
    assert location(target) == target
