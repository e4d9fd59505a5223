"""What the wrong answers of the challenge about hooks overlook."""

import pytest
from flask import Blueprint, abort, session

from snippets.after_request_challenges import (
    frames_in_views,
    login_aborts_after_view,
    login_after_view,
    login_before_view,
    trace_handed_back,
)


def test_hook_of_a_blueprint_runs_when_its_view_aborts(app, steps):
    """The URL decides the blueprint; its view's error makes no difference."""
    books = Blueprint("books", __name__)
    books.after_request(lambda response: steps.append("books") or response)
    books.add_url_rule("/books/9", view_func=lambda: abort(404), endpoint="show")
    app.register_blueprint(books)
    assert app.test_client().get("/books/9").status_code == 404
    assert steps == ["books"]


def test_headers_of_a_view_are_not_on_error_pages():
    """A view that fails, or that was never found, has returned no headers."""
    client = frames_in_views.app.test_client()
    responses = [client.get(path) for path in ("/account", "/nowhere", "/statement")]
    assert [
        (response.status_code, "X-Frame-Options" in response.headers)
        for response in responses
    ] == [(200, True), (404, False), (500, False)]


@pytest.mark.parametrize(
    ("module", "status", "left"),
    [
        (login_after_view, 401, ["bert"]),
        (login_aborts_after_view, 500, ["bert"]),
        (login_before_view, 401, ["anna", "bert"]),
    ],
)
def test_hook_that_refuses_comes_after_what_the_view_has_done(
    monkeypatch, module, status, left
):
    """The response refuses, but the member is deleted; before_request is in time."""
    members = ["anna", "bert"]
    monkeypatch.setattr(module, "MEMBERS", members)
    response = module.app.test_client().delete("/members/anna")
    assert (response.status_code, members) == (status, left)


def test_extending_the_headers_keeps_what_is_there(app):
    """headers.extend adds, as headers.add does."""

    @app.after_request
    def allow(response):
        response.headers.extend({"X-Origin": "hook"})
        return response

    app.add_url_rule("/", view_func=lambda: ("Tea", {"X-Origin": "view"}))
    response = app.test_client().get("/")
    assert response.headers.getlist("X-Origin") == ["view", "hook"]


def test_header_with_a_line_break_is_refused(monkeypatch):
    """Assigning it raises ValueError, so no second header can be injected."""
    app = trace_handed_back.app
    asked = "/bus?trace=a1%0d%0aSet-Cookie:%20admin=yes"
    response = app.test_client().get(asked)
    assert response.status_code == 500
    assert not {"Set-Cookie", "X-Trace"} & {*response.headers.keys()}
    monkeypatch.setitem(app.config, "TESTING", True)
    with pytest.raises(ValueError, match="newline"):
        app.test_client().get(asked)


def test_vary_of_the_session_is_not_there_yet_in_a_hook(app, steps):
    """Flask adds Vary: Cookie when it saves the session, after the last hook."""
    app.secret_key = "test"

    @app.after_request
    def look(response):
        steps.append(response.headers.get("Vary"))
        return response

    @app.get("/")
    def index():
        session["user"] = "anna"
        return "Orders"

    assert app.test_client().get("/").headers["Vary"] == "Cookie"
    assert steps == [None]
