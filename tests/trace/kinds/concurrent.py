"""Threads, tasks, contexts, and applications within applications."""

import asyncio
import contextlib
import contextvars
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

from flask import (
    Flask,
    after_this_request,
    copy_current_request_context,
    current_app,
    g,
    jsonify,
    request,
)
from flask.views import MethodView

from . import ask, program


@program
def async_everything(called, seen):
    app = Flask("shop")

    @app.url_value_preprocessor
    def pull(e, v):
        called("url_value_preprocessor pull")

    @app.before_request
    async def load():
        await asyncio.sleep(0)
        called("before_request load")
        g.n = 1

    @app.after_request
    async def stamp(response):
        called("after_request stamp")
        await asyncio.sleep(0)
        response.headers["X"] = str(g.n)
        return response

    @app.teardown_request
    async def down(error):
        called("teardown_request down")

    @app.teardown_appcontext
    async def down_app(error):
        called("teardown_appcontext down_app")

    @app.errorhandler(KeyError)
    async def sorry(error):
        called("errorhandler sorry")
        return "sorry", 400

    @app.get("/")
    async def page():
        called("view page")

        @after_this_request
        async def later(response):
            called("after_this_request later")
            return response

        async with contextlib.AsyncExitStack():
            raise KeyError("x")

    ask(app, seen)


@program
def async_method_view_and_tasks(called, seen):
    app = Flask("shop")

    async def part(n):
        await asyncio.sleep(0)
        g.setdefault("parts", []).append(n)
        return n

    class Page(MethodView):
        init_every_request = False

        async def get(self):
            called("view get")
            tasks = [asyncio.create_task(part(n)) for n in range(3)]
            return jsonify(await asyncio.gather(*tasks))

    app.add_url_rule("/", view_func=Page.as_view("page"))
    ask(app, seen)


@program
def own_event_loop_in_view(called, seen):
    app = Flask("shop")

    async def fetch():
        await asyncio.sleep(0)
        return "fetched"

    @app.get("/")
    def page():
        called("view page")
        out = queue.Queue()
        t = threading.Thread(target=lambda: out.put(asyncio.run(fetch())))
        t.start()
        t.join()
        return out.get()

    ask(app, seen)


@program
def thread_that_asks_the_app(called, seen):
    """A thread makes requests while a request goes on, in its own context."""
    app = Flask("shop")

    @app.before_request
    def look():
        called("before_request look")

    @app.get("/inner")
    def inner():
        called("view inner")
        return "inner"

    @app.get("/")
    def page():
        called("view page")
        out = []
        t = threading.Thread(
            target=lambda: out.append(app.test_client().get("/inner").text)
        )
        t.start()
        t.join()
        return out[0]

    ask(app, seen)


@program
def thread_uses_copied_context(called, seen):
    app = Flask("shop")

    @app.teardown_request
    def down(error):
        called("teardown_request down")

    @app.get("/")
    def page():
        called("view page")
        g.user = "ann"
        out = []

        @copy_current_request_context
        def work():
            out.append((request.path, g.get("user")))

        t = threading.Thread(target=work)
        t.start()
        t.join()
        seen(out)
        return "x"

    # the copy tears down, too
    ask(app, seen)


@program
def context_run_in_pool(called, seen):
    app = Flask("shop")
    pool = ThreadPoolExecutor(2)

    @app.get("/")
    def page():
        called("view page")
        ctx = [contextvars.copy_context() for _ in range(2)]
        got = [
            pool.submit(c.run, lambda: (request.path, current_app.name)) for c in ctx
        ]
        return str([f.result() for f in got])

    ask(app, seen)
    pool.shutdown()


@program
def parallel_requests_with_barrier(called, seen):
    app = Flask("shop")
    barrier = threading.Barrier(3)

    @app.before_request
    def look():
        called("before_request look")
        g.path = request.path

    @app.after_request
    def stamp(response):
        called("after_request stamp")
        response.headers["X-Path"] = g.path
        return response

    @app.get("/<int:n>")
    def page(n):
        called("view page")
        barrier.wait()
        return str(n)

    out = {}

    def one(n):
        response = app.test_client().get(f"/{n}")
        out[n] = (response.text, response.headers["X-Path"])

    ts = [threading.Thread(target=one, args=(n,)) for n in range(3)]
    [t.start() for t in ts]
    [t.join() for t in ts]
    seen(sorted(out.items()))
