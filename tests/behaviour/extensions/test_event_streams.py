"""Server-sent events on real servers: when they arrive, and what ends them."""

import time
from http.client import IncompleteRead

import pytest

pytestmark = pytest.mark.extensions

SERVERS = [
    ("gunicorn", ["--workers=1"]),
    ("gunicorn", ["--workers=1", "--threads=2"]),
    ("gunicorn", ["--workers=1", "--worker-class=gevent"]),
    ("waitress", ["--threads=1"]),
]


@pytest.mark.parametrize(("server", "options"), SERVERS)
def test_first_event_arrives_while_the_generator_waits_for_the_second(
    serve, server, options
):
    """gunicorn, its gevent worker and waitress send each piece at once."""
    with serve(server, *options) as served, served.open("/events/two") as events:
        assert events.readline() == b"data: one\n"
        assert served.noted("second event") == []
        served.open_gate()
        assert events.read() == b"\ndata: two\n\n"
        assert len(served.noted("second event")) == 1


@pytest.mark.parametrize(
    ("server", "options"),
    [("gunicorn", ["--workers=1"]), ("waitress", ["--threads=1"])],
)
def test_event_stream_keeps_its_worker_from_other_requests(serve, server, options):
    """One worker, or one thread: the next request waits for the end of the stream."""
    with serve(server, *options) as served, served.open("/events/two") as events:
        assert events.readline() == b"data: one\n"
        with served.held_up() as other:
            assert served.noted("index") == []
            served.open_gate()
            assert events.read() == b"\ndata: two\n\n"
            assert other.recv(5) == b"HTTP/"
        assert len(served.noted("index")) == 1


@pytest.mark.parametrize(
    ("server", "options"),
    [
        ("gunicorn", ["--workers=1", "--threads=2"]),
        ("gunicorn", ["--workers=1", "--worker-class=gevent"]),
        ("waitress", ["--threads=2"]),
    ],
)
def test_second_thread_serves_a_request_beside_an_event_stream(serve, server, options):
    """So does the one thread of a gevent worker."""
    with serve(server, *options) as served, served.open("/events/two") as events:
        assert events.readline() == b"data: one\n"
        assert served.get("/index") == b"index"
        assert served.noted("second event") == []
        served.open_gate()


# Not waitress: it usually does the same, and sometimes goes on for half a minute.
@pytest.mark.parametrize(
    "options", [each for name, each in SERVERS if name != "waitress"]
)
def test_server_closes_the_generator_of_an_event_stream_when_the_client_has_left(
    serve, options
):
    """A GeneratorExit is raised at its yield, and finally runs."""
    with serve("gunicorn", *options) as served:
        with served.open("/events/endless") as events:
            assert events.readline() == b"data: tea\n"
        served.open_gate()
        assert len(served.noted("generator exit")) == 1


def lasts(events, seconds):
    """Tell whether a stream goes on so long."""
    end = time.monotonic() + seconds
    try:
        while line := events.readline():
            if time.monotonic() > end:
                return True
            assert line in (b": heartbeat\n", b"\n")
    except (IncompleteRead, ConnectionError):
        pass
    return False


@pytest.mark.parametrize(
    ("options", "goes_on"),
    [([], False), (["--threads=2"], True), (["--worker-class=gevent"], True)],
)
def test_timeout_of_gunicorn_ends_an_event_stream_of_a_sync_worker(
    serve, options, goes_on
):
    """Heartbeats don't help; with threads or gevent the stream goes on."""
    # The greenlet and the thread that keep a worker alive do so once a second.
    with serve("gunicorn", "--workers=1", "--timeout=3", *options) as served:
        with served.open("/events/slow") as events:
            assert lasts(events, 5) is goes_on
        ended = served.noted("stream ends with SystemExit(1)")
        assert len(ended) == (not goes_on)
