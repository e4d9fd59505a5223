"""Applications within applications, kept contexts, an ensure_sync of their own."""

import asyncio
import functools
import sys

from flask import (
    Flask,
    Response,
    has_request_context,
    request,
    session,
)
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.test import Client

from . import ask, program


@program
def dispatcher_of_apps_with_factory(called, seen):
    def make(name):
        app = Flask(name)

        @app.before_request
        def look():
            called("before_request look")
            seen(name)

        @app.get("/")
        def home():
            called("view home")
            return f"{name} {request.script_root}"

        @app.errorhandler(404)
        def missing(error):
            called("errorhandler missing")
            return f"{name} none", 404

        return app

    front = make("front")

    class Lazy:
        apps = {}

        def __call__(self, environ, start):
            key = environ["HTTP_HOST"].split(".")[0]
            app = self.apps.setdefault(key, None) or make(key)
            self.apps[key] = app
            return app(environ, start)

    wsgi = ProxyFix(DispatcherMiddleware(front, {"/lazy": Lazy()}), x_prefix=1)
    c = Client(wsgi)
    for url, headers in (
        ("/", {}),
        ("/lazy/", {"Host": "a.x"}),
        ("/lazy/no", {"Host": "b.x"}),
        ("/", {"X-Forwarded-Prefix": "/p"}),
    ):
        response = c.get(url, headers=headers)
        seen((response.status, response.text))


@program
def app_inside_app_by_response(called, seen):
    """A view returns another Flask app as the response: it is a WSGI callable."""
    inner = Flask("inner")

    @inner.get("/x")
    def deep():
        called("view deep")
        return "deep"

    app = Flask("shop")

    @app.get("/x")
    def outer():
        called("view outer")
        return inner

    @app.after_request
    def stamp(response):
        called("after_request stamp")
        response.headers["X"] = "1"
        return response

    ask(app, seen, "/x")


@program
def response_from_app(called, seen):
    """Response.from_app runs another app within a view."""
    inner = Flask("inner")

    @inner.before_request
    def look():
        called("before_request look")

    @inner.get("/x")
    def deep():
        called("view deep")
        return "deep"

    app = Flask("shop")

    @app.get("/x")
    def outer():
        called("view outer")
        return Response.from_app(inner, request.environ, buffered=True)

    ask(app, seen, "/x")


@program
def kept_client_contexts(called, seen):
    app = Flask("shop")
    app.secret_key = "k"

    @app.teardown_request
    def down(error):
        called("teardown_request down")

    @app.teardown_appcontext
    def down_app(error):
        called("teardown_appcontext down_app")

    @app.get("/")
    def page():
        called("view page")
        session["n"] = session.get("n", 0) + 1
        return str(session["n"])

    with app.test_client() as c:
        seen(c.get("/").text)
        seen(session["n"])
        seen(request.path)
        seen(c.get("/").text)
        seen(session["n"])
        with c.session_transaction() as s:
            s["n"] = 7
        seen(c.get("/").text)
    seen(has_request_context())


@program
def settrace_in_view(called, seen):
    app = Flask("shop")
    lines = []

    def tracer(frame, event, arg):
        if frame.f_code.co_name == "helper":
            lines.append(event)
        return tracer

    def helper():
        x = 1
        return x

    @app.get("/")
    def page():
        called("view page")
        old = sys.gettrace()
        sys.settrace(tracer)
        try:
            helper()
        finally:
            sys.settrace(old)
        return "x"

    ask(app, seen)
    seen(lines)


@program
def own_ensure_sync_variants(called, seen):
    class Own(Flask):
        def ensure_sync(self, func):
            if asyncio.iscoroutinefunction(func):
                return self.async_to_sync(func)
            seen(getattr(func, "__name__", "?"))

            @functools.wraps(func)
            def timed(*a, **k):
                return super(Own, self).ensure_sync(func)(*a, **k)

            return timed

        def async_to_sync(self, func):
            def run(*a, **k):
                loop = asyncio.new_event_loop()
                try:
                    return loop.run_until_complete(func(*a, **k))
                finally:
                    loop.close()

            return run

    app = Own("shop")

    @app.before_request
    def look():
        called("before_request look")

    @app.get("/")
    async def page():
        called("view page")
        return "x"

    @app.after_request
    async def stamp(response):
        called("after_request stamp")
        return response

    @app.teardown_request
    def down(error):
        called("teardown_request down")

    ask(app, seen)
