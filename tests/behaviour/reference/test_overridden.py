"""When the less known methods of the app are called, and what make_response gets."""

import pytest
from flask import Flask, abort, request

from snippets.reference import own_type
from tests.behaviour.reference.overridden import noting_class

NAMES = (
    "finalize_request", "make_response", "process_response", "handle_user_exception",
    "handle_http_exception", "make_default_options_response",
)  # fmt: skip


@pytest.fixture
def noting(steps):
    """An app that notes where each of these methods begins and ends."""
    app = noting_class(NAMES, steps)(__name__)
    app.after_request(lambda response: steps.append("after_request") or response)
    app.register_error_handler(404, lambda error: (steps.append("of 404") or "", 404))
    app.register_error_handler(KeyError, lambda error: steps.append("of class") or "")
    app.add_url_rule("/", "index", lambda: steps.append("view") or "Shop")
    app.add_url_rule("/gone", "gone", lambda: abort(404))
    app.add_url_rule("/key", "key", lambda: {}["tea"])
    return app.test_client()


FINALIZED = [
    "<finalize_request", "<make_response", "make_response>", "<process_response",
    "after_request", "process_response>", "finalize_request>",
]  # fmt: skip


def test_finalize_request_surrounds_make_response_and_process_response(noting, steps):
    """For the value of a view, of an error handler, and for OPTIONS."""
    noting.get("/")
    assert steps == ["view", *FINALIZED]
    for method, path in ("GET", "/key"), ("GET", "/nowhere"), ("OPTIONS", "/"):
        steps.clear()
        noting.open(path, method=method)
        assert steps[-len(FINALIZED) :] == FINALIZED


@pytest.mark.parametrize("path", ["/gone", "/nowhere"])
def test_handle_http_exception_surrounds_the_handler_of_an_http_error(
    noting, steps, path
):
    """handle_user_exception calls it; other exceptions don't need it."""
    noting.get(path)
    assert steps[:5] == [
        "<handle_user_exception", "<handle_http_exception", "of 404",
        "handle_http_exception>", "handle_user_exception>",
    ]  # fmt: skip
    steps.clear()
    noting.get("/key")
    assert steps[:3] == ["<handle_user_exception", "of class", "handle_user_exception>"]
    assert "<handle_http_exception" not in steps


def test_make_default_options_response_is_called_for_automatic_options_only(
    noting, steps
):
    """It makes the response with the Allow header, in the place of the view."""
    assert "GET" in noting.options("/").allow
    assert steps[0] == "<make_default_options_response"
    assert "view" not in steps
    for method, path in ("GET", "/"), ("HEAD", "/"), ("POST", "/"), ("GET", "/gone"):
        steps.clear()
        noting.open(path, method=method)
        assert "<make_default_options_response" not in steps


def test_overridden_make_response_gets_the_value_of_a_before_request_function(steps):
    """As it gets that of the view: once for each request."""

    class Shop(Flask):
        def make_response(self, rv):
            steps.append(rv)
            return super().make_response(rv)

    app = Shop(__name__)

    @app.before_request
    def close_shop():
        return ("Closed", 503) if request.path == "/closed" else None

    app.add_url_rule("/", "index", lambda: "Shop")
    client = app.test_client()
    assert client.get("/closed").status_code == 503
    client.get("/")
    assert steps == [("Closed", 503), "Shop"]


def test_overridden_make_response_gets_the_whole_tuple():
    """Not the body alone: inside super() it's too late to convert that."""

    class Shop(Flask):
        def make_response(self, rv):
            if isinstance(rv, own_type.Order):
                rv = own_type.as_dict(rv)
            return super().make_response(rv)

    def add_views(app):
        app.add_url_rule("/alone", "alone", lambda: own_type.Order(1))
        app.add_url_rule("/tuple", "tuple", lambda: (own_type.Order(1), 201))
        return app.test_client()

    client = add_views(Shop("half"))
    assert client.get("/alone").json == {"number": 1, "tea": "Assam"}
    assert client.get("/tuple").status_code == 500
    client = add_views(own_type.Shop("whole"))
    assert client.get("/alone").json == {"number": 1, "tea": "Assam"}
    assert client.get("/tuple").status_code == 201
