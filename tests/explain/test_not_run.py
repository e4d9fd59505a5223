"""A function that was not called is named with the reason."""

import gc
from pathlib import Path
from threading import Thread

import flask
import pytest
from flask import (
    Blueprint,
    after_this_request,
    g,
    redirect,
    session,
)

from hookbook.corpus import runs
from hookbook.explain.not_run import UNKNOWN, not_run
from hookbook.trace.recording import Recorder
from hookbook.trace.requests import MAX_STEPS

from .running import a_shop, index, recorded, why

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


# What is no function of this request


def test_views_of_other_urls_are_left_out():
    (trace,) = recorded(with_two_blueprints, "/posts")
    assert [one.name for one in trace.registered if one.kind == "view"] == ["posts"]


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
        def preprocess_request(self, *ctx):
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


def test_deferred_in_a_copied_context():
    def make(app):
        @app.get("/")
        def page():
            def set_cookie(response):
                return response

            thread = Thread(
                target=flask.copy_current_request_context(after_this_request),
                args=[set_cookie],
            )
            thread.start()
            thread.join()
            return "page"

    (trace,) = recorded(make)
    assert why(trace) == {
        "set_cookie": "it was deferred in a copied context, whose list nobody calls"
    }


def test_an_application_that_is_gone():
    def on_start(sender, **more):
        return None

    flask.request_started.connect(on_start, flask.Flask("gone"))
    gc.collect()
    (trace,) = recorded(a_shop)
    assert [one.name for one in trace.registered] == ["index"]


def test_another_application():
    other = flask.Flask("other")

    def on_start(sender, **more):
        return None

    flask.request_started.connect(on_start, other)
    (trace,) = recorded(a_shop)
    assert [one.name for one in trace.registered] == ["index"]
    assert why(trace) == {}


# All programs that there are

ROOT = Path(__file__).parents[2]
SNIPPETS = runs.names(ROOT / "snippets")


def test_a_reason_is_known_for_every_snippet():
    found = {
        f"{name}: {one.function.name}": one.reason
        for name in SNIPPETS
        for trace in runs.run(ROOT / "snippets", name)[1].traces
        for one in not_run(trace)
    }
    assert len(found) >= 45
    assert [key for key, reason in found.items() if UNKNOWN in reason] == []


def test_a_recording_that_was_cut():
    def make(app):
        a_shop(app)

        @app.get("/many")
        def many():
            for _ in range(MAX_STEPS):
                flask.request_finished.send(app)
            return "many"

        @app.after_request
        def stamp(response):
            return response

        def on_finish(sender, **more):
            return None

        flask.request_finished.connect(on_finish, app)
        return on_finish

    (trace,) = recorded(make, "/many")
    told = "the recording stopped before the request was over"
    assert why(trace) == {"stamp": told}


@pytest.mark.canary
def test_an_unknown_reason_is_said():
    (trace,) = recorded(a_shop)
    trace.steps = [step for step in trace.steps if step.kind != "view"]
    assert why(trace) == {"index": UNKNOWN}
