"""Async views: what they leave behind, and what they can't return or call."""

import asyncio

import pytest


def test_task_that_an_async_view_leaves_behind_is_cancelled(app, steps):
    """The loop ends with the view, before the after_request functions run."""
    tasks = []

    async def send_receipt():
        steps.append("started")
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            steps.append("cancelled")
            raise

    @app.post("/orders")
    async def place_order():
        tasks.append(asyncio.create_task(send_receipt()))
        await asyncio.sleep(0)
        return "Thank you"

    @app.after_request
    def note(response):
        steps.append("after_request")
        return response

    assert app.test_client().post("/orders").text == "Thank you"
    assert steps == ["started", "cancelled", "after_request"]


def test_task_that_an_async_view_awaits_runs_to_its_end(app, steps):
    """Also with others at the same time, in gather."""

    async def send_receipt():
        await asyncio.sleep(0)
        steps.append("sent")

    @app.post("/orders")
    async def place_order():
        task = asyncio.create_task(send_receipt())
        await asyncio.gather(task, send_receipt())
        return "Thank you"

    assert app.test_client().post("/orders").text == "Thank you"
    assert steps == ["sent", "sent"]


def test_asyncio_run_in_an_async_view_is_an_error(app):
    """The view runs in a loop already: it awaits what asyncio.run would run."""

    async def load():
        return "Tea"

    @app.get("/run")
    async def run():
        coroutine = load()
        try:
            return asyncio.run(coroutine)
        finally:
            coroutine.close()

    @app.get("/await")
    async def wait():
        return await load()

    app.testing = True
    client = app.test_client()
    message = r"^asyncio\.run\(\) cannot be called from a running event loop$"
    with pytest.raises(RuntimeError, match=message):
        client.get("/run")
    assert client.get("/await").text == "Tea"


def test_async_generator_is_no_valid_response(app):
    """Flask makes the response after the view's loop has ended; a plain one works."""

    async def read():
        yield "Tea"

    app.add_url_rule("/", "index", read)
    app.add_url_rule("/plain", "plain", lambda: (part for part in ["Tea", "!"]))
    app.testing = True
    with pytest.raises(TypeError, match="but it was a async_generator"):
        app.test_client().get("/")
    assert app.test_client().get("/plain").text == "Tea!"
