"""Keeping the request while the body is produced."""

import pytest
from flask import (
    current_app,
    g,
    has_app_context,
    has_request_context,
    request,
    session,
    stream_with_context,
)

from tests.behaviour.versions import RELEASE


def read(app, url="/?cup=green"):
    return app.test_client().get(url).text


def test_plain_generator_has_lost_the_request(app, steps):
    """The body is produced after the contexts have ended."""

    @app.get("/")
    def index():
        def produce():
            yield str(has_request_context())
            yield str(has_app_context())

        return produce()

    response = app.test_client().get("/", buffered=False)
    assert response.text == "FalseFalse"


def test_stream_with_context_keeps_request_session_and_g(app):
    """Around a generator."""
    app.secret_key = "tea"

    @app.get("/")
    def index():
        g.leaf = session["leaf"] = "mint"

        def produce():
            yield request.args["cup"]
            yield f" {g.leaf} {session['leaf']} {current_app.name}"

        return stream_with_context(produce())

    assert read(app) == f"green mint mint {app.name}"


def test_stream_with_context_decorates_a_generator_function(app):
    """The function keeps its name and takes its arguments."""

    @app.get("/")
    def index():
        @stream_with_context
        def produce(first, *, last):
            """Produce tea."""
            yield first
            yield request.args["cup"]
            yield last

        assert (produce.__name__, produce.__doc__) == ("produce", "Produce tea.")
        return produce("[", last="]")

    assert read(app) == "[green]"


def test_stream_with_context_takes_any_iterable(app):
    """A list has no close method, and needs none."""
    app.add_url_rule("/", view_func=lambda: stream_with_context(["T", "ea"]))
    assert read(app) == "Tea"


def test_stream_with_context_starts_no_generator_early(app, steps):
    """Nothing of the generator runs before the body is read."""

    @app.get("/")
    def index():
        def produce():
            steps.append("produce")
            yield "Tea"

        body = stream_with_context(produce())
        steps.append("view")
        return body

    app.after_request(lambda response: steps.append("hook") or response)
    assert read(app) == "Tea"
    assert steps == ["view", "hook", "produce"]


def test_stream_with_context_closes_the_generator_at_its_end(app, steps):
    """Code after the last yield runs, with the request."""

    @app.get("/")
    def index():
        def produce():
            try:
                yield "Tea"
            finally:
                steps.append(request.path)

        return stream_with_context(produce())

    assert read(app) == "Tea"
    assert steps == ["/"]


def test_stream_with_context_closes_a_generator_that_was_not_read_to_its_end(
    app, steps
):
    """The client gave up: finally blocks run, with the request."""

    @app.get("/")
    def index():
        def produce():
            try:
                yield "T"
                yield "ea"
            finally:
                steps.append(request.path)

        return stream_with_context(produce())

    response = app.test_client().get("/", buffered=False)
    chunks = response.iter_encoded()
    assert next(chunks) == b"T"
    assert steps == []
    response.close()
    assert steps == ["/"]


def test_stream_with_context_closes_any_iterator_with_a_close_method(app, steps):
    """As a file has."""

    class Pot:
        def __iter__(self):
            return self

        def __next__(self):
            raise StopIteration

        def close(self):
            steps.append(has_request_context())

    app.add_url_rule("/", view_func=lambda: stream_with_context(Pot()))
    assert read(app) == ""
    assert steps == [True]


def test_stream_with_context_closes_an_iterator_that_fails(app, steps):
    """Before the contexts end."""

    class Pot:
        def __iter__(self):
            return self

        def __next__(self):
            raise LookupError("no tea")

        def close(self):
            steps.append(has_request_context())

    app.add_url_rule("/", view_func=lambda: stream_with_context(Pot()))
    with pytest.raises(LookupError, match="no tea"):
        read(app)
    assert steps == [True]


def test_iterable_that_cannot_be_started_is_no_function(app):
    """Only something that isn't iterable counts as a generator function."""

    class Pot:
        def __iter__(self):
            raise LookupError("no tea")

    app.testing = True
    app.add_url_rule("/", view_func=lambda: stream_with_context(Pot()))
    with pytest.raises(LookupError, match="no tea"):
        read(app)


def test_contexts_are_gone_after_the_stream(app):
    """Also if it broke off."""

    @app.get("/")
    def index():
        def produce():
            yield "T"
            raise LookupError("ea")

        return stream_with_context(produce())

    with pytest.raises(LookupError, match="ea"):
        read(app)
    assert not has_request_context()
    assert not has_app_context()


def test_teardown_functions_wait_for_the_stream_except_in_3_1(app, steps):
    """Since 3.1.2 they run when the request ends and again after the stream."""
    app.teardown_request(lambda error: steps.append("teardown"))

    @app.get("/")
    def index():
        def produce():
            yield "Tea"
            steps.append("stream")

        return stream_with_context(produce())

    assert read(app) == "Tea"
    twice = (3, 1, 2) <= RELEASE < (3, 2)
    assert steps == [*["teardown"] * twice, "stream", "teardown"]


def test_stream_with_context_outside_a_request_is_an_error():
    """The exact text, the same in all supported versions."""
    with pytest.raises(RuntimeError) as caught:
        stream_with_context(iter("tea"))
    assert str(caught.value) == (
        "'stream_with_context' can only be used when a request context is active, such "
        "as in a view function."
    )


def test_decorated_generator_function_called_outside_a_request_is_an_error():
    """Decorating is fine, calling is too late."""

    @stream_with_context
    def produce():
        yield "Tea"

    with pytest.raises(RuntimeError, match="request context is active"):
        produce()


def test_stream_with_context_works_in_an_async_view_since_3_1_2(app):
    """Before, the contexts were pushed and popped in different places."""

    @app.get("/")
    async def index():
        def produce():
            yield request.args["cup"]

        return stream_with_context(produce())

    if RELEASE >= (3, 1, 2):
        assert read(app) == "green"
    else:
        with pytest.raises(ValueError, match="was created in a different Context"):
            read(app)


def test_error_in_a_stream_with_context_reaches_teardown_functions_at_its_end(
    app, steps
):
    """Where they also run before the stream, they get None there."""
    app.teardown_request(lambda error: steps.append(("request", repr(error))))
    app.teardown_appcontext(lambda error: steps.append(("context", repr(error))))

    @app.get("/")
    def index():
        def produce():
            yield "Tea"
            raise LookupError("no cup")

        return stream_with_context(produce())

    with pytest.raises(LookupError):
        read(app)
    twice = (3, 1, 2) <= RELEASE < (3, 2)
    before = [("request", "None"), ("context", "None")] * twice
    told = "LookupError('no cup')"
    assert steps == [*before, ("request", told), ("context", told)]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_teardown_of_a_stream_with_context_runs_when_middleware_has_returned(
    app, steps, method
):
    """Other teardown functions have run when the app returns to the middleware."""
    inner = app.wsgi_app

    def middleware(environ, start_response):
        body = inner(environ, start_response)
        steps.append("middleware")
        return body

    def index(keep):
        def lines():
            yield "tea"

        return stream_with_context(lines()) if keep else lines()

    app.wsgi_app = middleware
    app.teardown_request(lambda error: steps.append("teardown"))
    app.add_url_rule("/<int:keep>", view_func=index, methods=["GET", "POST"])
    app.test_client().open("/0", method=method, buffered=True)
    assert steps == ["teardown", "middleware"]
    steps.clear()
    app.test_client().open("/1", method=method, buffered=True)
    twice = (3, 1, 2) <= RELEASE < (3, 2)
    early = ["teardown"] if twice else []
    # These versions push the contexts when the generator starts: not for HEAD.
    late = [] if twice and method == "HEAD" else ["teardown"]
    assert steps == [*early, "middleware", *late]
