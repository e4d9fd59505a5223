"""The test client in an async test: an event loop runs in its thread already."""

import asyncio

import pytest

from tests.behaviour.extensions.entries import ENTRIES


async def awaited():
    return None


@pytest.fixture(params=["view", "before_request", "after_request"])
def client(app, request):
    """A client of an app with one async function."""
    app.testing = True

    async def view():
        return "Tea"

    async def hook(response):
        return response

    async_view = request.param == "view"
    app.add_url_rule("/", "index", view if async_view else lambda: "Tea")
    if not async_view:
        takes_none = request.param == "before_request"
        getattr(app, request.param)(awaited if takes_none else hook)
    return app.test_client()


def test_one_async_function_fails_in_an_async_test(client):
    """Each needs an event loop of its own, and the thread has one that runs."""

    async def test():
        return client.get("/")

    with pytest.raises(RuntimeError) as caught:
        asyncio.run(test())
    assert str(caught.value) == ENTRIES["async-to-sync"]


def test_async_function_runs_in_a_plain_test_or_in_another_thread(client):
    """No loop runs in the thread that sends the request."""

    async def test():
        response = await asyncio.to_thread(client.get, "/")
        return response.text

    assert client.get("/").text == "Tea"
    assert asyncio.run(test()) == "Tea"


def test_plain_functions_work_in_an_async_test(app):
    """Flask then needs no event loop."""
    app.before_request(lambda: None)
    app.add_url_rule("/", "index", lambda: "Tea")

    async def test():
        return app.test_client().get("/").text

    assert asyncio.run(test()) == "Tea"
