"""A body of stream_with_context that nobody reads to its end."""

import gc
import sqlite3

import pytest
from flask import g, request, stream_with_context
from werkzeug.test import EnvironBuilder

from tests.behaviour.versions import FLASK


def begin(app):
    """Return a body of which one piece has been read."""
    environ = EnvironBuilder("/stream").get_environ()
    body = app.wsgi_app(environ, lambda status, headers: None)
    assert next(iter(body)) == b"a"
    return body


@pytest.fixture(autouse=True)
def views(app, steps):
    """A stream, another view, and what notes the teardown of both."""

    @app.teardown_request
    def close_request(exception):
        steps.append(f"request {request.path}")

    @app.teardown_appcontext
    def close_app_context(exception):
        steps.append("app context")

    @app.get("/stream")
    def stream():
        @stream_with_context
        def produce():
            g.visitor = "first"
            yield "a"
            yield "b"

        return produce()

    @app.get("/next")
    def follow():
        return g.get("visitor", "nobody")


@pytest.fixture
def abandoned(app, steps):
    """Begin a stream and leave it, before another request in the same thread."""
    body = begin(app)
    steps.clear()
    yield body
    body.close()


def test_app_context_teardown_is_skipped_behind_an_abandoned_stream_up_to_flask_3_1(
    app, steps, abandoned
):
    """The next request uses the app context that the stream left behind."""
    app.test_client().get("/next")
    own = ["app context"] if FLASK >= (3, 2) else []
    assert steps == ["request /next", *own]


def test_request_behind_an_abandoned_stream_sees_its_g_up_to_flask_3_1(app, abandoned):
    """One app context, one g."""
    seen = app.test_client().get("/next").text
    assert seen == ("nobody" if FLASK >= (3, 2) else "first")


def test_closing_an_abandoned_body_ends_its_contexts(app, steps, abandoned):
    """Its teardown functions run, and the next request has its own contexts."""
    abandoned.close()
    assert steps == ["request /stream", "app context"]
    assert app.test_client().get("/next").text == "nobody"
    assert steps[2:] == ["request /next", "app context"]


def test_abandoned_body_that_nothing_refers_to_is_closed_by_python(app, steps):
    """A generator that is deleted is closed: its contexts end like any other's."""
    body = begin(app)
    steps.clear()
    del body
    gc.collect()
    assert steps == ["request /stream", "app context"]
    assert app.test_client().get("/next").text == "nobody"


def test_stream_that_nobody_closes_keeps_its_connection(app):
    """Until whatever holds the body closes it: then the teardown function runs."""
    opened = []

    @app.teardown_appcontext
    def close_database(error):
        if database := g.pop("database", None):
            database.close()

    @app.get("/orders")
    def stream_orders():
        @stream_with_context
        def produce():
            g.database = sqlite3.connect(":memory:")
            opened.append(g.database)
            yield "a"
            yield "b"

        return produce()

    environ = EnvironBuilder("/orders").get_environ()
    body = app.wsgi_app(environ, lambda status, headers: None)
    assert next(iter(body)) == b"a"
    assert opened[0].execute("SELECT 3").fetchone() == (3,)
    body.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
        opened[0].execute("SELECT 3")
