"""What calls no error handler, and what one handler does for several errors."""

import importlib
import sys
from types import SimpleNamespace

import pytest
from flask import (
    Flask,
    abort,
    g,
    got_request_exception,
    jsonify,
    make_response,
    request,
)
from werkzeug.exceptions import HTTPException


def test_status_that_a_view_returns_calls_no_error_handler(app):
    """Error handlers are for exceptions; abort raises one, return does not."""
    app.register_error_handler(404, lambda error: ("handled", 404))
    app.add_url_rule("/returned", "returned", lambda: ("own text", 404))
    app.add_url_rule("/aborted", "aborted", lambda: abort(404))
    client = app.test_client()
    assert client.get("/returned").text == "own text"
    assert client.get("/aborted").text == "handled"


def test_after_request_function_sees_a_status_that_a_view_returned(app):
    """Whether it was raised or returned, so what concerns each 404 belongs there."""

    @app.after_request
    def replace_page(response):
        if response.status_code == 404:
            response.set_data("no such page")
        return response

    app.add_url_rule("/returned", "returned", lambda: ("own text", 404))
    client = app.test_client()
    assert client.get("/returned").text == "no such page"
    assert client.get("/unknown").text == "no such page"


def test_error_handler_that_returns_another_error_sends_it(app):
    """Raised, it would be a 500: no handler is asked about an error handler."""

    @app.errorhandler(ValueError)
    def refuse(error):
        return abort_or_return(request.args["how"])

    def abort_or_return(how):
        if how == "abort":
            abort(400)
        return "no such size", 400

    @app.get("/")
    def index():
        raise ValueError("XXXL")

    client = app.test_client()
    assert client.get("/?how=abort").status_code == 500
    assert client.get("/?how=return").status_code == 400


def test_one_error_handler_may_be_registered_for_several_errors(app):
    """The decorator returns the function, so another one can follow."""

    @app.errorhandler(404)
    @app.errorhandler(405)
    def refuse(error):
        return f"no: {error.code}", error.code

    app.add_url_rule("/", "index", lambda: "Tea", methods=["GET"])
    client = app.test_client()
    assert client.get("/unknown").text == "no: 404"
    assert client.post("/").text == "no: 405"


def test_abort_with_a_code_without_an_exception_is_a_lookup_error(app):
    """So is abort with any code below 400, with 402 and with a code of your own."""

    @app.get("/<int:code>")
    def index(code):
        abort(code)

    app.testing = True
    client = app.test_client()
    for code in *range(100, 400), 402, 499:
        with pytest.raises(LookupError, match=f"^no exception for {code}$"):
            client.get(f"/{code}")


def test_code_without_an_exception_may_be_returned_or_raised_as_a_response(app):
    """As a tuple, as a response given to abort, or as a class of your own."""

    class ClosedRequest(HTTPException):
        code = 499
        description = "closed"

    def raise_own():
        raise ClosedRequest

    app.add_url_rule("/returned", "returned", lambda: ("closed", 499))
    response = ("closed", 499)
    app.add_url_rule("/abort", "abort", lambda: abort(make_response(*response)))
    app.add_url_rule("/own", "own", raise_own)
    client = app.test_client()
    for path in "/returned", "/abort", "/own":
        assert client.get(path).status_code == 499


def test_error_handler_may_choose_by_what_the_client_accepts(app):
    """A browser asks for HTML first, curl accepts all, a script asks for JSON."""

    @app.errorhandler(404)
    def refuse(error):
        offered = ["text/html", "application/json"]
        if request.accept_mimetypes.best_match(offered) == "application/json":
            return jsonify(error=error.name), 404
        return error

    client = app.test_client()
    for accept, kind in {
        "text/html,application/xhtml+xml,*/*;q=0.8": "text/html",
        "*/*": "text/html",
        "application/json": "application/json",
        "application/json, text/html;q=0.5": "application/json",
    }.items():
        response = client.get("/unknown", headers={"Accept": accept})
        assert response.mimetype == kind


def test_accept_json_is_true_for_a_browser(app):
    """It accepts anything, JSON included: ask for the best match instead."""
    browser = "text/html,application/xhtml+xml,*/*;q=0.8"
    with app.test_request_context(headers={"Accept": browser}):
        assert request.accept_mimetypes.accept_json


def test_after_request_function_finds_the_exception_of_a_500_on_g(app):
    """A receiver of got_request_exception has put it there; the response has none."""

    def note(sender, exception, **extra):
        g.crash = exception

    @app.after_request
    def tell(response):
        response.headers["X-Crash"] = repr(g.get("crash"))
        return response

    def index():
        raise ValueError("no tea")

    app.add_url_rule("/", "index", index)
    with got_request_exception.connected_to(note, app):
        response = app.test_client().get("/")
    assert response.status_code == 500
    assert response.headers["X-Crash"] == "ValueError('no tea')"


@pytest.mark.parametrize("imported", [False, True])
def test_handler_of_a_module_that_is_not_imported_is_not_called(
    app, tmp_path, monkeypatch, imported
):
    """Its decorator runs when Python imports the module, and not before."""
    (tmp_path / "tea_errors.py").write_text(
        "def register(app):\n    app.register_error_handler(404, handle)\n"
        "def handle(error):\n    return 'no tea', 404\n"
        "from tea_app import app\nregister(app)\n"
    )
    monkeypatch.setitem(sys.modules, "tea_app", SimpleNamespace(app=app))
    monkeypatch.syspath_prepend(tmp_path)
    try:
        if imported:
            importlib.import_module("tea_errors")
        text = app.test_client().get("/nowhere").text
    finally:
        sys.modules.pop("tea_errors", None)
    assert (text == "no tea") == imported


def test_handler_of_another_app_object_is_not_called(app):
    """Each app has its own handlers."""
    other = Flask("other", static_folder=None)
    other.register_error_handler(404, lambda error: ("handled", 404))
    assert app.test_client().get("/nowhere").text != "handled"
    assert other.test_client().get("/nowhere").text == "handled"


@pytest.mark.parametrize("trap", [None, False, True])
def test_handler_of_httpexception_gets_every_http_error_without_a_setting(app, trap):
    """TRAP_HTTP_EXCEPTIONS makes no difference to it."""
    if trap is not None:
        app.config["TRAP_HTTP_EXCEPTIONS"] = trap
    app.register_error_handler(HTTPException, lambda error: ("mine", error.code))
    app.add_url_rule("/", "index", lambda: abort(403), methods=["GET"])
    client = app.test_client()
    assert client.get("/").status_code == 403
    assert client.get("/nowhere").status_code == 404
    assert client.post("/").status_code == 405
    for response in client.get("/"), client.get("/nowhere"), client.post("/"):
        assert response.text == "mine"
