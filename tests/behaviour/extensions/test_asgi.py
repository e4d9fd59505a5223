"""What becomes of close() and of abandoned streams under uvicorn."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.behaviour.extensions.serving import SECONDS

pytestmark = pytest.mark.extensions

KINDS = ["text", "stream", "stream_with_context"]


def close_calls(serve, server):
    """Ask for each kind of response; return how many were closed, and torn down."""
    with serve(server) as served:
        for kind in KINDS:
            assert served.get(f"/closing/{kind}").startswith(b"Tea")
    # The process has ended: nothing can be called later.
    return len(served.noted("call_on_close")), len(served.noted("teardown None"))


def test_call_on_close_function_never_runs_under_wsgi_to_asgi(serve):
    """WsgiToAsgi doesn't close the response; teardown functions run."""
    closed, torn_down = close_calls(serve, "asgiref")
    assert closed == 0
    assert torn_down >= len(KINDS)


@pytest.mark.parametrize("server", ["a2wsgi", "gunicorn", "waitress"])
def test_call_on_close_function_runs_under_a2wsgi(serve, server):
    """Its WSGIMiddleware closes each response, as gunicorn and waitress do."""
    closed, torn_down = close_calls(serve, server)
    assert closed == len(KINDS)
    assert torn_down >= len(KINDS)


@pytest.mark.parametrize("server", ["asgiref", "a2wsgi"])
def test_hooks_run_under_uvicorn_with_both_wrappers(serve, server):
    """before_request, after_request and teardown functions, for each request."""
    with serve(server) as served, ThreadPoolExecutor(1) as pool:
        for visit in 1, 2:
            asked = pool.submit(served.get, "/wait")
            served.open_gate()
            # A before_request function counts the visits.
            assert json.loads(asked.result())["visit"] == visit
    lines = served.notes.read_text("utf-8").splitlines()
    said = [line.partition(" ")[2] for line in lines]
    assert said == ["imported", *["after_request", "teardown None"] * 2]


def leave(served):
    """Begin a stream of many events, and go away before its second one."""
    with served.open("/events/many") as events:
        assert events.readline() == b"data: one\n"


@pytest.mark.parametrize(
    ("server", "ends"),
    [
        ("asgiref", "last event"),
        ("a2wsgi", "last event"),
        ("gunicorn", "generator exit"),
    ],
)
def test_abandoned_stream_runs_to_its_end_under_an_asgi_server(serve, server, ends):
    """The generator gets no GeneratorExit, which gunicorn gives it."""
    with serve(server) as served:
        leave(served)
        served.open_gate()
    said = {what: len(served.noted(what)) for what in ("last event", "generator exit")}
    assert said == {"last event": 0, "generator exit": 0, ends: 1}


def test_other_requests_wait_for_an_abandoned_stream_under_wsgi_to_asgi(serve):
    """It has one thread for all requests."""
    with serve("asgiref") as served:
        leave(served)
        with served.held_up() as other:
            assert served.noted("index") == []
            served.open_gate()
            assert other.recv(5) == b"HTTP/"
    assert len(served.noted("index")) == 1


def test_other_requests_do_not_wait_for_an_abandoned_stream_under_a2wsgi(serve):
    """It has ten threads."""
    with serve("a2wsgi") as served:
        leave(served)
        assert served.get("/index") == b"index"
        assert served.noted("last event") == []
        served.open_gate()


@pytest.mark.parametrize(
    ("server", "threads"), [("asgiref", 1), ("a2wsgi", 10), ("a2wsgi_two", 2)]
)
def test_a2wsgi_calls_the_app_in_ten_threads_or_as_many_as_you_say(
    serve, server, threads
):
    """The next request waits; with WsgiToAsgi the second one does."""
    with serve(server) as served, ThreadPoolExecutor(threads + 1) as pool:
        asked = [pool.submit(served.get, "/wait") for _ in range(threads + 1)]
        arrived = [served.gate.accept()[0] for _ in range(threads)]
        served.gate.settimeout(0.5)
        with pytest.raises(TimeoutError):
            served.gate.accept()
        served.gate.settimeout(SECONDS)
        for connection in arrived:
            connection.close()
        served.open_gate()
        visits = [json.loads(response.result())["visit"] for response in asked]
    assert sorted(visits) == list(range(1, threads + 2))
