"""How a test calls a teardown function."""

import sys
import types
from contextlib import nullcontext

import pytest
from flask import Blueprint, Flask, g, stream_with_context

from tests.behaviour.changes.releases import since


@pytest.fixture
def shop(app, steps):
    """An app with both kinds of teardown functions, and a view that fails."""

    @app.teardown_request
    def note_request(error):
        steps.append(("request", type(error).__name__))

    @app.teardown_appcontext
    def note_context(error):
        steps.append(("appcontext", type(error).__name__, g.get("cup")))

    app.add_url_rule("/crash", "crash", lambda: {}["tea"])
    return app


@pytest.mark.parametrize("propagates", [None, False, True])
@pytest.mark.parametrize("testing", [False, True])
def test_teardown_functions_have_run_when_the_client_returns(
    shop, steps, testing, propagates
):
    """With the exception of a crash, whether it comes out of the client or is a 500."""
    shop.testing = testing
    shop.config["PROPAGATE_EXCEPTIONS"] = propagates
    raises = testing if propagates is None else propagates
    with pytest.raises(KeyError) if raises else nullcontext():
        assert shop.test_client().get("/crash").status_code == 500
    assert steps == [("request", "KeyError"), ("appcontext", "KeyError", None)]


@pytest.mark.parametrize("how", ["read", "close", "buffered"])
def test_stream_with_context_of_a_test_is_torn_down_when_it_is_read_or_closed(
    shop, steps, how
):
    """Or with buffered=True; Flask 3.1.2 and 3.1.3 also do so before the body."""
    shop.add_url_rule("/tea", "tea", lambda: stream_with_context(iter("Tea")))
    early = []
    if since(3, 1, 2) and not since(3, 2):
        early = [("request", "NoneType"), ("appcontext", "NoneType", None)]
    error = "GeneratorExit" if how == "close" else "NoneType"
    # Kept, since a response that nobody refers to is closed.
    response = shop.test_client().get("/tea", buffered=how == "buffered")
    if how != "buffered":
        assert steps == early
        assert response.text == "Tea" if how == "read" else response.close() is None
    assert steps == [*early, ("request", error), ("appcontext", error, None)]
    assert response.status_code == 200


def test_app_context_is_enough_to_test_a_teardown_appcontext_function(shop, steps):
    """It runs at the end of the block, with its g; teardown_request doesn't."""
    with shop.app_context():
        g.cup = "green"
        assert steps == []
    assert steps == [("appcontext", "NoneType", "green")]


def test_exception_that_leaves_an_app_context_reaches_its_teardown_functions(
    shop, steps
):
    """And the test then gets it."""
    with pytest.raises(KeyError), shop.app_context():
        raise KeyError("tea")
    assert steps == [("appcontext", "KeyError", None)]


def test_test_request_context_runs_both_kinds_of_teardown_functions(shop, steps):
    """At the end of its block, and no other hook."""
    with shop.test_request_context():
        assert steps == []
    assert [kind for kind, *_ in steps] == ["request", "appcontext"]


@pytest.mark.parametrize("kind", ["teardown_request", "teardown_appcontext"])
def test_registered_teardown_function_can_be_called_by_itself(kind):
    """The decorator returns the function as it was, for a test to call."""

    def close(error):
        return error

    assert getattr(Flask("shop"), kind)(close) is close


def test_hook_that_a_test_replaces_in_its_module_is_called_anyway(app, monkeypatch):
    """The app keeps the function; what that one calls may be replaced."""
    module = types.ModuleType("shop_rules")
    source = (
        "def is_open():\n    return False\n"
        "def check_hours():\n    return None if is_open() else 'closed'\n"
    )
    exec(source, module.__dict__)
    app.before_request(module.check_hours)
    app.add_url_rule("/", "index", lambda: "Tea")
    client = app.test_client()
    monkeypatch.setitem(sys.modules, "shop_rules", module)
    monkeypatch.setattr("shop_rules.check_hours", lambda: None)
    assert client.get("/").text == "closed"
    monkeypatch.setattr("shop_rules.is_open", lambda: True)
    assert client.get("/").text == "Tea"


@pytest.mark.parametrize("name", [None, "shop"])
def test_list_of_hooks_may_be_replaced_for_one_test(app, monkeypatch, name):
    """And put back at its end; None stands for the app, a name for a blueprint."""
    shop = Blueprint("shop", __name__)
    (shop if name else app).before_request(lambda: "closed")
    shop.add_url_rule("/", "index", lambda: "Tea")
    app.register_blueprint(shop)
    client = app.test_client()
    with monkeypatch.context() as patched:
        patched.setitem(app.before_request_funcs, name, [])
        assert client.get("/").text == "Tea"
    assert client.get("/").text == "closed"


@pytest.mark.parametrize("testing", [False, True])
def test_testing_turns_off_no_hook_and_no_handler_of_http_errors(app, steps, testing):
    """Only an exception that no handler catches is treated in another way."""
    app.testing = testing
    app.before_request(lambda: steps.append("before_request"))
    app.after_request(lambda response: steps.append("after_request") or response)
    app.teardown_request(lambda error: steps.append("teardown_request"))
    app.teardown_appcontext(lambda error: steps.append("teardown_appcontext"))
    app.register_error_handler(404, lambda error: ("own page", 404))
    app.register_error_handler(KeyError, lambda error: ("handled", 400))
    app.add_url_rule("/crash", "crash", lambda: {}["tea"])
    client = app.test_client()
    ran = [
        "before_request", "after_request", "teardown_request", "teardown_appcontext"
    ]  # fmt: skip
    for path, text in ("/nowhere", "own page"), ("/crash", "handled"):
        steps.clear()
        assert client.get(path).text == text
        assert steps == ran


@pytest.mark.parametrize("block", [False, True])
def test_hooks_of_an_app_that_a_factory_makes_run_in_each_request_of_a_test(
    steps, block
):
    """With the client's with block and without it, and for each app that it makes."""

    def create_app(name):
        app = Flask(name, static_folder=None)
        app.testing = True
        app.before_request(lambda: steps.append(f"before {name}"))
        app.after_request(lambda response: steps.append(f"after {name}") or response)
        app.add_url_rule("/", "index", lambda: "Tea")
        return app

    for name in "first", "second":
        client = create_app(name).test_client()
        with client if block else nullcontext():
            client.get("/")
    assert steps == ["before first", "after first", "before second", "after second"]
