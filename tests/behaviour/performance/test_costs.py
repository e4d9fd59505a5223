"""What the pages on performance say beside their figures."""

import asyncio
import gc
import threading
import weakref

import pytest
from flask import (
    Flask,
    Response,
    after_this_request,
    has_request_context,
    session,
    stream_with_context,
)
from flask.sessions import SecureCookieSessionInterface
from werkzeug.test import create_environ

from snippets.performance.deferred_when_needed import app as deferring_app
from snippets.performance.flag_on_g import app as flag_app
from snippets.performance.header_by_decorator import app as bus_app
from snippets.performance.header_by_middleware import app as ferry_app
from snippets.performance.report_kept_alive import app as report_app
from snippets.performance.stamped_lines import app as export_app
from snippets.performance.stamped_lines import use_semicolons


class Cargo:
    """Something that a callback holds on to."""


def start_response(status, headers, exc_info=None):
    """Take what a server would take."""


@pytest.fixture
def without_collector():
    """Let only the count of references free an object."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def holding(app, held):
    """Give the app a view that defers a callback with a Cargo in its closure."""

    @app.get("/")
    def index():
        cargo = Cargo()
        held.append(weakref.ref(cargo))

        @after_this_request
        def name_cargo(response):
            response.headers["X-Cargo"] = type(cargo).__name__
            return response

        return "Loaded"


def test_deferred_closure_keeps_its_objects_to_the_teardown(app, steps):
    """The list of callbacks lives as long as the context, until after teardown.

    Also when the callback has run by then.
    """
    held = []
    holding(app, held)
    app.after_request(lambda r: steps.append(held[0]() is not None) or r)
    app.teardown_request(lambda error: steps.append(held[0]() is not None))
    assert app.test_client().get("/").headers["X-Cargo"] == "Cargo"
    assert steps == [True, True]


def test_objects_of_a_deferred_closure_are_freed_with_the_request(
    app, without_collector
):
    """At once, before the server reads the body, on every version."""
    held = []
    holding(app, held)
    environ = create_environ()
    body = app(environ, start_response)
    assert held[0]() is None
    assert b"".join(body) == b"Loaded"


def test_deferred_closure_keeps_its_objects_to_the_end_of_a_stream(
    app, without_collector
):
    """With stream_with_context the context lives until the last piece is sent."""
    held = []

    @app.get("/")
    def index():
        cargo = Cargo()
        held.append(weakref.ref(cargo))
        after_this_request(lambda response: cargo and response)
        return stream_with_context(piece for piece in ("one", "two"))

    body = iter(app(create_environ(), start_response))
    assert next(body) == b"one"
    assert held[0]() is not None
    assert list(body) == [b"two"]
    del body
    gc.collect()
    assert held[0]() is None


def test_local_object_of_a_view_is_gone_before_the_hooks():
    """Unless a closure holds it: the callback needs a number, not the report."""
    client = report_app.test_client()
    assert client.get("/kept").text == "the hook finds the report"
    assert client.get("/released").text == "the hook finds nothing"


def test_hook_that_wraps_the_pieces_leaves_a_stream_a_stream(capsys):
    """A generator around the body changes each piece when it is sent."""
    response = export_app.test_client().get("/export", buffered=True)
    assert response.text == "7;24.00\n8;48.00"
    assert capsys.readouterr().out.splitlines() == [
        "streamed before: True",
        "streamed after: True",
        "view: first",
        "view: second",
    ]


def test_headers_of_a_view_do_not_follow_a_wrapped_stream(app):
    """Content-Length, ETag and Content-Encoding still describe the view's body."""
    sent = {"Content-Length": "4", "ETag": '"7"', "Content-Encoding": "br"}
    app.add_url_rule("/", "export", lambda: (iter(["7,24"]), sent))

    @app.after_request
    def add_spaces(response):
        pieces = response.iter_encoded()
        response.response = (piece.replace(b",", b", ") for piece in pieces)
        return response

    response = app.test_client().get("/")
    assert response.data == b"7, 24"
    assert {name: response.headers[name] for name in sent} == sent


def test_reading_a_body_in_one_piece_copies_nothing(app):
    """get_data returns the bytes that the view returned."""
    body = b"x" * 1000
    app.add_url_rule("/", "index", lambda: body)

    @app.after_request
    def read(response):
        assert response.get_data() is body
        return response

    assert app.test_client().get("/").status_code == 200


def test_each_async_hook_gets_an_event_loop_of_its_own(app):
    """In a thread other than the request's."""
    loops, threads = [], []
    for _ in range(2):

        @app.after_request
        async def hook(response):
            loops.append(asyncio.get_running_loop())
            threads.append(threading.current_thread())
            return response

    app.add_url_rule("/", "index", lambda: "Tea")
    app.test_client().get("/")
    assert len(loops) == 2
    assert loops[0] is not loops[1]
    assert threading.current_thread() not in threads


def test_async_callback_gets_an_event_loop_for_each_call(app):
    """A deferred coroutine function costs an event loop, like an async hook."""
    loops = []

    @app.get("/")
    def index():
        for _ in range(2):

            @after_this_request
            async def callback(response):
                loops.append(asyncio.get_running_loop())
                return response

        return "Tea"

    app.test_client().get("/")
    assert len(loops) == 2
    assert loops[0] is not loops[1]


def test_wsgi_middleware_is_called_outside_the_request_context(app, steps):
    """Before Flask pushes it, and again when Flask has popped it."""
    inner = app.wsgi_app

    def middleware(environ, start_response):
        steps.append(has_request_context())
        body = inner(environ, start_response)
        steps.append(has_request_context())
        return body

    app.wsgi_app = middleware
    app.add_url_rule("/", "index", lambda: "Tea")
    assert app.test_client().get("/").status_code == 200
    assert steps == [False, False]


def test_middleware_adds_its_header_to_error_pages_too():
    """It receives every response of Flask."""
    client = ferry_app.test_client()
    for url, status in ("/", 200), ("/nowhere", 404):
        response = client.get(url)
        assert (response.status_code, response.headers["X-Ferry"]) == (status, "Corran")


def test_decorated_view_costs_the_other_views_nothing():
    """The wrapper is called with its own view only."""
    client = bus_app.test_client()
    assert client.get("/timetable").headers["X-Bus-Line"] == "42"
    assert "X-Bus-Line" not in client.get("/about").headers
    assert bus_app.after_request_funcs == {}


def test_flask_asks_of_each_hook_whether_it_is_async(app, steps):
    """ensure_sync gets every hook in every request, and returns plain ones."""
    ensure_sync = app.ensure_sync

    def ask(function):
        steps.append(function.__name__)
        result = ensure_sync(function)
        assert result is function
        return result

    def first(response):
        return response

    def second(response):
        return response

    app.after_request(first)
    app.after_request(second)
    app.add_url_rule("/", "tea", lambda: "Tea")
    app.ensure_sync = ask
    client = app.test_client()
    client.get("/")
    client.get("/")
    assert steps == ["<lambda>", "second", "first"] * 2


class CountingInterface(SecureCookieSessionInterface):
    """Note what the serializer is asked for."""

    def __init__(self):
        self.asked = []

    def get_signing_serializer(self, app):
        serializer = super().get_signing_serializer(app)
        loads, dumps = serializer.loads, serializer.dumps
        serializer.loads = lambda *a, **k: self.asked.append("loads") or loads(*a, **k)
        serializer.dumps = lambda *a, **k: self.asked.append("dumps") or dumps(*a, **k)
        return serializer


@pytest.fixture
def counted(app):
    """Return a client that has a session cookie, and the notes of its interface."""
    return counting(app)


def counting(app):
    app.secret_key = "tea"
    app.session_interface = CountingInterface()
    app.add_url_rule("/start", "start", lambda: session.update(n=0) or "Started")
    app.add_url_rule("/idle", "idle", lambda: "Idle")
    app.add_url_rule("/read", "read", lambda: str(session["n"]))
    client = app.test_client()
    client.get("/start")
    app.session_interface.asked.clear()
    return client, app.session_interface.asked


def test_session_cookie_is_checked_even_when_nobody_looks(counted):
    """The signature is verified when the request starts, whatever the view does."""
    client, asked = counted
    client.get("/idle")
    assert asked == ["loads"]


def test_static_file_pays_for_the_session_cookie_too(tmp_path):
    """It is a request like any other: the cookie is checked before the file is sent."""
    (tmp_path / "tea.css").write_text("p { color: green }")
    client, asked = counting(
        Flask(__name__, static_folder=tmp_path, static_url_path="/static")
    )
    with client.get("/static/tea.css") as response:
        assert response.status_code == 200
    assert asked == ["loads"]


def test_session_is_signed_only_when_it_changed(counted):
    """Reading it costs no second signature."""
    client, asked = counted
    assert client.get("/read").text == "0"
    assert asked == ["loads"]
    client.get("/start")
    assert asked == ["loads", "loads", "dumps"]


@pytest.mark.parametrize("app", [flag_app, deferring_app], ids=["flag", "deferring"])
def test_flag_and_deferred_callback_set_the_same_header(app):
    """Only on the responses that need it."""
    client = app.test_client()
    found = [
        client.get(f"/recipes/{cake}").headers.get("Cache-Control")
        for cake in ("carrot", "beetroot")
    ]
    assert found == [None, "no-store"]


def test_flag_costs_a_hook_and_deferring_costs_none():
    """The hook is registered for every response; the callback waits for a reason."""
    assert [len(hooks) for hooks in flag_app.after_request_funcs.values()] == [1]
    assert deferring_app.after_request_funcs == {}


@pytest.mark.parametrize("read", [True, False])
def test_hook_that_wraps_the_pieces_passes_on_the_close_of_the_body(app, read):
    """Whether the body was read to its end or left early."""

    class Rows:
        closed = 0

        def __iter__(self):
            return iter([b"7,24.00\n", b"8,48.00\n"])

        def close(self):
            self.closed += 1

    rows = Rows()
    app.after_request(use_semicolons)
    app.add_url_rule("/", "export", lambda: Response(rows, mimetype="text/csv"))
    response = app.test_client().get("/", buffered=False)
    pieces = response.iter_encoded()
    assert next(pieces) == b"7;24.00\n"
    if read:
        assert list(pieces) == [b"8;48.00\n"]
    response.close()
    assert rows.closed == 1
