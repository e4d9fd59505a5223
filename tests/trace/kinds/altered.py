"""Lists that change while Flask calls them, muted signals, and proxies as hooks."""

from contextlib import nullcontext

from flask import Blueprint, Flask, request_finished, request_started

from . import ask, program, shop


class ObjectProxy:
    __slots__ = ("__wrapped__",)

    def __init__(self, w):
        object.__setattr__(self, "__wrapped__", w)

    def __getattr__(self, n):
        return getattr(self.__wrapped__, n)

    __class__ = property(lambda self: type(self.__wrapped__))
    __dict__ = property(lambda self: asked.append(1) or self.__wrapped__.__dict__)
    __name__ = property(lambda self: self.__wrapped__.__name__)


asked = []


class FunctionWrapper(ObjectProxy):
    __slots__ = ()

    def __call__(self, *a, **k):
        return self.__wrapped__(*a, **k)


@program
def wrapt_like(called, seen):
    app = Flask("shop")

    def page():
        called("view page")
        return "page"

    app.add_url_rule("/", view_func=FunctionWrapper(page), endpoint="page")

    def look():
        called("before_request look")

    async def alook():
        called("before_request alook")

    app.before_request(FunctionWrapper(look))
    app.before_request(FunctionWrapper(FunctionWrapper(look)))
    app.before_request(FunctionWrapper(alook))
    asked.clear()
    ask(app, seen)
    seen(len(asked))


@program
def lazy_hook(called, seen):
    from werkzeug.local import LocalProxy

    app = shop(called)
    bp = Blueprint("b", __name__)

    def make():
        seen("made")
        return look

    def look():
        called("before_request LocalProxy")

    bp.before_request_funcs[None] = [LocalProxy(make)]
    app.register_blueprint(bp)
    ask(app, seen)


@program
def funcs_direct(called, seen):
    app = shop(called)

    def look():
        called("before_request look")
        if look not in app.before_request_funcs[None]:
            return
        app.before_request_funcs[None].remove(look)

    def second():
        called("before_request second")
        app.before_request_funcs[None] = [third]

    def third():
        called("before_request third")

    app.before_request_funcs = {None: [look, second]}
    app.after_request_funcs.setdefault(None, []).append(
        lambda r: (called("after_request <lambda>"), r)[1]
    )
    ask(app, seen, "/", "/")


@program
def appended_during(called, seen):
    app = shop(called)

    def late():
        called("before_request late")

    @app.before_request
    def look():
        called("before_request look")
        fs = app.before_request_funcs[None]
        if late not in fs:
            fs.append(late)

    def down(error):
        called("teardown_request down")

    @app.after_request
    def last(r):
        called("after_request last")
        app.teardown_request_funcs.setdefault(None, []).append(down)
        return r

    ask(app, seen, "/", "/")


@program
def connected_during(called, seen):
    app = shop(called)

    def r(sender, **k):
        called("signal r")
        request_finished.connect(late, app)
        request_started.disconnect(r)

    def late(sender, **k):
        called("signal late")

    request_started.connect(r, app)
    ask(app, seen, "/", "/")
    request_finished.disconnect(late)


@program
def muted(called, seen):
    app = shop(called)

    def r(sender, **k):
        called("signal r")

    request_started.connect(r, app)
    with getattr(request_started, "muted", nullcontext)():
        ask(app, seen)
    ask(app, seen)
    request_started.disconnect(r)
