"""Deferred callbacks when something fails."""

import pytest
from flask import abort, after_this_request, session

from snippets.deferred_callbacks.callback_raises import app as ticket_app
from snippets.deferred_callbacks.view_fails import app as parcel_app


def test_deferred_callback_runs_when_the_view_crashes():
    """The callback registered before the exception is applied to the 500.

    Question: A callback is deferred, then the view crashes in production. What
    becomes of the callback?
    """
    response = parcel_app.test_client().get("/parcels/3")
    assert (response.status_code, response.headers["X-Parcel"]) == (500, "3")


def test_deferred_callback_runs_when_the_view_aborts():
    """It is applied to the response that abort() made."""
    response = parcel_app.test_client().get("/parcels/2")
    assert (response.status_code, response.headers["X-Parcel"]) == (404, "2")


def test_deferred_callback_does_not_run_when_the_exception_propagates(app, steps):
    """In testing mode a crash leaves without a response, and without callbacks."""
    app.testing = True

    @app.get("/")
    def index():
        after_this_request(lambda response: steps.append("callback") or response)
        raise ValueError("the view crashed")

    with pytest.raises(ValueError, match="the view crashed"):
        app.test_client().get("/")
    assert steps == []


def test_callback_after_the_failing_line_was_never_registered(app, steps):
    """Only what was deferred before the exception runs.

    Question: The view fails before the line that defers a callback. What runs?
    """

    @app.get("/")
    def index():
        after_this_request(lambda response: steps.append("before") or response)
        abort(404)
        after_this_request(lambda response: steps.append("after") or response)

    app.test_client().get("/")
    assert steps == ["before"]


def test_callback_deferred_in_before_request_runs_when_the_view_crashes(app, steps):
    """A decision taken before the view survives the crash of the view."""

    @app.before_request
    def decide():
        after_this_request(lambda response: steps.append("callback") or response)

    app.add_url_rule("/", view_func=lambda: 1 / 0, endpoint="index")
    assert app.test_client().get("/").status_code == 500
    assert steps == ["callback"]


def test_callback_deferred_before_an_early_answer_runs(app, steps):
    """The answer of a later before_request function passes the callback."""

    @app.before_request
    def decide():
        after_this_request(lambda response: steps.append("callback") or response)

    app.before_request(lambda: ("Closed", 503))
    assert app.test_client().get("/").status_code == 503
    assert steps == ["callback"]


def test_callback_deferred_in_an_error_handler_runs(app):
    """An error handler, too, may defer: its response is still to be finished."""

    @app.errorhandler(404)
    def not_found(error):
        @after_this_request
        def add_hint(response):
            response.headers["X-Hint"] = "see /index"
            return response

        return "Not here", 404

    assert app.test_client().get("/nowhere").headers["X-Hint"] == "see /index"


def test_callbacks_start_over_when_a_callback_raises(capsys):
    """The 500 passes the same list again: what ran before the failure runs twice.

    Question: A deferred callback raises. What becomes of those that ran before it?
    """
    response = ticket_app.test_client().post("/tickets")
    assert response.status_code == 500
    assert capsys.readouterr().out.splitlines() == [
        "mail_receipt: 200 OK",
        "mail_receipt: 500 INTERNAL SERVER ERROR",
    ]


def test_callbacks_start_over_when_a_hook_raises(app, steps):
    """The second pass begins with the deferred callbacks, not with the hooks."""

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
    """A callback that always fails keeps every after_request hook from running.

    Question: What does a callback do to the hooks when it fails on the 500, too?
    """
    app.after_request(lambda response: steps.append("hook") or response)

    @app.get("/")
    def index():
        after_this_request(lambda response: 1 / 0)
        return "Home"

    assert app.test_client().get("/").status_code == 500
    assert steps == []


def test_session_is_lost_when_a_callback_raises_in_both_passes(app):
    """The session is saved after the callbacks, so it is never saved.

    Question: Why does a callback that fails on the 500, too, lose the session?
    """
    app.secret_key = "test"

    @app.get("/")
    def index():
        session["item"] = "apples"
        after_this_request(lambda response: 1 / 0)
        return "Home"

    assert "Set-Cookie" not in app.test_client().get("/").headers


def test_callback_deferred_from_a_callback_runs_twice_in_the_second_pass(app, steps):
    """The first pass left it in the list, and the second pass adds it once more."""

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
    """HTTP errors are turned into responses before the callbacks, not in them."""

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
