"""What a deferred callback must return."""

import pytest
from flask import after_this_request

from snippets.deferred_callbacks.forget_return import app as diary_app
from snippets.deferred_callbacks.return_value import app as weather_app


def test_callback_may_return_a_different_response():
    """What the callback returns is what the client gets."""
    client = weather_app.test_client()
    assert client.get("/weather").mimetype == "application/json"
    response = client.get("/weather?format=text")
    assert (response.mimetype, response.text) == ("text/plain", "Oslo: 4 degrees")


def test_hooks_receive_what_the_last_callback_returned(app, steps):
    """The replaced response goes on down the chain."""

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
    """The hook receives None and is named in the error, though it is innocent.

    Question: A deferred callback forgets to return. Which function does the error
    name?
    """
    with pytest.raises(
        AttributeError, match=r"^'NoneType' object has no attribute 'headers'$"
    ):
        diary_app.test_client().get("/diary")


def test_forgotten_return_in_a_callback_breaks_the_next_callback(app):
    """The next deferred callback receives None just the same."""
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
    """With nothing behind it, the error is the one of a forgetful hook."""

    @app.get("/")
    def index():
        after_this_request(lambda response: None)
        return "Home"

    with pytest.raises(TypeError, match=r"^'NoneType' object is not callable$"):
        app.test_client().get("/")


def test_forgotten_return_in_a_callback_is_a_500_page_in_production(monkeypatch):
    """The failing hook makes it a crash that Flask answers with its 500."""
    monkeypatch.setitem(diary_app.config, "TESTING", False)
    response = diary_app.test_client().get("/diary")
    assert response.status_code == 500
    assert "X-Content-Type-Options" not in response.headers


def test_return_value_of_a_callback_is_not_converted_to_a_response(app):
    """A str is no response for a callback either.

    Question: May a deferred callback return a string?
    """

    @app.get("/")
    def index():
        after_this_request(lambda response: "Hello")
        return "Home"

    with pytest.raises(TypeError, match=r"^'str' object is not callable$"):
        app.test_client().get("/")
