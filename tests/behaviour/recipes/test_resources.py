"""What the recipes say of logs, connections, transactions and late work."""

import contextlib
import io

import pytest
from flask import Flask, abort, g, redirect, send_file

from snippets.recipes import (
    after_sending,
    connection_pool,
    database,
    request_id,
    transaction,
)
from tests.behaviour.versions import REDIRECT


def crash(**_):
    raise KeyError("crash")


@pytest.fixture
def logged():
    """Request a path of the app that logs, and return what it logged."""

    def logged(path, **options):
        log = io.StringIO()
        client = request_id.app.test_client()
        response = client.get(path, errors_stream=log, **options)
        return response, log.getvalue()

    return logged


def test_every_line_of_a_request_has_its_id(logged):
    """The view's line and the hook's line have the one that the client gets."""
    response, log = logged("/orders/7")
    found = [
        f"[{response.headers['X-Request-ID']}]" in line for line in log.splitlines()
    ]
    assert found == [True, True]


def test_line_logged_outside_a_request_has_a_dash_for_an_id(capsys):
    """The filter must not fail there."""
    request_id.app.logger.warning("starting")
    assert "WARNING [-] starting" in capsys.readouterr().err


def test_newline_in_a_path_is_logged_as_two_characters(logged):
    """%r keeps a client from writing lines of its own into the log."""
    _, log = logged("/a%0aCRITICAL forged")
    assert len(log.splitlines()) == 1
    assert r"'/a\nCRITICAL forged'" in log


def test_crash_in_production_is_logged_with_the_id_of_the_response(logged, monkeypatch):
    """The error's traceback and the 500 have the same ID."""
    monkeypatch.setitem(request_id.app.view_functions, "show_order", crash)
    response, log = logged("/orders/7")
    assert response.status_code == 500
    assert log.count(response.headers["X-Request-ID"]) == 2
    assert "KeyError" in log


@pytest.fixture
def closed():
    database.closed.clear()
    yield database.closed
    database.closed.clear()


@pytest.mark.parametrize("testing", [False, True])
def test_connection_is_closed_after_a_crash(closed, monkeypatch, testing):
    """Also when the exception leaves Flask: teardown functions still run."""

    def open_and_crash():
        database.get_database()
        crash()

    monkeypatch.setitem(database.app.view_functions, "index", open_and_crash)
    monkeypatch.setitem(database.app.config, "TESTING", testing)
    with contextlib.suppress(KeyError):
        database.app.test_client().get("/")
    assert closed == ["connection"]


def test_connection_that_nobody_opened_needs_no_closing(closed):
    """The teardown function runs, but finds nothing on g."""
    client = database.app.test_client()
    assert client.get("/").status_code == 200
    assert client.get("/nothing").status_code == 404
    assert closed == []


def test_one_request_opens_one_connection(closed, monkeypatch):
    """g keeps it for the rest of the request."""

    def open_twice():
        assert database.get_database() is database.get_database()
        return "ok"

    monkeypatch.setitem(database.app.view_functions, "index", open_twice)
    client = database.app.test_client()
    assert [client.get("/").text, client.get("/").text] == ["ok", "ok"]
    assert closed == ["connection", "connection"]


def test_command_or_script_closes_the_connection_with_its_app_context(closed):
    """teardown_appcontext needs no request."""
    with database.app.app_context():
        database.get_database()
        assert closed == []
    assert closed == ["connection"]


def test_teardown_function_gets_none_for_an_exception_that_a_handler_caught(app):
    """So it cannot tell whether to commit."""
    seen = []
    app.add_url_rule("/", "view", crash)
    app.add_url_rule("/missing", "missing", lambda: abort(404))
    app.register_error_handler(KeyError, lambda error: ("sorry", 500))
    app.teardown_request(seen.append)
    client = app.test_client()
    assert client.get("/").status_code == 500
    assert client.get("/missing").status_code == 404
    assert seen == [None, None]


def test_response_with_an_error_status_is_not_committed():
    """Whether it comes from an error handler, from abort() or from a view."""
    with contextlib.closing(transaction.connect()) as kept:
        kept.execute("CREATE TABLE orders (product TEXT)")
        client = transaction.app.test_client()
        codes = [client.post(f"/orders/{p}").status_code for p in ("sold-out", "crash")]
        assert codes == [409, 500]
        assert kept.execute("SELECT * FROM orders").fetchall() == []


def test_error_handler_that_redirects_commits_unless_it_rolls_back(monkeypatch):
    """The status of its response is no error: 302, or 200 for a page."""

    class Refused(Exception):
        pass

    def refuse(product):
        transaction.get_database().execute("INSERT INTO orders VALUES (?)", [product])
        raise Refused

    def rolls_back(error):
        transaction.get_database().rollback()
        return redirect("/cart")

    app = Flask("shop", static_folder=None)
    app.after_request(transaction.commit)
    app.teardown_appcontext(transaction.close_database)
    app.add_url_rule("/<product>", "add_order", refuse)
    client = app.test_client()
    with contextlib.closing(transaction.connect()) as kept:
        kept.execute("CREATE TABLE orders (product TEXT)")
        handlers = app.error_handler_spec[None][None]
        for product, handler in (
            ("tea", lambda error: redirect("/")),
            ("mug", rolls_back),
        ):
            handlers[Refused] = handler
            assert client.get(f"/{product}").status_code == REDIRECT
        assert kept.execute("SELECT product FROM orders").fetchall() == [("tea",)]


def test_commit_that_fails_in_an_after_request_function_is_a_500(app, steps):
    """It's called again for the 500, and then has nothing to commit."""

    @app.after_request
    def commit(response):
        steps.append(response.status_code)
        if response.status_code < 400:
            raise OSError("the disk is full")
        return response

    app.add_url_rule("/", "index", lambda: "Saved")
    assert app.test_client().get("/").status_code == 500
    assert steps == [200, 500]


@pytest.fixture
def written():
    after_sending.written.clear()
    yield after_sending.written
    after_sending.written.clear()


def test_function_of_call_on_close_runs_outside_the_request(app):
    """Read what it needs from the request beforehand."""
    seen = []

    @app.after_request
    def look_later(response):
        response.call_on_close(lambda: seen.append(bool(g)))
        return response

    app.test_client().get("/").close()
    assert seen == [False]


@pytest.mark.parametrize(
    ("method", "headers", "calls"),
    [
        ("GET", {}, 0),
        ("GET", {"Range": "bytes=0-1"}, 0),
        ("HEAD", {}, 1),
        ("GET", {"If-None-Match": "etag"}, 1),
    ],
)
def test_function_of_call_on_close_is_not_called_while_a_file_is_sent(
    app, tmp_path, method, headers, calls
):
    """A response without a body, to HEAD or with status 304, calls it."""
    (tmp_path / "report.csv").write_text("tea,3")
    seen = []

    @app.get("/report")
    def send_report():
        response = send_file(tmp_path / "report.csv", etag="etag", conditional=True)
        response.call_on_close(lambda: seen.append("closed"))
        return response

    headers = {name: f'"{v}"' if v == "etag" else v for name, v in headers.items()}
    app.test_client().open("/report", method=method, headers=headers).close()
    assert len(seen) == calls


def test_work_after_the_response_still_keeps_the_server_busy(written):
    """The WSGI server calls close() itself, and finishes when close() returns."""
    response = after_sending.app.test_client().get("/orders/7", buffered=False)
    assert response.text == "Order 7"
    assert written == []
    response.close()
    assert written == ["'/orders/7' 200"]


@pytest.mark.parametrize("testing", [False, True])
@pytest.mark.parametrize(("path", "taken"), [("/crash", 1), ("/orders", 1), ("/", 0)])
def test_connection_of_a_pool_is_given_back_at_the_end_of_each_request(
    monkeypatch, testing, path, taken
):
    """Also after a crash; a request that needs none takes none."""
    monkeypatch.setitem(connection_pool.app.config, "TESTING", testing)
    monkeypatch.setattr(connection_pool.pool, "log", [])
    with contextlib.suppress(RuntimeError):
        connection_pool.app.test_client().get(path)
    each = ["getconn", "rollback", "putconn"]
    assert connection_pool.pool.log == each * taken
