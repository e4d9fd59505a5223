"""The runs that the step-by-step page shows, and what it says of them."""

from flask import after_this_request

from snippets.deferred_callbacks import second_pass
from snippets.deferred_callbacks.early_answer import app as parcel_app
from snippets.deferred_callbacks.error_handler_defers import app as bakery_app
from snippets.deferred_callbacks.late_variable import app as herb_app
from snippets.deferred_callbacks.three_places import app as ferry_app
from snippets.deferred_callbacks.too_late import app as museum_app


def ferries(*paths):
    """The responses to one visitor's requests."""
    client = ferry_app.test_client()
    return [client.get(f"/ferries/{path}") for path in paths]


def test_before_request_view_and_helper_can_defer_in_one_request():
    """A cookie, a header and a cache rule from three places, on one response."""
    (response,) = ferries("skye?port=Oban")
    assert response.text == "Oban to skye: 14:10"
    assert response.headers["Set-Cookie"] == "port=Oban; Path=/"
    assert response.headers["X-Seats"] == "sold out"
    assert response.headers["Cache-Control"] == "no-store"


def test_request_without_a_reason_defers_nothing():
    """The second request has its cookie and a ferry on time: only the hook runs."""
    _, response = ferries("skye?port=Oban", "mull")
    assert response.text == "Oban to mull: 15:00"
    assert "Set-Cookie" not in response.headers
    assert "X-Seats" not in response.headers
    assert response.headers["Cache-Control"] == "max-age=60"


def test_hook_can_leave_alone_what_a_deferred_callback_has_set():
    """A default set in a hook gives way: the callback was there first."""
    delayed, on_time = ferries("skye", "mull")
    assert delayed.headers.getlist("Cache-Control") == ["no-store"]
    assert on_time.headers.getlist("Cache-Control") == ["max-age=60"]


def test_callback_reads_its_variables_when_it_is_called():
    """A local variable that the view changes after deferring has its last value."""
    assert herb_app.test_client().get("/herbs").headers["X-Missing"] == "1"


def test_callbacks_deferred_in_a_loop_share_its_variable(app):
    """When they are called, the loop is over: each reads the last value."""

    @app.get("/")
    def index():
        for name in ("first", "second"):

            @after_this_request
            def add_name(response):
                response.headers.add("X-Name", name)  # noqa: B023 (the mistake itself)
                return response

        return "Home"

    response = app.test_client().get("/")
    assert response.headers.getlist("X-Name") == ["second", "second"]


def test_callback_with_a_bound_argument_keeps_its_value(app):
    """functools.partial takes the value at the moment of the deferral."""
    from functools import partial

    def add_name(name, response):
        response.headers.add("X-Name", name)
        return response

    @app.get("/")
    def index():
        for name in ("first", "second"):
            after_this_request(partial(add_name, name))
        return "Home"

    response = app.test_client().get("/")
    assert response.headers.getlist("X-Name") == ["first", "second"]


def test_callbacks_of_view_and_error_handler_run_on_the_error_response():
    """One list: first what the view deferred, then what the handler did."""
    response = bakery_app.test_client().post("/cakes")
    assert (response.status_code, response.text) == (409, "Sold out")
    assert response.headers["X-Queue"] == "7 waiting"
    assert response.headers["Retry-After"] == "3600"


def test_hook_that_defers_changes_nothing(caplog):
    """No header, no error, no word in the log: the callbacks had their turn."""
    response = museum_app.test_client().get("/paintings/12")
    assert response.status_code == 200
    assert "X-Thanks" not in response.headers
    assert caplog.records == []


def test_side_effect_of_a_deferred_callback_happens_twice_when_a_hook_raises():
    """The callback was called with the 200, then with the 500."""
    second_pass.READERS.clear()
    second_pass.app.test_client().get("/articles/harvest")
    assert second_pass.READERS == ["harvest on 200", "harvest on 500"]


def test_callback_deferred_from_a_hook_runs_in_the_second_pass(app, steps):
    """It came too late for the 200, and is on the list when the 500 comes by."""

    def note(response):
        steps.append(response.status_code)
        return response

    @app.after_request
    def fail_on_success(response):
        if response.status_code == 200:
            raise LookupError("no such header")
        return response

    @app.after_request
    def defer_on_success(response):
        if response.status_code == 200:
            after_this_request(note)
        return response

    app.add_url_rule("/", view_func=lambda: "Home")
    assert app.test_client().get("/").status_code == 500
    assert steps == [500]


def test_callback_deferred_behind_an_early_answer_is_not_registered():
    """What stands before the answer is deferred; what stands behind it is not."""
    response = parcel_app.test_client().get("/parcels")
    assert (response.status_code, response.text) == (503, "Closed for lunch")
    assert response.headers["X-Counter"] == "2"
    assert "X-Greeting" not in response.headers
