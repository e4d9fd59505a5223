"""HTTP errors of your own, and exceptions that are HTTP errors as well."""

import pytest
from flask import Blueprint, abort, got_request_exception, request
from werkzeug.exceptions import (
    BadRequest,
    BadRequestKeyError,
    HTTPException,
    ImATeapot,
    NotFound,
)

from hookbook.corpus.phrases import as_released
from tests.behaviour.errors.handlers import answer, body, fails

KNOWN = [(404, NotFound), (418, ImATeapot)]


@pytest.mark.parametrize("kind", ["its own", HTTPException, Exception, None], ids=str)
@pytest.mark.parametrize(("number", "known"), KNOWN)
def test_handler_of_a_code_misses_an_http_error_of_your_own(app, number, known, kind):
    """Only its own class, HTTPException or Exception is asked: not the code."""

    class OutOfTea(HTTPException):
        code = number
        description = "No tea"

    app.register_error_handler(number, answer("of the code"))
    app.register_error_handler(known, answer("of the class of the code"))
    fails(app, OutOfTea())
    if kind:
        kind = OutOfTea if kind == "its own" else kind
        app.register_error_handler(kind, answer(kind.__name__))
        assert body(app) == kind.__name__
    else:
        response = app.test_client().get("/fails")
        assert response.status_code == number
        assert "<p>No tea</p>" in response.text


@pytest.mark.parametrize(("number", "known"), KNOWN)
def test_handler_of_a_code_gets_subclasses_of_its_class(app, number, known):
    """A class that inherits from NotFound meets the handler for 404."""

    class OutOfTea(known):
        pass

    app.register_error_handler(number, answer("of the code"))
    fails(app, OutOfTea())
    assert body(app) == "of the code"


def test_missing_form_field_meets_a_handler_of_keyerror(app):
    """Its class is both BadRequest and KeyError."""
    app.register_error_handler(KeyError, lambda error: (type(error).__name__, 500))
    app.register_error_handler(Exception, answer("of Exception"))
    for name in "form", "args":
        app.add_url_rule(
            f"/{name}", name, lambda n=name: getattr(request, n)["tea"], methods=["GET"]
        )
    for path in "/form", "/args":
        response = app.test_client().get(path)
        assert (response.status_code, response.text) == (500, "BadRequestKeyError")


@pytest.mark.parametrize(
    "kind", [400, BadRequest, BadRequestKeyError, HTTPException], ids=str
)
@pytest.mark.parametrize("early", [True, False])
def test_handler_of_400_is_asked_before_one_of_keyerror(app, kind, early):
    """So is one for BadRequest or HTTPException; KeyErrors still meet theirs."""
    if early:
        app.register_error_handler(KeyError, answer("of KeyError"))
    app.register_error_handler(kind, answer("of HTTP", 400))
    if not early:
        app.register_error_handler(KeyError, answer("of KeyError"))
    app.add_url_rule("/field", "field", lambda: request.form["tea"])
    app.add_url_rule("/key", "key", lambda: {}["tea"])
    assert body(app, "/field") == "of HTTP"
    assert body(app, "/key") == "of KeyError"


@pytest.mark.parametrize("kind", [HTTPException, Exception])
def test_redirect_to_a_slash_meets_handlers_if_http_errors_are_trapped(app, kind):
    """With TRAP_HTTP_EXCEPTIONS a handler for Exception gets a RequestRedirect."""
    app.config["TRAP_HTTP_EXCEPTIONS"] = True
    app.register_error_handler(kind, lambda error: (type(error).__name__, 500))
    app.add_url_rule("/orders/", "orders", lambda: "Orders")
    response = app.test_client().get("/orders")
    if kind is Exception:
        assert (response.status_code, response.text) == (500, "RequestRedirect")
    else:
        assert response.text == "RequestRedirect"


def test_httpexception_of_a_blueprint_gets_an_own_error_of_code_404(app):
    """The app's handler for 404 isn't asked for it; for a real 404 it is."""

    class OutOfTea(HTTPException):
        code = 404

    shop = Blueprint("shop", __name__)
    shop.register_error_handler(HTTPException, answer("shop"))
    fails(shop, OutOfTea(), "/own")
    shop.add_url_rule("/real", "real", lambda: abort(404))
    app.register_error_handler(404, answer("app"))
    app.register_blueprint(shop)
    assert (body(app, "/own"), body(app, "/real")) == ("shop", "app")


class NoCode(HTTPException):
    """An HTTP error that forgot its code."""

    description = "Log in first"


class Named(NoCode):
    code = 401


@pytest.mark.parametrize("setting", [None, "TESTING", "DEBUG"])
@pytest.mark.parametrize("place", ["view", "before_request"])
@pytest.mark.parametrize("error", [NoCode(), HTTPException("Log in first")])
def test_http_error_without_a_code_is_a_200_and_meets_no_handler(
    app, caplog, steps, error, place, setting
):
    """Nor is it logged, sent with a signal, or given to teardown functions."""
    if setting:
        app.config[setting] = True

    def refuse():
        raise error

    def report(sender, exception):
        steps.append("reported")

    app.add_url_rule("/", "orders", refuse if place == "view" else lambda: "Orders")
    if place == "before_request":
        app.before_request(refuse)
    for kind in NoCode, HTTPException, Exception, 500, 401, 403:
        app.register_error_handler(kind, answer("handled", 500))
    app.teardown_request(lambda exception: steps.append(exception))
    with got_request_exception.connected_to(report, app):
        response = app.test_client().get("/")
    assert response.status_code == 200
    assert "<title>None Unknown Error</title>" in as_released(response.text)
    assert "Log in first" in response.text
    assert (steps, caplog.records) == ([None], [])


@pytest.mark.parametrize("kind", [NoCode, HTTPException, Exception])
def test_http_error_without_a_code_meets_its_handler_if_http_errors_are_trapped(
    app, kind
):
    """With TRAP_HTTP_EXCEPTIONS it is an exception like any other."""
    app.config["TRAP_HTTP_EXCEPTIONS"] = True
    app.register_error_handler(kind, answer("handled", 403))
    fails(app, NoCode())
    assert body(app) == "handled"


@pytest.mark.parametrize("handled", [False, True])
@pytest.mark.parametrize("place", ["view", "before_request"])
def test_http_error_meets_its_handlers_once_it_has_a_code(app, place, handled):
    """With the code on the class, or with abort."""

    def refuse():
        if "own" in request.args:
            raise Named()
        abort(401, "Log in first")

    app.add_url_rule("/", "orders", refuse if place == "view" else lambda: "Orders")
    if place == "before_request":
        app.before_request(refuse)
    if handled:
        app.register_error_handler(HTTPException, answer("handled", 401))
    for url in "/", "/?own=1":
        response = app.test_client().get(url)
        assert response.status_code == 401
        assert ("handled" if handled else "<p>Log in first</p>") in response.text
