"""An error handler that was not called is named with the reason."""

from flask import (
    abort,
)
from werkzeug.exceptions import HTTPException

from .running import a_shop, index, recorded, why

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
        " Flask looks only for a handler for 500, HTTPException or Exception"
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
