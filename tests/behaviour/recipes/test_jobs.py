"""What the recipes say of caching, cookies, files, errors and time."""

import io
import tempfile

import pytest
from flask import abort, g, redirect, send_file
from werkzeug.exceptions import HTTPException

from snippets.recipes import (
    caching,
    cookie_later,
    hook_alone,
    json_errors,
    maintenance,
    temporary_file,
    timing,
)


def crash(**_):
    raise KeyError("crash")


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308, 400, 404, 405, 410, 500])
def test_redirects_and_errors_are_not_stored_unless_a_view_says_so(monkeypatch, code):
    """Caches may keep a 301, a 404, a 405 and a 410 that have no Cache-Control."""

    def respond():
        return abort(code) if code >= 400 else redirect("/", code)

    monkeypatch.setitem(caching.app.view_functions, "show_cart", respond)
    response = caching.app.test_client().get("/cart")
    assert response.status_code == code
    assert response.headers["Cache-Control"] == "no-store"


def test_view_that_allows_caching_is_left_alone():
    """The hook adds a rule only where there is none."""
    headers = caching.app.test_client().get("/products").headers
    assert headers["Cache-Control"] == "max-age=300, public"


def test_sent_file_has_a_cache_rule_of_its_own(app):
    """send_file says no-cache, which allows storing: the hook sees a header."""

    @app.get("/file")
    def send():
        return send_file(io.BytesIO(b"a"), mimetype="text/plain")

    response = app.test_client().get("/file")
    assert response.headers["Cache-Control"] == "no-cache"


def test_maintenance_page_is_returned_before_any_view_or_404(monkeypatch):
    """So no view runs, whatever the URL; the health check is let through."""
    monkeypatch.setitem(maintenance.app.config, "MAINTENANCE", True)
    monkeypatch.setitem(maintenance.app.view_functions, "index", crash)
    client = maintenance.app.test_client()
    found = {
        path: client.get(path).status_code for path in ("/", "/nothing", "/health")
    }
    assert found == {"/": 503, "/nothing": 503, "/health": 200}


def test_after_request_functions_run_for_a_response_of_a_before_request_function(app):
    """The view is skipped; the after_request functions are not."""
    app.add_url_rule("/", "view", crash)
    app.before_request(lambda: ("Back soon", 503))

    @app.after_request
    def add_header(response):
        response.headers["X-Seen"] = "yes"
        return response

    response = app.test_client().get("/")
    assert (response.status_code, response.headers["X-Seen"]) == (503, "yes")


def test_language_that_nobody_offers_sets_no_cookie():
    """Only a known value reaches the header."""
    client = cookie_later.app.test_client()
    for sent in "xx", "de; Domain=evil.example", "":
        response = client.get("/", query_string={"lang": sent})
        assert "Set-Cookie" not in response.headers
    assert client.get("/?lang=de").headers["Set-Cookie"].startswith("lang=de; Secure;")


def test_cookie_of_the_client_is_checked_like_any_input():
    """A cookie is sent by the client: it may say anything."""
    client = cookie_later.app.test_client()
    client.set_cookie("lang", "xx")
    assert client.get("/").text == "Hello"


def test_deferred_callback_runs_only_in_the_request_that_registered_it():
    """The next request sets no cookie."""
    client = cookie_later.app.test_client()
    assert "Set-Cookie" in client.get("/?lang=de").headers
    assert "Set-Cookie" not in client.get("/").headers


def test_temporary_file_that_was_not_rewound_sends_an_empty_body(app):
    """send_file reads from the file's current position."""

    @app.get("/report")
    def send_report():
        report = io.BytesIO()
        report.write(b"tea")
        return send_file(report, mimetype="text/csv")

    with app.test_client().get("/report") as response:
        assert (response.status_code, response.data) == (200, b"")


def test_temporary_file_without_a_type_and_a_name_is_refused(app):
    """Flask cannot guess a type from a file that has no name."""

    @app.get("/report")
    def send_report():
        return send_file(io.BytesIO(b"tea"))

    app.testing = True
    client = app.test_client()
    with pytest.raises(TypeError, match="Unable to detect the MIME type"):
        client.get("/report")


def test_temporary_file_is_closed_with_the_response(monkeypatch):
    """The system then deletes it: it never had a name to clean up."""
    made = []
    real = tempfile.TemporaryFile

    def note(*arguments, **options):
        made.append(real(*arguments, **options))
        return made[-1]

    monkeypatch.setattr(temporary_file, "TemporaryFile", note)
    response = temporary_file.app.test_client().get("/report")
    (file,) = made
    assert not file.closed
    response.close()
    assert file.closed


def test_json_error_keeps_the_headers_of_the_error():
    """A 405 must say which methods are allowed."""
    response = json_errors.app.test_client().delete("/orders/7")
    assert response.content_type == "application/json"
    assert sorted(response.allow) == ["GET", "HEAD", "OPTIONS"]


def test_json_error_made_of_a_new_response_loses_the_headers(app):
    """Only the response that the error makes has the Allow header."""

    @app.errorhandler(HTTPException)
    def return_json(error):
        return {"code": error.code}, error.code

    app.add_url_rule("/", "view", lambda: "ok")
    response = app.test_client().delete("/")
    assert (response.status_code, response.json) == (405, {"code": 405})
    assert "Allow" not in response.headers


def test_handler_of_http_exception_makes_the_500_in_production(monkeypatch):
    """An exception that no handler caught becomes an InternalServerError first."""
    monkeypatch.setitem(json_errors.app.view_functions, "show_order", crash)
    response = json_errors.app.test_client().get("/orders/7")
    assert response.json == {"code": 500, "name": "Internal Server Error"}


def test_handler_of_http_exception_is_not_asked_when_exceptions_propagate(monkeypatch):
    """In debug mode and with TESTING the exception itself leaves Flask."""
    monkeypatch.setitem(json_errors.app.view_functions, "show_order", crash)
    monkeypatch.setitem(json_errors.app.config, "TESTING", True)
    client = json_errors.app.test_client()
    with pytest.raises(KeyError):
        client.get("/orders/7")


def test_time_of_a_request_whose_clock_never_started_is_zero(monkeypatch):
    """A function that returns a response earlier keeps later ones from running."""
    hooks = timing.app.before_request_funcs
    monkeypatch.setitem(hooks, None, [lambda: "Closed", *hooks[None]])
    response = timing.app.test_client().get("/")
    assert response.text == "Closed"
    assert response.headers["Server-Timing"] == "app;dur=0.000"


def test_test_request_context_calls_no_hooks():
    """Before it ends, none has run; at its end teardown functions run."""
    with hook_alone.app.test_request_context("/orders/7"):
        assert "user" not in g


def test_client_block_keeps_g_until_its_end():
    """So a test can look at what a hook has left there."""
    with hook_alone.app.test_client() as client:
        client.get("/orders/7")
        assert g.user == "anna"
