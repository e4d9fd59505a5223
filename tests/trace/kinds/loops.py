"""Applications with methods of their own that go through the registries."""

import collections
import functools
import itertools

from flask import Flask, request

from . import ask, program


def loop(how):
    """Let the program's class call its before_request functions as `how` does."""

    def looped(called, seen):
        app = type("Own", (Flask,), {"preprocess_request": how})("shop")
        app.seen = seen

        @app.before_request
        def one():
            called("before_request one")

        @app.before_request
        def two():
            called("before_request two")

        @app.get("/")
        def page():
            called("view page")
            return "x"

        ask(app, seen, "/", "/")

    looped.__name__ = f"loop_{how.__name__}"
    how.__name__ = "preprocess_request"
    return program(looped)


@loop
def over_copy(app, *ctx):
    for f in list(app.before_request_funcs.get(None, ())):
        app.ensure_sync(f)()


@loop
def chain(app, *ctx):
    for f in itertools.chain.from_iterable(app.before_request_funcs.values()):
        f()


@loop
def unpacked(app, *ctx):
    [f() for f in [*app.before_request_funcs[None]]]


@loop
def as_dict(app, *ctx):
    [f() for f in dict(app.before_request_funcs)[None]]


@loop
def star_dict(app, *ctx):
    [f() for f in {**app.before_request_funcs}[None]]


@loop
def merged(app, *ctx):
    [f() for f in (app.before_request_funcs | {})[None]]


@loop
def by_index(app, *ctx):
    fs = app.before_request_funcs[None]
    fs[0]()
    fs[1:][0]()
    app.seen(
        (
            len(fs),
            bool(fs),
            fs == fs,
            fs[0] in fs,
            fs.index(app.before_request_funcs[None][1]) if False else 1,
            isinstance(fs, list),
            type(fs).__name__ != "",
        )
    )


@loop
def in_order(app, *ctx):
    for f in sorted(app.before_request_funcs[None], key=lambda f: f.__name__):
        f()


@loop
def assigns(app, *ctx):
    app.before_request_funcs["x"] = []
    app.before_request_funcs[None] = list(app.before_request_funcs[None])
    for f in app.before_request_funcs[None]:
        f()
    del app.before_request_funcs["x"]


@loop
def adds_in_place(app, *ctx):
    app.before_request_funcs[None] += []
    fs = app.before_request_funcs[None]
    fs[0] = fs[0]
    fs += []
    for f in app.before_request_funcs[None]:
        f()
    app.seen([type(f).__name__ for f in app.__dict__["before_request_funcs"][None]])


@loop
def pops(app, *ctx):
    fs = app.before_request_funcs[None]
    f = fs.pop(0)
    f()
    fs.insert(0, f)
    fs[1]()
    app.seen([type(x).__name__ for x in vars(app)["before_request_funcs"][None]])


@loop
def setdefault_items(app, *ctx):
    for f in app.before_request_funcs.setdefault(None, []):
        f()


@loop
def reversed_while(app, *ctx):
    n = 0
    while n < len(app.before_request_funcs[None]):
        app.before_request_funcs[None][n]()
        n += 1


@loop
def map_call(app, *ctx):
    hooks = app.before_request_funcs[None]
    functools.reduce(lambda _, hook: hook(), hooks, None)


@loop
def match(app, *ctx):
    a, b = app.before_request_funcs[None]
    a()
    b()
    match app.before_request_funcs[None]:
        case [_, _]:
            app.seen("matched")
        case _:
            app.seen("no match")
    match app.before_request_funcs:
        case {None: _}:
            app.seen("mapped")
        case _:
            app.seen("no map")


@loop
def methodcaller(app, *ctx):
    for f in collections.deque(app.before_request_funcs[None]):
        f.__call__()


@loop
def partial_later(app, *ctx):
    jobs = [functools.partial(f) for f in app.before_request_funcs[None]]
    for j in jobs:
        j()


@loop
def multiplied(app, *ctx):
    fs = app.before_request_funcs[None] * 1
    for f in fs:
        f()
    app.seen(
        [
            repr(fs)[:1],
            str(app.before_request_funcs)[:1],
            sorted(map(str, app.before_request_funcs.keys())),
        ]
    )


@program
def own_dispatch_asks_views(called, seen):
    class Own(Flask):
        def dispatch_request(self, *ctx):
            rule = request.url_rule
            if rule is None:
                self.raise_routing_exception(request)
            view = self.view_functions.get(rule.endpoint)
            seen(
                (
                    rule.endpoint in self.view_functions,
                    len(self.view_functions),
                    view.__name__,
                    view.__module__,
                )
            )
            self.view_functions["new"] = view
            del self.view_functions["new"]
            return self.ensure_sync(view)(**(request.view_args or {}))

    app = Own("shop")

    @app.get("/<n>")
    def page(n):
        called("view page")
        return n

    ask(app, seen, "/a")
    seen([type(v).__name__ for v in app.view_functions.values()])


@program
def own_teardown_and_process(called, seen):
    class Own(Flask):
        def process_response(self, *args):
            response = args[-1]
            for f in reversed(self.after_request_funcs.get(None, [])):
                response = f(response) or response
            return response

        def do_teardown_request(self, *args):
            for name in (None, *request.blueprints):
                for f in self.teardown_request_funcs.get(name, ())[::-1]:
                    f(None)

        def do_teardown_appcontext(self, *args):
            while self.teardown_appcontext_funcs:
                self.teardown_appcontext_funcs.pop()(None)

    app = Own("shop")

    @app.after_request
    def stamp(response):
        called("after_request stamp")
        response.headers["X"] = "1"

    @app.teardown_request
    def down(error):
        called("teardown_request down")

    @app.teardown_appcontext
    def down_app(error):
        called("teardown_appcontext down_app")

    @app.get("/")
    def page():
        called("view page")
        return "x"

    ask(app, seen)
