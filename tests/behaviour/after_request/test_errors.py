"""Hooks and errors: errors before the hooks, and errors in the hooks."""

import pytest
from flask import (
    Response,
    abort,
    got_request_exception,
    request_finished,
    session,
)
from werkzeug.exceptions import Forbidden

from hookbook.corpus.phrases import as_released
from snippets.after_request.hook_raises import app as failing_app


@pytest.fixture
def noted(app, steps):
    """An app that notes the status of each response that its one hook receives."""

    @app.after_request
    def note(response):
        steps.append(response.status_code)
        response.headers["X-Noted"] = str(len(steps))
        return response

    @app.get("/crash")
    def crash():
        raise ValueError("the view crashed")

    return app


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE", "OPTIONS"])
def test_hook_runs_on_unknown_urls(noted, method):
    """Hooks run on the 404 of a URL without a route."""
    response = noted.test_client().open("/nowhere", method=method)
    assert response.status_code == 404
    assert response.headers["X-Noted"] == "1"


def test_hook_runs_when_the_view_crashes(noted):
    """An unhandled exception becomes a 500, and hooks run on it.

    Question: The view crashes in production. Do the hooks run?
    """
    response = noted.test_client().get("/crash")
    assert response.status_code == 500
    assert response.headers["X-Noted"] == "1"


def test_hook_runs_once_when_the_view_crashes(noted, steps):
    """The crash happened before the hooks: they see the 500 and nothing else."""
    noted.test_client().get("/crash")
    assert steps == [500]


def test_hook_runs_when_the_view_aborts(noted, steps):
    """abort() in a view makes a response, and hooks run on it."""
    noted.add_url_rule("/secret", view_func=lambda: abort(403), endpoint="secret")
    assert noted.test_client().get("/secret").headers["X-Noted"] == "1"
    assert steps == [403]


def test_hook_receives_the_response_of_an_error_handler(noted, steps):
    """Hooks run on what an error handler returns."""
    noted.register_error_handler(ValueError, lambda error: (str(error), 418))
    response = noted.test_client().get("/crash")
    assert (response.text, response.headers["X-Noted"]) == ("the view crashed", "1")
    assert steps == [418]


def test_hook_runs_when_a_before_request_function_crashes(noted, steps):
    """It makes no difference where before the hooks the exception was raised."""

    @noted.before_request
    def prepare():
        raise LookupError("no such visitor")

    assert noted.test_client().get("/").headers["X-Noted"] == "1"
    assert steps == [500]


def test_hook_runs_when_an_error_handler_crashes(noted, steps):
    """An exception in an error handler becomes a 500, and hooks run on it."""

    @noted.errorhandler(404)
    def not_found(error):
        raise LookupError("no such page")

    assert noted.test_client().get("/nowhere").status_code == 500
    assert steps == [500]


@pytest.mark.parametrize("setting", ["TESTING", "DEBUG", "PROPAGATE_EXCEPTIONS"])
def test_hook_does_not_run_when_the_exception_propagates(noted, steps, setting):
    """In testing and debug mode an unhandled exception leaves without a response.

    Question: When does a crash of the view reach no hook at all?
    """
    noted.config[setting] = True
    with pytest.raises(ValueError, match="the view crashed"):
        noted.test_client().get("/crash")
    assert steps == []


def test_hook_runs_in_testing_mode_when_exceptions_do_not_propagate(noted, steps):
    """PROPAGATE_EXCEPTIONS = False brings the 500 and its hooks back to tests."""
    noted.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
    assert noted.test_client().get("/crash").status_code == 500
    assert steps == [500]


def test_hook_runs_in_testing_mode_for_http_errors(noted, steps):
    """Only unhandled exceptions propagate; a 404 is a response like any other."""
    noted.testing = True
    assert noted.test_client().get("/nowhere").status_code == 404
    assert steps == [404]


def test_hooks_run_a_second_time_when_a_hook_raises(capsys):
    """The failed response is dropped, and all hooks run on the 500.

    Question: How can one request call the same hook twice?
    """
    response = failing_app.test_client().get("/products")
    assert response.status_code == 500
    assert as_released(capsys.readouterr().out).splitlines() == [
        "add_version: 200 OK",
        "add_count: 200 OK",
        "add_version: 500 INTERNAL SERVER ERROR",
        "add_count: 500 INTERNAL SERVER ERROR",
    ]


@pytest.mark.parametrize("fails", ["session", "receiver"])
def test_hooks_run_a_second_time_when_saving_or_a_receiver_fails(noted, steps, fails):
    """A set can't be saved in the session; a receiver of request_finished may raise."""
    noted.secret_key = "tea"

    @noted.get("/orders")
    def list_orders():
        if fails == "session":
            session["cart"] = {"tea"}
        return "Orders"

    def fail(sender, response, **extra):
        if fails == "receiver":
            raise OSError("no connection")

    with request_finished.connected_to(fail, noted):
        assert noted.test_client().get("/orders").status_code == 500
    assert steps == [200, 500]


def test_hook_that_raises_in_both_passes_does_not_stop_the_500():
    """The second failure is logged, and the 500 is sent with what it has by then."""
    response = failing_app.test_client().get("/products")
    assert response.status_code == 500
    assert response.headers["X-Version"] == "2"
    assert "X-Count" not in response.headers


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [("/", 200, "SystemExit(200)"), ("/crash", 500, "KeyError('tea')")],
)
def test_system_exit_of_a_hook_is_never_swallowed(app, steps, path, status, told):
    """Teardown functions run, with it or with the crash of the view before it."""
    app.after_request(steps.append)
    app.teardown_request(lambda error: steps.append(repr(error)))

    @app.after_request
    def leave(response):
        raise SystemExit(response.status_code)

    app.add_url_rule("/", "index", lambda: "Tea")
    app.add_url_rule("/crash", "crash", lambda: {}["tea"])
    with pytest.raises(SystemExit, match=f"^{status}$"):
        app.test_client().get(path)
    assert steps == [told]


def test_failures_of_both_passes_are_logged(caplog):
    """The log has the exceptions of the first and of the second call."""
    failing_app.test_client().get("/products")
    assert [r.message for r in caplog.records if r.name == failing_app.logger.name] == [
        "Exception on /products [GET]",
        "Request finalizing failed with an error while handling an error",
    ]


def test_hooks_run_once_when_a_hook_raises_and_exceptions_propagate(
    monkeypatch, capsys
):
    """In testing mode no hook runs again: the exception leaves at once."""
    monkeypatch.setitem(failing_app.config, "TESTING", True)
    with pytest.raises(TypeError):
        failing_app.test_client().get("/products")
    assert as_released(capsys.readouterr().out).splitlines() == [
        "add_version: 200 OK",
        "add_count: 200 OK",
    ]


def test_hooks_after_a_failed_one_run_only_on_the_500(noted, steps):
    """The hooks that follow are skipped; when Flask calls the hooks again, all run."""

    @noted.after_request
    def fail_on_success(response):
        steps.append(f"fail {response.status_code}")
        if response.status_code == 200:
            raise LookupError("no such header")
        return response

    noted.add_url_rule("/", view_func=lambda: "Fine", endpoint="index")
    response = noted.test_client().get("/")
    assert steps == ["fail 200", "fail 500", 500]
    assert response.status_code == 500


def test_headers_of_the_failed_response_do_not_reach_the_500(app):
    """The 500 is a new response: what hooks did to the first one is lost."""

    @app.after_request
    def fail_on_success(response):
        if response.status_code == 200:
            raise LookupError("no such header")
        return response

    @app.after_request
    def stamp_success(response):
        if response.status_code == 200:
            response.headers["X-Stamp"] = "yes"
        return response

    app.add_url_rule("/", view_func=lambda: "Fine", endpoint="index")
    assert "X-Stamp" not in app.test_client().get("/").headers


def test_replacement_is_dropped_when_a_later_hook_raises_on_the_500(app):
    """If a hook fails on the 500 too, a replacement made before is not sent."""

    @app.after_request
    def fail(response):
        raise LookupError("no such header")

    @app.after_request
    def replace(response):
        return Response("Sorry", 500)

    assert "Internal Server Error" in app.test_client().get("/").text


def test_session_is_not_saved_when_a_hook_raises_in_both_passes(app):
    """The session is saved after the hooks, so hooks that fail lose it."""
    app.secret_key = "test"

    @app.after_request
    def fail(response):
        raise LookupError("no such header")

    @app.get("/")
    def index():
        session["item"] = "apples"
        return "Basket"

    response = app.test_client().get("/")
    assert response.status_code == 500
    assert "Set-Cookie" not in response.headers


def test_session_is_saved_on_the_500_of_a_crashing_view(app):
    """What the view put into the session before it crashed is kept."""
    app.secret_key = "test"

    @app.get("/")
    def index():
        session["item"] = "apples"
        raise ValueError("the view crashed")

    response = app.test_client().get("/")
    assert response.status_code == 500
    assert response.headers["Set-Cookie"].startswith("session=")


def test_request_finished_is_not_sent_when_a_hook_raises_in_both_passes(app):
    """The signal is sent after the hooks, so hooks that fail prevent it."""
    received = []
    app.after_request(lambda response: 1 / 0)

    def receive(sender, response):
        received.append(response)

    with request_finished.connected_to(receive, app):
        assert app.test_client().get("/").status_code == 500
    assert received == []


def test_got_request_exception_is_sent_once_when_a_hook_raises_twice(app):
    """A failure when the hooks run again is logged only."""
    received = []
    app.after_request(lambda response: 1 / 0)

    def receive(sender, exception):
        received.append(type(exception))

    with got_request_exception.connected_to(receive, app):
        app.test_client().get("/")
    assert received == [ZeroDivisionError]


def test_abort_in_a_hook_becomes_a_500(noted, steps):
    """HTTP errors are turned into responses before the hooks, not in them.

    Question: Why does abort(403) in a hook end as a 500?
    """

    @noted.after_request
    def forbid(response):
        if response.status_code == 200:
            abort(403)
        return response

    noted.add_url_rule("/", view_func=lambda: "Fine", endpoint="index")
    assert noted.test_client().get("/").status_code == 500
    assert steps == [500]


def test_abort_in_a_hook_propagates_as_an_exception_in_testing_mode(app):
    """In testing mode the client raises the HTTPException itself."""
    app.testing = True

    @app.after_request
    def forbid(response):
        abort(403)

    with pytest.raises(Forbidden):
        app.test_client().get("/")


def test_error_handler_of_a_class_is_not_asked_when_a_hook_raises(app):
    """The handler for 500 is called instead, and finds the exception inside."""
    asked = []

    @app.errorhandler(LookupError)
    def handle_lookup(error):
        asked.append("handler of the class")
        return "No such thing"

    @app.errorhandler(500)
    def handle_crash(error):
        asked.append(repr(error.original_exception))
        return "Sorry", 500

    @app.after_request
    def fail(response):
        if response.status_code != 500:
            raise LookupError("no such header")
        return response

    response = app.test_client().get("/")
    assert (response.status_code, response.text) == (500, "Sorry")
    assert asked == ["LookupError('no such header')"]


def test_teardown_receives_the_exception_of_a_hook(app):
    """Teardown functions run after failed hooks, and receive the exception."""
    received = []
    app.after_request(lambda response: 1 / 0)
    app.teardown_request(lambda error: received.append(type(error)))
    app.test_client().get("/")
    assert received == [ZeroDivisionError]


def test_cleanup_belongs_in_teardown_because_a_hook_can_be_skipped(app, steps):
    """A hook that follows a failing one never runs; the teardown function does.

    Question: Why does cleaning up belong in teardown_request, not in a hook?
    """
    app.teardown_request(lambda error: steps.append("teardown"))
    app.after_request(lambda response: steps.append("close") or response)
    app.after_request(lambda response: 1 / 0)
    app.test_client().get("/")
    assert steps == ["teardown"]


def test_teardown_runs_when_the_exception_propagates_and_hooks_do_not(noted, steps):
    """The second reason: in testing and debug mode a crash skips all hooks."""
    noted.testing = True
    noted.teardown_request(lambda error: steps.append(type(error).__name__))
    noted.teardown_appcontext(lambda error: steps.append(type(error).__name__))
    with pytest.raises(ValueError, match="the view crashed"):
        noted.test_client().get("/crash")
    assert steps == ["ValueError", "ValueError"]
