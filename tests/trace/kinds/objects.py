"""Requests, responses, environments and exceptions of classes of their own."""

import builtins
import functools

from flask import (
    Flask,
    Request,
    Response,
    make_response,
    request,
)
from werkzeug.datastructures import Headers
from werkzeug.test import create_environ

from . import ask, program, trouble


@program
def own_headers_and_bodies(called, seen):
    counts = []

    class H(Headers):
        def __iter__(self):
            counts.append("iter")
            return super().__iter__()

        def items(self, *a):
            counts.append("items")
            return super().items(*a)

        def __len__(self):
            counts.append("len")
            return super().__len__()

    class L(list):
        def __iter__(self):
            counts.append("liter")
            return super().__iter__()

        def __len__(self):
            counts.append("llen")
            return super().__len__()

    class R(Response):
        def get_data(self, as_text=False):
            counts.append("data")
            return super().get_data(as_text)

        @property
        def is_streamed(self):
            counts.append("streamed")
            return False

        def get_app_iter(self, environ):
            counts.append("app_iter")
            return super().get_app_iter(environ)

        def get_wsgi_headers(self, environ):
            counts.append("wsgi_headers")
            return super().get_wsgi_headers(environ)

        def close(self):
            counts.append("close")
            super().close()

        def __call__(self, e, s):
            counts.append("call")
            return super().__call__(e, s)

    app = Flask("shop")
    app.response_class = R

    @app.get("/")
    def page():
        called("view page")
        response = R(L([b"a", b"b"]))
        response.headers = H(response.headers)
        return response

    @app.after_request
    def stamp(response):
        called("after_request stamp")
        response.headers["X"] = "1"
        return response

    ask(app, seen)
    seen(counts)


@program
def headers_as_a_dict_and_odd_status(called, seen):
    app = Flask("shop")

    @app.get("/<k>")
    def page(k):
        called("view page")
        response = make_response(k)
        if k == "s":
            response.status = "299 Fine"
        if k == "c":
            response.status_code = 600
        if k == "n":
            response.status = "no number"
        if k == "l":
            response.response = ["a", b"b", "é"]
        if k == "g":
            response.response = (x for x in "abc")
        if k == "t":
            response.response = ("x", "y")
        if k == "e":
            response.response = []
        return response

    for k in "scnlgte":
        ask(app, seen, f"/{k}")


@program
def own_request_class(called, seen):
    hits = []

    class R(Request):
        @property
        def remote_user(self):
            hits.append("user")
            return "ann"

        @property
        def is_admin(self):
            hits.append("admin")
            raise RuntimeError

        def __repr__(self):
            hits.append("repr")
            return "R"

        @functools.cached_property
        def body(self):
            hits.append("body")
            return self.get_data()

        def __getattribute__(self, n):
            if n not in ("__class__", "__dict__"):
                hits.append(n) if n in (
                    "form",
                    "json",
                    "data",
                    "cookies",
                    "headers",
                    "args",
                ) else None
            return super().__getattribute__(n)

    app = Flask("shop")
    app.request_class = R

    @app.before_request
    def look():
        called("before_request look")
        request.ctx = object()

    @app.post("/")
    def page():
        called("view page")
        return request.body + request.remote_user.encode()

    seen(app.test_client().post("/", data="abc").data)
    seen(hits)


@program
def odd_environ(called, seen):
    app = Flask("shop")

    @app.route("/", methods=["GET", "FOO"])
    def page():
        called("view page")
        return request.method

    for change in (
        {"REQUEST_METHOD": "foo"},
        {"HTTP_COOKIE": "=; ;a"},
        {"PATH_INFO": ""},
        {"my.obj": object(), 3: 4},
        {"QUERY_STRING": "\xff"},
        {"HTTP_HOST": "a b"},
        {"SCRIPT_NAME": "/root"},
    ):
        e = create_environ("/")
        e.update(change)
        it = app(e, lambda s, h, x=None: seen((s, h)))
        seen(b"".join(it))
        it.close()
    e = create_environ("/")
    del e["QUERY_STRING"]
    del e["SERVER_PROTOCOL"]
    it = app(e, lambda s, h, x=None: seen(s))
    seen(b"".join(it))


@program
def exceptions_of_all_sorts(called, seen):
    app = Flask("shop")

    class E(Exception):
        def __str__(self):
            return "E"

        def __repr__(self):
            called("never repr")
            return "E"

        @property
        def args(self):
            called("never args")
            return ()

    class Slots(Exception):
        __slots__ = ()

    @app.get("/<k>")
    def page(k):
        called("view page")
        if k == "e":
            raise E("x")
        if k == "g":
            raise getattr(builtins, "ExceptionGroup", Exception)(
                "many", [KeyError("a")]
            )
        if k == "c":
            try:
                raise ZeroDivisionError
            except ZeroDivisionError as z:
                raise KeyError("k") from z
        if k == "s":
            raise Slots
        if k == "n":
            e = KeyError("n")
            e.add_note("note") if hasattr(e, "add_note") else None
            raise e
        if k == "t":
            raise KeyError("same").with_traceback(None)

    @app.errorhandler(Exception)
    def sorry(error):
        called("errorhandler sorry")
        seen((type(error).__name__, trouble(), type(error.__cause__).__name__))
        return "sorry", 500

    for k in "egcsnt":
        ask(app, seen, f"/{k}")


@program
def same_exception_object_again(called, seen):
    app = Flask("shop")
    err = KeyError("kept")

    @app.get("/")
    def page():
        called("view page")
        raise err

    @app.errorhandler(KeyError)
    def sorry(error):
        called("errorhandler sorry")
        seen(error is err)

    for _ in range(2):
        try:
            ask(app, seen)
        except Exception as e:
            seen(type(e).__name__)
