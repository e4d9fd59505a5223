"""Where deferred callbacks are kept, and who can add to them."""

import pytest
from flask import (
    Blueprint,
    Request,
    after_this_request,
    appcontext_pushed,
    before_render_template,
    message_flashed,
    render_template_string,
    request_started,
    template_rendered,
)
from flask.sessions import SecureCookieSessionInterface

from snippets.deferred_callbacks_depth import from_receiver
from snippets.deferred_callbacks_depth.async_tasks import app as stock_app
from snippets.deferred_callbacks_depth.three_threads import app as thread_app
from snippets.deferred_callbacks_depth.whole_chain import app as shop_app
from tests.behaviour.versions import FLASK


def set_header(name, value):
    """Defer a callback that sets a header."""

    @after_this_request
    def add_header(response):
        response.headers[name] = value
        return response


def header(app, name, path="/"):
    return app.test_client().get(path).headers.get(name)


def test_deferred_callbacks_are_kept_on_the_context_of_their_request(app):
    """A list of its own for each request, on the context that is pushed for it."""
    client = app.test_client()

    @app.get("/inner")
    def inner():
        return "Inner"

    @app.get("/outer")
    def outer():
        set_header("X-Level", "outer")
        response = client.get("/inner")
        assert response.text == "Inner"
        return str(response.headers.get("X-Level"))

    response = client.get("/outer")
    assert (response.text, response.headers["X-Level"]) == ("None", "outer")


def test_callback_deferred_after_an_inner_request_belongs_to_the_outer_one(app):
    """When the inner request has ended, the outer one is current again."""
    client = app.test_client()
    app.add_url_rule("/inner", view_func=lambda: "Inner", endpoint="inner")

    @app.get("/outer")
    def outer():
        client.get("/inner")
        set_header("X-Level", "outer")
        return "Outer"

    assert header(app, "X-Level", "/outer") == "outer"


def test_deferred_callbacks_pass_before_every_hook_and_the_signal():
    """Callbacks as registered, hooks from the inside out, request_finished last."""
    response = shop_app.test_client().get("/shop/orders/7")
    assert response.headers.getlist("X-Called") == [
        "of_before_request",
        "of_view",
        "of_helper",
        "orders_hook",
        "shop_hook",
        "app_hook",
        "on_finished",
    ]


def test_callbacks_of_a_failed_view_meet_the_hooks_of_its_blueprints():
    """What was deferred before the failure runs, then the hooks of both blueprints."""
    response = shop_app.test_client().get("/shop/orders/8")
    assert response.status_code == 500
    assert response.headers.getlist("X-Called") == [
        "of_before_request",
        "of_view",
        "of_helper",
        "orders_hook",
        "shop_hook",
        "app_hook",
        "on_finished",
    ]


def test_callback_for_an_unknown_url_meets_the_hooks_of_the_app_only():
    """before_request deferred it; the URL belongs to no blueprint."""
    response = shop_app.test_client().get("/shop/orders/new")
    assert response.status_code == 404
    assert response.headers.getlist("X-Called") == [
        "of_before_request",
        "app_hook",
        "on_finished",
    ]


def test_request_class_is_too_early_to_defer(app, steps):
    """Flask makes the request before it pushes the context for it."""

    class EagerRequest(Request):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            with pytest.raises(RuntimeError, match="'after_this_request' can only be"):
                set_header("X-From", "request")
            steps.append("refused")

    app.request_class = EagerRequest
    app.add_url_rule("/", view_func=lambda: "Open", endpoint="door")
    assert header(app, "X-From") is None
    assert steps == ["refused"]


def test_receiver_of_appcontext_pushed_can_defer_since_flask_3_2(app, steps):
    """Before, the signal is sent when the request isn't current yet."""

    def defer(sender):
        try:
            set_header("X-From", "receiver")
        except RuntimeError:
            steps.append("refused")

    app.add_url_rule("/", view_func=lambda: "Open", endpoint="door")
    with appcontext_pushed.connected_to(defer, app):
        found = header(app, "X-From")
    expected = ("receiver", []) if FLASK >= (3, 2) else (None, ["refused"])
    assert (found, steps) == expected


def test_receiver_of_got_request_exception_can_defer():
    """The signal is sent before the 500 is made, so there is a response to come."""
    response = from_receiver.app.test_client().get("/average")
    assert response.status_code == 500
    assert response.headers["X-Report"] == str(len(from_receiver.REPORTS))


def test_receivers_of_request_started_and_of_templates_can_defer(app):
    """request_started, before_render_template, template_rendered: all in time."""

    @app.get("/")
    def index():
        return render_template_string("Home")

    for signal in request_started, before_render_template, template_rendered:

        def receive(sender, name=signal.name, **extra):
            set_header("X-Signal", name)

        with signal.connected_to(receive, app):
            assert header(app, "X-Signal") == signal.name


def test_receiver_of_message_flashed_can_defer(app):
    """A flashed message can leave a mark on the response that does not show it."""
    from flask import flash

    app.secret_key = "for this test only"

    @app.get("/")
    def index():
        flash("Saved.")
        return "Home"

    def receive(sender, message, **extra):
        set_header("X-Flashed", message)

    with message_flashed.connected_to(receive, app):
        assert header(app, "X-Flashed") == "Saved."


def test_url_value_preprocessor_and_context_processor_can_defer(app):
    """Whatever Flask calls while it makes the response can still defer."""
    app.url_value_preprocessor(lambda endpoint, values: set_header("X-URL", "seen"))
    app.context_processor(lambda: set_header("X-Template", "seen") or {})

    @app.get("/")
    def index():
        return render_template_string("Home")

    response = app.test_client().get("/")
    assert response.headers["X-URL"] == response.headers["X-Template"] == "seen"


def test_session_interface_can_defer_when_it_opens_and_no_more_when_it_saves(app):
    """open_session is called before everything, save_session after the callbacks."""

    class Sessions(SecureCookieSessionInterface):
        def open_session(self, app, request):
            set_header("X-Opened", "yes")
            return super().open_session(app, request)

        def save_session(self, app, session, response):
            set_header("X-Saved", "yes")
            super().save_session(app, session, response)

    app.secret_key = "for this test only"
    app.session_interface = Sessions()
    app.add_url_rule("/", view_func=lambda: "Home", endpoint="index")
    response = app.test_client().get("/")
    assert response.headers["X-Opened"] == "yes"
    assert "X-Saved" not in response.headers


def test_callback_deferred_in_copied_variables_runs():
    """A thread that runs in a copy of the variables has the same context."""
    response = thread_app.test_client().get("/stock")
    assert response.headers.getlist("X-Source") == ["copied variables"]


def test_three_threads_defer_in_three_ways():
    """One raises an error, one silently loses the callback, and one runs it."""
    assert thread_app.test_client().get("/stock").text.splitlines() == [
        "nothing handed over: RuntimeError",
        "copied request context: no error",
        "copied variables: no error",
    ]


def test_tasks_of_an_async_view_defer_to_one_list():
    """In the order in which they defer, not in which they were started."""
    response = stock_app.test_client().get("/stock/lamp")
    assert response.headers.getlist("X-Source") == ["supplier", "warehouse"]


def test_deferred_callback_runs_whatever_the_method(app):
    """HEAD, the automatic OPTIONS response and a 405 each get it."""
    app.before_request(lambda: set_header("X-Seen", "yes"))
    app.add_url_rule("/", view_func=lambda: "Home", endpoint="index")
    client = app.test_client()
    seen = {
        method: client.open("/", method=method).headers.get("X-Seen")
        for method in ("GET", "HEAD", "OPTIONS", "POST")
    }
    assert seen == dict.fromkeys(("GET", "HEAD", "OPTIONS", "POST"), "yes")


def test_deferred_callback_belongs_to_no_blueprint(app):
    """A callback that a blueprint's function defers runs before all hooks."""
    steps = []
    shop = Blueprint("shop", __name__)
    shop.after_request(lambda response: steps.append("hook") or response)

    @shop.before_request
    def open_door():
        after_this_request(lambda response: steps.append("callback") or response)

    shop.add_url_rule("/", view_func=lambda: "Open", endpoint="door")
    app.register_blueprint(shop)
    app.test_client().get("/")
    assert steps == ["callback", "hook"]
