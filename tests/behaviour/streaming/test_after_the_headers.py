"""What a body that is still being produced can't do, and who hears of its end."""

import pytest
from flask import Response, after_this_request, flash, session, stream_with_context

from tests.behaviour.versions import RELEASE

# Since 3.1.2 and until 3.2 teardown functions run before such a stream and after it.
TWICE = (3, 1, 2) <= RELEASE < (3, 2)


@pytest.mark.parametrize("use_flash", [False, True])
def test_session_changed_while_the_body_streams_is_lost(app, use_flash):
    """The Set-Cookie header left with the other headers; nothing is raised."""
    app.secret_key = "tea"

    @app.get("/")
    def export():
        session["begun"] = True

        def lines():
            yield "a"
            if use_flash:
                flash("done")
            session["done"] = True
            yield repr("done" in session)

        return stream_with_context(lines())

    app.add_url_rule("/show", "show", lambda: dict(session))
    client = app.test_client()
    assert client.get("/").text == "aTrue"
    assert client.get("/show").json == {"begun": True}


@pytest.fixture
def stream(app, steps):
    """Note all that runs for a stream, up to the moment when a client has a piece."""
    app.secret_key = "tea"

    @app.after_request
    def add_header(response):
        steps.append("after_request")
        response.call_on_close(lambda: steps.append("call_on_close"))
        return response

    app.teardown_request(
        lambda error: steps.append(f"teardown_request {type(error).__name__}")
    )
    app.teardown_appcontext(lambda error: steps.append("teardown_appcontext"))

    def lines():
        try:
            yield "a"
            yield "b"
        finally:
            steps.append("finally")

    @app.get("/plain")
    def plain():
        after_this_request(lambda response: steps.append("deferred") or response)
        return Response(lines())

    app.add_url_rule("/context", "context", lambda: stream_with_context(lines()))

    def begin(path):
        response = app.test_client().get(path, buffered=False)
        assert next(response.response) == b"a"
        return response

    return begin


def test_client_that_goes_away_closes_the_generator_and_calls_call_on_close(
    stream, steps
):
    """All other functions have run before the first byte."""
    response = stream("/plain")
    assert steps == [
        "deferred",
        "after_request",
        "teardown_request NoneType",
        "teardown_appcontext",
    ]
    steps.clear()
    response.close()
    assert steps == ["finally", "call_on_close"]


def test_client_that_goes_away_ends_a_stream_with_context_with_its_teardown(
    stream, steps
):
    """They get the GeneratorExit with which the generator is closed."""
    response = stream("/context")
    early = ["teardown_request NoneType", "teardown_appcontext"] if TWICE else []
    assert steps == ["after_request", *early]
    steps.clear()
    response.close()
    assert steps == [
        "finally",
        "teardown_request GeneratorExit",
        "teardown_appcontext",
        "call_on_close",
    ]


@pytest.mark.parametrize("context", [stream_with_context, lambda generator: generator])
@pytest.mark.parametrize("catches", ["finally", "except"])
def test_yield_in_finally_of_a_stream_raises_if_the_client_leaves(
    app, context, catches
):
    """Python closes the generator, which must not yield again, also in an except."""

    def end_in_finally():
        try:
            yield "tea\n"
            yield "milk\n"
        finally:
            yield "end\n"

    def end_in_except():
        try:
            yield "tea\n"
            yield "milk\n"
        except BaseException:
            yield "left\n"
        yield "end\n"

    lines = end_in_finally if catches == "finally" else end_in_except
    app.add_url_rule("/", "export", lambda: Response(context(lines())))
    assert app.test_client().get("/").text == "tea\nmilk\nend\n"
    response = app.test_client().get("/", buffered=False)
    with pytest.raises(RuntimeError, match=r"^generator ignored GeneratorExit$"):
        response.close()


def test_line_sent_after_the_loop_is_left_out_if_the_client_leaves(app, steps):
    """It comes at the end of a whole stream; finally only cleans up."""

    def lines():
        try:
            yield "tea\n"
            yield "end\n"
        finally:
            steps.append("cleaned up")

    app.add_url_rule("/", "export", lambda: Response(lines()))
    assert app.test_client().get("/").text == "tea\nend\n"
    app.test_client().get("/", buffered=False).close()
    assert steps == ["cleaned up"] * 2
