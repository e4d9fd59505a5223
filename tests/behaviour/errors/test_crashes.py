"""What Flask does with an exception that no handler takes."""

import logging

import pytest
from flask import abort, got_request_exception, request
from flask.sessions import SecureCookieSessionInterface
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from tests.behaviour.versions import FLASK


@pytest.fixture
def crashing(app):
    """An app whose one view crashes."""
    app.add_url_rule("/crash", view_func=lambda: {}["cup"], endpoint="crash")
    return app


def test_crash_is_a_500_page_that_tells_nothing(crashing):
    """The client learns that the server failed, not why."""
    response = crashing.test_client().get("/crash")
    assert response.status_code == 500
    assert "Internal Server Error" in response.text
    assert "cup" not in response.text


def test_crash_is_logged_with_its_traceback(crashing, caplog):
    """One record of level ERROR names the request and carries the exception."""
    crashing.test_client().post("/crash")
    crashing.test_client().get("/crash?cup=2")
    (record,) = caplog.records
    assert (record.levelno, record.message) == (
        logging.ERROR,
        "Exception on /crash [GET]",
    )
    assert record.name == crashing.logger.name
    assert record.exc_info[0] is KeyError
    assert record.exc_info[2] is not None


def test_crash_is_logged_although_500_has_a_handler(crashing, caplog):
    """The handler makes the page; the log still has the exception."""
    crashing.register_error_handler(500, lambda error: "Sorry")
    assert crashing.test_client().get("/crash").text == "Sorry"
    assert [record.message for record in caplog.records] == [
        "Exception on /crash [GET]"
    ]


def test_exception_with_a_handler_is_not_logged(crashing, caplog):
    """It was expected: no log, no signal."""
    received = []
    crashing.register_error_handler(KeyError, lambda error: "No such cup")
    with got_request_exception.connected_to(received.append, crashing):
        crashing.test_client().get("/crash")
    assert (caplog.records, received) == ([], [])


def test_http_errors_are_not_logged(app, caplog):
    """A 404 is nothing unusual."""
    app.test_client().get("/nowhere")
    assert caplog.records == []


def test_crash_that_propagates_is_not_logged(crashing, caplog):
    """The code that receives the exception decides whether to log it."""
    crashing.testing = True
    with pytest.raises(KeyError):
        crashing.test_client().get("/crash")
    assert caplog.records == []


def test_crash_that_propagates_meets_no_handler_of_500(crashing, steps):
    """In testing mode the exception leaves before the handler is looked for."""
    crashing.testing = True
    crashing.register_error_handler(500, steps.append)
    with pytest.raises(KeyError):
        crashing.test_client().get("/crash")
    assert steps == []


@pytest.mark.parametrize("setting", ["TESTING", "DEBUG", "PROPAGATE_EXCEPTIONS"])
def test_client_gets_the_500_unless_a_setting_lets_the_exception_out(crashing, setting):
    """A test client alone changes nothing: TESTING or debug mode does."""
    client = crashing.test_client()
    assert client.get("/crash").status_code == 500
    crashing.config[setting] = True
    with pytest.raises(KeyError):
        client.get("/crash")


def test_exception_with_a_handler_does_not_propagate(crashing):
    """In testing mode as in production, its handler makes the response."""
    crashing.testing = True
    crashing.register_error_handler(KeyError, lambda error: "No such cup")
    assert crashing.test_client().get("/crash").text == "No such cup"


def test_propagated_exception_is_the_very_exception_of_the_view(app):
    """Not a copy: its traceback ends in the view."""
    app.testing = True
    error = LookupError("cup")

    @app.get("/")
    def pour():
        raise error

    with pytest.raises(LookupError) as caught:
        app.test_client().get("/")
    assert caught.value is error
    assert caught.traceback[-1].name == "pour"
    assert caught.value.__context__ is None


def test_propagate_exceptions_set_to_false_wins_over_debug_mode(crashing):
    """The setting decides unless it is None."""
    crashing.config.update(DEBUG=True, PROPAGATE_EXCEPTIONS=False)
    assert crashing.test_client().get("/crash").status_code == 500


def test_exception_handed_to_handle_exception_is_raised(app):
    """By hand, outside of an except block, it propagates as in a request."""
    app.testing = True
    error = LookupError("cup")
    with app.test_request_context() as context:
        first = [context] if FLASK >= (3, 2) else []
        with pytest.raises(LookupError) as caught:
            app.handle_exception(*first, error)
    assert caught.value is error


def test_exception_handed_to_handle_exception_is_raised_instead_of_another(app):
    """The argument counts, not the exception that is being handled."""
    app.testing = True
    error = LookupError("pot")
    with app.test_request_context() as context:
        first = [context] if FLASK >= (3, 2) else []
        try:
            {}["cup"]
        except KeyError:
            with pytest.raises(LookupError, match="pot") as caught:
                app.handle_exception(*first, error)
    assert caught.value is error


def test_got_request_exception_is_sent_for_a_crash(crashing):
    """With the app as its sender and the exception as an argument."""
    received = []

    def receive(sender, exception):
        received.append((sender, type(exception)))

    with got_request_exception.connected_to(receive):
        crashing.test_client().get("/crash")
    assert received == [(crashing, KeyError)]


def test_got_request_exception_is_sent_for_a_crash_that_propagates(crashing):
    """Reporting tools also see it in testing and debug mode."""
    crashing.testing = True
    received = []

    def receive(sender, exception):
        received.append(type(exception))

    with got_request_exception.connected_to(receive), pytest.raises(KeyError):
        crashing.test_client().get("/crash")
    assert received == [KeyError]


def test_got_request_exception_is_not_sent_for_an_http_error(app):
    """A 404 is a response; abort in a view or a before_request function makes one."""
    received = []
    app.add_url_rule("/view", "view", lambda: abort(409))
    app.before_request(lambda: abort(403) if request.path == "/hook" else None)
    client = app.test_client()

    def receive(sender, exception):
        received.append(exception)

    with got_request_exception.connected_to(receive, app):
        for path, code in ("/nowhere", 404), ("/view", 409), ("/hook", 403):
            assert client.get(path).status_code == code
    assert received == []


def test_got_request_exception_is_not_sent_for_an_exception_with_a_handler(app):
    """It is sent if only a handler for 500 or InternalServerError catches it."""
    received = []

    def receive(sender, exception):
        received.append(type(exception))

    app.register_error_handler(KeyError, lambda error: "No such cup")
    app.register_error_handler(500, lambda error: ("Sorry", 500))
    app.add_url_rule("/cup", view_func=lambda: {}["cup"], endpoint="cup")
    app.add_url_rule("/pot", view_func=lambda: [][0], endpoint="pot")
    client = app.test_client()
    with got_request_exception.connected_to(receive, app):
        assert client.get("/cup").text == "No such cup"
        assert received == []
        assert client.get("/pot").text == "Sorry"
    assert received == [IndexError]


def test_system_exit_of_a_view_meets_no_handler(app, steps):
    """Only subclasses of Exception become a 500; teardown receives the others."""

    @app.get("/")
    def leave():
        raise SystemExit(3)

    app.register_error_handler(500, steps.append)
    app.after_request(steps.append)
    app.teardown_request(lambda error: steps.append(repr(error)))
    with pytest.raises(SystemExit):
        app.test_client().get("/")
    assert steps == ["SystemExit(3)"]


def test_session_that_cannot_be_opened_is_a_500(app, caplog, steps):
    """The request failed before it began: no before_request function, but a page."""

    class Broken(SecureCookieSessionInterface):
        def open_session(self, app, request):
            raise LookupError("no such session")

    app.session_interface = Broken()
    app.before_request(lambda: steps.append("before"))
    app.teardown_request(lambda error: steps.append(type(error).__name__))
    assert app.test_client().get("/").status_code == 500
    assert caplog.records[0].message == "Exception on / [GET]"
    assert steps == ["LookupError"]


def test_method_not_allowed_names_the_allowed_methods(app):
    """A 405 with an Allow header; the view does not run."""
    app.add_url_rule("/", view_func=lambda: 1 / 0, endpoint="index", methods=["POST"])
    response = app.test_client().get("/")
    assert response.status_code == 405
    assert sorted(response.allow) == ["OPTIONS", "POST"]


def test_error_of_url_matching_is_raised_after_the_before_request_functions(app):
    """They find it as request.routing_exception."""
    found = []
    app.before_request(lambda: found.append(request.routing_exception))
    app.test_client().get("/nowhere")
    assert isinstance(found[0], NotFound)


@pytest.fixture
def moved(app):
    """Return a function that makes every URL a redirect with the given code."""

    def move(code):
        class Moved(RequestRedirect):
            pass

        Moved.code = code

        @app.before_request
        def move():
            request.routing_exception = Moved("http://localhost/new")

        return app

    return move


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_redirect_that_loses_the_body_is_raised_in_debug_mode(moved, method):
    """A redirect that would turn the request into a GET is the developer's error."""
    app = moved(301)
    app.config["DEBUG"] = True
    with pytest.raises(AssertionError, match=r"^A request was sent to 'http"):
        getattr(app.test_client(), method)("/old")


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_redirect_of_a_request_without_a_body_is_sent_in_debug_mode(moved, method):
    """Nothing is lost when a GET is redirected."""
    app = moved(301)
    app.config["DEBUG"] = True
    assert getattr(app.test_client(), method)("/old").status_code == 301


@pytest.mark.parametrize("code", [307, 308])
def test_redirect_that_keeps_the_body_is_sent_in_debug_mode(moved, code):
    """The client sends the same request again."""
    app = moved(code)
    app.config["DEBUG"] = True
    assert app.test_client().post("/old").status_code == code


def test_redirect_that_loses_the_body_is_sent_in_production(moved):
    """Only debug mode raises the error."""
    assert moved(301).test_client().post("/old").status_code == 301


def test_unknown_url_is_a_404_for_a_post_in_debug_mode(app):
    """Only redirects are the developer's error."""
    app.config["DEBUG"] = True
    assert app.test_client().post("/nowhere").status_code == 404


@pytest.mark.parametrize("debug", [True, False])
def test_redirect_to_a_trailing_slash_keeps_a_post(app, debug):
    """308 tells the client to send the body again."""
    app.config["DEBUG"] = debug
    app.add_url_rule("/folder/", view_func=lambda: "Here", methods=["POST"])
    response = app.test_client().post("/folder")
    assert response.status_code == 308
