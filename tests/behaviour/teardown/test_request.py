"""Functions that run when the request is over."""

import sys
from contextlib import nullcontext, suppress

import pytest
from flask import (
    Blueprint,
    abort,
    g,
    has_app_context,
    has_request_context,
    request,
    session,
)
from werkzeug.exceptions import HTTPException, InternalServerError

from tests.behaviour.versions import FLASK


def noter(steps, name):
    """A teardown function that notes its name and the exception it is told of."""
    return lambda error: steps.append(f"{name} {type(error).__name__}")


def escaping(app):
    """Return the exceptions that leave the app when the index page is asked for."""
    try:
        app.test_client().get("/")
    except Exception as error:
        return leaves(error)
    return []


def leaves(error):
    # Since Flask 3.2 errors of teardown functions are collected in a group, one for
    # each context; on Python 3.10, which has no groups, the first is raised as before.
    if not hasattr(error, "exceptions"):
        return [error]
    return [leaf for part in error.exceptions for leaf in leaves(part)]


def test_teardown_functions_run_in_reverse_order(app, steps):
    """The function registered last runs first."""
    for name in "first", "second", "third":
        app.teardown_request(noter(steps, name))
    app.test_client().get("/")
    assert steps == ["third NoneType", "second NoneType", "first NoneType"]


def test_teardown_functions_of_nested_blueprints_run_from_the_inside_out(app, steps):
    """First the child's, then its parent's, then the app's."""
    parent, child = Blueprint("parent", __name__), Blueprint("child", __name__)
    for owner, name in (app, "app"), (parent, "parent"), (child, "child"):
        owner.teardown_request(noter(steps, f"{name} 1"))
        owner.teardown_request(noter(steps, f"{name} 2"))
    child.add_url_rule("/child", "child", lambda: "Here")
    parent.add_url_rule("/parent", "parent", lambda: "Here")
    parent.register_blueprint(child)
    app.register_blueprint(parent)
    app.test_client().get("/child")
    order = ["child 2", "child 1", "parent 2", "parent 1", "app 2", "app 1"]
    assert steps == [f"{name} NoneType" for name in order]
    steps.clear()
    app.test_client().get("/parent")
    assert steps == [f"{name} NoneType" for name in order[2:]]


def test_teardown_app_request_runs_for_every_request(app, steps):
    """A blueprint's teardown_app_request registers on the whole app."""
    shop = Blueprint("shop", __name__)
    shop.teardown_app_request(noter(steps, "shop, for all"))
    app.teardown_request(noter(steps, "app"))
    app.register_blueprint(shop)
    app.test_client().get("/nowhere")
    assert steps == ["shop, for all NoneType", "app NoneType"]


def test_teardown_functions_run_after_everything_else(app, steps):
    """After the hooks, and after the response was handed to the server."""
    app.teardown_request(noter(steps, "teardown_request"))
    app.teardown_appcontext(noter(steps, "teardown_appcontext"))
    app.after_request(lambda response: steps.append("after_request") or response)
    app.add_url_rule("/", view_func=lambda: steps.append("view") or "Here")
    app.test_client().get("/")
    assert steps == [
        "view",
        "after_request",
        "teardown_request NoneType",
        "teardown_appcontext NoneType",
    ]


def test_teardown_functions_still_see_the_request(app, steps):
    """request, session and g work: the contexts end after the last function."""
    app.secret_key = "tea"

    @app.teardown_request
    def note(error):
        steps.append((request.path, session["cup"], g.leaf))

    @app.get("/")
    def index():
        session["cup"] = "green"
        g.leaf = "mint"
        return "Tea"

    app.test_client().get("/")
    assert steps == [("/", "green", "mint")]


def test_return_value_of_a_teardown_function_is_ignored(app):
    """The response is on its way."""
    app.teardown_request(lambda error: "Something else")
    app.teardown_appcontext(lambda error: "Something else")
    app.add_url_rule("/", view_func=lambda: "Tea")
    assert app.test_client().get("/").text == "Tea"


def test_teardown_is_told_of_the_exception_of_a_crash(app):
    """The same exception object, in production as well, for both contexts."""
    received = []
    crash = LookupError("cup")

    @app.get("/")
    def index():
        raise crash

    app.teardown_request(received.append)
    app.teardown_appcontext(received.append)
    app.test_client().get("/")
    assert received == [crash, crash]


@pytest.mark.parametrize("handled", [500, InternalServerError, HTTPException])
def test_teardown_is_told_of_the_exception_that_a_handler_of_500_took(app, handled):
    """For Flask the exception had no handler: the handler makes the page of the 500."""
    received = []
    crash = LookupError("cup")

    @app.get("/")
    def index():
        raise crash

    app.register_error_handler(handled, lambda error: ("Sorry", 500))
    app.teardown_request(received.append)
    app.teardown_appcontext(received.append)
    assert app.test_client().get("/").text == "Sorry"
    assert received == [crash, crash]


def test_teardown_is_told_of_no_error_that_a_handler_took(app, steps):
    """For an exception with a handler or an HTTP error: the request went well."""
    app.teardown_request(noter(steps, "request"))
    app.teardown_appcontext(noter(steps, "app"))
    app.register_error_handler(KeyError, lambda error: "No such cup")
    app.add_url_rule("/", view_func=lambda: {}["cup"])
    app.test_client().get("/")
    app.test_client().get("/nowhere")
    assert steps == ["request NoneType", "app NoneType"] * 2


def test_teardown_runs_at_the_end_of_a_test_request_context(app, steps):
    """No request need be handled: leaving the context is enough."""
    app.teardown_request(noter(steps, "request"))
    app.teardown_appcontext(noter(steps, "app"))
    with app.test_request_context():
        assert steps == []
    assert steps == ["request NoneType", "app NoneType"]


def test_teardown_is_told_of_the_exception_that_leaves_a_context(app, steps):
    """It gets whatever ends the with block, even if it isn't an Exception."""
    app.teardown_request(noter(steps, "request"))
    app.teardown_appcontext(noter(steps, "app"))
    with pytest.raises(KeyboardInterrupt), app.test_request_context():
        raise KeyboardInterrupt
    assert steps == ["request KeyboardInterrupt", "app KeyboardInterrupt"]


def test_teardown_is_told_of_no_exception_that_stays_inside_a_context(app, steps):
    """An exception caught in the block isn't passed to it."""
    app.teardown_request(noter(steps, "request"))
    with app.test_request_context(), suppress(KeyError):
        {}["cup"]
    assert steps == ["request NoneType"]


def test_teardown_function_is_called_with_the_exception_as_its_argument(app):
    """One positional argument; a function without a parameter fails."""
    app.teardown_request(lambda: None)
    (error,) = escaping(app)
    assert "takes 0 positional arguments but 1 was given" in str(error)


def test_teardown_function_that_raises_escapes_from_the_app(app, caplog):
    """There is no 500: the response was made, and the server gets an exception."""
    app.teardown_request(lambda error: 1 / 0)
    app.add_url_rule("/", view_func=lambda: "Tea")
    (error,) = escaping(app)
    assert isinstance(error, ZeroDivisionError)
    assert caplog.records == []


@pytest.mark.parametrize("register", ["teardown_request", "teardown_appcontext"])
def test_contexts_are_gone_although_a_teardown_function_raised(app, register):
    """The next request starts from nothing."""
    getattr(app, register)(lambda error: 1 / 0)
    assert len(escaping(app)) == 1
    assert not has_request_context()
    assert not has_app_context()


def test_teardown_of_the_app_context_runs_although_one_of_the_request_raised(app):
    """It receives the view's exception, and there was none."""
    received = []
    app.teardown_request(lambda error: 1 / 0)
    app.teardown_appcontext(received.append)
    assert len(escaping(app)) == 1
    assert received == [None]


def test_function_behind_a_failing_teardown_function_runs_since_3_2(app, steps):
    """Up to Flask 3.1 no function runs after the first exception."""
    app.teardown_request(noter(steps, "behind"))
    app.teardown_request(lambda error: 1 / 0)
    assert len(escaping(app)) == 1
    assert steps == (["behind NoneType"] if FLASK >= (3, 2) else [])


def test_failing_teardown_functions_make_a_group_since_3_2(app):
    """Up to Flask 3.1 the server gets only the first."""
    app.teardown_request(lambda error: {}["cup"])
    app.teardown_request(lambda error: 1 / 0)
    grouped = FLASK >= (3, 2) and sys.version_info >= (3, 11)
    expected = [ZeroDivisionError, KeyError] if grouped else [ZeroDivisionError]
    assert [type(error) for error in escaping(app)] == expected


def test_teardown_request_gives_the_function_back(app):
    """The decorators only register."""
    shop = Blueprint("shop", __name__)

    def clean(error):
        pass

    assert app.teardown_request(clean) is clean
    assert app.teardown_appcontext(clean) is clean
    assert shop.teardown_request(clean) is clean
    assert shop.teardown_app_request(clean) is clean


@pytest.mark.parametrize("context", ["request", "appcontext"])
def test_teardown_by_hand_in_an_except_block_tells_of_it_until_3_1(app, context):
    """do_teardown_request and do_teardown_appcontext without an argument."""
    received = []
    getattr(app, f"teardown_{context}")(received.append)
    crash = LookupError("cup")
    with app.test_request_context() as active:
        first = [active] if FLASK >= (3, 2) else []
        tear_down = getattr(app, f"do_teardown_{context}")
        tear_down(*first)
        tear_down(*first, crash)
        try:
            raise crash
        except LookupError:
            tear_down(*first)
            tear_down(*first, None)
    told = crash if FLASK < (3, 2) else None
    assert received == [None, crash, told, None, None]


def test_request_is_closed_after_its_teardown_functions(app, steps):
    """Uploaded files are closed with it."""

    class Closing(app.request_class):
        def close(self):
            steps.append("close")

    app.request_class = Closing
    app.teardown_request(noter(steps, "request"))
    app.teardown_appcontext(noter(steps, "app"))
    app.test_client().get("/")
    assert steps[:3] == ["request NoneType", "close", "app NoneType"]


def test_request_without_a_close_method_is_left_alone_until_3_1(app):
    """Flask 3.2 takes it for granted."""

    class Open(app.request_class):
        close = None

    app.request_class = Open
    assert len(escaping(app)) == (FLASK >= (3, 2))


def test_should_ignore_error_hides_an_error_from_teardown(app, steps):
    """A subclass may hide an exception from them; deprecated since 3.2."""
    asked = []

    def should_ignore_error(error):
        asked.append(type(error))
        return isinstance(error, KeyError)

    app.should_ignore_error = should_ignore_error
    app.teardown_request(noter(steps, "request"))
    app.add_url_rule("/", view_func=lambda: {}["cup"])
    app.add_url_rule("/crash", view_func=lambda: 1 / 0, endpoint="crash")
    deprecated = pytest.warns(DeprecationWarning, match="'should_ignore_error'")
    with deprecated if FLASK >= (3, 2) else nullcontext():
        app.test_client().get("/")
    app.test_client().get("/crash")
    app.test_client().get("/nowhere")
    assert asked == [KeyError, ZeroDivisionError]
    told = ["NoneType", "ZeroDivisionError", "NoneType"]
    assert steps == [f"request {name}" for name in told]


@pytest.mark.parametrize("code", [400, 401, 403, 404, 409, 418, 429, 500, 503])
@pytest.mark.parametrize("setting", [None, "TESTING", "DEBUG"])
@pytest.mark.parametrize("place", ["view", "before_request"])
def test_teardown_functions_get_none_after_abort_without_any_handler(
    app, steps, code, setting, place
):
    """Flask makes a response of each HTTP error, so it counts as handled."""
    if setting:
        app.config[setting] = True

    def refuse():
        abort(code)

    if place == "before_request":
        app.before_request(refuse)
    app.add_url_rule("/", "index", refuse)
    app.teardown_request(steps.append)
    app.teardown_appcontext(steps.append)
    assert app.test_client().get("/").status_code == code
    assert steps == [None, None]


def test_teardown_appcontext_function_has_g_and_no_request_up_to_flask_3_1(app, steps):
    """Since 3.2 both contexts are one, so request is there as well."""

    @app.teardown_appcontext
    def look(error):
        steps.append((g.user, has_request_context()))
        try:
            steps.append((request.path, session.get("user")))
        except RuntimeError as error:
            steps.append(str(error).splitlines()[0])

    app.before_request(lambda: setattr(g, "user", "anna"))
    app.test_client().get("/orders")
    if FLASK < (3, 2):
        outside = "Working outside of request context."
        assert steps == [("anna", False), outside]
    else:
        assert steps == [("anna", True), ("/orders", None)]
