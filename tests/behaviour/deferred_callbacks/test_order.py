"""In which order deferred callbacks run, among themselves and among the hooks."""

from flask import Blueprint, after_this_request, request_finished, session

from snippets.deferred_callbacks.callback_order import app as order_app
from snippets.deferred_callbacks.callback_registers_callback import app as adding_app


def defer(steps, name):
    """Defer a callback that notes its name and hands on the response."""

    @after_this_request
    def note(response):
        steps.append(name)
        return response


def test_deferred_callbacks_run_in_order_of_registration():
    """The one that was deferred first, unlike after_request hooks.

    Question: Two callbacks are deferred in one request. Which one runs first?
    """
    response = order_app.test_client().get("/")
    assert response.headers.getlist("X-Called")[:2] == [
        "first_callback",
        "second_callback",
    ]


def test_deferred_callbacks_run_before_after_request_hooks():
    """All callbacks first, then the hooks in their reverse order."""
    response = order_app.test_client().get("/")
    assert response.headers.getlist("X-Called") == [
        "first_callback",
        "second_callback",
        "second_hook",
        "first_hook",
    ]


def test_deferred_callbacks_run_before_the_hooks_of_blueprints(app, steps):
    """The callback, then the blueprint's hook, then the app's.

    Question: In which order do a blueprint's hook, the app's hook and a deferred
    callback run?
    """
    shop = Blueprint("shop", __name__)
    app.after_request(lambda response: steps.append("app") or response)
    shop.after_request(lambda response: steps.append("blueprint") or response)

    @shop.get("/")
    def door():
        defer(steps, "callback")
        return "Open"

    app.register_blueprint(shop)
    app.test_client().get("/")
    assert steps == ["callback", "blueprint", "app"]


def test_callbacks_deferred_before_the_view_run_before_those_of_the_view(app, steps):
    """There is one list for the request, in order of registration."""
    app.before_request(lambda: defer(steps, "before_request"))

    @app.get("/")
    def index():
        defer(steps, "view")
        return "Home"

    app.test_client().get("/")
    assert steps == ["before_request", "view"]


def test_hook_has_the_last_word_over_a_deferred_callback(app):
    """An after_request hook overwrites what a callback has set."""

    @app.after_request
    def set_in_hook(response):
        response.headers["Cache-Control"] = "no-store"
        return response

    @app.get("/")
    def index():
        @after_this_request
        def set_in_callback(response):
            response.headers["Cache-Control"] = "max-age=60"
            return response

        return "Home"

    response = app.test_client().get("/")
    assert response.headers.getlist("Cache-Control") == ["no-store"]


def test_callback_deferred_twice_runs_twice(app, steps):
    """Flask does not look for duplicates."""

    def note(response):
        steps.append("note")
        return response

    @app.get("/")
    def index():
        after_this_request(note)
        after_this_request(note)
        return "Home"

    app.test_client().get("/")
    assert steps == ["note", "note"]


def test_callback_deferred_from_a_callback_runs_last_in_the_same_round():
    """It runs after the callbacks that were deferred before it, on the same response.

    Question: A deferred callback defers another one. When does that one run?
    """
    response = adding_app.test_client().get("/")
    assert response.headers.getlist("X-Called") == [
        "first_callback",
        "second_callback",
        "added_callback",
        "hook",
    ]


def test_callback_may_defer_itself_again(app, steps):
    """A callback that registers itself runs again, so it needs an end."""

    def count(response):
        steps.append(len(steps))
        if len(steps) < 3:
            after_this_request(count)
        return response

    @app.get("/")
    def index():
        after_this_request(count)
        return "Home"

    app.test_client().get("/")
    assert steps == [0, 1, 2]


def test_callback_deferred_from_an_after_request_hook_misses_its_response(app, steps):
    """It misses the response, without an error: deferred callbacks run before hooks.

    Question: What happens to a callback that an after_request hook defers?
    """

    @app.after_request
    def too_late(response):
        defer(steps, "deferred from a hook")
        steps.append("hook")
        return response

    app.test_client().get("/")
    assert steps == ["hook"]


def test_callback_deferred_from_a_teardown_function_never_runs(app, steps):
    """The request is still active there, but its response is gone."""
    app.teardown_request(lambda error: defer(steps, "deferred from teardown"))
    assert app.test_client().get("/").status_code == 404
    assert steps == []


def test_callback_deferred_from_a_receiver_of_request_finished_misses_its_response(
    app, steps
):
    """The signal is sent after the callbacks have run."""

    def receive(sender, response):
        defer(steps, "deferred from a receiver")

    with request_finished.connected_to(receive, app):
        app.test_client().get("/")
    assert steps == []


def test_callback_deferred_from_a_receiver_that_then_raises_runs_on_the_500(app, steps):
    """It was too late for the first response, but is on the list for the 500."""

    def receive(sender, response):
        if response.status_code != 500:
            defer(steps, "deferred from a receiver")
            raise LookupError("no such header")

    with request_finished.connected_to(receive, app):
        assert app.test_client().get("/").status_code == 500
    assert steps == ["deferred from a receiver"]


def test_session_changed_in_a_deferred_callback_is_saved(app):
    """Callbacks run before the session is saved."""
    app.secret_key = "test"

    @app.get("/")
    def index():
        @after_this_request
        def note_status(response):
            session["status"] = response.status_code
            return response

        return "Home"

    client = app.test_client()
    client.get("/")
    with client.session_transaction() as saved:
        assert saved["status"] == 200


def test_deferred_callback_runs_before_a_streamed_body_is_produced(app, steps):
    """Callbacks run before the body: too early to delete a file that is sent."""

    @app.get("/")
    def index():
        defer(steps, "callback")

        def produce():
            steps.append("body")
            yield "Home"

        return produce()

    assert app.test_client().get("/").text == "Home"
    assert steps == ["callback", "body"]


def test_file_deleted_in_a_deferred_callback_is_gone_before_it_is_read(app, tmp_path):
    """A generator that opens the file while it is sent does not find it any more."""
    report = tmp_path / "report.txt"
    report.write_text("12 mm of rain")
    found = []

    @app.get("/")
    def index():
        @after_this_request
        def delete_report(response):
            report.unlink()
            return response

        def produce():
            found.append(report.exists())
            yield "The report: "

        return produce()

    assert app.test_client().get("/").text == "The report: "
    assert found == [False]


def test_deferred_callback_runs_although_the_client_reads_nothing(app, steps):
    """Yes, it has run before the first byte is sent.

    Question: The client breaks off the download. Has the deferred callback run?
    """

    @app.get("/")
    def index():
        defer(steps, "callback")

        def produce():
            yield "first"
            yield "second"

        return produce()

    app.test_client().get("/").close()
    assert steps == ["callback"]
