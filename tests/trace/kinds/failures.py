"""What fails, and values that refuse to be asked."""

import dataclasses

from flask import (
    Blueprint,
    Flask,
    abort,
    g,
    render_template_string,
    request,
    url_for,
)
from werkzeug.exceptions import HTTPException

from . import ask, program, trouble


@program
def urls_that_cannot_be_built(called, seen):
    app, part = Flask("shop"), Blueprint("part", "part", url_prefix="/<lang>")

    @part.url_value_preprocessor
    def pull(endpoint, values):
        called("url_value_preprocessor pull")
        g.lang = values.pop("lang")

    @part.url_defaults
    def push(endpoint, values):
        called("url_defaults push")
        values.setdefault("lang", g.lang)

    @part.get("/")
    def page():
        called("view page")
        try:
            url_for("nowhere")
        except LookupError:
            seen(trouble())
        return url_for(".page")

    def passes(error, endpoint, values):
        called("url_build_error passes")

    def raises(error, endpoint, values):
        called("url_build_error raises")
        raise error

    app.url_build_error_handlers += [passes, raises]
    app.register_blueprint(part)
    ask(app, seen, "/de/")


@program
def handlers_that_choose(called, seen):
    app = Flask("shop")
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.errorhandler(Exception)
    def any_error(error):
        called("errorhandler any_error")
        return "any", 500

    @app.errorhandler(404)
    def missing(error):
        called("errorhandler missing")
        raise ValueError("in the handler") from error

    @app.errorhandler(HTTPException)
    def http(error):
        called("errorhandler http")
        return error

    @app.get("/teapot")
    def teapot():
        called("view teapot")
        abort(418)

    @app.get("/raises")
    def raises():
        called("view raises")
        raise OSError(2, "none", "a.txt")

    @app.before_request
    def look():
        called("before_request look")
        if request.path == "/refused":
            abort(app.response_class("direct", 403))

    ask(app, seen, "/teapot", "/raises", "/refused")


@program
def an_error_after_the_other(called, seen):
    app = Flask("shop")
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.errorhandler(KeyError)
    def handle(error):
        called("errorhandler handle")
        raise ValueError("in the handler") from error

    @app.errorhandler(500)
    def last(error):
        called("errorhandler last")
        seen(repr(error.original_exception))
        return "last", 500

    @app.get("/")
    def page():
        called("view page")
        raise KeyError("x")

    @app.after_request
    def after(response):
        called("after_request after")
        raise StopIteration

    ask(app, seen)


@program
def exceptions_that_refuse(called, seen):
    @dataclasses.dataclass(frozen=True)
    class Frozen(Exception):
        code: int

    class Watched(Exception):
        def __getattribute__(self, name):
            seen(name)
            return super().__getattribute__(name)

        def __setattr__(self, name, value):
            seen(f"set {name}")
            super().__setattr__(name, value)

    kept = KeyError("kept")
    app = Flask("shop")

    @app.context_processor
    def values():
        called("context_processor values")
        raise Frozen(2)

    @app.get("/<name>")
    def page(name):
        called("view page")
        if name == "rendered":
            return render_template_string("x")
        raise {"frozen": Frozen(1), "watched": Watched("x"), "kept": kept}[name]

    @app.errorhandler(Exception)
    def handle(error):
        called("errorhandler handle")
        if type(error) is not Watched:
            seen(trouble())
        return "handled"

    ask(app, seen, "/frozen", "/rendered", "/watched", "/kept", "/kept")


@program
def values_that_refuse(called, seen):
    def refuse(*arguments):
        raise RuntimeError("asked")

    methods = ("repr", "str", "len", "bool", "eq", "iter", "getattr", "format")
    row = type("Row", (), {f"__{name}__": refuse for name in methods})
    row.__hash__ = object.__hash__
    meta = type(
        "Meta",
        (type,),
        {f"__{name}__": refuse for name in ("repr", "eq", "hash", "getattribute")},
    )
    strange = meta("Strange", (), {})
    refusing = type("Refusing", (dict,), {"items": refuse, "__len__": refuse})
    app = Flask("shop")

    @app.before_request
    def load():
        called("before_request load")
        g.row, g.rows = row(), [row() for _ in range(300_000)]
        g.strange, g.kinds = strange(), [strange]
        g.table, g.keys = refusing(a=1), {row(): 1}
        g.endless = [g.rows]
        g.endless.append(g.endless)

    @app.get("/")
    def page():
        called("view page")
        raise KeyError(row())

    @app.errorhandler(KeyError)
    def sorry(error):
        called("errorhandler sorry")
        return "sorry"

    ask(app, seen)


@program
def teardown_that_fails(called, seen):
    app = Flask("shop")
    app.get("/")(lambda: called("view <lambda>") or "page")

    @app.teardown_request
    def down(error):
        called("teardown_request down")
        raise KeyError("down")

    @app.teardown_appcontext
    def down_app(error):
        called("teardown_appcontext down_app")

    try:
        app.test_client().get("/")
    except Exception:
        seen(trouble())
