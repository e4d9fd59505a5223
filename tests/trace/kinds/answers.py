"""Streams, files, responses and errors of every sort."""

import functools
import io
import tempfile
import zlib

from flask import (
    Flask,
    Response,
    abort,
    make_response,
    redirect,
    request,
    send_file,
    stream_with_context,
)
from werkzeug.exceptions import Gone, HTTPException, NotFound, Unauthorized
from werkzeug.test import create_environ
from werkzeug.wrappers import Response as WResponse

from . import ask, program, serve, shop, trouble


@program
def stream_zoo(called, seen):
    app = Flask("shop")
    log = []

    class Rows:
        def __init__(self):
            self.n = 0

        def __iter__(self):
            log.append("iter")
            return self

        def __next__(self):
            self.n += 1
            if self.n > 3:
                raise StopIteration
            return b"r"

        def close(self):
            log.append("close")
            called("call_on_close close")

    class Again:
        def __iter__(self):
            log.append("again")
            yield "a"
            yield "b"

    def gen():
        try:
            yield "x"
            yield "y"
        finally:
            log.append("finally")

    @app.get("/rows")
    def rows():
        called("view rows")
        return Response(Rows())

    @app.get("/again")
    def again():
        called("view again")
        return Response(Again())

    @app.get("/gen")
    def g1():
        called("view g1")
        return gen()

    @app.get("/ctx")
    def ctx():
        called("view ctx")
        return Response(stream_with_context(gen()))

    @app.get("/empty")
    def empty():
        called("view empty")
        return Response(iter(()))

    @app.get("/zip")
    def zipped():
        called("view zipped")
        return Response(zlib.compress(p) for p in [b"a", b"b"])

    @app.after_request
    def stamp(response):
        called("after_request stamp")
        seen((response.is_streamed, response.is_sequence))
        return response

    for u in "/rows", "/again", "/gen", "/ctx", "/empty", "/zip":
        for take in None, 1:
            seen(serve(app, u, take))
    seen(log)


@program
def abandoned_without_close(called, seen):
    app = Flask("shop")
    log = []

    def gen():
        try:
            yield "x"
            yield "y"
        finally:
            log.append("finally")

    @app.get("/")
    def page():
        called("view page")
        return stream_with_context(gen()), 200

    @app.teardown_request
    def down(error):
        called("teardown_request down")

    seen(serve(app, "/", 1, close=False))
    seen(log)


@program
def call_on_close_of_all_sorts(called, seen):
    app = Flask("shop")

    class C:
        def done(self):
            called("call_on_close done")

    def last():
        called("call_on_close last")

    @app.get("/")
    def page():
        called("view page")
        response = make_response("x")
        response.call_on_close(last)
        response.call_on_close(functools.partial(last))
        response.call_on_close(C().done)
        response.call_on_close(io.StringIO().close)
        return response

    c = app.test_client()
    # builtin: called, named close
    response = c.get("/")
    seen(response.data)
    response.close()
    called("call_on_close close")


@program
def send_file_and_conditional(called, seen):
    app = Flask("shop")
    with tempfile.NamedTemporaryFile(suffix=".txt") as digits:
        digits.write(b"0123456789")
        digits.flush()
        send_files(app, called, seen, digits.name)


def send_files(app, called, seen, name):
    @app.get("/f")
    def file():
        called("view file")
        return send_file(name, last_modified=0, etag="e")

    @app.get("/b")
    def blob():
        called("view blob")
        return send_file(io.BytesIO(b"abc"), "text/plain")

    c = app.test_client()
    for u, h in (
        ("/f", {}),
        ("/f", {"If-None-Match": '"e"'}),
        ("/f", {"Range": "bytes=2-4"}),
        ("/f", {"Range": "bytes=50-"}),
        ("/b", {}),
    ):
        with c.get(u, headers=h) as response:
            seen((response.status, response.data))
    with c.head("/f") as response:
        seen((response.status, response.content_length))


@program
def wsgi_response_zoo(called, seen):
    app = Flask("shop")

    def raw(environ, start):
        start("201 Made", [("X", "1")])
        return [b"raw"]

    class Obj:
        def __call__(self, environ, start):
            start("202 Obj", [])
            yield b"obj"

    @app.get("/raw")
    def plain():
        called("view plain")
        return raw

    @app.get("/obj")
    def o():
        called("view o")
        return Obj()

    @app.get("/w")
    def w():
        called("view w")
        return WResponse("w")

    @app.get("/h")
    def h():
        called("view h")
        return NotFound()

    @app.get("/t")
    def t():
        called("view t")
        return "t", "299 Hm", [("X", "a"), ("X", "b")]

    @app.after_request
    def stamp(resp):
        called("after_request stamp")
        resp.headers["S"] = "1"
        return resp

    ask(app, seen, "/raw", "/obj", "/w", "/h", "/t")


@program
def early_wsgi_response_from_hook(called, seen):
    app = Flask("shop")

    @app.before_request
    def look():
        called("before_request look")
        return {
            "/t": ("t", 201),
            "/l": ["a"],
            "/d": {"a": 1},
            "/g": (x for x in "gen"),
            "/0": "",
            "/n": None,
        }[request.path]

    @app.get("/n")
    def n():
        called("view n")
        return "n"

    ask(app, seen, "/t", "/l", "/d", "/g", "/0", "/n")


@program
def errors_that_are_responses(called, seen):
    app = Flask("shop")

    @app.get("/<k>")
    def page(k):
        called("view page")
        if k == "r":
            abort(Response("r", 402))
        if k == "u":
            raise Unauthorized(www_authenticate=None)
        if k == "d":
            abort(redirect("/z"))
        if k == "n":
            raise HTTPException("no code")
        if k == "b":
            request.form["x"]
        if k == "e":
            raise SystemExit(3)
        return k

    @app.errorhandler(400)
    def bad(error):
        called("errorhandler bad")
        return error

    @app.errorhandler(401)
    def un(error):
        called("errorhandler un")
        raise Gone() from error

    @app.after_request
    def stamp(response):
        called("after_request stamp")
        return response

    for k in "rudb":
        ask(app, seen, f"/{k}")
    for k in "ne":
        try:
            ask(app, seen, f"/{k}")
        except BaseException as e:
            seen(repr(e))


@program
def cached_and_lru_views(called, seen):
    app = Flask("shop")

    @functools.lru_cache
    def load():
        called("before_request load")

    app.before_request(load)

    @app.get("/")
    @functools.cache
    def page():
        called("view page")
        return "x"

    c = app.test_client()
    seen(c.get("/").text)
    called("before_request load")
    called("view page")
    seen(c.get("/").text)


@program
def limits_and_trusted(called, seen):
    app = Flask("shop")
    app.config["MAX_CONTENT_LENGTH"] = 4

    @app.before_request
    def look():
        called("before_request look")
        if request.path == "/early":
            request.get_data()

    @app.post("/<p>")
    def page(p):
        called("view page")
        return str(len(request.form))

    @app.errorhandler(413)
    def big(error):
        called("errorhandler big")
        return "big", 413

    c = app.test_client()
    for p in "/early", "/late":
        seen(c.post(p, data={"a": "long text"}).status)
        seen(c.post(p, data="a").status)


@program
def start_response_that_raises(called, seen):
    app = shop(called)
    app.teardown_request(lambda e: called("teardown_request <lambda>") or seen(repr(e)))

    def start(*a):
        raise OSError("gone")

    try:
        app(create_environ("/"), start)
    except OSError:
        seen(trouble())
