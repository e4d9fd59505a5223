"""Deferred callbacks when something fails."""

import pytest
from flask import abort, after_this_request, session

from hookbook.corpus.phrases import as_released
from snippets.deferred_callbacks.callback_raises import app as receipt_app
from snippets.deferred_callbacks.view_fails import app as order_app


def test_deferred_callback_runs_when_the_view_crashes():
    """It runs, and receives the 500.

    Question: A callback is deferred, then the view crashes in production. What
    happens to the callback?
    """
    response = order_app.test_client().get("/orders/3")
    assert (response.status_code, response.headers["X-Order"]) == (500, "3")


def test_deferred_callback_runs_when_the_view_aborts():
    """It is applied to the response that abort() made."""
    response = order_app.test_client().get("/orders/2")
    assert (response.status_code, response.headers["X-Order"]) == (404, "2")


@pytest.mark.parametrize("setting", ["TESTING", "DEBUG", "PROPAGATE_EXCEPTIONS"])
def test_deferred_callback_does_not_run_when_the_exception_propagates(
    app, steps, setting
):
    """When testing or debugging, a crash makes no response, so no callback runs."""
    app.config[setting] = True

    @app.get("/")
    def index():
        after_this_request(lambda response: steps.append("callback") or response)
        raise ValueError("the view crashed")

    with pytest.raises(ValueError, match="the view crashed"):
        app.test_client().get("/")
    assert steps == []


def test_callback_after_the_failing_line_was_never_registered(app, steps):
    """Only callbacks that were deferred before that line run.

    Question: A view fails half-way. Which of its deferred callbacks run?
    """

    @app.get("/")
    def index():
        after_this_request(lambda response: steps.append("before") or response)
        abort(404)
        after_this_request(lambda response: steps.append("after") or response)

    app.test_client().get("/")
    assert steps == ["before"]


def test_callback_deferred_in_before_request_runs_when_the_view_crashes(app, steps):
    """The callback runs on the 500 that Flask makes of the crash."""

    @app.before_request
    def decide():
        after_this_request(lambda response: steps.append("callback") or response)

    app.add_url_rule("/", view_func=lambda: 1 / 0, endpoint="index")
    assert app.test_client().get("/").status_code == 500
    assert steps == ["callback"]


def test_callback_deferred_before_an_early_answer_runs(app, steps):
    """It runs on what a later before_request function returns."""

    @app.before_request
    def decide():
        after_this_request(lambda response: steps.append("callback") or response)

    app.before_request(lambda: ("Closed", 503))
    assert app.test_client().get("/").status_code == 503
    assert steps == ["callback"]


def test_callback_deferred_in_an_error_handler_runs(app):
    """The callback runs on the response of the handler."""

    @app.errorhandler(404)
    def not_found(error):
        @after_this_request
        def add_hint(response):
            response.headers["X-Hint"] = "see /index"
            return response

        return "Not here", 404

    assert app.test_client().get("/nowhere").headers["X-Hint"] == "see /index"


def test_callbacks_start_over_when_a_callback_raises(capsys):
    """They run again, on the 500: Flask starts with the first callback.

    Question: A deferred callback raises. What happens to those that ran before it?
    """
    response = receipt_app.test_client().post("/orders")
    assert response.status_code == 500
    assert as_released(capsys.readouterr().out).splitlines() == [
        "mail_receipt: 200 OK",
        "mail_receipt: 500 INTERNAL SERVER ERROR",
    ]


def test_callbacks_start_over_when_a_hook_raises(app, steps):
    """Flask runs the deferred callbacks again on the 500, then the hooks."""

    @app.after_request
    def fail_on_success(response):
        if response.status_code == 200:
            raise LookupError("no such header")
        return response

    @app.get("/")
    def index():
        @after_this_request
        def note(response):
            steps.append(response.status_code)
            return response

        return "Home"

    app.test_client().get("/")
    assert steps == [200, 500]


def test_hooks_never_run_when_a_callback_raises_in_both_passes(app, steps):
    """None of them runs.

    Question: A callback raises on the response, and again on the 500. Which
    after_request hooks run?
    """
    app.after_request(lambda response: steps.append("hook") or response)

    @app.get("/")
    def index():
        after_this_request(lambda response: 1 / 0)
        return "Home"

    assert app.test_client().get("/").status_code == 500
    assert steps == []


def test_session_is_lost_when_a_callback_raises_in_both_passes(app):
    """Flask saves the session after the callbacks, and never gets that far.

    Question: Why is the session lost if a callback raises on the 500 too?
    """
    app.secret_key = "test"

    @app.get("/")
    def index():
        session["item"] = "apples"
        after_this_request(lambda response: 1 / 0)
        return "Home"

    assert "Set-Cookie" not in app.test_client().get("/").headers


def test_callback_deferred_from_a_callback_runs_twice_in_the_second_pass(app, steps):
    """It's still on the list, and the 500 adds it once more."""

    def added(response):
        steps.append(f"added {response.status_code}")
        return response

    @app.after_request
    def fail_on_success(response):
        if response.status_code == 200:
            raise LookupError("no such header")
        return response

    @app.get("/")
    def index():
        @after_this_request
        def add(response):
            after_this_request(added)
            return response

        return "Home"

    app.test_client().get("/")
    assert steps == ["added 200", "added 500", "added 500"]


def test_abort_in_a_callback_becomes_a_500(app):
    """Flask makes responses of HTTP errors before the callbacks run, not in them."""

    @app.get("/")
    def index():
        after_this_request(lambda response: abort(403))
        return "Home"

    assert app.test_client().get("/").status_code == 500


def test_callback_without_a_parameter_is_called_with_one_argument(app):
    """A deferred callback gets the response: it needs a parameter for it."""
    app.testing = True

    @app.get("/")
    def index():
        @after_this_request
        def log_visit():
            return None

        return "Home"

    with pytest.raises(TypeError, match="takes 0 positional arguments but 1 was given"):
        app.test_client().get("/")
