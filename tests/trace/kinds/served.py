"""Bodies that other threads read, redirects, caches, and all that a blueprint has."""

import asyncio
import contextvars
import inspect
import itertools
import threading
import weakref

import blinker
from flask import (
    Blueprint,
    Flask,
    Response,
    flash,
    g,
    get_flashed_messages,
    redirect,
    render_template_string,
    request,
    url_for,
)
from werkzeug.test import create_environ

from . import ask, program


def in_thread(f, *a):
    out = []
    t = threading.Thread(target=lambda: out.append(f(*a)))
    t.start()
    t.join()
    return out[0]


@program
def body_read_by_other_threads(called, seen):
    app = Flask("shop")
    log = []

    def gen():
        try:
            yield "a"
            yield "b"
        finally:
            log.append("done")

    @app.get("/plain")
    def plain():
        called("view plain")
        return Response(gen())

    @app.after_request
    def stamp(response):
        called("after_request stamp")
        response.call_on_close(closed)
        return response

    def closed():
        called("call_on_close closed")

    for take in (None, 1):
        it = app(create_environ("/plain"), lambda *a: seen(a[0]))
        seen(in_thread(list, itertools.islice(it, take)))
        in_thread(it.close)
        seen(log)


@program
def follows_redirects(called, seen):
    app = Flask("shop")
    app.secret_key = "k"

    @app.get("/a")
    def a():
        called("view a")
        flash("hi")
        return redirect("/b")

    @app.get("/b/")
    def b():
        called("view b")
        return "|".join(get_flashed_messages())

    response = app.test_client().get("/a", follow_redirects=True)
    seen((response.text, len(response.history), response.request.path))


@program
def cached_by_function(called, seen):
    class Own(Flask):
        known = weakref.WeakKeyDictionary()
        names = {}

        def preprocess_request(self, *ctx):
            for f in self.before_request_funcs.get(None, ()):
                self.known.setdefault(f, f.__name__)
                self.names[f] = inspect.signature(f).parameters.__len__()
                seen(
                    (
                        asyncio.iscoroutinefunction(f),
                        inspect.isfunction(f),
                        callable(f),
                        f.__qualname__.rpartition(".")[2],
                        inspect.unwrap(f).__name__,
                        f.__code__.co_name,
                        inspect.getsourcefile(f) is not None,
                    )
                )
                if self.names[f] == 0:
                    f()

    app = Own("shop")

    @app.before_request
    def one():
        called("before_request one")

    @app.get("/")
    def page():
        called("view page")
        return "x"

    ask(app, seen, "/", "/")
    seen([f.__name__ for f in app.names])
    seen(len(app.names))


@program
def own_signal_class(called, seen):
    class Loud(blinker.Signal):
        def send(self, *a, **k):
            seen("sending")
            return super().send(*a, **k)

    paid = Loud("x")
    app = Flask("shop")

    def note(sender, **k):
        called("signal note")

    paid.connect(note)

    @app.get("/")
    def page():
        called("view page")
        paid.send("till")
        return "x"

    ask(app, seen)


@program
def interrupted(called, seen):
    app = Flask("shop")

    @app.get("/<k>")
    def page(k):
        called("view page")
        raise {
            "k": KeyboardInterrupt,
            "g": GeneratorExit,
            "s": StopIteration,
            "a": asyncio.CancelledError,
        }[k]

    @app.teardown_request
    def down(e):
        called("teardown_request down")
        seen(type(e).__name__)

    @app.errorhandler(500)
    def sorry(e):
        called("errorhandler sorry")
        return "sorry", 500

    for k in "kgsa":
        try:
            ask(app, seen, f"/{k}")
        except BaseException as e:
            seen(type(e).__name__)


@program
def stop_iteration_in_hooks(called, seen):
    app = Flask("shop")

    @app.before_request
    def look():
        called("before_request look")
        next(iter(()))

    @app.get("/")
    def page():
        called("view page")
        return "x"

    @app.errorhandler(StopIteration)
    def sorry(e):
        called("errorhandler sorry")
        return "sorry", 500

    ask(app, seen)


@program
def views_that_return_odd_things(called, seen):
    app = Flask("shop")

    class S(str):
        pass

    @app.get("/<k>")
    def page(k):
        called("view page")
        return {
            "l": [1],
            "d": {},
            "t": ("x",),
            "t2": ("x", {"A": "b"}),
            "t3": ("x", "201 Hi", [("A", "b")]),
            "b": b"x",
            "ba": bytearray(b"x"),
            "s": S("x"),
            "i": 7,
            "n": None,
            "tn": (None, 200),
            "t4": (1, 2, 3, 4),
            "r": (Response("x"), 202),
            "g": (c for c in "ab"),
        }[k]

    @app.errorhandler(TypeError)
    def odd(e):
        called("errorhandler odd")
        return "odd", 500

    for k in "l d t t2 t3 b ba s i n tn t4 response g".split():
        ask(app, seen, f"/{k}")


@program
def blueprints_with_everything(called, seen):
    app = Flask("shop")
    b = Blueprint("b", "b", url_prefix="/b/<lang>", static_folder=None)

    @b.url_value_preprocessor
    def pull(e, v):
        called("url_value_preprocessor pull")
        g.lang = v.pop("lang")

    @b.url_defaults
    def push(e, v):
        called("url_defaults push")
        v.setdefault("lang", g.lang)

    @b.app_url_value_preprocessor
    def pull_all(e, v):
        called("url_value_preprocessor pull_all")

    @b.before_app_request
    def look_all():
        called("before_request look_all")

    @b.after_app_request
    def stamp_all(response):
        called("after_request stamp_all")
        return response

    @b.teardown_app_request
    def down_all(e):
        called("teardown_request down_all")

    @b.app_errorhandler(404)
    def missing(e):
        called("errorhandler missing")
        return "missing", 404

    @b.app_template_global()
    def shout():
        seen("shout")
        return "!"

    @b.get("/")
    def index():
        called("view index")
        return (
            url_for(".other")
            + url_for("b.other", lang="xx")
            + render_template_string("{{ shout() }}")
        )

    @b.get("/o")
    def other():
        called("view other")
        return g.lang

    @b.record
    def note(state):
        seen(("record", state.first_registration))

    app.register_blueprint(b)
    ask(app, seen, "/b/de/", "/b/de/o", "/b/de/no", "/no")


@program
def context_of_another_request(called, seen):
    """A hook runs a piece of another request's context: copied, pushed again, kept."""
    app = Flask("shop")
    kept = []

    @app.before_request
    def look():
        called("before_request look")
        g.n = request.path

    @app.get("/<n>")
    def page(n):
        called("view page")
        if kept:
            seen(kept[0].run(lambda: (request.path, g.n)))
        kept.append(contextvars.copy_context())
        return g.n

    @app.teardown_request
    def down(e):
        called("teardown_request down")
        seen(g.n)

    ask(app, seen, "/a", "/b")
