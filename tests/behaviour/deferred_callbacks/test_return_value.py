"""What a deferred callback must return."""

import pytest
from flask import after_this_request, session

from snippets.deferred_callbacks.forget_return import app as draft_app
from snippets.deferred_callbacks.return_value import app as product_app


def test_callback_may_return_a_different_response():
    """What the callback returns is what the client gets."""
    client = product_app.test_client()
    assert client.get("/products/lamp").mimetype == "application/json"
    response = client.get("/products/lamp?format=text")
    assert (response.mimetype, response.text) == ("text/plain", "lamp: 40 EUR")


def test_hooks_receive_what_the_last_callback_returned(app, steps):
    """The hooks receive the new response."""

    @app.after_request
    def look(response):
        steps.append(response.status_code)
        return response

    @app.get("/")
    def index():
        after_this_request(lambda response: app.response_class("New", 202))
        return "Old"

    assert app.test_client().get("/").text == "New"
    assert steps == [202]


def test_forgotten_return_in_a_callback_breaks_the_next_hook():
    """The next function that Flask called, which received None.

    Question: A deferred callback forgets to return the response. Which function
    does the traceback name?
    """
    with pytest.raises(
        AttributeError, match=r"^'NoneType' object has no attribute 'headers'$"
    ):
        draft_app.test_client().get("/drafts/7")


def test_forgotten_return_in_a_callback_breaks_the_next_callback(app):
    """The next deferred callback receives None."""
    app.testing = True

    @app.get("/")
    def index():
        after_this_request(lambda response: None)

        @after_this_request
        def add_header(response):
            response.headers["X-Hello"] = "World"
            return response

        return "Home"

    with pytest.raises(AttributeError, match="'NoneType' object has no attribute"):
        app.test_client().get("/")


def test_forgotten_return_in_the_only_callback_raises_none_is_not_callable(app):
    """Flask calls what the callback returned as a WSGI application."""

    @app.get("/")
    def index():
        after_this_request(lambda response: None)
        return "Home"

    with pytest.raises(TypeError, match=r"^'NoneType' object is not callable$"):
        app.test_client().get("/")


def test_forgotten_return_in_a_callback_fails_earlier_if_the_session_is_used(app):
    """Flask saves the session before it calls what the callback returned."""
    app.testing = True
    app.secret_key = "test"

    @app.get("/")
    def index():
        after_this_request(lambda response: None)
        return str(session.get("item"))

    with pytest.raises(
        AttributeError, match=r"^'NoneType' object has no attribute 'vary'$"
    ):
        app.test_client().get("/")


def test_forgotten_return_in_a_callback_is_a_500_page_in_production(monkeypatch):
    """The next hook fails, and Flask makes a 500."""
    monkeypatch.setitem(draft_app.config, "TESTING", False)
    response = draft_app.test_client().get("/drafts/7")
    assert response.status_code == 500
    assert "X-Content-Type-Options" not in response.headers


def test_return_value_of_a_callback_is_not_converted_to_a_response(app):
    """No, only a response object: Flask doesn't convert its value.

    Question: May a deferred callback return a string?
    """

    @app.get("/")
    def index():
        after_this_request(lambda response: "Hello")
        return "Home"

    with pytest.raises(TypeError, match=r"^'str' object is not callable$"):
        app.test_client().get("/")
