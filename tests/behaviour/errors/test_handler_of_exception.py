"""A handler for Exception, and what it should leave alone."""

import pytest
from flask import abort, redirect
from werkzeug.exceptions import HTTPException

from snippets.reference import handler_of_exception
from tests.behaviour.versions import FLASK


@pytest.fixture
def greedy(app, steps):
    """An app whose handler for Exception takes what it gets."""

    @app.errorhandler(Exception)
    def handle(error):
        steps.append(type(error).__name__)
        return "handled", 500

    app.add_url_rule("/secret", "secret", lambda: abort(403))
    app.add_url_rule("/slash/", "slash", lambda: "Tea")
    app.add_url_rule("/moved", "moved", lambda: abort(redirect("/")))
    return app


def test_handler_of_exception_makes_a_500_of_each_http_error(greedy, steps):
    """A 403, a 404, a 405: all of them are exceptions."""
    client = greedy.test_client()
    found = [
        client.get("/secret").status_code,
        client.get("/nowhere").status_code,
        client.delete("/secret").status_code,
    ]
    assert found == [500, 500, 500]
    assert steps == ["Forbidden", "NotFound", "MethodNotAllowed"]


def test_handler_of_500_leaves_a_404_alone(app):
    """It is called for the crash, not for the 404, the 405 or an abort."""
    app.register_error_handler(500, lambda error: ("Sorry", 500))
    app.add_url_rule("/", "index", lambda: 1 / 0)
    app.add_url_rule("/secret", "secret", lambda: abort(403))
    client = app.test_client()
    assert (client.get("/").status_code, client.get("/").text) == (500, "Sorry")
    found = [
        client.get("/nowhere").status_code,
        client.delete("/").status_code,
        client.get("/secret").status_code,
    ]
    assert found == [404, 405, 403]


def test_handler_of_exception_gets_no_redirects(greedy, steps):
    """Neither the redirect to a slash nor one given to abort."""
    client = greedy.test_client()
    assert client.get("/slash").status_code == 308
    assert client.get("/moved").status_code == (303 if FLASK >= (3, 2) else 302)
    assert steps == []


def test_handler_of_exception_that_returns_http_errors_leaves_them_as_they_are(app):
    """They keep their status and their headers."""
    app.register_error_handler(Exception, handler_of_exception.report_crash)
    app.add_url_rule("/", "index", lambda: 1 / 0)
    client = app.test_client()
    assert client.get("/").json == {"error": "Something went wrong"}
    assert client.get("/nowhere").status_code == 404
    refused = client.delete("/")
    assert refused.status_code == 405
    assert "GET" in refused.allow


def test_handler_of_httpexception_is_asked_before_one_of_exception(greedy, steps):
    """It is the more specific class."""
    greedy.register_error_handler(HTTPException, lambda error: error)
    assert greedy.test_client().get("/nowhere").status_code == 404
    assert steps == []
