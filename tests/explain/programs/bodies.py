"""What applications do with responses and bodies, and what is found in it."""

import copy
import functools
import gzip

from flask import (
    Response,
    abort,
    after_this_request,
    jsonify,
    make_response,
    request,
)

from ..running import Programs, a_page

PROGRAMS = Programs()
shows = PROGRAMS.shows


@shows("returned-none stamp")
def none_async(app):
    a_page(app)

    @app.after_request
    async def stamp(response):
        response.headers["X"] = "1"


@shows("returned-none later")
def none_deferred(app):
    @app.get("/")
    def v():
        @after_this_request
        def later(response):
            pass

        return "x"


@shows("returned-none answer")
def none_handler(app):
    @app.errorhandler(404)
    def answer(error):
        pass

    a_page(app, lambda: abort(404))


@shows()
def own_make_response(app):
    class Own(type(app)):
        def make_response(self, rv):
            return super().make_response("" if rv is None else rv)

    app.__class__ = Own
    a_page(app, lambda: None)


@shows()
def hook_returns_werkzeug_response(app):
    from werkzeug.wrappers import Response as R

    a_page(app)

    @app.after_request
    def stamp(response):
        return R("x")


@shows()
def receiver_returns_none_and_before(app):
    a_page(app)
    app.before_request(lambda: None)
    app.url_value_preprocessor(lambda endpoint, values: None)


@shows("returned-none inner")
def none_behind_decorator(app):
    def deco(f):
        @functools.wraps(f)
        def inner(response):
            f(response)

        return inner

    a_page(app)

    def inner(response):
        response.headers["X"] = "1"
        return response

    app.after_request(deco(inner))


@shows()
def replaced_keeping_headers(app):
    @app.get("/")
    def index():
        return {"a": 1}, {"X-Total": "3"}

    @app.after_request
    def wrap(response):
        n = jsonify(data=response.json)
        n.headers.extend((k, v) for k, v in response.headers if k not in n.headers)
        return n


@shows()
def replaced_and_put_back(app):
    @app.get("/")
    def index():
        return {"a": 1}, {"X-Total": "3"}

    @app.after_request
    def back(response):
        response.headers["X-Total"] = "3"
        return response

    @app.after_request
    def wrap(response):
        return jsonify(data=response.json)


@shows("response-replaced wrap")
def replaced_loses_cookie(app):
    @app.get("/")
    def index():
        response = make_response("x")
        response.set_cookie("a", "1")
        return response

    @app.after_request
    def wrap(response):
        return Response(response.get_data())


@shows()
def copy_of_response(app):
    @app.get("/")
    def index():
        response = make_response("x")
        response.set_cookie("a", "1")
        return response

    @app.after_request
    def wrap(response):
        return copy.copy(response)


@shows()
def force_type(app):
    class My(Response):
        pass

    @app.get("/")
    def index():
        return make_response("x", {"X": "1"})

    @app.after_request
    def wrap(response):
        return My.force_type(response)


@shows()
def replaced_without_loss(app):
    a_page(app)

    @app.after_request
    def wrap(response):
        return make_response("down", 503)


@shows()
def conditional(app):
    @app.get("/")
    def index():
        response = make_response("x")
        response.set_etag("a")
        return response

    @app.after_request
    def cond(response):
        return response.make_conditional(request)


@shows("stream-read tag")
def add_etag_on_stream(app):
    a_page(app, lambda: iter(["a", "b"]))

    @app.after_request
    def tag(response):
        response.add_etag()
        return response


@shows()
def add_etag_on_text(app):
    a_page(app)

    @app.after_request
    def tag(response):
        response.add_etag()
        return response


@shows()
def looks_only(app):
    a_page(app, lambda: iter(["a", "b"]))

    @app.after_request
    def tag(response):
        if not response.is_streamed:
            response.get_data()
        response.headers["X-Sized"] = str(
            (response.content_length, response.is_sequence)
        )
        return response


@shows()
def wraps_stream(app):
    a_page(app, lambda: iter(["a", "b"]))

    @app.after_request
    def tag(response):
        response.response = (p.upper() for p in response.response)
        return response


@shows("stream-read tag")
def freeze(app):
    a_page(app, lambda: iter(["a", "b"]))

    @app.after_request
    def tag(response):
        response.freeze()
        return response


@shows("stream-read tag")
def logs_json_of_stream(app):
    a_page(app, lambda: Response(iter(['{"a":1}']), mimetype="application/json"))

    @app.after_request
    def tag(response):
        app.logger.info(response.get_json())
        return response


@shows()
def changed_and_retagged(app):
    @app.get("/")
    def index():
        response = make_response("x")
        response.add_etag()
        return response

    @app.after_request
    def foot(response):
        response.set_data(response.get_data() + b"!")
        response.add_etag(overwrite=True)
        return response


@shows()
def compressed(app):
    @app.get("/")
    def index():
        response = make_response("x" * 99)
        response.set_etag("a", weak=True)
        return response

    @app.after_request
    def zip_(response):
        response.set_data(gzip.compress(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        return response


@shows("body-changed foot")
def changed_after_gzip(app):
    @app.get("/")
    def index():
        return gzip.compress(b"x"), {"Content-Encoding": "gzip"}

    @app.after_request
    def foot(response):
        response.set_data(response.get_data() + b"!")
        return response


@shows()
def unchanged_rewrite(app):
    @app.get("/")
    def index():
        response = make_response("x")
        response.add_etag()
        return response

    @app.after_request
    def foot(response):
        response.set_data(response.get_data())
        return response
