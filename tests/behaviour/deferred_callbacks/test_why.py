"""What a deferral is better for than the other ways, and where they are better."""

import inspect
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from flask import (
    abort,
    after_this_request,
    make_response,
    request,
    send_file,
    session,
)
from flask.ctx import _AppCtxGlobals
from werkzeug.test import EnvironBuilder

from snippets.deferred_callbacks import (
    client_waits,
    delete_at_the_end,
    delete_too_early,
    stale_price_deferred,
    stale_price_in_tuples,
    stale_price_on_g,
    tell_the_caller,
    temporary_file,
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


def read(response):
    """The body of a response, which is closed afterwards as a server does."""
    with response:
        return response.text


@pytest.mark.parametrize("way", WAYS)
def test_three_ways_mark_a_stale_price_alike_when_the_view_succeeds(way):
    """Tuples, g and a deferral: the same bodies, the same headers."""
    assert offer(way, "lamp/5") == (200, "47.50", UNMARKED)
    assert offer(way, "desk/5") == (200, "120.00", MARKED)


def test_fact_in_a_tuple_is_lost_when_a_function_aborts():
    """The exception passes the functions that would have handed the fact up."""
    status, _, marks = offer("tuples", "desk/50")
    assert (status, marks) == (422, UNMARKED)


@pytest.mark.parametrize("way", ["g", "deferred"])
def test_fact_on_g_and_deferral_reach_the_error_response(way):
    """The 422 was decided with the stale price, and says so."""
    status, _, marks = offer(way, "desk/50")
    assert (status, marks) == (422, MARKED)


def test_functions_in_between_know_of_the_fact_only_with_tuples():
    """With g or a deferral the two functions above the finder stay as they are."""

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
    """The view defers, the command prints; the function knows of neither."""
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
    """The client has the whole body; closing it ends when the function has ended."""

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


def test_body_that_opens_a_file_deleted_in_a_deferred_callback_fails(capsys):
    """The deletion is over when the first line is asked for."""
    with pytest.raises(FileNotFoundError):
        delete_too_early.app.test_client().get("/orders.csv")
    assert capsys.readouterr().out.split("\n")[:2] == ["deleted", "opening the file"]


def test_open_file_deleted_in_a_deferred_callback_is_still_sent_on_posix(app, tmp_path):
    """send_file has opened it by then; its name goes, its content stays."""
    path = tmp_path / "readings.csv"
    path.write_text("Monday,12")
    left = []

    @app.get("/")
    def index():
        @after_this_request
        def delete(response):
            path.unlink()
            left.append(path.exists())
            return response

        return send_file(path)

    assert read(app.test_client().get("/")) == "Monday,12"
    assert left == [False]


def test_file_that_the_server_sends_by_name_is_gone_too_early(app, tmp_path):
    """With USE_X_SENDFILE the response is a name, and the file has none any more."""
    app.config["USE_X_SENDFILE"] = True
    path = tmp_path / "readings.csv"
    path.write_text("Monday,12")

    @app.get("/")
    def index():
        @after_this_request
        def delete(response):
            path.unlink()
            return response

        return send_file(path)

    response = app.test_client().get("/")
    named = Path(response.headers["X-Sendfile"])
    assert (named.name, named.exists()) == ("readings.csv", False)


def delete_late(app, path, **changes):
    """Give the app a view that sends a file and deletes it on close."""

    @app.get("/")
    def index():
        response = send_file(path)
        response.call_on_close(path.unlink)
        for name, value in changes.items():
            setattr(response, name, value)
        return response


def test_file_deleted_on_close_is_there_while_the_body_is_sent(capsys):
    """The whole body, then the deletion."""
    with delete_at_the_end.app.test_client().get("/orders.csv") as response:
        assert response.text == "1,lamp\n2,desk"
        assert capsys.readouterr().out == ""
    assert capsys.readouterr().out == "deleted\n"


def test_file_deleted_on_close_is_deleted_when_the_client_gives_up(capsys):
    """The server closes a response that nobody reads to its end."""
    delete_at_the_end.app.test_client().get("/orders.csv").close()
    assert capsys.readouterr().out == "deleted\n"


def ask_with_body(client):
    """GET, and a part of the file: responses whose body is sent."""
    yield client.get("/")
    yield client.get("/", headers={"Range": "bytes=0-3"})


def ask_without_body(client):
    """HEAD, and a file that the client has already: no body is sent."""
    first = client.head("/")
    yield first
    yield client.get("/", headers={"If-None-Match": first.headers["ETag"]})


def test_call_on_close_function_of_a_sent_file_is_not_called(app, tmp_path):
    """For a 200 and a 206, the server gets the file itself, and closes that."""
    path = tmp_path / "orders.csv"
    path.write_text("1,lamp")
    delete_late(app, path)
    responses = ask_with_body(app.test_client())
    assert [(r.status_code, read(r)) for r in responses] == [
        (200, "1,lamp"),
        (206, "1,la"),
    ]
    assert path.exists()


def test_call_on_close_function_of_a_file_is_called_when_no_body_is_sent(app, tmp_path):
    """For HEAD and for a 304 there is no file to pass through."""
    path = tmp_path / "orders.csv"
    path.write_text("1,lamp")
    closed = []

    @app.get("/")
    def index():
        response = send_file(path)
        response.call_on_close(partial(closed.append, request.method))
        return response

    responses = ask_without_body(app.test_client())
    assert [(r.status_code, read(r)) for r in responses] == [(200, ""), (304, "")]
    assert closed == ["HEAD", "GET"]


def test_call_on_close_function_runs_whatever_is_sent_with_passthrough_off(
    app, tmp_path
):
    """GET, a part, HEAD, a 304: each closes the response, and so runs it."""
    path = tmp_path / "orders.csv"
    path.write_text("1,lamp")
    closed = []

    @app.get("/")
    def index():
        response = send_file(path)
        response.direct_passthrough = False
        response.call_on_close(partial(closed.append, request.method))
        return response

    client = app.test_client()
    responses = [r for ask in (ask_with_body, ask_without_body) for r in ask(client)]
    assert [(r.status_code, read(r)) for r in responses] == [
        (200, "1,lamp"),
        (206, "1,la"),
        (200, ""),
        (304, ""),
    ]
    assert closed == ["GET", "GET", "HEAD", "GET"]


def test_sent_file_is_given_to_the_server_only_with_passthrough_on(app, tmp_path):
    """The server's wsgi.file_wrapper is lost with direct_passthrough = False."""
    path = tmp_path / "orders.csv"
    path.write_text("1,lamp")

    class Wrapper:
        def __init__(self, file, *args):
            self.file = file

        def __iter__(self):
            return iter(self.file.readline, b"")

        def close(self):
            self.file.close()

    @app.get("/<int:passthrough>")
    def index(passthrough):
        response = send_file(path)
        response.direct_passthrough = bool(passthrough)
        return response

    def given(url):
        environ = EnvironBuilder(path=url).get_environ()
        environ["wsgi.file_wrapper"] = Wrapper
        body = app(environ, lambda *args: None)
        assert b"".join(body) == b"1,lamp"
        body.close()
        return isinstance(getattr(body, "_iterator", body), Wrapper) or isinstance(
            body, Wrapper
        )

    assert given("/1")
    assert not given("/0")


def test_call_on_close_function_of_a_sent_file_needs_direct_passthrough_off(
    app, tmp_path
):
    """Then the server gets the response's own iterator, which closes both."""
    path = tmp_path / "readings.csv"
    path.write_text("Monday,12")
    delete_late(app, path, direct_passthrough=False)
    assert read(app.test_client().get("/")) == "Monday,12"
    assert not path.exists()


def test_call_on_close_function_of_a_replaced_response_is_not_called(app, steps):
    """A hook that returns another response leaves the first one open."""

    @app.after_request
    def replace(response):
        return app.response_class("New")

    @app.get("/")
    def index():
        response = make_response("Old")
        response.call_on_close(lambda: steps.append("closed"))
        return response

    assert read(app.test_client().get("/")) == "New"
    assert steps == []


@pytest.mark.parametrize("reads", [True, False])
def test_temporary_file_handed_to_send_file_is_closed_with_the_response(app, reads):
    """Read to its end or given up: closed, and a temporary file is gone then."""
    files = []

    @app.get("/")
    def index():
        file = TemporaryFile()  # noqa: SIM115 (the response closes it)
        file.write(b"Monday,12")
        file.seek(0)
        files.append(file)
        return send_file(file, mimetype="text/csv")

    response = app.test_client().get("/")
    assert not files[0].closed
    if reads:
        assert response.text == "Monday,12"
    response.close()
    assert files[0].closed


def test_temporary_file_that_is_not_rewound_is_sent_empty(app):
    """send_file reads on from where writing has ended."""

    @app.get("/")
    def index():
        file = TemporaryFile()  # noqa: SIM115 (the response closes it)
        file.write(b"1,lamp")
        return send_file(file, mimetype="text/csv")

    response = app.test_client().get("/")
    assert (response.status_code, read(response)) == (200, "")


def test_temporary_file_without_a_name_or_a_mimetype_is_refused(app):
    """Flask cannot guess the type of an open file that has no name."""
    app.testing = True
    files = []

    @app.get("/")
    def index():
        files.append(BytesIO(b"1,lamp"))
        return send_file(files[0])

    with pytest.raises(TypeError, match="Unable to detect the MIME type"):
        app.test_client().get("/")


def test_temporary_file_example_sends_the_whole_file(capsys):
    """Rewound, with a name for the client, and closed afterwards."""
    with temporary_file.app.test_client().get("/orders.csv") as response:
        assert response.mimetype == "text/csv"
        assert response.text == "1,lamp\n2,desk\n"


def test_session_changed_below_the_view_is_saved_without_a_deferral(app):
    """session is there before any response, and is saved on whichever there is."""
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
