"""What the recipes say of metrics, of a CSV stream and of a nonce."""

import re

import pytest
from flask import Flask, abort, g, render_template_string, send_file

from snippets.recipes import csp_nonce, metrics, stream_csv, time_everything


@pytest.fixture
def counted():
    """The recipe's two counters, empty, and what they count for an app of a test."""
    metrics.requests_total.clear()
    metrics.in_progress.clear()
    app = Flask("counted", static_folder=None)
    app.before_request(metrics.count_start)
    app.after_request(metrics.count_response)
    app.teardown_request(metrics.count_end)
    yield app
    metrics.requests_total.clear()
    metrics.in_progress.clear()


def test_requests_are_counted_by_their_route_and_not_by_their_path(counted):
    """Two orders are one route, so clients can't make new labels."""
    counted.add_url_rule("/orders/<int:number>", "show", lambda number: f"{number}")
    client = counted.test_client()
    for path in "/orders/7", "/orders/8", "/orders/tea", "/favicon.ico":
        client.get(path)
    client.open("/orders/7", method="BREW")
    assert metrics.requests_total == {
        ("GET", "/orders/<int:number>", "200"): 2,
        ("none", "none", "404"): 2,
        ("none", "none", "405"): 1,
    }


def test_crash_is_counted_as_a_500_in_production_only(counted):
    """If the exception propagates, there is no response to count."""
    counted.add_url_rule("/", "crash", lambda: 1 / 0)
    assert counted.test_client().get("/").status_code == 500
    assert metrics.requests_total == {("GET", "/", "500"): 1}
    counted.testing = True
    with pytest.raises(ZeroDivisionError):
        counted.test_client().get("/")
    assert metrics.requests_total == {("GET", "/", "500"): 1}


def test_request_whose_later_hook_fails_is_counted_twice_unless_it_runs_last(counted):
    """Flask calls after_request functions again for the 500."""
    counted.add_url_rule("/", "index", lambda: "Tea")
    counted.after_request(lambda response: 1 / 0)
    counted.test_client().get("/")
    # Registered first, the counter runs last, so the failing one skipped it.
    assert metrics.requests_total == {}
    counted.after_request_funcs[None].reverse()
    counted.test_client().get("/")
    assert metrics.requests_total == {("GET", "/", "200"): 1, ("GET", "/", "500"): 1}


@pytest.mark.parametrize("testing", [False, True])
def test_number_in_progress_goes_down_whatever_ends_the_request(counted, testing):
    """Teardown functions run where after_request functions don't."""
    counted.testing = testing
    counted.add_url_rule("/", "index", lambda: str(metrics.in_progress["requests"]))
    counted.add_url_rule("/crash", "crash", lambda: 1 / 0)
    counted.add_url_rule("/abort", "abort", lambda: abort(403))
    client = counted.test_client()
    assert client.get("/").text == "1"
    client.get("/abort")
    client.get("/nothing")
    if testing:
        with pytest.raises(ZeroDivisionError):
            client.get("/crash")
    else:
        client.get("/crash")
    assert metrics.in_progress["requests"] == 0


def test_number_in_progress_stays_right_if_an_earlier_hook_returned(counted):
    """The teardown function runs although the before_request function didn't."""
    counted.before_request_funcs[None].insert(0, lambda: "closed")
    counted.test_client().get("/")
    assert metrics.in_progress["requests"] == 0


@pytest.fixture
def timed():
    """An app inside the middleware of the recipe, and what this has noted."""
    app = Flask("timed", static_folder=None)
    app.wsgi_app = time_everything.NoteTime(app.wsgi_app)
    time_everything.times.clear()
    yield app, time_everything.times
    time_everything.times.clear()


def test_middleware_that_wraps_the_body_measures_until_it_is_closed(timed):
    """Also if the client goes away; what only looks at the call measures no body."""
    app, times = timed
    called = []

    def call(environ, start_response):
        body = inner(environ, start_response)
        called.append("returned")
        return body

    inner, app.wsgi_app = app.wsgi_app, call

    @app.get("/")
    def stream():
        def rows():
            called.append("row")
            yield "tea"
            called.append("row")
            yield "milk"

        return rows()

    response = app.test_client().get("/", buffered=False)
    # The test client takes the first piece to see the headers.
    assert (called, times) == (["returned", "row"], [])
    response.close()
    assert [line for line, _ in times] == ["GET '/'"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_middleware_that_wraps_the_body_measures_sent_files_too(
    timed, tmp_path, method
):
    """For these call_on_close isn't called."""
    (tmp_path / "report.csv").write_text("tea,3")
    app, times = timed
    app.add_url_rule("/", "report", lambda: send_file(tmp_path / "report.csv"))
    app.test_client().open("/", method=method).close()
    assert [line for line, _ in times] == [f"{method} '/'"]


def test_rows_are_written_while_the_body_is_sent(monkeypatch):
    """After all after_request functions have run, one row at a time."""
    written = []

    def find_rows():
        for number in range(3):
            written.append(number)
            yield number, "Tea"

    monkeypatch.setattr(stream_csv, "find_rows", find_rows)
    response = stream_csv.app.test_client().get("/orders.csv", buffered=False)
    assert response.headers["Cache-Control"] == "no-store"
    pieces = response.iter_encoded()
    # The test client takes the first piece to see the headers.
    assert (next(pieces), written) == (b"0,Tea\r\n", [0])
    assert (next(pieces), written) == (b"1,Tea\r\n", [0, 1])
    response.close()
    assert written == [0, 1]


def test_stream_has_no_content_length_and_hooks_may_set_headers():
    """The length isn't known before the last row."""
    response = stream_csv.app.test_client().get("/orders.csv")
    assert "Content-Length" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"


def test_error_in_a_row_cuts_the_body_of_a_200(monkeypatch, caplog):
    """The status was sent before; Flask neither handles nor logs the exception."""

    def find_rows():
        yield 1, "Tea"
        raise OSError("database is gone")

    monkeypatch.setattr(stream_csv, "find_rows", find_rows)
    response = stream_csv.app.test_client().get("/orders.csv", buffered=False)
    pieces = response.iter_encoded()
    assert (response.status_code, next(pieces)) == (200, b"1,Tea\r\n")
    with pytest.raises(OSError, match="database is gone"):
        next(pieces)
    response.close()
    assert caplog.records == []


def test_nonce_of_the_header_is_the_one_of_the_page_and_new_for_each_request():
    """A nonce that is used twice protects no one."""
    nonces = set()
    for _ in range(3):
        response = csp_nonce.app.test_client().get("/")
        nonce = re.search('nonce="(.+?)"', response.text)[1]
        assert f"'nonce-{nonce}'" in response.headers["Content-Security-Policy"]
        nonces.add(nonce)
    assert len(nonces) == 3


@pytest.mark.parametrize("path", ["/nothing", "/static/missing.js"])
def test_page_that_asks_for_no_nonce_allows_no_script(path):
    """Error pages and files render no template that uses it."""
    policy = csp_nonce.app.test_client().get(path).headers["Content-Security-Policy"]
    assert policy.startswith("script-src 'none'")


def test_templates_have_g_request_and_session_without_a_context_processor(app):
    """Flask itself gives them to each template that a request renders."""
    app.secret_key = "key"
    app.before_request(lambda: setattr(g, "user", "ada"))
    template = "{{ g.user }} {{ request.path }} {{ session.get('cart', 'empty') }}"
    app.add_url_rule("/", "index", lambda: render_template_string(template))
    assert app.test_client().get("/").text == "ada / empty"
