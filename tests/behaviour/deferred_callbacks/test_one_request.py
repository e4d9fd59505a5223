"""A deferred callback belongs to one request."""

import re
import sys
from threading import Thread

import pytest
from flask import (
    after_this_request,
    copy_current_request_context,
    make_response,
    stream_with_context,
)

from snippets.deferred_callbacks.outside_request import announce_sale
from snippets.deferred_callbacks.outside_request import app as shop_app
from snippets.recipes.cookie_later import app as language_app
from tests.behaviour.versions import FLASK

NO_REQUEST = (
    "^'after_this_request' can only be used when a request context is active,"
    r" such as in a view function\.$"
)


def test_deferred_callback_leaves_other_requests_alone():
    """Each request starts with an empty list.

    Question: Why does a deferred callback not run for the next request?
    """
    client = language_app.test_client()
    responses = [client.get(f"/{query}") for query in ("", "?lang=de", "")]
    assert ["Set-Cookie" in r.headers for r in responses] == [False, True, False]


def test_after_this_request_returns_the_function_unchanged(app):
    """It may be used as a decorator or called: both only register."""

    def keep(response):
        return response

    with app.test_request_context():
        assert after_this_request(keep) is keep


def test_deferring_outside_a_request_raises_a_runtime_error():
    """The exact text, the same in all supported versions."""
    with pytest.raises(RuntimeError, match=NO_REQUEST):
        announce_sale()


def test_deferring_with_only_an_app_context_raises_the_same_error():
    """It has an app context only, and no response will be made.

    Question: Why can a command with an app context not defer a callback?
    """
    with shop_app.app_context(), pytest.raises(RuntimeError, match=NO_REQUEST):
        announce_sale()


def test_deferring_inside_a_request_works_with_the_same_function():
    """It matters where the function is called, not where it's defined."""
    assert shop_app.test_client().get("/").headers["X-Sale"] == "today"


def test_deferring_from_a_thread_raises_the_same_error(app):
    """A new thread has no request, even when a view started it."""
    caught = []

    def work():
        with pytest.raises(RuntimeError, match=NO_REQUEST) as error:
            announce_sale()
        caught.append(error.type)

    @app.get("/")
    def index():
        thread = Thread(target=work)
        thread.start()
        thread.join()
        return "Home"

    app.test_client().get("/")
    assert caught == [RuntimeError]


def test_callback_deferred_in_a_copied_request_context_is_lost(app):
    """The copy has a list of its own, which Flask never runs.

    Question: Why is a callback lost that is deferred in a copy of the request
    context?
    """

    @app.get("/")
    def index():
        @copy_current_request_context
        def work():
            announce_sale()

        thread = Thread(target=work)
        thread.start()
        thread.join()
        return "Home"

    response = app.test_client().get("/")
    assert response.status_code == 200
    assert "X-Sale" not in response.headers


def test_callback_deferred_while_the_body_streams_is_lost(app):
    """The callbacks run and the headers are made before the body is produced.

    Question: Why is a callback lost that a streaming generator defers, even with
    stream_with_context?
    """

    @app.get("/")
    def index():
        @stream_with_context
        def produce():
            announce_sale()
            yield "Home"

        return produce()

    response = app.test_client().get("/")
    assert response.text == "Home"
    assert "X-Sale" not in response.headers


def test_deferring_in_a_generator_without_its_context_raises_the_same_error(app):
    """The request has ended when a generator without stream_with_context runs."""

    @app.get("/")
    def index():
        def produce():
            with pytest.raises(RuntimeError, match=NO_REQUEST):
                announce_sale()
            yield "Home"

        return produce()

    assert app.test_client().get("/").text == "Home"


def test_deferring_in_a_call_on_close_function_raises_the_same_error(app, steps):
    """It is called when the server closes the body, after the request."""

    @app.get("/")
    def index():
        response = make_response("Home")

        @response.call_on_close
        def note_end():
            with pytest.raises(RuntimeError, match=NO_REQUEST):
                announce_sale()
            steps.append("refused")

        return response

    app.test_client().get("/", buffered=True)
    assert steps == ["refused"]


def test_deferring_in_a_teardown_appcontext_function_raises_up_to_flask_3_1(app, steps):
    """Since Flask 3.2 it has the request, and the callback is lost without an error."""

    @app.teardown_appcontext
    def close_shop(error):
        try:
            announce_sale()
        except RuntimeError as refused:
            steps.append(str(refused))

    assert "X-Sale" not in app.test_client().get("/").headers
    assert len(steps) == (0 if FLASK >= (3, 2) else 1)
    assert all(re.match(NO_REQUEST, refused) for refused in steps)


def test_test_request_context_alone_runs_no_deferred_callback(app, steps):
    """Nothing is dispatched, so no response is made for the callback."""
    with app.test_request_context("/"):
        after_this_request(lambda response: steps.append("callback") or response)
    assert steps == []


def test_async_callback_is_awaited(app):
    """An async def function may be deferred."""

    async def count_sales():
        return 12

    @app.get("/")
    def index():
        @after_this_request
        async def add_sales(response):
            response.headers["X-Sold-Today"] = str(await count_sales())
            return response

        return "Lamp, 40 EUR"

    response = app.test_client().get("/")
    assert (response.text, response.headers["X-Sold-Today"]) == ("Lamp, 40 EUR", "12")


def test_async_view_can_defer_a_callback(app):
    """Inside an async view the request is active as well."""

    @app.get("/")
    async def index():
        announce_sale()
        return "Home"

    assert app.test_client().get("/").headers["X-Sale"] == "today"


def test_async_callback_without_asgiref_raises_this_error(app, monkeypatch):
    """The exact text, which names views, in all supported versions."""
    monkeypatch.setitem(sys.modules, "asgiref.sync", None)
    app.testing = True

    @app.get("/")
    def index():
        @after_this_request
        async def add_header(response):
            return response

        return "Home"

    with pytest.raises(RuntimeError) as caught:
        app.test_client().get("/")
    assert str(caught.value) == (
        "Install Flask with the 'async' extra in order to use async views."
    )
