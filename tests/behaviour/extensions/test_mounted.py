"""A Flask app below a path of an ASGI app, as FastAPI and Starlette mount it."""

import asyncio

import pytest
from flask import request, url_for

pytestmark = pytest.mark.extensions


@pytest.fixture
def get(app, steps):
    """Return a function that asks a Starlette app, with the Flask app below /shop."""
    import httpx
    from a2wsgi import WSGIMiddleware
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.responses import PlainTextResponse
    from starlette.routing import Mount, Route

    @app.before_request
    def note():
        steps.append(f"before_request {request.script_root} {request.path}")

    app.register_error_handler(404, lambda error: ("Flask's 404", 404))
    app.add_url_rule("/orders", "orders", lambda: url_for("orders"))

    class Noting:
        def __init__(self, asgi):
            self.asgi = asgi

        async def __call__(self, scope, receive, send):
            steps.append(f"middleware {scope['type']}")
            await self.asgi(scope, receive, send)

    async def index(request):
        return PlainTextResponse("Index")

    async def missing(request, error):
        return PlainTextResponse("Starlette's 404", 404)

    outer = Starlette(
        routes=[Route("/", index), Mount("/shop", WSGIMiddleware(app))],
        middleware=[Middleware(Noting)],
        exception_handlers={404: missing},
    )
    transport = httpx.ASGITransport(outer)

    async def ask(path):
        async with httpx.AsyncClient(transport=transport) as client:
            response = await client.get(f"http://localhost{path}")
            return response.text

    return lambda path: asyncio.run(ask(path))


def test_path_in_a_mounted_app_has_no_prefix(get, steps):
    """The prefix is script_root, and url_for puts it before the path."""
    assert get("/shop/orders") == "/shop/orders"
    assert "before_request /shop /orders" in steps


def test_hooks_of_a_mounted_app_run_only_below_its_path(get, steps):
    """Its handlers, too; the outer app's are for the other URLs."""
    assert get("/") == "Index"
    assert get("/nowhere") == "Starlette's 404"
    assert not any(step.startswith("before_request") for step in steps)
    assert get("/shop/nowhere") == "Flask's 404"
    assert "before_request /shop /nowhere" in steps


def test_middleware_of_the_outer_app_runs_for_a_mounted_app(get, steps):
    """Before Flask's hooks."""
    get("/shop/orders")
    assert steps == ["middleware http", "before_request /shop /orders"]
