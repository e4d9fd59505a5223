"""What a deferral is better for than the other ways, and where they are better."""

import inspect

import pytest
from flask import (
    abort,
    after_this_request,
    make_response,
    session,
)
from flask.ctx import _AppCtxGlobals

from snippets.deferred_callbacks import (
    client_waits,
    stale_price_deferred,
    stale_price_in_tuples,
    stale_price_on_g,
    tell_the_caller,
)
from tests.behaviour.versions import FLASK

WAYS = {
    "tuples": stale_price_in_tuples,
    "g": stale_price_on_g,
    "deferred": stale_price_deferred,
}
BOTH = ("desk", "lamp")
MARKED = ("yesterday", "no-store")
UNMARKED = (None, None)


def offer(way, path):
    """Status, body and marks of the response to one request, asked of one way."""
    response = WAYS[way].app.test_client().get(f"/offers/{path}")
    headers = response.headers
    marks = (headers.get("X-Price"), headers.get("Cache-Control"))
    return response.status_code, response.text, marks


@pytest.mark.parametrize("way", WAYS)
def test_three_ways_mark_a_stale_price_alike_when_the_view_succeeds(way):
    """Tuples, g and a deferral: the same bodies, the same headers."""
    assert offer(way, "lamp/5") == (200, "47.50", UNMARKED)
    assert offer(way, "desk/5") == (200, "120.00", MARKED)


def test_fact_in_a_tuple_is_lost_when_a_function_aborts():
    """The exception skips the functions that would have returned the fact."""
    status, _, marks = offer("tuples", "desk/50")
    assert (status, marks) == (422, UNMARKED)


@pytest.mark.parametrize("way", ["g", "deferred"])
def test_fact_on_g_and_deferral_reach_the_error_response(way):
    """The 422 was decided with the stale price, and says so."""
    status, _, marks = offer(way, "desk/50")
    assert (status, marks) == (422, MARKED)


def test_functions_in_between_know_of_the_fact_only_with_tuples():
    """With g or a deferral, the two functions in between don't change."""

    def knows(function):
        return "stale" in inspect.getsource(function)

    for name, way in WAYS.items():
        between = [knows(way.show_offer), knows(way.price_of_offer)]
        assert between == ([True, True] if name == "tuples" else [False, False])
        assert knows(way.find_price)


def test_hook_that_asks_g_is_called_for_responses_without_the_fact(monkeypatch):
    """A fresh price, an unknown URL, a stale price: it asks each time."""
    asked = []

    class Noted(_AppCtxGlobals):
        def get(self, name, default=None):
            asked.append(name)
            return super().get(name, default)

    monkeypatch.setattr(stale_price_on_g.app, "app_ctx_globals_class", Noted)
    statuses = [offer("g", path)[0] for path in ("lamp/5", "sofa/1", "desk/50")]
    assert statuses == [200, 404, 422]
    assert asked == ["is_stale"] * 3


def test_fact_on_g_marks_the_next_request_in_a_shared_app_context_until_3_1():
    """A test inside app.app_context() sees the mark on a fresh price as well."""
    app = stale_price_on_g.app
    with app.app_context():
        client = app.test_client()
        marks = [client.get(f"/offers/{f}/5").headers.get("X-Price") for f in BOTH]
    # Flask 3.2 pushes a new context, with a new g, for each request.
    second = None if FLASK >= (3, 2) else "yesterday"
    assert marks == ["yesterday", second]


def test_deferral_marks_one_request_in_a_shared_app_context():
    """The list belongs to the request, on every version."""
    app = stale_price_deferred.app
    with app.app_context():
        client = app.test_client()
        marks = [client.get(f"/offers/{f}/5").headers.get("X-Price") for f in BOTH]
    assert marks == ["yesterday", None]


def test_only_the_deferral_fails_where_there_is_no_request():
    """In an app context: a tuple, a forgotten flag, a RuntimeError."""
    with stale_price_in_tuples.app.app_context():
        assert stale_price_in_tuples.price_of_offer("desk", 5) == (120.0, True)
    with stale_price_on_g.app.app_context():
        assert stale_price_on_g.price_of_offer("desk", 5) == 120.0
    with (
        stale_price_deferred.app.app_context(),
        pytest.raises(RuntimeError, match="'after_this_request' can only be used"),
    ):
        stale_price_deferred.price_of_offer("desk", 5)


def test_function_that_defers_fails_in_a_command(app):
    """A command has an app context and no request."""
    app.cli.command("price")(lambda: stale_price_deferred.price_of_offer("desk", 5))
    result = app.test_cli_runner().invoke(args=["price"])
    assert result.exit_code == 1
    assert isinstance(result.exception, RuntimeError)
    assert str(result.exception).startswith("'after_this_request' can only be used")


def test_function_that_tells_its_caller_works_in_view_and_command():
    """The view defers, the command prints; the function knows about neither."""
    app = tell_the_caller.app
    client = app.test_client()
    assert client.get("/stock/desk").headers["X-Stock"] == "estimated"
    assert "X-Stock" not in client.get("/stock/lamp").headers
    result = app.test_cli_runner().invoke(args=["stock", "desk"])
    assert result.output.split() == ["estimated", "3"]


def test_deferred_callback_finishes_before_the_client_receives_anything(capsys):
    """The server gets the status line after the callback has returned."""
    client = client_waits.app.test_client()
    assert client.post("/orders").text == "Two lamps ordered"
    assert capsys.readouterr().out == "sending the mail\n"
    sent = []
    environ = client.post("/orders").request.environ
    capsys.readouterr()

    def start_response(status, headers):
        sent.append((status, capsys.readouterr().out))

    client_waits.app(environ, start_response).close()
    assert sent == [("200 OK", "sending the mail\n")]


def test_server_waits_for_a_function_given_to_call_on_close(app, steps):
    """The client has the whole body; close() returns when the function has ended."""

    @app.get("/")
    def index():
        response = make_response("Home")
        response.call_on_close(lambda: steps.append("slow work"))
        return response

    environ = app.test_client().get("/").request.environ
    steps.clear()
    body = app(environ, lambda status, headers: steps.append(status))
    steps.append(b"".join(body))
    body.close()
    steps.append("closed")
    assert steps == ["200 OK", b"Home", "slow work", "closed"]


def test_session_changed_below_the_view_is_saved_without_a_deferral(app):
    """session exists before any response, and is saved on whichever is sent."""
    app.secret_key = "test"

    def note_search():
        session["last_search"] = "eel"
        abort(404)

    app.add_url_rule("/", view_func=note_search)
    client = app.test_client()
    assert client.get("/").status_code == 404
    with client.session_transaction() as saved:
        assert saved["last_search"] == "eel"


def test_header_that_the_view_returns_is_not_on_an_error_response(app):
    """It is part of the return value, and an aborted view has none."""

    @app.get("/<int:page>")
    def show(page):
        if page > 1:
            abort(404)
        return "Page 1", {"X-Pages": "1"}

    client = app.test_client()
    assert client.get("/1").headers["X-Pages"] == "1"
    assert "X-Pages" not in client.get("/2").headers


def test_fact_found_before_the_first_piece_can_still_be_deferred(app):
    """What the view does before it returns the generator is early enough."""

    @app.get("/")
    def index():
        rows = ["one", "two"]

        @after_this_request
        def count(response):
            response.headers["X-Rows"] = len(rows)
            return response

        return iter(rows)

    response = app.test_client().get("/")
    assert (response.text, response.headers["X-Rows"]) == ("onetwo", "2")
