"""Why functions were not called, when one of the others has raised."""

from contextvars import copy_context

import flask
import pytest
from flask import render_template_string, session, url_for
from flask.sessions import SecureCookieSessionInterface
from werkzeug.exceptions import HTTPException, NotFound

from hookbook.explain.not_run import UNKNOWN
from hookbook.trace.recording import Recorder
from tests.behaviour.versions import FLASK

from .running import a_shop, recorded, why


def fails(*arguments, **values):
    raise OSError("full")


def reasons(make, *requests, **config):
    *_, trace = recorded(make, *requests, **config)
    told = why(trace)
    assert UNKNOWN not in told.values()
    return told


def with_handlers(app):
    """Register handlers and receivers that tell by their names what they are for."""
    kept = []
    for name in "got_request_exception", "request_finished":
        kept.append(receiver(name))
        getattr(flask, name).connect(kept[-1], app)

    @app.errorhandler(404)
    def of_404(error):
        return "gone", 404

    @app.errorhandler(OSError)
    def of_os_error(error):
        return "full", 507

    return kept


def receiver(name):
    def function(sender, **values):
        return name

    function.__name__ = name
    return function


class Full(SecureCookieSessionInterface):
    def save_session(self, app, session, response):
        fails()


def test_a_session_that_cannot_be_saved():
    def make(app):
        a_shop(app)
        app.session_interface = Full()
        return with_handlers(app)

    told = reasons(make)
    rest = (
        "for what `save_session` raises, Flask looks only for a handler for 500,"
        " HTTPException or Exception"
    )
    assert told["of_404"] == f"it is for 404; {rest}"
    assert told["of_os_error"] == f"it is for OSError; {rest}"
    assert told["request_finished"] == "`save_session` raised OSError first"


def test_a_receiver_that_raises_when_the_response_is_finished():
    def make(app):
        a_shop(app)
        flask.request_finished.connect(fails, app)
        return with_handlers(app)

    rest = (
        "for what a receiver of `request_finished` raises, Flask looks only for"
        " a handler for 500, HTTPException or Exception"
    )
    assert reasons(make)["of_os_error"] == f"it is for OSError; {rest}"


@pytest.mark.parametrize(
    ("register", "raiser"),
    [
        (flask.Flask.teardown_request, "a teardown function"),
        (flask.Flask.teardown_appcontext, "a teardown function"),
        (
            lambda app, function: flask.request_tearing_down.connect(function, app),
            "a receiver of `request_tearing_down`",
        ),
    ],
    ids=["request", "app", "receiver"],
)
def test_nobody_is_asked_about_a_teardown(register, raiser):
    def make(app):
        a_shop(app)
        register(app, fails)
        return with_handlers(app)

    told = reasons(make)
    assert (
        told["of_404"]
        == told["of_os_error"]
        == (f"Flask asks no error handler about what {raiser} raises")
    )
    assert told["got_request_exception"] == (
        f"Flask doesn't send it for what {raiser} raises"
    )


def test_a_receiver_that_raises_when_the_context_is_pushed():
    def make(app):
        a_shop(app)
        app.teardown_request(receiver("close_request"))
        app.teardown_appcontext(receiver("close_app"))
        flask.appcontext_pushed.connect(fails, app)
        return with_handlers(app)

    # What was pushed when the receiver raised stays.
    told = copy_context().run(reasons, make)
    assert told.keys() > {"of_404"}
    assert set(told.values()) == {"`fails` raised OSError first"}


def test_what_ends_the_process_is_no_exception_that_was_handled():
    def make(app):
        @app.get("/")
        def leave():
            raise SystemExit(3)

        return with_handlers(app)

    app = flask.Flask("shop")
    kept = make(app)
    with Recorder() as recorder, pytest.raises(SystemExit):
        app.test_client().get("/")
    assert why(recorder.traces[0])["got_request_exception"] == (
        "SystemExit left Flask before"
    )
    assert len(kept) == 2


def test_a_url_that_was_made_in_the_end_is_no_exception():
    def make(app):
        app.url_build_error_handlers.append(lambda *asked: "/made")
        app.add_url_rule("/", "index", lambda: url_for("nowhere"))
        return with_handlers(app)

    told = reasons(make)
    assert told["of_404"] == told["got_request_exception"] == "no exception was raised"


def test_a_template_that_fails():
    def make(app):
        app.context_processor(dict)
        app.add_url_rule("/", "index", lambda: render_template_string("{{ 1 // 0 }}"))
        kept = receiver("rendered")
        flask.template_rendered.connect(kept, app)
        return kept

    told = reasons(make)
    assert told["rendered"] == "the template was not rendered to its end"


def test_a_handler_that_another_is_chosen_before():
    def make(app):
        shop = flask.Blueprint("shop", __name__, url_prefix="/shop")
        for scope, kind in ((app, NotFound), (app, HTTPException), (shop, 404)):
            name = f"{scope.name}_{getattr(kind, '__name__', kind)}"
            scope.register_error_handler(kind, receiver(name))
        app.register_error_handler(403, fails)
        shop.add_url_rule("/", "view", lambda: flask.abort(404))
        app.register_blueprint(shop)

    chosen = "Flask chose `shop_404` of the blueprint `shop`"
    assert reasons(make, "/shop/") == {
        "shop_NotFound": chosen,
        "shop_HTTPException": chosen,
        "fails": "it is for 403; `shop_404` handled NotFound",
    }


class Listener:
    def receive(self, sender, **values):
        session["seen"] = 1


def test_a_receiver_that_is_a_method_was_called():
    def make(app):
        a_shop(app)
        listener = Listener()
        flask.request_started.connect(listener.receive, app)
        flask.got_request_exception.connect(listener.receive, app)
        return listener

    (trace,) = recorded(make)
    assert [step.name for step in trace.steps if step.kind == "signal"] == ["receive"]
    assert why(trace) == {"receive": "no exception was raised"}


@pytest.mark.skipif(FLASK >= (3, 2), reason="that app context pops with its request")
def test_an_app_context_that_outlives_a_context_by_hand():
    app = flask.Flask("shop")
    app.secret_key = "a key for tests"
    app.teardown_appcontext(receiver("close_app"))
    with Recorder() as recorder, app.app_context(), app.test_request_context():
        pass
    (trace,) = recorder.traces
    assert why(trace) == {
        "close_app": "the application context was there before the request, and stays"
    }


def test_methods_called_by_hand():
    app = flask.Flask("shop")
    a_shop(app)
    app.after_request(receiver("stamp"))
    finished = receiver("finished")
    flask.request_finished.connect(finished, app)
    with Recorder() as recorder, app.test_request_context() as context:
        app.dispatch_request(*([context] if FLASK >= (3, 2) else []))
    assert why(recorder.traces[0]) == {
        "stamp": "the application left out Flask's `process_response`",
        "finished": "the application left out Flask's `finalize_request`",
    }
