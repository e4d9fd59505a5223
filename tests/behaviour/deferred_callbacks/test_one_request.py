"""A deferred callback belongs to one request."""

from threading import Thread

import pytest
from flask import (
    after_this_request,
    copy_current_request_context,
    stream_with_context,
)

from snippets.deferred_callbacks.decides_per_request import app as invoice_app
from snippets.deferred_callbacks.outside_request import app as deck_app
from snippets.deferred_callbacks.outside_request import greet_everyone

NO_REQUEST = (
    "^'after_this_request' can only be used when a request context is active,"
    r" such as in a view function\.$"
)


def test_deferred_callback_leaves_other_requests_alone():
    """Each request starts with an empty list.

    Question: Why does a deferred callback not run for the next request?
    """
    client = invoice_app.test_client()
    responses = [client.get(f"/invoice{query}") for query in ("", "?save=yes", "")]
    assert ["Content-Disposition" in r.headers for r in responses] == [
        False,
        True,
        False,
    ]


def test_after_this_request_returns_the_function_unchanged(app):
    """It may be used as a decorator or called: both only register."""

    def keep(response):
        return response

    with app.test_request_context():
        assert after_this_request(keep) is keep


def test_deferring_outside_a_request_raises_a_runtime_error():
    """The exact text, the same in all supported versions."""
    with pytest.raises(RuntimeError, match=NO_REQUEST):
        greet_everyone()


def test_deferring_with_only_an_app_context_raises_the_same_error():
    """An app context, as in a command, has no response to wait for.

    Question: Why can a command with an app context not defer a callback?
    """
    with deck_app.app_context(), pytest.raises(RuntimeError, match=NO_REQUEST):
        greet_everyone()


def test_deferring_inside_a_request_works_with_the_same_function():
    """Where the function is called decides, not where it was defined."""
    assert deck_app.test_client().get("/").headers["X-Greeting"] == "Ahoy"


def test_deferring_from_a_thread_raises_the_same_error(app):
    """A new thread has no request, even when a view started it."""
    caught = []

    def work():
        with pytest.raises(RuntimeError, match=NO_REQUEST) as error:
            greet_everyone()
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
    """The copy has a list of its own, and no response ever passes it.

    Question: Why is a callback lost that is deferred in a copy of the request
    context?
    """

    @app.get("/")
    def index():
        @copy_current_request_context
        def work():
            greet_everyone()

        thread = Thread(target=work)
        thread.start()
        thread.join()
        return "Home"

    response = app.test_client().get("/")
    assert response.status_code == 200
    assert "X-Greeting" not in response.headers


def test_callback_deferred_while_the_body_streams_is_lost(app):
    """stream_with_context keeps the request, but the headers are made already.

    Question: Why is a callback lost that a streaming generator defers, even with
    stream_with_context?
    """

    @app.get("/")
    def index():
        @stream_with_context
        def produce():
            greet_everyone()
            yield "Home"

        return produce()

    response = app.test_client().get("/")
    assert response.text == "Home"
    assert "X-Greeting" not in response.headers


def test_test_request_context_alone_runs_no_deferred_callback(app, steps):
    """Without a dispatched request nobody makes a response for the callback."""
    with app.test_request_context("/"):
        after_this_request(lambda response: steps.append("callback") or response)
    assert steps == []


def test_async_callback_is_awaited():
    """An async def function may be deferred."""
    from snippets.deferred_callbacks.async_callback import app as soup_app

    response = soup_app.test_client().get("/soup")
    assert response.headers["X-Orders-Today"] == "12"


def test_async_view_can_defer_a_callback(app):
    """Inside an async view the request is active as well."""

    @app.get("/")
    async def index():
        greet_everyone()
        return "Home"

    assert app.test_client().get("/").headers["X-Greeting"] == "Ahoy"
