"""A function that was not called is named with the reason."""

import flask
import pytest
from flask import (
    Blueprint,
    Response,
    abort,
    after_this_request,
    flash,
    g,
    redirect,
    render_template_string,
    request,
    session,
    stream_with_context,
    url_for,
)
from werkzeug.exceptions import HTTPException

from hookbook.explain.not_run import UNKNOWN, not_run
from hookbook.trace.recording import Recorder
from hookbook.trace.snapshots import active_context
from tests.behaviour.versions import FLASK

from .running import recorded


def why(trace):
    """Return the reasons, by name."""
    return {one.function.name: one.reason for one in not_run(trace)}


def index():
    return "index"


def a_shop(app):
    app.add_url_rule("/", view_func=index)


# Blueprints


def with_two_blueprints(app):
    a_shop(app)
    blog, shop = Blueprint("blog", __name__), Blueprint("shop", __name__)

    @blog.before_request
    def load_posts():
        return None

    @blog.after_request
    def stamp_posts(response):
        return response

    @blog.errorhandler(404)
    def no_post(error):
        return "no post", 404

    @blog.teardown_request
    def close_posts(error):
        return None

    @blog.url_value_preprocessor
    def pull_language(endpoint, values):
        return None

    @shop.get("/orders")
    def orders():
        return "orders"

    @blog.get("/posts")
    def posts():
        return "posts"

    app.register_blueprint(blog)
    app.register_blueprint(shop)


OF_BLOG = {"load_posts", "stamp_posts", "no_post", "close_posts", "pull_language"}


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/orders", "and the view `shop.orders` to the blueprint `shop`"),
        ("/", "and the view `index` to the app"),
        ("/nowhere", "and no URL matched: 404 Not Found"),
        ("POST /posts", "and no URL matched: 405 Method Not Allowed"),
    ],
)
def test_another_blueprint(path, reason):
    (trace,) = recorded(with_two_blueprints, path)
    told = f"it belongs to the blueprint `blog`, {reason}"
    assert why(trace) == dict.fromkeys(OF_BLOG, told)


def test_its_own_blueprint():
    (trace,) = recorded(with_two_blueprints, "/posts")
    assert why(trace) == {"no_post": "no exception was raised"}


def test_a_nested_blueprint():
    def make(app):
        outer, inner = Blueprint("outer", __name__), Blueprint("inner", __name__)
        outer.before_request(lambda: None)
        inner.add_url_rule("/in", view_func=index)
        outer.add_url_rule("/out", endpoint="out", view_func=index)

        @inner.before_request
        def look_inside():
            return None

        outer.register_blueprint(inner)
        app.register_blueprint(outer)

    inside, outside = recorded(make, "/in", "/out")
    assert why(inside) == {}
    assert why(outside) == {
        "look_inside": "it belongs to the blueprint `outer.inner`, and the view"
        " `outer.out` to the blueprint `outer`"
    }


# Returned early, and exceptions before the view


def test_a_response_returned_first():
    def make(app):
        a_shop(app)

        @app.before_request
        def require_login():
            return redirect("/login")

        @app.before_request
        def load_cart():
            return None

    (trace,) = recorded(make)
    first = "`require_login` returned a response first"
    assert why(trace) == {"load_cart": first, "index": first}


def test_an_exception_before_the_view():
    def make(app):
        a_shop(app)

        @app.url_value_preprocessor
        def pull_language(endpoint, values):
            raise KeyError("language")

        @app.before_request
        def load_cart():
            return None

        @app.errorhandler(KeyError)
        def no_language(error):
            return "no language", 400

    (trace,) = recorded(make)
    first = "`pull_language` raised KeyError first"
    assert why(trace) == {"load_cart": first, "index": first}


def test_an_exception_of_a_receiver():
    def make(app):
        a_shop(app)
        app.config["TESTING"] = True

        @app.before_request
        def load_cart():
            return None

        @app.after_request
        def stamp(response):
            return response

        def on_start(sender, **more):
            raise LookupError

        flask.request_started.connect(on_start, app)
        return on_start

    (trace,) = recorded(make)
    assert why(trace) == {
        "load_cart": "`on_start` raised LookupError first",
        "index": "`on_start` raised LookupError first",
        "stamp": "LookupError left Flask before",
    }


def test_options():
    (trace,) = recorded(a_shop, "OPTIONS /")
    assert why(trace) == {"index": "Flask answers OPTIONS itself"}


def test_static_files():
    def make(app):
        a_shop(app)

        @app.before_request
        def load_cart():
            return None

    (trace,) = recorded(make, "/static/nothing.css")
    assert why(trace) == {}
    (function,) = [one for one in trace.registered if one.kind == "view"]
    assert function.name == "static"


# Error handlers


def with_handlers(app):
    a_shop(app)

    @app.errorhandler(404)
    def not_found(error):
        return "no such page", 404

    @app.errorhandler(500)
    def broken(error):
        return "sorry", 500

    @app.errorhandler(KeyError)
    def no_key(error):
        return "no key", 400

    @app.get("/gone")
    def gone():
        abort(410)

    @app.get("/key")
    def key():
        raise KeyError("user")

    @app.get("/bug")
    def bug():
        raise ValueError("bug")


def test_no_exception():
    (trace,) = recorded(with_handlers)
    assert why(trace) == dict.fromkeys(
        ["not_found", "broken", "no_key"], "no exception was raised"
    )


def test_handlers_of_other_errors():
    missing, gone, key, bug = recorded(
        with_handlers, "/missing", "/gone", "/key", "/bug"
    )
    assert why(missing) == {
        "broken": "it is for 500; `not_found` handled NotFound",
        "no_key": "it is for KeyError; `not_found` handled NotFound",
    }
    assert why(gone) == {
        "not_found": "it is for 404; Gone was raised",
        "broken": "it is for 500; Gone was raised",
        "no_key": "it is for KeyError; Gone was raised",
    }
    assert why(key) == {
        "not_found": "it is for 404; `no_key` handled KeyError",
        "broken": "it is for 500; `no_key` handled KeyError",
    }
    assert why(bug) == {
        "not_found": "it is for 404; `broken` handled InternalServerError",
        "no_key": "it is for KeyError; `broken` handled InternalServerError",
    }


def test_a_handler_of_500_in_testing():
    (trace,) = recorded(with_handlers, "/bug", TESTING=True)
    assert why(trace)["broken"] == (
        "ValueError was raised again, as the app is in testing or debug mode"
    )
    assert why(trace)["no_key"] == "it is for KeyError; ValueError was raised"


def test_an_error_of_an_after_request_function():
    def make(app):
        a_shop(app)

        @app.after_request
        def stamp(response):
            raise KeyError("stamp")

        @app.errorhandler(KeyError)
        def no_key(error):
            return "no key", 400

    (trace,) = recorded(make)
    assert why(trace) == {
        "no_key": "it is for KeyError; for what an `after_request` function raises,"
        " Flask looks for a handler of 500 only"
    }


def test_a_redirect_of_the_routing():
    def make(app):
        app.add_url_rule("/cart/", view_func=index)

        @app.errorhandler(HTTPException)
        def moved(error):
            return "moved"

    (trace,) = recorded(make, "/cart")
    assert why(trace) == {
        "moved": "Flask asks no error handler about a redirect of the routing"
    }


def test_an_error_of_a_teardown_function():
    def make(app):
        a_shop(app)

        @app.teardown_request
        def close(error):
            raise OSError("closed")

        @app.errorhandler(OSError)
        def sorry(error):
            return "sorry"

    (trace,) = recorded(make)
    assert why(trace) == {
        "sorry": "Flask asks no error handler about what a teardown function raises"
    }


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
    with_two_blueprints(app)
    with Recorder() as recorder, app.test_request_context("/posts"):
        (trace,) = recorder.traces
        told = why(trace)
    assert set(told) == {*OF_BLOG, "posts"}
    assert set(told.values()) == {
        "Flask was not asked for the response: only its context was pushed"
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


# What is no function of this request


def test_views_of_other_urls_are_left_out():
    (trace,) = recorded(with_handlers, "/")
    assert [one.name for one in trace.registered if one.kind == "view"] == ["index"]


def test_a_function_registered_twice():
    def make(app):
        a_shop(app)

        def look():
            return None

        app.before_request(look)
        app.before_request(look)

    (trace,) = recorded(make)
    assert why(trace) == {}
    assert [step.registered for step in trace.steps if step.name == "look"] == [1, 2]
    assert [one.twin for one in trace.registered] == [None, 1, None]


def test_an_own_method():
    class Own(flask.Flask):
        def preprocess_request(self, *args):
            return None

    app = Own("shop")
    a_shop(app)
    app.before_request(lambda: None)
    with Recorder() as recorder:
        app.test_client().get("/")
    (trace,) = recorder.traces
    assert why(trace) == {
        "<lambda>": "the trace is incomplete: the application has its own"
        " preprocess_request: which functions it calls is not seen"
    }
    assert UNKNOWN not in why(trace).values()


def test_a_session_that_cannot_be_opened():
    class Broken(flask.sessions.SecureCookieSessionInterface):
        def open_session(self, app, request):
            raise RuntimeError("no database")

    def make(app):
        a_shop(app)
        app.session_interface = Broken()

        @app.before_request
        def load_user():
            g.user = session.get("user")

    (trace,) = recorded(make)
    assert why(trace)["load_user"] == "RuntimeError was raised first"
