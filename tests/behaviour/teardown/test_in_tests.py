"""How a test calls a teardown function."""

from contextlib import nullcontext

import pytest
from flask import Flask, g


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


@pytest.mark.parametrize("testing", [False, True])
def test_teardown_functions_have_run_when_the_client_returns(shop, steps, testing):
    """Without a with block; also if the exception comes out of the client."""
    shop.testing = testing
    with pytest.raises(KeyError) if testing else nullcontext():
        shop.test_client().get("/crash")
    assert steps == [("request", "KeyError"), ("appcontext", "KeyError", None)]


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
