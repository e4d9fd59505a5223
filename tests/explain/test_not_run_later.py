"""What comes after the view, or around it, and was not called."""

import flask
import pytest
from flask import (
    Blueprint,
    Response,
    after_this_request,
    flash,
    render_template_string,
    request,
    stream_with_context,
    url_for,
)

from hookbook.trace.recording import Recorder
from hookbook.trace.snapshots import active_context
from tests.behaviour.versions import FLASK

from .running import a_shop, recorded, why

# After the view


def test_an_exception_that_leaves_flask():
    def make(app):
        @app.get("/")
        def page():
            raise ZeroDivisionError

        @app.after_request
        def stamp(response):
            return response

        def on_finish(sender, **more):
            return None

        flask.request_finished.connect(on_finish, app)
        return on_finish

    (trace,) = recorded(make, TESTING=True)
    assert why(trace) == {
        "stamp": "ZeroDivisionError left Flask before",
        "on_finish": "ZeroDivisionError left Flask before",
    }


def test_an_after_request_function_that_raises():
    def make(app):
        a_shop(app)

        @app.after_request
        def stamp(response):
            return response

        @app.after_request
        def fail(response):
            raise KeyError("stamp")

    (trace,) = recorded(make)
    assert why(trace) == {"stamp": "`fail` raised KeyError first"}
    (trace,) = recorded(make, TESTING=True)
    assert why(trace) == {"stamp": "`fail` raised KeyError first"}


# Teardown


def with_teardowns(app):
    a_shop(app)

    @app.teardown_request
    def close_request(error):
        return None

    @app.teardown_appcontext
    def close_app(error):
        return None

    @app.get("/stream")
    def stream():
        @stream_with_context
        def pieces():
            yield request.path

        return Response(pieces())


def test_every_teardown_function():
    plain, stream = recorded(with_teardowns, "/", "/stream")
    assert why(plain) == why(stream) == {}


def test_a_context_that_is_kept():
    app = flask.Flask("shop")
    with_teardowns(app)

    @app.get("/keep")
    def keep():
        active_context().push()
        return "kept"

    with Recorder() as recorder:
        app.test_client().get("/keep")
        (trace,) = recorder.traces
        kept = why(trace)
        active_context().pop()
    told = "the context is kept: Flask has not popped it yet"
    assert kept == {"close_request": told, "close_app": told}
    assert why(recorder.traces[0]) == {}


def test_a_context_alone():
    app = flask.Flask("shop")
    with_teardowns(app)
    with Recorder() as recorder, app.test_request_context("/stream"):
        (trace,) = recorder.traces
        told = why(trace)
    kept = "the context is kept: Flask has not popped it yet"
    assert told == {
        "close_request": kept,
        "close_app": kept,
        "stream": "Flask was not asked for the response: only its context was pushed",
    }


@pytest.mark.skipif(FLASK >= (3, 2), reason="each request has a context of its own")
def test_an_outer_application_context():
    app = flask.Flask("shop")
    with_teardowns(app)
    with Recorder() as recorder, app.app_context():
        # The client's own application context is the outer one of a request, too.
        client = app.test_client()
        client.get("/")
    (trace,) = recorder.traces
    assert why(trace) == {
        "close_app": "the application context was there before the request, and stays"
    }


@pytest.mark.skipif(FLASK >= (3, 2), reason="the others are called all the same")
def test_a_teardown_function_that_raises():
    def make(app):
        a_shop(app)

        @app.teardown_request
        def close_later(error):
            return None

        @app.teardown_request
        def close(error):
            raise OSError("closed")

        @app.teardown_appcontext
        def close_app(error):
            return None

    (trace,) = recorded(make)
    assert why(trace) == {"close_later": "`close` raised OSError first"}


# Templates, URLs, messages, signals


def with_helpers(app):
    a_shop(app)
    blog = Blueprint("blog", __name__)

    @app.context_processor
    def add_name():
        return {"name": "shop"}

    @blog.app_url_defaults
    def add_language(endpoint, values):
        return None

    @blog.url_defaults
    def add_author(endpoint, values):
        return None

    @app.get("/page")
    def page():
        flash("hello")
        return render_template_string("{{ name }}")

    @app.get("/link")
    def link():
        return url_for("index")

    app.register_blueprint(blog)

    def on_template(sender, **more):
        return None

    def on_message(sender, **more):
        return None

    def on_exception(sender, **more):
        return None

    def elsewhere(sender, **more):
        return None

    @app.url_build_error_handlers.append
    def external(error, endpoint, values):
        return "/external"

    flask.template_rendered.connect(on_template)
    flask.message_flashed.connect(on_message, app)
    flask.got_request_exception.connect(on_exception, app)
    flask.request_started.connect(elsewhere, blog)
    return on_template, on_message, on_exception, elsewhere, blog


def test_helpers():
    plain, page, link = recorded(with_helpers, "/", "/page", "/link")
    reasons = {
        "elsewhere": "it is connected to another sender than this application",
        "add_name": "no template was rendered",
        "add_language": "no URL was built",
        "add_author": "no URL of the blueprint `blog` was built",
        "external": "no URL failed to build",
        "on_template": "no template was rendered",
        "on_message": "no message was flashed",
        "on_exception": "no exception was raised",
    }
    assert why(plain) == reasons
    rendered = {"add_name", "on_template", "on_message"}
    assert why(page) == {k: v for k, v in reasons.items() if k not in rendered}
    assert why(link) == {k: v for k, v in reasons.items() if k != "add_language"}


def test_a_receiver_that_was_collected():
    def make(app):
        a_shop(app)

        @flask.request_started.connect
        def on_start(sender, **more):
            return None

    (trace,) = recorded(make)
    assert why(trace) == {
        "on_start": "it was garbage-collected: a signal keeps its receivers by weak"
        " references only"
    }


# Deferred callbacks


def test_deferred_too_late():
    def make(app):
        a_shop(app)

        @app.after_request
        def defer(response):
            @after_this_request
            def set_cookie(response):
                return response

            return response

        @app.teardown_request
        def defer_again(error):
            @after_this_request
            def forget(response):
                return response

    (trace,) = recorded(make)
    assert why(trace) == {
        "set_cookie": "it was deferred in `defer`, when Flask had already called the"
        " deferred callbacks",
        "forget": "it was deferred after the response went out",
    }


def test_deferred_in_time():
    def make(app):
        @app.get("/")
        def page():
            for _ in range(2):
                after_this_request(lambda response: response)
            return "page"

    (trace,) = recorded(make)
    assert why(trace) == {}


def test_deferred_and_an_exception():
    def make(app):
        @app.get("/")
        def page():
            @after_this_request
            def set_cookie(response):
                return response

            raise ValueError

    (trace,) = recorded(make, TESTING=True)
    assert why(trace) == {"set_cookie": "ValueError left Flask before"}
