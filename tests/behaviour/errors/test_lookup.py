"""Which error handler is called."""

import pytest
from flask import abort, redirect, request
from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    HTTPException,
    InternalServerError,
    NotFound,
)
from werkzeug.routing import RequestRedirect

from tests.behaviour.errors.handlers import answer, body, fails


def test_error_handler_of_a_code_answers(app):
    """Its return value is treated like a view's."""
    app.register_error_handler(403, lambda error: ({"error": error.description}, 403))
    fails(app, Forbidden("Members only"))
    response = app.test_client().get("/fails")
    assert (response.status_code, response.json) == (403, {"error": "Members only"})


def test_error_handler_of_a_code_answers_to_subclasses_of_its_error(app):
    """A class that inherits from the HTTP error also has its code."""

    class NoSuchCup(NotFound):
        pass

    app.register_error_handler(404, answer("no such thing"))
    fails(app, NoSuchCup())
    assert body(app) == "no such thing"


def test_error_handler_without_a_status_answers_with_200(app):
    """The response doesn't take the error's code."""
    app.register_error_handler(404, lambda error: "Nothing here")
    assert app.test_client().get("/nowhere").status_code == 200


def test_error_handler_may_return_the_error_itself(app):
    """An HTTPException is a response as well."""
    app.register_error_handler(404, lambda error: error)
    assert app.test_client().get("/nowhere").status_code == 404


def test_most_specific_class_of_a_handler_wins(app):
    """Flask tries the classes in the order of the exception's ancestors."""
    app.register_error_handler(Exception, answer("exception"))
    app.register_error_handler(LookupError, answer("lookup"))
    app.register_error_handler(KeyError, answer("key"))
    fails(app, KeyError("cup"))
    fails(app, IndexError("cup"), "/index")
    fails(app, ValueError("cup"), "/value")
    assert body(app) == "key"
    assert body(app, "/index") == "lookup"
    assert body(app, "/value") == "exception"


def test_exception_without_a_handler_is_a_500(app):
    """A handler for another class isn't called."""
    app.register_error_handler(LookupError, answer("lookup"))
    fails(app, ValueError("cup"))
    assert app.test_client().get("/fails").status_code == 500


def test_handler_of_exception_answers_http_errors_too(app):
    """404 is an exception: a handler for Exception swallows it."""
    app.register_error_handler(Exception, lambda error: type(error).__name__)
    assert body(app, "/nowhere") == "NotFound"


def test_handler_of_httpexception_answers_every_http_error(app):
    """But it gets no other exception."""
    app.register_error_handler(HTTPException, lambda error: str(error.code))
    fails(app, ValueError("cup"))
    app.add_url_rule("/secret", view_func=lambda: abort(403), endpoint="secret")
    assert body(app, "/nowhere") == "404"
    assert body(app, "/secret") == "403"


def test_handler_of_httpexception_answers_a_crash_as_500(app):
    """An unhandled exception becomes an InternalServerError first."""
    app.register_error_handler(
        HTTPException, lambda error: f"{error.code} {error.original_exception!r}"
    )
    fails(app, ValueError("cup"))
    assert body(app) == "500 ValueError('cup')"


def test_handler_of_a_code_wins_over_the_handler_of_httpexception(app):
    """Whichever was registered first."""
    app.register_error_handler(HTTPException, answer("any"))
    app.register_error_handler(404, answer("not found"))
    assert body(app, "/nowhere") == "not found"


def test_last_error_handler_of_a_class_wins(app):
    """There is one handler for a class: a second registration replaces it."""
    app.register_error_handler(404, answer("first"))
    app.register_error_handler(404, answer("second"))
    assert body(app, "/nowhere") == "second"


def test_handler_of_500_answers_abort_500_too(app):
    """No exception caused it, so original_exception is None."""
    app.register_error_handler(500, lambda error: repr(error.original_exception))
    app.add_url_rule("/fails", view_func=lambda: abort(500))
    assert body(app) == "None"


def test_handler_of_500_receives_an_internal_server_error(app):
    """Not the exception of the view: that is its original_exception."""
    received = []
    app.register_error_handler(500, lambda error: received.append(error) or "Sorry")
    crash = ValueError("cup")
    fails(app, crash)
    assert body(app) == "Sorry"
    assert type(received[0]) is InternalServerError
    assert received[0].original_exception is crash


def test_http_error_with_a_code_of_its_own_finds_its_handler(app):
    """A subclass of HTTPException with a new code is registered as a class."""

    class Steeping(HTTPException):
        code = 425
        description = "Still steeping"

    app.register_error_handler(Steeping, lambda error: (error.description, error.code))
    fails(app, Steeping())
    response = app.test_client().get("/fails")
    assert (response.status_code, response.text) == (425, "Still steeping")


def test_http_error_without_a_code_meets_no_handler(app):
    """abort(response) raises one: the response is sent as it is."""
    app.register_error_handler(HTTPException, answer("handled"))
    app.register_error_handler(Exception, answer("handled"))
    app.add_url_rule("/fails", view_func=lambda: abort(redirect("/elsewhere")))
    response = app.test_client().get("/fails")
    assert response.headers["Location"] == "/elsewhere"


@pytest.mark.parametrize("handled", [HTTPException, Exception, RequestRedirect])
def test_redirect_to_a_trailing_slash_meets_no_handler(app, handled):
    """URL matching raises it, but it isn't an error."""
    app.register_error_handler(handled, answer("handled"))
    app.add_url_rule("/folder/", view_func=lambda: "Here", endpoint="folder")
    response = app.test_client().get("/folder")
    assert response.status_code == 308
    assert response.headers["Location"].endswith("/folder/")


def test_error_handler_sees_the_request(app):
    """The contexts are active: request, session and g can be used."""
    app.register_error_handler(404, lambda error: request.path)
    assert body(app, "/nowhere") == "/nowhere"


def test_error_in_an_error_handler_of_a_class_is_a_500(app):
    """The handler for 500 gets the exception that the first handler raised."""
    app.register_error_handler(LookupError, lambda error: 1 / 0)
    app.register_error_handler(500, lambda error: repr(error.original_exception))
    fails(app, KeyError("cup"))
    assert body(app) == "ZeroDivisionError('division by zero')"


def test_abort_in_an_error_handler_is_a_500(app):
    """An error handler can't use abort() to pass the request to another handler."""
    app.register_error_handler(LookupError, lambda error: abort(404))
    app.register_error_handler(404, answer("not found"))
    fails(app, KeyError("cup"))
    assert app.test_client().get("/fails").status_code == 500


def test_error_handler_may_raise_the_error_again(app):
    """raise in a handler: the exception counts as unhandled."""

    @app.errorhandler(LookupError)
    def handle(error):
        raise error

    app.register_error_handler(500, lambda error: repr(error.original_exception))
    fails(app, KeyError("cup"))
    assert body(app) == "KeyError('cup')"


@pytest.mark.parametrize(
    ("handled", "error"),
    [
        (500, KeyError("cup")),
        (HTTPException, KeyError("cup")),
        (Exception, KeyError("cup")),
        (HTTPException, NotFound()),
        (Exception, NotFound()),
    ],
)
def test_handler_that_is_for_a_500_too_and_raises_leaves_flask(app, handled, error):
    """Flask also asks it for the 500, and then has no other handler to ask."""
    app.register_error_handler(handled, lambda error: abort(400))
    fails(app, error)
    with pytest.raises(BadRequest):
        app.test_client().get("/fails")
