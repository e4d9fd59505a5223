"""Which functions Flask gives to ensure_sync, and what an ASGI server changes."""

import asyncio

import pytest
from asgiref.wsgi import WsgiToAsgi
from flask import after_this_request, render_template_string, request_started, url_for

from tests.behaviour import asgi
from tests.behaviour.versions import FLASK


@pytest.fixture
def wrapped(app, steps):
    """An app that notes the functions which it gives to ensure_sync."""

    class Own(type(app)):
        def ensure_sync(self, function):
            steps.append(function.__name__)
            return super().ensure_sync(function)

    app.__class__ = Own
    return app


def test_app_may_wrap_every_function_it_calls(wrapped, steps):
    """Views, error handlers, deferred callbacks, before, after, teardown functions."""

    @wrapped.before_request
    def before():
        @after_this_request
        def deferred(response):
            return response

    @wrapped.get("/")
    def index():
        return {}["tea"]

    @wrapped.errorhandler(KeyError)
    def handle(error):
        return "No tea"

    @wrapped.after_request
    def after(response):
        return response

    @wrapped.teardown_request
    def teardown(error):
        pass

    @wrapped.teardown_appcontext
    def close(error):
        pass

    assert wrapped.test_client().get("/").text == "No tea"
    expected = "before index handle deferred after teardown close"
    assert steps == expected.split()


def test_functions_for_urls_and_plain_receivers_do_not_go_through_ensure_sync(
    wrapped, steps
):
    """Context processors do since Flask 3.0; Flask calls the others itself."""

    @wrapped.url_value_preprocessor
    def take(endpoint, values):
        pass

    @wrapped.url_defaults
    def add(endpoint, values):
        values.update(number=7)

    @wrapped.context_processor
    def name():
        return {"tea": "green"}

    def build(error, endpoint, values):
        return "/elsewhere"

    def receive(sender):
        pass

    wrapped.url_build_error_handlers.append(build)

    @wrapped.get("/")
    def index():
        return render_template_string("{{ tea }}") + url_for("index") + url_for("x")

    with request_started.connected_to(receive, wrapped):
        assert wrapped.test_client().get("/").text == "green/?number=7/elsewhere"
    processors = ["_default_template_ctx_processor", "name"]
    assert steps == ["index", *(processors if FLASK >= (3, 0) else [])]


def test_task_that_an_async_view_leaves_behind_runs_on_under_an_asgi_server(app, steps):
    """WsgiToAsgi awaits the view in the server's event loop, which doesn't end."""
    go, tasks = asyncio.Event(), []

    async def send_receipt():
        await go.wait()
        steps.append("sent")

    @app.get("/")
    async def place_order():
        tasks.append(asyncio.create_task(send_receipt()))
        return "Thank you"

    async def ask():
        assert await asgi.get(WsgiToAsgi(app)) == 200
        assert steps == []
        go.set()
        await asyncio.wait_for(tasks[0], 30)

    asyncio.run(ask())
    assert steps == ["sent"]
