"""A body that a function reads or changes is told as far as it is a mistake."""

import gzip
from io import BytesIO

import pytest
from flask import (
    Response,
    make_response,
    request,
    send_file,
)

from hookbook.explain.findings import findings

from .running import a_shop, found, recorded

# A streamed body


def pieces():
    yield "one"
    yield "two"


def a_stream(app):
    app.add_url_rule("/", view_func=pieces)


def read_by(function):
    def make(app):
        a_stream(app)

        @app.after_request
        def measure(response):
            function(response)
            return response

    return make


READS = {
    "get_data": lambda response: response.get_data(),
    "data": lambda response: response.data,
    "add_etag": lambda response: response.add_etag(),
    "length": lambda response: response.calculate_content_length(),
    "freeze": lambda response: response.freeze(),
}


@pytest.mark.parametrize("function", READS.values(), ids=READS)
def test_a_stream_that_is_read(function):
    assert found(read_by(function)) == [("stream-read", "measure")]


def sent_file_read(app):
    @app.get("/")
    def download():
        return send_file(BytesIO(b"twenty bytes of text"), mimetype="text/plain")

    @app.after_request
    def measure(response):
        response.direct_passthrough = False
        response.headers["X-Size"] = str(len(response.get_data()))
        return response


def sent_file_changed(app):
    @app.get("/")
    def download():
        return send_file(BytesIO(b"twenty bytes of text"), mimetype="text/plain")

    @app.after_request
    def measure(response):
        response.set_data(response.get_data() + b"banner")
        return response


@pytest.mark.parametrize("make", [sent_file_read, sent_file_changed])
@pytest.mark.parametrize("testing", [True, False])
def test_a_sent_file_that_is_read(make, testing):
    assert found(make, TESTING=testing) == [("stream-read", "measure")]


def only_asked(app):
    a_stream(app)

    @app.after_request
    def measure(response):
        if not response.is_streamed:
            response.headers["X-Size"] = str(len(response.get_data()))
        return response


def wrapped(app):
    a_stream(app)

    @app.after_request
    def shout(response):
        body = response.response
        response.response = (piece.upper() for piece in body)
        return response


def plain_body_read(app):
    a_shop(app)
    error_page_read(app)


def error_page_read(app):
    @app.after_request
    def measure(response):
        response.headers["X-Size"] = str(len(response.get_data()))
        return response


def error_returned_and_read(app):
    error_page_read(app)

    @app.errorhandler(404)
    def not_found(error):
        return error


def read_by_the_view(app):
    @app.get("/")
    def page():
        response = Response(pieces())
        response.get_data()
        return response


@pytest.mark.parametrize(
    "make",
    [
        only_asked,
        wrapped,
        plain_body_read,
        error_page_read,
        error_returned_and_read,
        read_by_the_view,
    ],
)
def test_no_stream_is_read(make):
    assert found(make) == []


# A body that is changed


def tagged(app):
    @app.get("/")
    def page():
        response = make_response("<p>page</p>")
        response.add_etag(weak=request.args.get("weak") is not None)
        return response


def changed_with_etag(app):
    tagged(app)

    @app.after_request
    def add_banner(response):
        response.set_data(b"<p>banner</p>" + response.get_data())
        return response


def compressed_with_etag(app):
    tagged(app)

    @app.after_request
    def add_banner(response):
        response.set_data(gzip.compress(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        return response


def stream_compressed_with_etag(app):
    @app.get("/")
    def page():
        response = Response(pieces())
        response.set_etag("v1")
        return response

    @app.after_request
    def add_banner(response):
        body = response.response
        response.response = (gzip.compress(piece.encode()) for piece in body)
        response.headers["Content-Encoding"] = "gzip"
        return response


def compressed(app):
    @app.get("/")
    def page():
        body = gzip.compress(b"page")
        return Response(body, headers={"Content-Encoding": "gzip"})


def changed_when_compressed(app):
    compressed(app)

    @app.after_request
    def add_banner(response):
        response.set_data(response.get_data() + b"<p>banner</p>")
        return response


def replaced_with_all_headers(app):
    tagged(app)

    @app.after_request
    def add_banner(response):
        new = Response("banner", headers=response.headers)
        new.content_length = 6
        return new


@pytest.mark.parametrize(
    ("make", "left"),
    [
        (changed_with_etag, "left its `ETag`"),
        (compressed_with_etag, "left its `ETag`"),
        (stream_compressed_with_etag, "left its `ETag`"),
        (changed_when_compressed, "left `Content-Encoding: gzip`"),
        (replaced_with_all_headers, "left its `ETag`"),
    ],
)
def test_a_body_that_is_changed(make, left):
    (one,) = findings(recorded(make))
    assert (one.kind, one.function) == ("body-changed", "add_banner")
    assert left in one.sentence


def changed_and_tagged_anew(app):
    tagged(app)

    @app.after_request
    def add_banner(response):
        response.set_data(b"<p>banner</p>" + response.get_data())
        response.add_etag(overwrite=True)
        return response


def tagged_by_a_later_function(app):
    @app.after_request
    def tag(response):
        response.add_etag(overwrite=True)
        return response

    changed_with_etag(app)


def tag_removed(app):
    tagged(app)

    @app.after_request
    def add_banner(response):
        response.set_data("banner")
        del response.headers["ETag"]
        return response


def decompressed(app):
    compressed(app)

    @app.after_request
    def add_banner(response):
        body = gzip.decompress(response.get_data())
        response.set_data(body + b"<p>banner</p>")
        del response.headers["Content-Encoding"]
        return response


def weak_and_compressed(app):
    @app.get("/")
    def page():
        response = make_response("page")
        response.add_etag(weak=True)
        return response

    @app.after_request
    def compress(response):
        response.set_data(gzip.compress(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        return response


def not_modified(app):
    tagged(app)

    @app.after_request
    def answer_304(response):
        response.status_code = 304
        response.set_data(b"")
        return response


def conditional(app):
    @app.get("/")
    def page():
        return "page"

    @app.after_request
    def make_conditional(response):
        response.add_etag()
        return response.make_conditional(request)


def part_of_a_file(app):
    @app.get("/")
    def download():
        return send_file(BytesIO(b"twenty bytes of text"), mimetype="text/plain")

    @app.after_request
    def take_part(response):
        environ = {**request.environ, "HTTP_RANGE": "bytes=0-9"}
        return response.make_conditional(
            environ, accept_ranges=True, complete_length=20
        )


@pytest.mark.parametrize(
    "make",
    [
        changed_and_tagged_anew,
        tagged_by_a_later_function,
        tag_removed,
        decompressed,
        weak_and_compressed,
        not_modified,
        conditional,
        part_of_a_file,
    ],
)
def test_a_body_that_is_changed_well(make):
    assert found(make, "/", "HEAD /") == []
