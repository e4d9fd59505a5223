"""A function that asks g for what nobody has set, as the setter was skipped."""

import flask
import pytest
from flask import Blueprint, g, redirect, render_template_string

from hookbook.explain.findings import findings

from .running import a_shop, found, recorded

# A value on g that was not set


def skipped_by_an_early_response(app):
    a_shop(app)

    @app.before_request
    def require_login():
        return redirect("/login")

    @app.before_request
    def start_timer():
        g.start = 1

    @app.after_request
    def show_time(response):
        response.headers["X-Start"] = str(g.start)
        return response


def skipped_by_an_exception(app):
    a_shop(app)

    @app.before_request
    def check():
        raise KeyError("user")

    @app.before_request
    def start_timer():
        g.start = 1

    @app.teardown_request
    def show_time(error):
        print(g.start)


def of_another_blueprint(app):
    a_shop(app)
    blog = Blueprint("blog", __name__)

    @blog.before_request
    def start_timer():
        g.start = 1

    @app.after_request
    def show_time(response):
        response.headers["X-Start"] = str(g.start)
        return response

    app.register_blueprint(blog)


def set_by_the_view_that_was_not_called(app):
    @app.before_request
    def require_login():
        return "login", 401

    @app.get("/")
    def start_timer():
        g.start = 1
        return "page"

    @app.after_request
    def show_time(response):
        response.headers["X-Start"] = str(g.start)
        return response


def setter_that_raised(app):
    @app.get("/")
    def start_timer():
        g.start = int("now")

    @app.after_request
    def show_time(response):
        response.headers["X-Start"] = str(g.start)
        return response


def taken_with_pop(app):
    skipped_by_an_exception(app)
    app.teardown_request_funcs[None].clear()

    @app.teardown_request
    def show_time(error):
        print(g.pop("start"))


def asked_by_a_function_of_the_hook(app):
    skipped_by_an_exception(app)
    app.teardown_request_funcs[None].clear()

    def start():
        return g.start

    @app.teardown_request
    def show_time(error):
        print(start())


def asked_in_a_template(app):
    a_shop(app)

    @app.before_request
    def check():
        raise KeyError("user")

    @app.before_request
    def start_timer():
        g.start = {"time": 1}

    @app.errorhandler(KeyError)
    def show_time(error):
        return render_template_string("{{ g.start.time }}")


@pytest.mark.parametrize(
    "make",
    [
        skipped_by_an_early_response,
        skipped_by_an_exception,
        of_another_blueprint,
        set_by_the_view_that_was_not_called,
        setter_that_raised,
        taken_with_pop,
        asked_by_a_function_of_the_hook,
        asked_in_a_template,
    ],
)
def test_g_without_its_setter(make):
    kinds = found(make)
    assert ("g-not-set", "show_time") in kinds
    assert {kind for kind, _ in kinds} <= {"g-not-set", "teardown-raised"}


def test_why_it_was_not_set():
    (one,) = findings(recorded(skipped_by_an_early_response))
    assert one.sentence == (
        "The after_request function `show_time` asks for `g.start`, but the"
        " before_request function `start_timer`, which sets it, was not called:"
        " `require_login` returned a response first."
    )
    (one,) = findings(recorded(setter_that_raised))
    assert one.sentence.endswith("which sets it, raised ValueError before.")


def test_a_setter_that_another_request_shows():
    def make(app):
        @app.before_request
        def require_login():
            if flask.request.path == "/secret":
                return "login", 401
            return None

        @app.before_request
        def start_timer():
            setattr(g, "".join(["st", "art"]), 1)

        @app.after_request
        def show_time(response):
            response.headers["X-Start"] = str(g.start)
            return response

        a_shop(app)

    first, second = recorded(make, "/", "/secret")
    assert findings([second]) == []
    (one,) = findings([first, second])
    assert (one.kind, one.function, one.request) == ("g-not-set", "show_time", 2)


def asked_with_a_default(app):
    a_shop(app)

    @app.before_request
    def require_login():
        return redirect("/login")

    @app.before_request
    def start_timer():
        g.start = 1

    @app.after_request
    def show_time(response):
        response.headers["X-Start"] = str(g.get("start"))
        if "start" in g:
            response.headers["X-Started"] = str(g.start)
        return response

    @app.teardown_request
    def forget(error):
        g.pop("start", None)


def set_first(app):
    a_shop(app)

    @app.before_request
    def start_timer():
        g.start = 1

    @app.before_request
    def require_login():
        return redirect("/login")

    @app.after_request
    def show_time(response):
        response.headers["X-Start"] = str(g.start)
        return response


def never_set_by_anybody(app):
    a_shop(app)

    @app.after_request
    def show_time(response):
        response.headers["X-Start"] = str(g.start)
        return response


def missing_on_something_else(app):
    skipped_by_an_early_response(app)
    app.after_request_funcs[None].clear()

    @app.after_request
    def show_time(response):
        response.headers["X-Start"] = str(app.start)
        return response


@pytest.mark.parametrize(
    "make",
    [asked_with_a_default, set_first, never_set_by_anybody, missing_on_something_else],
)
def test_g_as_it_should_be(make):
    assert found(make) == []
