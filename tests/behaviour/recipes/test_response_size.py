"""What the recipe says of the size of a response."""

import io

import pytest
from flask import Response, send_file

from snippets.recipes import response_size


@pytest.fixture
def found(app, tmp_path):
    """Return what asks for one of seven bodies."""
    report = tmp_path / "report.txt"
    report.write_bytes(b"tea" * 100)

    def sent(file, **options):
        return send_file(file, "text/plain", etag="e", max_age=0, **options)

    bodies = {
        "text": lambda: "Thé",
        "json": lambda: {"a": 1},
        "stream": lambda: Response(iter(["7,Tea\n", "8,Tea\n"])),
        "file": lambda: sent(report),
        "memory": lambda: sent(io.BytesIO(b"tea")),
        "opened": lambda: sent(report.open("rb")),
        "empty": lambda: ("", 204),
    }
    app.add_url_rule("/<name>", "show", lambda name: bodies[name]())

    def ask(name, method="GET", **headers):
        names = {key.replace("_", "-"): value for key, value in headers.items()}
        return app.test_client().open(
            f"/{name}", method=method, headers=names, buffered=True
        )

    return ask


@pytest.fixture
def lengths(app, found, steps):
    """What asks for a body, and returns its length as a hook finds it."""

    @app.after_request
    def note_length(response):
        steps.append(response.content_length)
        return response

    def lengths(name, method="GET", **headers):
        response = found(name, method, **headers)
        return steps.pop(), len(response.data)

    return lengths


@pytest.mark.parametrize(
    ("name", "headers", "length", "sent"),
    [
        ("text", {}, 4, 4),
        ("json", {}, 8, 8),
        ("stream", {}, None, 12),
        ("file", {}, 300, 300),
        ("file", {"Range": "bytes=0-9"}, 10, 10),
        ("memory", {}, 3, 3),
        ("opened", {}, None, 300),
    ],
)
def test_content_length_is_known_for_text_and_files_and_not_for_a_stream(
    lengths, name, headers, length, sent
):
    """In bytes; None also for a file that you opened yourself."""
    assert lengths(name, **headers) == (length, sent)


@pytest.mark.parametrize("name", ["text", "stream", "file"])
def test_content_length_of_a_head_request_is_that_of_the_get(lengths, name):
    """No byte of the body is sent."""
    length, sent = lengths(name, "HEAD")
    assert length == lengths(name)[0]
    assert sent == 0


def test_304_has_a_content_length_in_a_hook_and_no_body(lengths):
    """The length is that of the file that isn't sent."""
    assert lengths("file", If_None_Match='"e"') == (300, 0)


def test_calculate_content_length_is_none_for_a_sent_file(app, found, steps):
    """And the sum for a stream, which it has read to its end."""

    @app.after_request
    def calculate(response):
        streamed = response.is_streamed
        steps.append((streamed, response.calculate_content_length()))
        return response

    for name in "text", "stream", "file", "opened":
        found(name)
    assert steps == [(False, 4), (True, 12), (True, None), (True, None)]


@pytest.fixture
def measured(app, found):
    """The recipe's hook on the app of a test, and what it has reported."""
    response_size.sizes.clear()
    app.after_request(response_size.measure_body)
    yield response_size.sizes
    response_size.sizes.clear()


@pytest.mark.parametrize(
    ("name", "method", "headers", "size"),
    [
        ("text", "GET", {}, 4),
        ("stream", "GET", {}, 12),
        ("file", "GET", {}, 300),
        ("file", "GET", {"If_None_Match": '"e"'}, 0),
        ("empty", "GET", {}, 0),
        ("opened", "GET", {}, None),
        ("text", "HEAD", {}, 0),
        ("stream", "HEAD", {}, 0),
        ("file", "HEAD", {}, 0),
    ],
)
def test_size_is_reported_once_for_every_kind_of_body(
    found, measured, name, method, headers, size
):
    """It is what the client gets; None if nobody knows it."""
    response = found(name, method, **headers)
    assert [reported for *_, reported in measured] == [size]
    assert len(response.data) == (300 if size is None else size)


def test_size_of_a_stream_that_the_client_left_is_that_of_what_was_sent(
    app, measured, steps
):
    """The wrapper stays a stream, and the view's generator is closed."""

    def rows():
        try:
            for number in range(3):
                steps.append(number)
                yield f"{number},Tea\n"
        finally:
            steps.append("closed")

    app.add_url_rule("/", "export", lambda: Response(rows()))
    response = app.test_client().get("/", buffered=False)
    pieces = response.iter_encoded()
    assert next(pieces) == b"0,Tea\n"
    assert (steps, measured) == ([0], [])
    response.close()
    assert steps == [0, "closed"]
    assert measured == [("export", 200, 6)]


class Body:
    """An iterable that has to be closed, as a file or a cursor."""

    def __init__(self, steps):
        self.steps = steps

    def __iter__(self):
        yield "tea"

    def close(self):
        self.steps.append("closed")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_body_with_a_close_method_is_closed_although_it_was_wrapped(
    app, measured, steps, method
):
    """Once, and for HEAD as well, which reads none of it."""
    app.add_url_rule("/", "rows", lambda: Response(Body(steps)))
    app.test_client().open("/", method=method, buffered=True)
    assert steps == ["closed"]
    assert len(measured) == 1


@pytest.mark.parametrize(
    ("name", "method", "headers", "size"),
    [
        ("text", "GET", {}, 4),
        ("stream", "GET", {}, 12),
        ("opened", "GET", {}, 300),
        ("file", "GET", {"If_None_Match": '"e"'}, 0),
        ("text", "HEAD", {}, 0),
    ],
)
def test_middleware_counts_the_bytes_of_every_body(
    app, found, steps, name, method, headers, size
):
    """Of text, streams and files, and none for HEAD and a 304."""
    inner = app.wsgi_app

    def count(environ, start_response):
        body = inner(environ, start_response)
        try:
            for piece in body:
                steps.append(len(piece))
                yield piece
        finally:
            body.close()

    app.wsgi_app = count
    assert len(found(name, method, **headers).data) == size
    assert sum(steps) == size
