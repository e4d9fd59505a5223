"""Which error handler is called for an exception that isn't the view's."""

import pytest
from flask import (
    abort,
    after_this_request,
    got_request_exception,
    request_finished,
)
from flask.sessions import SecureCookieSessionInterface
from werkzeug.exceptions import HTTPException, InternalServerError

from snippets.reference import handler_of_exception
from tests.behaviour.errors.handlers import answer, body, fails


class Late(LookupError):
    """What fails once, so that the 500 is sent."""


class Once:
    """Raise at the first call only."""

    def __init__(self, error):
        self.error = error
        self.called = False

    def __call__(self, *given, **named):
        if not self.called:
            self.called = True
            raise self.error
        return given[0] if given else None


def in_after_request(app, once):
    app.after_request(once)


def in_a_callback(app, once):
    app.view_functions["index"] = lambda: after_this_request(once) and "Tea"


def in_save_session(app, once):
    class Broken(SecureCookieSessionInterface):
        def save_session(self, app, session, response):
            once()

    app.session_interface = Broken()
    app.secret_key = "test"


def in_open_session(app, once):
    class Broken(SecureCookieSessionInterface):
        def open_session(self, app, request):
            once()

    app.session_interface = Broken()


def in_a_receiver(app, once):
    def receive(sender, response):
        once()

    app.extensions["receiver"] = receive  # blinker keeps no receiver alive
    request_finished.connect(receive, app)


def in_an_error_handler(app, once):
    app.register_error_handler(KeyError, lambda error: once())
    app.view_functions["index"] = lambda: {}["tea"]


LATE = [
    in_after_request,
    in_a_callback,
    in_save_session,
    in_open_session,
    in_a_receiver,
    in_an_error_handler,
]


@pytest.fixture(params=LATE, ids=lambda place: place.__name__)
def late(request, app):
    """An app in which something other than the view raises Late."""
    app.add_url_rule("/", "index", lambda: "Tea")
    app.register_error_handler(Late, answer("its class"))
    app.register_error_handler(LookupError, answer("its base class"))
    request.param(app, Once(Late("cup")))
    return app


@pytest.mark.parametrize(
    "handled", [500, InternalServerError, HTTPException, Exception]
)
def test_late_exception_meets_only_handlers_that_are_for_a_500_too(late, handled):
    """500, InternalServerError, HTTPException and Exception; they get the 500."""
    received = []

    @late.errorhandler(handled)
    def show(error):
        received.append(error)
        return "Sorry", 500

    assert body(late, "/") == "Sorry"
    assert [type(error) for error in received] == [InternalServerError]
    assert isinstance(received[0].original_exception, Late)


def test_late_exception_meets_no_handler_of_its_class(late):
    """Neither its own class nor a base class below Exception: a plain 500."""
    response = late.test_client().get("/")
    assert response.status_code == 500
    assert "Internal Server Error" in response.text


def test_handler_of_500_comes_before_httpexception_and_exception(late):
    """Then HTTPException; Exception is the last."""
    late.register_error_handler(Exception, answer("Exception"))
    late.register_error_handler(HTTPException, answer("HTTPException"))
    late.register_error_handler(500, answer("500"))
    assert body(late, "/") == "500"


def test_handler_of_httpexception_comes_before_exception_for_a_late_exception(late):
    """It's the more specific class of an InternalServerError."""
    late.register_error_handler(Exception, answer("Exception"))
    late.register_error_handler(HTTPException, answer("HTTPException"))
    assert body(late, "/") == "HTTPException"


@pytest.mark.parametrize("setting", ["TESTING", "DEBUG", "PROPAGATE_EXCEPTIONS"])
def test_late_exception_that_propagates_meets_no_handler(late, setting):
    """Not even one for Exception."""
    late.config[setting] = True
    late.register_error_handler(Exception, answer("Exception"))
    with pytest.raises(Late):
        late.test_client().get("/")


@pytest.mark.parametrize("handled", [500, HTTPException, Exception])
def test_late_exception_is_reported_although_a_handler_makes_its_page(
    late, caplog, handled
):
    """got_request_exception is sent and the log line written before it's called."""
    late.register_error_handler(handled, answer("handler", 500))
    reported = []

    def receive(sender, exception):
        reported.append(type(exception))

    with got_request_exception.connected_to(receive, late):
        assert body(late, "/") == "handler"
    assert reported == [Late]
    logged = [one.message for one in caplog.records if one.name == late.name]
    assert logged[0] == "Exception on / [GET]"


@pytest.mark.parametrize("place", [in_after_request, in_a_callback])
def test_abort_in_a_late_function_reaches_a_handler_of_exception_as_a_500(app, place):
    """The handler gets an InternalServerError, and the Forbidden inside."""
    app.add_url_rule("/", "index", lambda: "Tea")
    app.register_error_handler(403, answer("403"))

    @app.errorhandler(Exception)
    def show(error):
        return f"{error.code} {error.original_exception.code}", 500

    def refuse(response):
        if response.status_code == 200:
            abort(403)
        return response

    place(app, refuse)
    assert body(app, "/") == "500 403"


def test_crash_of_the_view_reaches_a_handler_of_exception_itself(app):
    """No InternalServerError is made of it."""
    app.register_error_handler(Exception, lambda error: type(error).__name__)
    fails(app, Late("cup"))
    assert body(app) == "Late"


def test_handler_that_returns_http_errors_but_500_makes_json_of_a_late_exception(late):
    """The snippet's handler makes the same page as for a crash of the view."""
    late.register_error_handler(Exception, handler_of_exception.report_crash)
    response = late.test_client().get("/")
    assert response.status_code == 500
    assert response.json == {"error": "Something went wrong"}
