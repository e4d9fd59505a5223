"""What hooks and deferred callbacks do: headers, bodies, streams."""

from flask import Flask, Response, after_this_request, g, request

from snippets.after_request.add_header import app as app_with_header
from snippets.performance.header_by_decorator import app as app_with_decorator
from snippets.performance.header_by_middleware import app as app_with_middleware
from tests.bench.hooks.cases.case import LARGE, SMALL, app_with, case, pass_on

PIECES = 100


# What a hook does


@case("a hook sets one header")
def header_hook():
    return app_with_header


@case("the view is decorated, and sets the header itself", url="/timetable")
def header_decorator():
    return app_with_decorator


@case("WSGI middleware adds the header")
def header_middleware():
    return app_with_middleware


@case("the view defers a callback that sets the header")
def header_deferred():
    app = Flask(__name__)

    @app.get("/")
    def index():
        @after_this_request
        def add_header(response):
            response.headers["X-Hello"] = "World"
            return response

        return SMALL

    return app


@case("a hook reads request and g")
def look_around():
    app = app_with()

    @app.before_request
    def choose():
        g.language = "gd"

    @app.after_request
    def look(response):
        if g.language == request.path == request.method:
            response.headers["X-Hello"] = "World"
        return response

    return app


def reading(body):
    app = app_with(body)
    app.after_request(lambda response: response.get_data() and response)
    return app


def replacing(body):
    app = app_with(body)

    @app.after_request
    def add_footnote(response):
        text = response.get_data(as_text=True)
        response.set_data(f"{text}\nPrices include tax.")
        return response

    return app


@case("small body, a hook reads it")
def small_read():
    return reading(SMALL)


@case("small body, a hook replaces it")
def small_replaced():
    return replacing(SMALL)


@case("body of 1 MB, no hook")
def large():
    return app_with(LARGE)


@case("body of 1 MB, a hook reads it")
def large_read():
    return reading(LARGE)


@case("body of 1 MB, a hook replaces it")
def large_replaced():
    return replacing(LARGE)


# Streams


def streaming():
    """Return an application that streams a megabyte in a hundred pieces."""
    app = Flask(__name__)
    piece = b"x" * (len(LARGE) // PIECES)

    @app.get("/")
    def index():
        return Response(piece for _ in range(PIECES))

    return app


@case(f"1 MB streamed in {PIECES} pieces, no hook")
def stream():
    return streaming()


@case("the stream, and an empty hook")
def stream_hook():
    app = streaming()
    app.after_request(pass_on)
    return app


@case("the stream, and a hook reads it whole")
def stream_read():
    app = streaming()
    app.after_request(lambda response: response.get_data() and response)
    return app


@case("the stream, and a hook wraps a generator around it")
def stream_wrapped():
    app = streaming()

    @app.after_request
    def wrap(response):
        pieces = response.response
        response.response = (piece for piece in pieces)
        return response

    return app


@case("the stream, and a deferred callback wraps a generator around it")
def stream_deferred():
    app = streaming()

    @app.before_request
    def prepare():
        @after_this_request
        def wrap(response):
            pieces = response.response
            response.response = (piece for piece in pieces)
            return response

    return app
