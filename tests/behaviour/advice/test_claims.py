"""Claims that are in circulation, refuted."""

import flask
import pytest
from flask import Blueprint, Flask, after_this_request, request
from werkzeug.routing import BuildError
from werkzeug.test import ClientRedirectError

from snippets.wrong_advice import exempt_by_path, teardown_before_sending


def test_teardown_functions_run_before_the_client_reads_the_response():
    """They are called when Flask has handed the response to the server."""
    teardown_before_sending.ran.clear()
    response = teardown_before_sending.app.test_client().get("/", buffered=False)
    assert teardown_before_sending.ran == ["teardown function"]
    response.close()
    teardown_before_sending.ran.clear()


def test_endpoint_is_the_name_of_the_view_and_no_path():
    """So a list of paths exempts nothing."""
    client = exempt_by_path.app.test_client()
    assert client.get("/admin").text == "stopped at endpoint show_admin"


def test_after_this_request_as_a_decorator_of_a_view_fails_at_import(app):
    """It needs a request, and there is none when the module is imported."""
    with pytest.raises(RuntimeError, match="'after_this_request' can only be used"):

        @app.get("/")
        @after_this_request
        def view():
            return "ok"


@pytest.mark.parametrize("name", ["start_time", "end_time"])
def test_request_has_no_time_of_its_own(app, name):
    """Keep the start time on g."""
    with app.test_request_context():
        assert not hasattr(request, name)


@pytest.mark.parametrize(
    "name",
    [
        "last_request_start_time", "before_configure", "lifecycle",
        "before_app_request", "add_middleware", "middleware",
        "before_serving", "after_serving", "while_serving", "on_event",
    ],
)  # fmt: skip
def test_app_has_no_such_attribute(name):
    """No Flask since 2.2 has it."""
    with pytest.raises(AttributeError) as raised:
        getattr(Flask("app"), name)
    assert str(raised.value) == f"'Flask' object has no attribute {name!r}"


def test_before_app_request_runs_for_views_of_the_app_and_unknown_urls(app, steps):
    """The app in its name stands for the whole app."""
    shop = Blueprint("shop", __name__)
    shop.before_app_request(lambda: steps.append(request.path))
    app.register_blueprint(shop)
    app.add_url_rule("/", "index", lambda: "ok")
    client = app.test_client()
    client.get("/")
    client.get("/nothing")
    assert steps == ["/", "/nothing"]


@pytest.mark.parametrize("name", ["teardown_appcontext", "before_request", "signal"])
def test_registering_methods_are_not_importable_from_flask(name):
    """They are methods of the app; the signals have names of their own."""
    assert not hasattr(flask, name)


def test_receiver_of_request_finished_can_change_the_response(app):
    """It's called before the response is sent, with the response itself."""

    def stamp(sender, response, **extra):
        response.headers["X-Shop"] = "corner"

    app.add_url_rule("/", "index", lambda: "Tea")
    with flask.request_finished.connected_to(stamp, app):
        assert app.test_client().get("/").headers["X-Shop"] == "corner"


def test_error_in_a_receiver_of_request_finished_is_a_500(app):
    """Nothing catches it for the receiver."""

    def fail(sender, response, **extra):
        raise KeyError("order")

    app.add_url_rule("/", "index", lambda: "Tea")
    seen = []
    app.register_error_handler(500, lambda error: seen.append(error) or ("500", 500))
    with flask.request_finished.connected_to(fail, app):
        response = app.test_client().get("/")
    assert response.status_code == 500
    assert isinstance(seen[0].original_exception, KeyError)


def test_url_for_calls_no_url_value_preprocessor(app, steps):
    """It calls url_defaults functions."""
    app.add_url_rule("/<lang>", "index", lambda lang: flask.url_for("index", lang="de"))
    app.url_value_preprocessor(lambda endpoint, values: steps.append("preprocessor"))
    app.url_defaults(lambda endpoint, values: steps.append("url_defaults"))
    app.test_client().get("/en")
    assert steps == ["preprocessor", "url_defaults"]


def test_value_that_a_url_value_preprocessor_returns_is_ignored(app):
    """Only before_request functions can return a response early."""
    app.url_value_preprocessor(lambda endpoint, values: "stopped")
    app.add_url_rule("/", "index", lambda: "Tea")
    assert app.test_client().get("/").text == "Tea"


def test_url_value_preprocessor_that_trusts_its_values_makes_a_404_a_500(app):
    """An unknown URL has no arguments, so the function gets None."""

    @app.url_value_preprocessor
    def take_language(endpoint, values):
        if "lang" in values:
            values.pop("lang")

    assert app.test_client().get("/unknown").status_code == 500


def test_dict_assigned_to_url_defaults_of_a_blueprint_gives_no_defaults(app):
    """It replaces the decorator, and nothing reads it."""
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/<lang>/orders", "orders", lambda lang: lang)
    shop.url_defaults = {"lang": "en"}
    app.register_blueprint(shop)
    with app.test_request_context(), pytest.raises(BuildError):
        flask.url_for("shop.orders")


def test_teardown_functions_run_after_an_exception_in_debug_mode(app, steps):
    """They don't wait for the debugger."""
    app.debug = True
    app.teardown_request(lambda error: steps.append(type(error).__name__))
    app.add_url_rule("/", "index", lambda: {}["order"])
    with pytest.raises(KeyError):
        app.test_client().get("/")
    assert steps == ["KeyError"]


def test_login_page_behind_its_own_check_redirects_without_end(app):
    """The before_request function also runs for the page that it redirects to."""

    @app.before_request
    def require_login():
        return flask.redirect("/login")

    app.add_url_rule("/login", "login", lambda: "Log in")
    client = app.test_client()
    with pytest.raises(ClientRedirectError, match="Loop detected"):
        client.get("/", follow_redirects=True)


def test_request_made_by_the_test_client_leaves_no_context(app):
    """Unless the client is used in a with block."""
    app.add_url_rule("/", "index", lambda: "Tea")
    app.test_client().get("/")
    assert not flask.has_request_context()
    assert not flask.has_app_context()


def test_teardown_functions_run_for_each_request_with_none_or_the_exception(app, steps):
    """Also after a request without any error."""
    app.teardown_request(lambda error: steps.append(type(error).__name__))
    app.add_url_rule("/", "index", lambda: "Tea")
    app.add_url_rule("/crash", "crash", lambda: 1 / 0)
    client = app.test_client()
    for path in "/", "/nothing", "/crash":
        client.get(path)
    assert steps == ["NoneType", "NoneType", "ZeroDivisionError"]


def test_request_finished_is_sent_before_the_body_is_read(app, steps):
    """Its receivers have returned before the server gets the first piece."""

    def stream():
        steps.append("body")
        yield "Tea"

    def note(sender, response, **extra):
        steps.append("receiver")

    app.add_url_rule("/", "index", stream)
    app.after_request(lambda response: steps.append("after_request") or response)
    with flask.request_finished.connected_to(note, app):
        app.test_client().get("/")
    assert steps == ["after_request", "receiver", "body"]
