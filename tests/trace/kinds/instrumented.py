"""Applications that others watch, patch, copy, or call again."""

import asyncio
import copy
import functools
from unittest import mock

from asgiref.wsgi import WsgiToAsgi
from flask import Flask, Response, current_app, g, make_response, request

from . import ask, first, program, shop


@program
def asgi_wrapper(called, seen):
    app = Flask("shop")

    @app.before_request
    async def look():
        called("before_request look")

    @app.post("/<n>")
    def page(n):
        called("view page")
        return n + request.get_data(as_text=True)

    @app.teardown_request
    def down(error):
        called("teardown_request down")

    asgi = WsgiToAsgi(app)
    got = []

    async def go(n):
        msgs = iter([{"type": "http.request", "body": b"body", "more_body": False}])

        async def receive():
            return next(msgs)

        async def send(m):
            got.append((m["type"], m.get("status"), m.get("body")))

        await asgi(
            {
                "type": "http",
                "method": "POST",
                "path": f"/{n}",
                "raw_path": b"/",
                "query_string": b"",
                "headers": [(b"host", b"x"), (b"content-length", b"4")],
                "http_version": "1.1",
                "scheme": "http",
                "root_path": "",
                "server": ("x", 80),
                "client": ("x", 1),
            },
            receive,
            send,
        )

    async def main():
        await asyncio.gather(go("a"), go("b"))

    asyncio.run(main())
    seen(sorted(map(str, got)))


@program
def instrumented_like_apm(called, seen):
    """Wraps __call__, methods of the instance, and its views."""
    spans = []

    class Own(Flask):
        def __call__(self, e, s):
            spans.append("call")
            return super().__call__(e, s)

    app = Own("shop")

    @app.before_request
    def look():
        called("before_request look")

    @app.get("/")
    def page():
        called("view page")
        return "x"

    @app.errorhandler(404)
    def missing(error):
        called("errorhandler missing")
        return "m", 404

    for k, v in list(app.view_functions.items()):
        app.view_functions[k] = functools.wraps(v)(
            lambda *a, _v=v, **kw: (spans.append("view"), _v(*a, **kw))[1]
        )
    old = app.full_dispatch_request
    app.full_dispatch_request = lambda *a: (spans.append("dispatch"), old(*a))[1]
    hu = app.handle_user_exception

    def handle(*a):
        spans.append("exc")
        return hu(*a)

    app.handle_user_exception = handle
    ask(app, seen, "/", "/no")
    seen(spans)


@program
def sentry_like_class_patch(called, seen):
    spans = []
    old = Flask.__call__
    oldd = Flask.dispatch_request
    oldf = Flask.finalize_request

    def call(self, e, s):
        spans.append("call")
        return old(self, e, s)

    def dispatch(self, *a):
        spans.append("dispatch")
        return oldd(self, *a)

    def fin(self, *a, **k):
        spans.append("fin")
        return oldf(self, *a, **k)

    try:
        Flask.__call__ = call
        Flask.dispatch_request = dispatch
        Flask.finalize_request = fin
        app = shop(called)
        app.before_request(lambda: called("before_request <lambda>"))
        ask(app, seen, "/", "/no")
    finally:
        Flask.__call__ = old
        Flask.dispatch_request = oldd
        Flask.finalize_request = oldf
    seen(spans)


@program
def patch_object_while_requests_go_on(called, seen):
    app = shop(called)
    ask(app, seen)
    with mock.patch.object(
        Flask,
        "make_response",
        autospec=True,
        side_effect=lambda self, rv: Response("patched"),
    ):
        ask(app, seen)
    with mock.patch.object(
        app, "process_response", side_effect=app.process_response
    ) as m:
        ask(app, seen)
        seen(m.call_count)
    ask(app, seen)


@program
def application_with_getattr(called, seen):
    class Own(Flask):
        asked = []

        def __getattr__(self, name):
            Own.asked.append(name)
            raise AttributeError(name)

    app = shop(called, Own)
    ask(app, seen)
    seen(Own.asked)


@program
def copied_applications(called, seen):
    app = shop(called)
    other = copy.copy(app)
    other.before_request_funcs = {None: [lambda: called("before_request <lambda>")]}
    ask(app, seen)
    ask(other, seen)
    ask(app, seen)


@program
def view_returns_itself_later(called, seen):
    """The body makes requests to the app when it is read."""
    app = Flask("shop")

    @app.get("/in")
    def inner():
        called("view inner")
        return "in"

    @app.get("/")
    def page():
        called("view page")

        def gen():
            for _ in range(2):
                yield app.test_client().get("/in").text

        return Response(gen())

    ask(app, seen)


@program
def recursion_and_reentry(called, seen):
    app = Flask("shop")

    @app.get("/<int:n>")
    def page(n):
        called("view page")
        return str(n) if n == 0 else app.test_client().get(f"/{n - 1}").text + str(n)

    @app.before_request
    def look():
        called("before_request look")

    ask(app, seen, "/3")


@program
def full_dispatch_by_hand_in_view(called, seen):
    app = Flask("shop")

    @app.get("/in")
    def inner():
        called("view inner")
        return "in"

    @app.get("/")
    def page():
        called("view page")
        with app.test_request_context("/in") as c:
            response = app.full_dispatch_request(*first(c))
        with app.test_request_context("/in") as c:
            return response.text + app.dispatch_request(*first(c))

    @app.after_request
    def stamp(response):
        called("after_request stamp")
        return response

    ask(app, seen)


@program
def make_response_helpers_not_steps(called, seen):
    """Decorator and helper functions named like hooks, called by the app itself."""
    app = Flask("shop")

    def before_request():
        seen("helper")

    def after_request(response):
        seen("helper2")
        return response

    @app.get("/")
    def page():
        called("view page")
        before_request()
        app.before_request_funcs.get(None, [])
        seen(len([*app.after_request_funcs.get(None, [])]))
        return after_request(make_response("x"))

    @app.after_request
    def stamp(response):
        called("after_request stamp")
        for f in current_app.before_request_funcs[None]:
            seen(f.__name__)
        seen(app.view_functions["page"].__name__)
        return response

    @app.before_request
    def look():
        called("before_request look")

    ask(app, seen)


@program
def hook_calls_other_hooks_by_hand(called, seen):
    app = Flask("shop")

    @app.before_request
    def first_():
        called("before_request first_")
        second_()

    def second_():
        seen("second")

    @app.get("/")
    def page():
        called("view page")
        [f() for f in app.before_request_funcs[None][1:]]
        app.view_functions["other"]()
        return "x"

    @app.get("/o")
    def other():
        seen("other")
        return "o"

    app.before_request(
        lambda: (
            called("before_request <lambda>")
            if not g.get("x") and not setattr(g, "x", 1)
            else seen("by hand")
        )
    )
    ask(app, seen)
