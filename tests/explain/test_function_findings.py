"""Functions that are called twice, in vain, or not at all."""

import functools

import flask
import pytest
from flask import Blueprint, g

from hookbook.explain.findings import findings
from tests.behaviour.versions import FLASK

from .running import a_shop, found, index, recorded

# Registered twice


def load():
    return None


def stamp(response):
    return response


def close(error):
    return None


def twice_with_the_app(app):
    a_shop(app)
    app.before_request(load)
    app.before_request(load)


def with_the_app_and_a_blueprint(app):
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", view_func=index)
    shop.before_request(load)
    app.before_request(load)
    app.register_blueprint(shop)


def twice_for_all_blueprints(app):
    a_shop(app)
    shop = Blueprint("shop", __name__)
    shop.before_app_request(load)
    app.before_request(load)
    app.register_blueprint(shop)


def twice_in_a_factory(app):
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", view_func=index)

    def create():
        shop.before_request(load)

    create()
    create()
    app.register_blueprint(shop)


class Loader:
    def load(self):
        return None


def method_twice(app):
    a_shop(app)
    loader = Loader()
    app.before_request(loader.load)
    app.before_request(loader.load)


@pytest.mark.parametrize(
    "make",
    [
        twice_with_the_app,
        with_the_app_and_a_blueprint,
        twice_for_all_blueprints,
        twice_in_a_factory,
        method_twice,
    ],
)
def test_a_function_that_is_registered_twice(make):
    assert found(make) == [("registered-twice", "load")]


def test_every_kind_of_function():
    def make(app):
        a_shop(app)
        for _ in range(2):
            app.after_request(stamp)
            app.teardown_request(close)
            app.teardown_appcontext(close)

    told = [one.sentence for one in findings(recorded(make))]
    assert len(told) == 3
    assert told[0] == (
        "The after_request function `stamp` is registered twice, with the app, so"
        " Flask called it twice for one request."
    )


def of_a_decorator(app):
    a_shop(app)

    def made(name):
        def load():
            g.names = [*g.get("names", []), name]

        return load

    app.before_request(made("one"))
    app.before_request(made("two"))
    app.before_request(functools.partial(load))
    app.before_request(functools.partial(load))


def of_two_objects(app):
    a_shop(app)
    app.before_request(Loader().load)
    app.before_request(Loader().load)


def for_two_moments(app):
    a_shop(app)
    app.teardown_request(close)
    app.teardown_appcontext(close)


def with_two_blueprints(app):
    for name in "blog", "shop":
        part = Blueprint(name, __name__)
        part.add_url_rule(f"/{name}", view_func=index)
        part.before_request(load)
        app.register_blueprint(part)


def blueprint_twice(app):
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", view_func=index)
    shop.before_request(load)
    app.register_blueprint(shop)
    app.register_blueprint(shop, name="again", url_prefix="/again")


def receiver_twice(app):
    a_shop(app)

    def note(sender, **more):
        return None

    flask.request_started.connect(note, app)
    flask.request_started.connect(note, app)
    return note


def handler_twice(app):
    @app.errorhandler(404)
    @app.errorhandler(410)
    def not_found(error):
        return "no page", error.code


@pytest.mark.parametrize(
    "make",
    [
        of_a_decorator,
        of_two_objects,
        for_two_moments,
        with_two_blueprints,
        blueprint_twice,
        receiver_twice,
        handler_twice,
    ],
)
def test_a_function_that_is_registered_once(make):
    assert found(make, "/", "/blog", "/shop", "/again/") == []


# Teardown functions


def test_a_teardown_function_that_raises():
    def make(app):
        a_shop(app)

        @app.teardown_request
        def later(error):
            return None

        @app.teardown_request
        def close_database(error):
            raise OSError("disk")

    (one,) = findings(recorded(make))
    assert (one.kind, one.function) == ("teardown-raised", "close_database")
    result = "Flask did not call `later`" if FLASK < (3, 2) else (
        "the exception left Flask"
    )  # fmt: skip
    assert one.sentence == (
        f"The teardown_request function `close_database` raised OSError, so {result}."
    )


def of_the_app_context(app):
    a_shop(app)

    @app.teardown_appcontext
    def close_database(error):
        raise OSError("disk")


def of_a_blueprint(app):
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", view_func=index)

    @shop.teardown_request
    def close_database(error):
        raise error or OSError("disk")

    app.register_blueprint(shop)


@pytest.mark.parametrize("make", [of_the_app_context, of_a_blueprint])
def test_other_teardown_functions(make):
    assert found(make) == [("teardown-raised", "close_database")]


def test_a_teardown_function_that_catches():
    def make(app):
        @app.get("/")
        def page():
            raise ValueError

        @app.teardown_request
        def close_database(error):
            try:
                raise OSError("disk")
            except OSError:
                return error

    assert found(make) == []


# Receivers


def a_local_function(app):
    a_shop(app)

    @flask.request_started.connect
    def note(sender, **more):
        return None


def of_this_application(app):
    a_shop(app)

    def note(sender, **more):
        return None

    flask.request_finished.connect(note, app)


def of_an_object_that_is_gone(app):
    a_shop(app)

    class Log:
        def note(self, sender, **more):
            return None

    flask.got_request_exception.connect(Log().note, sender=app)


@pytest.mark.parametrize(
    "make", [a_local_function, of_this_application, of_an_object_that_is_gone]
)
def test_a_receiver_that_is_collected(make):
    assert found(make) == [("receiver-collected", "note")]


def note(sender, **more):
    return None


def of_the_module(app):
    a_shop(app)
    flask.request_started.connect(note, app)


def kept_strongly(app):
    a_shop(app)

    def note(sender, **more):
        return None

    flask.request_started.connect(note, app, weak=False)


def connected_via(app):
    a_shop(app)

    @flask.request_started.connect_via(app)
    def note(sender, **more):
        return None


def kept_by_the_application(app):
    a_shop(app)

    def note(sender, **more):
        return None

    flask.request_started.connect(note, app)
    app.extensions["note"] = note


def disconnected(app):
    a_shop(app)

    def note(sender, **more):
        return None

    flask.request_started.connect(note, app)
    flask.request_started.disconnect(note, app)


def for_a_block(app):
    a_shop(app)

    def note(sender, **more):
        return None

    with flask.request_started.connected_to(note, app):
        pass


@pytest.mark.parametrize(
    "make",
    [
        of_the_module,
        kept_strongly,
        connected_via,
        kept_by_the_application,
        disconnected,
        for_a_block,
    ],
)
def test_a_receiver_that_stays(make):
    assert found(make, "/", "/") == []
