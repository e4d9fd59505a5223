"""What is raised where, who catches it, and what hooks get when they run again."""

from contextlib import nullcontext

import pytest
from flask import (
    Blueprint,
    after_this_request,
    g,
    got_request_exception,
    jsonify,
    request,
    request_finished,
    session,
)
from flask.sessions import SecureCookieSessionInterface
from werkzeug.exceptions import BadRequestKeyError
from werkzeug.routing import IntegerConverter

from snippets.after_request_depth.abort_in_hook import app as aborting_app
from snippets.after_request_depth.handler_of_500_fails import app as failing_app
from snippets.after_request_depth.two_log_records import app as logging_app
from snippets.after_request_depth.two_log_records import records


@pytest.fixture
def noted(app, steps):
    """An app whose one hook notes the status of each response."""

    @app.after_request
    def note(response):
        steps.append(response.status_code)
        return response

    return app


def test_handler_of_403_is_not_asked_when_a_hook_aborts():
    """The handler for 500 is called, and finds the Forbidden in original_exception."""
    response = aborting_app.test_client().get("/orders/1")
    assert response.status_code == 500
    assert response.text == "Something failed: 403 Forbidden"


def test_second_pass_gets_the_response_of_the_handler_of_500():
    """Its hooks start over on a new response: nothing was added twice."""
    response = aborting_app.test_client().get("/orders/1")
    assert response.headers.getlist("X-Shop") == ["yes"]


@pytest.fixture
def empty_log():
    """The records of the app: none before the test, and none afterwards."""
    records.clear()
    yield
    records.clear()


@pytest.mark.usefixtures("empty_log")
def test_log_of_both_passes_has_these_two_messages():
    """The first names the request; the second, from_error_handler's, does not."""
    assert logging_app.test_client().get("/products").status_code == 500
    assert [(level, message) for level, message, _ in records] == [
        ("ERROR", "Exception on /products [GET]"),
        (
            "ERROR",
            "Request finalizing failed with an error while handling an error",
        ),
    ]


@pytest.mark.parametrize("place", ["after_request", "deferred", "request_finished"])
@pytest.mark.parametrize("status", [200, 500])
def test_second_failure_is_logged_as_one_of_finalizing(app, caplog, place, status):
    """It raises on the 500 of a crash, or on the response and then on the 500."""

    def fail(*arguments, **more):
        raise LookupError("no such header")

    @app.get("/")
    def index():
        if place == "deferred":
            after_this_request(fail)
        if status == 500:
            raise ValueError
        return "Tea"

    if place == "after_request":
        app.after_request(fail)
    connected = (
        request_finished.connected_to(fail, app)
        if place == "request_finished"
        else nullcontext()
    )
    with connected:
        assert app.test_client().get("/").status_code == 500
    assert [record.message for record in caplog.records] == [
        "Exception on / [GET]",
        "Request finalizing failed with an error while handling an error",
    ]


def test_hook_that_leaves_errors_alone_fails_once(app, caplog):
    """Without the second failure there is one record, and later hooks run."""
    app.after_request(
        lambda response: response.headers.update({"X-A": "1"}) or response
    )

    @app.after_request
    def count(response):
        if response.status_code < 500:
            raise LookupError("no such header")
        return response

    app.add_url_rule("/", "index", lambda: "Tea")
    response = app.test_client().get("/")
    assert (response.status_code, response.headers["X-A"]) == (500, "1")
    assert [record.message for record in caplog.records] == ["Exception on / [GET]"]


def test_handler_of_500_that_raises_leaves_flask_without_a_response(capsys):
    """Nothing catches it: the server gets the exception, and no hook runs."""
    with pytest.raises(KeyError, match="phone"):
        failing_app.test_client().get("/sales")
    assert capsys.readouterr().out == "Teardown gets ValueError('no sales')\n"


def test_handler_of_500_that_returns_none_leaves_flask_without_a_response(noted, steps):
    """The response is made before finalizing starts to catch exceptions."""
    noted.register_error_handler(500, lambda error: None)
    noted.add_url_rule("/", view_func=lambda: 1 // 0)
    with pytest.raises(TypeError, match="did not return a valid response"):
        noted.test_client().get("/")
    assert steps == []


def test_error_handler_that_returns_none_is_a_500_for_the_hooks(noted, steps):
    """Flask finalizes it outside the try: no handler of TypeError is called."""
    noted.register_error_handler(ZeroDivisionError, lambda error: None)
    noted.register_error_handler(TypeError, lambda error: "never asked")
    noted.add_url_rule("/", view_func=lambda: 1 // 0)
    assert noted.test_client().get("/").status_code == 500
    assert steps == [500]


def test_view_that_returns_none_meets_no_handler_of_typeerror(noted, steps):
    """The response is made after the try of dispatching: a 500, one pass."""
    noted.register_error_handler(TypeError, lambda error: "never asked")
    noted.add_url_rule("/", view_func=lambda: None, endpoint="nothing")
    assert noted.test_client().get("/").status_code == 500
    assert steps == [500]


def test_trapped_http_error_is_a_500_for_the_hooks_in_production(noted, steps):
    """TRAP_HTTP_EXCEPTIONS makes an unhandled 404 a crash: hooks see a 500."""
    noted.config["TRAP_HTTP_EXCEPTIONS"] = True
    assert noted.test_client().get("/nowhere").status_code == 500
    assert steps == [500]


def test_trapped_redirect_to_a_trailing_slash_is_a_500(noted, steps):
    """It is an HTTP exception, too: TRAP_HTTP_EXCEPTIONS makes it a crash."""
    noted.add_url_rule("/orders/", view_func=lambda: "Orders", endpoint="orders")
    client = noted.test_client()
    assert client.get("/orders").status_code == 308
    noted.config["TRAP_HTTP_EXCEPTIONS"] = True
    assert client.get("/orders").status_code == 500
    assert steps == [308, 500]


@pytest.mark.parametrize("source", ["form", "args", "values", "files", "cookies"])
def test_missing_key_is_a_400_in_production_and_in_tests(noted, steps, source):
    """Of form, args, values, files and cookies; with DEBUG it propagates."""
    noted.add_url_rule("/", "index", lambda: getattr(request, source)["tea"])
    client = noted.test_client()
    assert client.get("/").status_code == 400
    noted.testing = True
    assert client.get("/").status_code == 400
    assert steps == [400, 400]
    noted.testing, noted.debug = False, True
    with pytest.raises(BadRequestKeyError):
        client.get("/")
    assert steps == [400, 400]


@pytest.mark.parametrize("setting", ["TESTING", "DEBUG", "PROPAGATE_EXCEPTIONS"])
def test_each_of_three_settings_keeps_the_second_pass_away(app, steps, setting):
    """TESTING, DEBUG and PROPAGATE_EXCEPTIONS: the hook's exception leaves."""
    app.config[setting] = True
    app.add_url_rule("/", view_func=lambda: "Here")

    @app.after_request
    def fail(response):
        steps.append(response.status_code)
        raise LookupError("no such page")

    app.teardown_request(lambda error: steps.append(repr(error)))
    with pytest.raises(LookupError):
        app.test_client().get("/")
    assert steps == [200, "LookupError('no such page')"]


def test_hooks_run_on_the_500_of_a_session_that_cannot_be_opened(app, caplog, steps):
    """The app's only: the URL was not matched; the session cannot be saved."""

    class Broken(SecureCookieSessionInterface):
        def open_session(self, app, request):
            raise LookupError("no such session")

    def noter(name):
        def note(response):
            steps.append((name, response.status_code))
            return response

        return note

    app.session_interface = Broken()
    shop = Blueprint("shop", __name__)
    shop.after_request(noter("shop"))
    shop.add_url_rule("/", view_func=lambda: "Hats", endpoint="hats")
    app.register_blueprint(shop)
    app.after_request(noter("app"))
    assert app.test_client().get("/").status_code == 500
    assert steps == [("app", 500)]
    assert [record.message for record in caplog.records] == [
        "Exception on / [GET]",
        "Request finalizing failed with an error while handling an error",
    ]


def test_session_that_cannot_be_saved_fails_in_both_passes(noted, caplog, steps):
    """Saving counts like a hook: the hooks run again, the 500 has no cookie."""
    noted.secret_key = "only for this test"

    @noted.get("/")
    def keep():
        session["places"] = object()
        return "Kept"

    response = noted.test_client().get("/")
    assert (response.status_code, steps) == (500, [200, 500])
    assert "Set-Cookie" not in response.headers
    assert [record.message for record in caplog.records] == [
        "Exception on / [GET]",
        "Request finalizing failed with an error while handling an error",
    ]


def test_request_finished_is_sent_for_the_500_of_the_second_pass(app, steps):
    """Once, when the hooks succeed at last: got_request_exception precedes it."""
    app.add_url_rule("/", view_func=lambda: "Here")

    @app.after_request
    def fail_once(response):
        if response.status_code == 200:
            raise LookupError("no such page")
        return response

    def note_finished(sender, response):
        steps.append(f"finished {response.status_code}")

    def note_exception(sender, exception):
        steps.append(f"exception {exception}")

    with (
        request_finished.connected_to(note_finished, app),
        got_request_exception.connected_to(note_exception, app),
    ):
        app.test_client().get("/")
    assert steps == ["exception no such page", "finished 500"]


def test_second_pass_uses_the_same_request_and_g(app, steps):
    """A mark on g tells a hook that it has run before."""
    app.add_url_rule("/", view_func=lambda: jsonify(rooms=[]))

    @app.after_request
    def count(response):
        g.passes = g.get("passes", 0) + 1
        steps.append(g.passes)
        if g.passes == 1:
            raise LookupError("first pass")
        return response

    assert app.test_client().get("/").status_code == 500
    assert steps == [1, 2]


def test_handler_of_500_may_answer_with_another_status(noted, steps):
    """What it returns is finalized as it is: hooks see a 503, or a 200."""
    noted.register_error_handler(500, lambda error: ("Come back later", 503))
    noted.add_url_rule("/", view_func=lambda: 1 // 0)
    assert noted.test_client().get("/").status_code == 503
    assert steps == [503]


def test_hooks_of_the_app_run_on_the_500_of_a_url_converter(app, steps):
    """No blueprint's hooks run: the converter crashed before the URL was matched."""

    class Century(IntegerConverter):
        def to_python(self, value):
            raise LookupError("no such century")

    def noter(name):
        def note(response):
            steps.append((name, response.status_code))
            return response

        return note

    app.url_map.converters["century"] = Century
    museum = Blueprint("museum", __name__)
    museum.after_request(noter("museum"))
    museum.add_url_rule("/<century:c>", view_func=lambda c: str(c), endpoint="room")
    app.register_blueprint(museum)
    app.after_request(noter("app"))
    assert app.test_client().get("/17").status_code == 500
    assert steps == [("app", 500)]
