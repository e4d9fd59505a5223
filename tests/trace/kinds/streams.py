"""Responses, how they are made, and bodies, how they come to their end."""

import io
import itertools

from flask import Flask, Response, request, send_file, stream_with_context
from werkzeug.test import Client, EnvironBuilder
from werkzeug.wrappers import Response as OfWerkzeug

from . import ask, program, trouble


def streaming(called, produce):
    app = Flask("shop")

    @app.get("/")
    def page():
        called("view page")
        return Response(produce())

    return app


@program
def results_of_every_sort(called, seen):
    class Lazy(str):
        def __repr__(self):
            seen("asked for its repr")
            return "lazy"

    results = {
        "str": lambda: Lazy("lazy"),
        "dict": lambda: {"a": 1},
        "list": lambda: [1, 2],
        "werkzeug": lambda: OfWerkzeug("x"),
        "tuple": lambda: ("x", 201, {"A": "b"}),
        "bytes": lambda: b"x",
        "iterator": lambda: iter(["a", "b"]),
        "pieces": lambda: Response(["a"] * 3000),
    }
    app = Flask("shop")

    @app.get("/<name>")
    def page(name):
        called("view page")
        return results[name]()

    @app.after_request
    def after(response):
        called("after_request after")
        seen(response.is_sequence)
        return response

    ask(app, seen, *(f"/{name}" for name in results))


@program
def body_that_raises(called, seen):
    def produce():
        yield "a"
        raise KeyError("in the middle")

    app = streaming(called, produce)

    @app.after_request
    def after(response):
        called("after_request after")
        response.call_on_close(lambda: called("call_on_close <lambda>"))
        return response

    body = app(EnvironBuilder("/").get_environ(), lambda *arguments: None)
    pieces = iter(body)
    seen(next(pieces))
    try:
        next(pieces)
    except KeyError:
        seen(trouble())
    body.close()


@program
def context_around_a_body(called, seen):
    def produce():
        try:
            yield request.path
            yield "more"
        finally:
            seen("at the end")

    app = streaming(called, lambda: stream_with_context(produce()))
    app.teardown_request(lambda error: called("teardown_request <lambda>"))
    ask(app, seen)
    body = app(EnvironBuilder("/").get_environ(), lambda *arguments: None)
    seen(next(iter(body)))
    body.close()


@program
def chained_generators(called, seen):
    def words():
        yield "a"
        yield "b"

    app = streaming(called, lambda: itertools.chain(words(), map(str.upper, words())))
    ask(app, seen)


@program
def close_that_raises(called, seen):
    class Rows:
        def __iter__(self):
            return iter(["a"])

        def close(self):
            called("call_on_close close")
            raise KeyError("closed")

    try:
        ask(streaming(called, Rows), seen)
    except KeyError:
        seen(trouble())


@program
def hook_that_reads_the_body(called, seen):
    def produce():
        yield "a"
        seen("between")
        yield "b"

    app = streaming(called, produce)

    @app.after_request
    def after(response):
        called("after_request after")
        response.set_data(response.get_data() + b"!")
        response.headers = {"X-Plain": "1"}
        return response

    ask(app, seen)


@program
def parts_of_a_file(called, seen):
    app = Flask("shop")

    @app.get("/")
    def page():
        called("view page")
        return send_file(
            io.BytesIO(b"0123456789"), mimetype="text/plain", etag=False
        ).make_conditional(request, accept_ranges=True, complete_length=10)

    client = app.test_client()
    for headers in ({}, {"Range": "bytes=2-4"}):
        response = client.get("/", headers=headers)
        seen((response.status, response.get_data()))
        response.close()


@program
def response_sent_twice(called, seen):
    kept = Response("kept")
    app = Flask("shop")
    app.get("/")(lambda: called("view <lambda>") or kept)

    @app.after_request
    def after(response):
        called("after_request after")
        response.headers["X-Size"] = str(len(response.headers))
        return response

    ask(app, seen, "/", "/")


@program
def clients_of_every_sort(called, seen):
    app = Flask("shop")

    @app.get("/ü")
    def page():
        called("view page")
        return f"{request.url} {request.root_path} {request.cookies.to_dict(False)}"

    builder = EnvironBuilder("/ü", query_string={"q": "ü"})
    headers = {"Cookie": 'a=b; a=c; d="e;f"', "X-Latin": "\xfc"}
    client = app.test_client(use_cookies=False)
    seen(client.get("/%C3%BC?q=%FF", headers=headers).text)
    seen(client.open(builder).text)
    seen(client.open("/ü", base_url="http://shop.test/below/").text)
    seen(Client(app).get("/ü", headers=headers).text)
