"""Which errors an error tracker, a log and a middleware learn of."""

import pytest
from flask import (
    Response,
    abort,
    flash,
    get_flashed_messages,
    got_request_exception,
    redirect,
    request,
    session,
)
from werkzeug.exceptions import HTTPException, InternalServerError


@pytest.fixture
def reported(app):
    """The exceptions that a receiver of got_request_exception gets."""
    found = []

    def report(sender, exception, **extra):
        found.append(exception)

    with got_request_exception.connected_to(report, app):
        yield found


@pytest.fixture
def crashing(app):
    """An app whose one view crashes."""
    app.add_url_rule("/crash", view_func=lambda: {}["cup"], endpoint="crash")
    return app


def lines(caplog):
    return [record.message for record in caplog.records]


def test_handler_of_exception_hides_a_crash_from_signal_and_log(
    crashing, reported, caplog
):
    """Flask considers it handled: error trackers and the log get nothing."""
    crashing.register_error_handler(Exception, lambda error: ("Sorry", 500))
    assert crashing.test_client().get("/crash").status_code == 500
    assert (reported, lines(caplog)) == ([], [])


@pytest.mark.parametrize("code", [500, "class"])
def test_handler_of_500_hides_no_crash_from_signal_and_log(
    crashing, reported, caplog, code
):
    """Nor does one for InternalServerError: Flask has reported before it calls them."""
    crashing.register_error_handler(
        InternalServerError if code == "class" else code, lambda error: ("Sorry", 500)
    )
    assert crashing.test_client().get("/crash").text == "Sorry"
    assert [type(error) for error in reported] == [KeyError]
    assert lines(caplog) == ["Exception on /crash [GET]"]


def test_handler_that_raises_its_exception_again_hides_nothing(
    crashing, reported, caplog
):
    """It's a crash like any other, and a handler for 500 may make the page."""

    def handle(error):
        raise error

    crashing.register_error_handler(Exception, handle)
    crashing.register_error_handler(500, lambda error: ("Sorry", 500))
    response = crashing.test_client().get("/crash")
    assert (response.status_code, response.text) == (500, "Sorry")
    assert [type(error) for error in reported] == [KeyError]
    assert lines(caplog) == ["Exception on /crash [GET]"]


def test_handler_may_log_its_exception_as_flask_does(crashing, caplog):
    """With app.logger.exception: the same line, with the traceback."""

    def handle(error):
        line = "Exception on %s [%s]"
        crashing.logger.exception(line, request.path, request.method)
        return "Sorry", 500

    crashing.register_error_handler(Exception, handle)
    crashing.test_client().get("/crash")
    (record,) = caplog.records
    assert record.message == "Exception on /crash [GET]"
    assert record.exc_info[0] is KeyError


@pytest.mark.parametrize("name", ["TESTING", "DEBUG", "PROPAGATE_EXCEPTIONS"])
def test_crash_that_propagates_is_reported_and_not_logged(
    crashing, reported, caplog, name
):
    """The signal is sent before the exception leaves Flask; Flask writes no line."""
    crashing.config[name] = True
    with pytest.raises(KeyError):
        crashing.test_client().get("/crash")
    assert [type(error) for error in reported] == [KeyError]
    assert lines(caplog) == []


def test_middleware_sees_a_crash_only_if_exceptions_propagate(crashing, steps):
    """Otherwise Flask has turned it into a 500, a response like any other."""
    flask_app = crashing.wsgi_app

    def watch(environ, start_response):
        try:
            return flask_app(environ, start_response)
        except KeyError:
            steps.append("seen")
            raise

    crashing.wsgi_app = watch
    assert crashing.test_client().get("/crash").status_code == 500
    assert steps == []
    crashing.config["PROPAGATE_EXCEPTIONS"] = True
    with pytest.raises(KeyError):
        crashing.test_client().get("/crash")
    assert steps == ["seen"]


def test_middleware_sees_the_exception_of_a_teardown_function(app, steps):
    """It leaves the app in place of the response."""
    flask_app = app.wsgi_app

    def watch(environ, start_response):
        try:
            return flask_app(environ, start_response)
        except Exception:
            steps.append("seen")
            return Response("Sorry", 500)(environ, start_response)

    @app.teardown_request
    def close(error):
        raise OSError("no tea")

    app.wsgi_app = watch
    app.add_url_rule("/", "index", lambda: "Tea")
    assert app.test_client().get("/").text == "Sorry"
    assert steps == ["seen"]


def test_abort_with_500_is_reported_to_nobody(app, reported, caplog):
    """It is an HTTP error that the code asked for."""
    app.add_url_rule("/", "index", lambda: abort(500))
    assert app.test_client().get("/").status_code == 500
    assert (reported, lines(caplog)) == ([], [])


def test_exception_in_a_streamed_body_is_reported_to_nobody(app, reported, caplog):
    """Flask has finished with the request, so the server gets it."""

    def pieces():
        yield "first"
        raise OSError("no tea")

    app.add_url_rule("/", "index", lambda: Response(pieces()))
    response = app.test_client().get("/", buffered=False)
    with pytest.raises(OSError, match="no tea"):
        list(response.iter_encoded())
    assert (reported, lines(caplog)) == ([], [])


def test_exception_of_a_teardown_function_is_reported_to_nobody(app, reported, caplog):
    """It leaves the app without a signal, and Flask logs nothing."""

    @app.teardown_request
    def close(error):
        raise OSError("no tea")

    app.add_url_rule("/", "index", lambda: "Tea")
    # Flask 3.2 raises a group of exceptions.
    with pytest.raises(Exception, match=r"no tea|during context teardown"):
        app.test_client().get("/")
    assert (reported, lines(caplog)) == ([], [])


@pytest.mark.parametrize("kind", ["before_request", "after_request"])
def test_exception_of_a_hook_is_reported_as_that_of_a_view(app, reported, caplog, kind):
    """With the same log line."""

    def fail(*_):
        raise OSError("no tea")

    getattr(app, kind)(fail)
    app.add_url_rule("/", "index", lambda: "Tea")
    assert app.test_client().get("/").status_code == 500
    assert [type(error) for error in reported] == [OSError]
    assert "Exception on / [GET]" in lines(caplog)


def test_receiver_gets_the_exception_while_the_request_is_there(crashing):
    """So a report can say which URL failed."""
    found = []

    def report(sender, exception, **extra):
        found.append((request.path, request.endpoint))

    with got_request_exception.connected_to(report, crashing):
        crashing.test_client().get("/crash")
    assert found == [("/crash", "crash")]


def test_error_handler_may_change_the_session_and_flash(app):
    """Both are saved with the response that it makes."""
    app.secret_key = "only for tests"
    app.add_url_rule("/", "index", lambda: [*get_flashed_messages(), dict(session)])

    @app.errorhandler(404)
    def show_missing(error):
        session["missed"] = True
        flash("There is no such product")
        return redirect("/")

    response = app.test_client().get("/nowhere", follow_redirects=True)
    assert response.json == ["There is no such product", {"missed": True}]


@pytest.mark.parametrize("kind", [500, InternalServerError, HTTPException], ids=str)
def test_got_request_exception_is_sent_before_a_handler_of_500_is_called(
    app, steps, kind
):
    """Also with one for HTTPException; with one for Exception it isn't sent."""

    def report(sender, exception, **extra):
        steps.append(type(exception).__name__)

    def handle(error):
        steps.append("handler")
        return "Sorry", 500

    app.register_error_handler(kind, handle)
    app.add_url_rule("/", "index", lambda: {}["cup"])
    with got_request_exception.connected_to(report, app):
        assert app.test_client().get("/").text == "Sorry"
    assert steps == ["KeyError", "handler"]
