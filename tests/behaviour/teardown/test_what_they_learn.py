"""What a teardown function learns of an error, and how it logs it."""

import sys
from importlib.metadata import version

import pytest
from flask import abort, g, stream_with_context
from flask.cli import cli
from packaging.version import Version
from werkzeug.exceptions import Forbidden

from tests.behaviour.teardown.test_request import escaping
from tests.behaviour.versions import RELEASE


@pytest.mark.parametrize("testing", [False, True])
def test_teardown_function_logs_the_traceback_of_its_argument(app, caplog, testing):
    """The argument has the traceback, in production and where exceptions propagate."""
    app.testing = testing

    @app.teardown_request
    def log_error(error):
        if error is not None:
            app.logger.error("order failed", exc_info=error)

    app.add_url_rule("/", "index", lambda: 1 / 0)
    if testing:
        with pytest.raises(ZeroDivisionError):
            app.test_client().get("/")
    else:
        app.test_client().get("/")
    assert "ZeroDivisionError: division by zero" in caplog.text.split("order failed")[1]


def test_teardown_function_has_no_current_exception_in_production(app, caplog, steps):
    """So logger.exception logs no traceback."""

    @app.teardown_request
    def log_error(error):
        steps.append(sys.exc_info())
        app.logger.exception("order failed")

    app.add_url_rule("/", "index", lambda: 1 / 0)
    app.test_client().get("/")
    assert steps == [(None, None, None)]
    assert caplog.text.split("order failed")[1].strip() == "NoneType: None"


@pytest.mark.parametrize("error", [KeyError, 404])
def test_flag_that_an_error_handler_sets_on_g_reaches_teardown(app, steps, error):
    """Its argument is None there, but g is the same."""

    @app.errorhandler(error)
    def handle(error):
        g.failed = True
        return "Sorry", 500

    @app.teardown_request
    def close(error):
        steps.append((error, g.get("failed", False)))

    app.add_url_rule("/", "index", lambda: "Tea")
    app.add_url_rule("/fail", "fail", lambda: abort(404) if error == 404 else {}[1])
    client = app.test_client()
    client.get("/fail")
    client.get("/")
    assert steps == [(None, True), (None, False)]


def test_teardown_function_without_a_parameter_calls_no_error_handler(app, steps):
    """The server gets the exception, and sends its own 500."""
    app.teardown_request(lambda: None)
    for caught in Exception, TypeError, 500:
        app.register_error_handler(caught, lambda error: steps.append(error) or "Sorry")
    app.add_url_rule("/", view_func=lambda: "Tea")
    (error,) = escaping(app)
    assert "takes 0 positional arguments but 1 was given" in str(error)
    assert steps == []


def test_shell_calls_teardown_appcontext_when_you_leave_it(app, steps):
    """It has one app context, and no request."""
    app.teardown_request(lambda error: steps.append("teardown_request"))
    app.teardown_appcontext(lambda error: steps.append("teardown_appcontext"))
    app.shell_context_processor(lambda: {"steps": steps})
    typed = "steps.append('typed')\nsteps.append('typed')\n"
    app.test_cli_runner().invoke(cli, args=["shell"], input=typed)
    assert steps == ["typed", "typed", "teardown_appcontext"]


@pytest.mark.parametrize("place", ["after_request", "error handler"])
def test_teardown_function_gets_an_http_error_that_came_too_late(app, steps, place):
    """abort in an after_request function or an error handler counts as a crash."""

    def refuse(response):
        if place == "error handler" or response.status_code == 200:
            abort(403)
        return response

    if place == "after_request":
        app.after_request(refuse)
        app.add_url_rule("/", "index", lambda: "Tea")
    else:
        app.register_error_handler(404, refuse)
    app.teardown_request(steps.append)
    app.teardown_appcontext(steps.append)
    assert app.test_client().get("/").status_code == 500
    assert [type(error) for error in steps] == [Forbidden, Forbidden]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_teardown_functions_run_after_the_body_of_a_stream_with_context(
    app, steps, method
):
    """In 3.1.2 and 3.1.3 also before it; once for HEAD, whose response has no body."""
    app.teardown_request(lambda error: steps.append("teardown"))

    @app.route("/", methods=["GET", "POST"])
    def index():
        @stream_with_context
        def lines():
            steps.append("body")
            yield "tea"

        return lines()

    app.test_client().open("/", method=method, buffered=True)
    if method == "HEAD":  # a response without a body: the generator never starts
        assert steps == ["teardown"]
    else:
        early = ["teardown"] if (3, 1, 2) <= RELEASE < (3, 2) else []
        assert steps == [*early, "body", "teardown"]


@pytest.mark.parametrize("error", [LookupError("cup"), SystemExit(3)])
def test_teardown_function_gets_the_exception_of_a_command_since_click_8_3(
    app, steps, error
):
    """Older Click ends the app context without it: None, as after success."""

    @app.cli.command("import-orders")
    def import_orders():
        raise error

    app.teardown_appcontext(steps.append)
    result = app.test_cli_runner().invoke(args=["import-orders"])
    assert result.exit_code != 0
    told = Version(version("click")) >= Version("8.3")
    assert steps == [error if told else None]
