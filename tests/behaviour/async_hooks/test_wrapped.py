"""async def hooks below a plain decorator."""

import functools

import pytest
from flask import current_app


@pytest.fixture
def wrapped():
    """A plain decorator, and the coroutines that nobody awaited."""
    made = []

    def plain(function):
        @functools.wraps(function)
        def wrapper(*arguments):
            made.append(function(*arguments))
            return made[-1]

        return wrapper

    yield plain
    for coroutine in made:
        coroutine.close()


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("before_request", "but it was a coroutine"),
        ("after_request", "'coroutine' object is not callable"),
    ],
)
def test_async_hook_below_a_plain_decorator_fails(app, wrapped, kind, message):
    """Flask takes the coroutine for what the hook returned."""
    app.testing = True
    app.add_url_rule("/", "index", lambda: "Tea")

    @getattr(app, kind)
    @wrapped
    async def hook(response=None):
        return response

    with pytest.raises(TypeError, match=message):
        app.test_client().get("/")


@pytest.mark.parametrize("kind", ["teardown_request", "teardown_appcontext"])
def test_async_teardown_function_below_a_plain_decorator_never_runs(
    app, wrapped, steps, kind
):
    """Flask ignores what a teardown function returns, so nothing fails."""
    app.testing = True
    app.add_url_rule("/", "index", lambda: "Tea")

    @getattr(app, kind)
    @wrapped
    async def close(error):
        steps.append("closed")

    assert app.test_client().get("/").text == "Tea"
    assert steps == []


@pytest.mark.parametrize(
    "kind",
    ["before_request", "after_request", "teardown_request", "teardown_appcontext"],
)
def test_ensure_sync_in_the_decorator_runs_an_async_hook_of_each_kind(app, steps, kind):
    """current_app is there for each of them."""
    app.testing = True
    app.add_url_rule("/", "index", lambda: "Tea")

    def fixed(function):
        @functools.wraps(function)
        def wrapper(*arguments):
            return current_app.ensure_sync(function)(*arguments)

        return wrapper

    @getattr(app, kind)
    @fixed
    async def hook(argument=None):
        steps.append(kind)
        return argument

    assert app.test_client().get("/").text == "Tea"
    assert steps == [kind]
