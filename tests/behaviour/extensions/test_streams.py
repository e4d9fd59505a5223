"""A stream of events with Flask-Compress and with Flask-SQLAlchemy."""

import zlib

import pytest
from flask import Response

from tests.behaviour.extensions.waiting import in_a_thread

pytestmark = pytest.mark.extensions

GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture
def watch(app, steps):
    """Return what asks for three events, of an app with Flask-Compress."""
    from flask_compress import Compress

    def events():
        for number in range(3):
            steps.append(number)
            yield f"data: {number}\n\n"

    @app.get("/")
    def send_events():
        return Response(events(), mimetype="text/event-stream")

    def watch(**config):
        app.config.update(config, COMPRESS_ALGORITHM_STREAMING=["gzip"])
        Compress(app)
        return app.test_client().get("/", headers=GZIP, buffered=False)

    return watch


def test_flask_compress_leaves_an_event_stream_as_it_is(watch, steps):
    """Its mimetype isn't on the list of those that are compressed."""
    response = watch()
    assert "Content-Encoding" not in response.headers
    pieces = response.iter_encoded()
    assert (next(pieces), steps) == (b"data: 0\n\n", [0])


def test_flask_compress_told_to_compress_event_streams_holds_the_events_back(
    watch, steps
):
    """The first piece is the header of gzip, the next has all events."""
    response = watch(COMPRESS_MIMETYPES=["text/event-stream"])
    assert response.headers["Content-Encoding"] == "gzip"
    pieces = response.iter_encoded()
    unzip = zlib.decompressobj(zlib.MAX_WBITS + 16).decompress
    assert unzip(next(pieces)) == b""
    assert unzip(next(pieces)) == b"data: 0\n\ndata: 1\n\ndata: 2\n\n"
    assert steps == [0, 1, 2]


def test_stream_that_queries_in_app_contexts_holds_no_connection_between_events(
    app, small
):
    """And each query finds what was committed since the last one."""

    def names():
        for _ in range(2):
            with app.app_context():
                name = small.order().name
            yield name

    def change():
        small.order().name = "coffee"
        small.db.session.commit()
        return "changed"

    app.add_url_rule("/events", "events", lambda: Response(names()))
    app.add_url_rule("/change", "change", change)
    response = app.test_client().get("/events", buffered=False)
    pieces = response.iter_encoded()
    assert next(pieces) == b"tea"
    assert in_a_thread(app.test_client().get, "/change").text == "changed"
    assert list(pieces) == [b"coffee"]
    response.close()
