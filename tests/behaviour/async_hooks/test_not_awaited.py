"""Functions that nobody awaits, and async generators as bodies."""

import asyncio
import gc

import pytest
from flask import Response, make_response, render_template_string, stream_with_context

from snippets.errors import stream_async_generator


def never_awaited():
    """Python's warning is all that says so."""
    return pytest.warns(RuntimeWarning, match="was never awaited")


@pytest.mark.parametrize(
    ("register", "template"),
    [("template_filter", "{{ 3|price }}"), ("template_global", "{{ price(3) }}")],
)
def test_async_filter_of_a_template_is_not_awaited(app, register, template):
    """Nor is a template_global: the page shows the coroutine."""

    async def price(value):
        raise AssertionError("never run")

    getattr(app, register)("price")(price)
    app.add_url_rule("/", "index", lambda: render_template_string(template))
    with never_awaited():
        page = app.test_client().get("/").text
    assert page.startswith("&lt;coroutine object")


def test_async_command_never_runs(app, steps):
    """It ends without an error: the exit code is 0."""

    @app.cli.command("count")
    async def count():
        steps.append("ran")

    with never_awaited():
        result = app.test_cli_runner().invoke(args=["count"])
        told = result.exit_code, result.exception
        del result
        gc.collect()  # its traceback refers to the coroutine
    assert (told, steps) == ((0, None), [])


def test_async_call_on_close_function_never_runs(app, steps):
    """Werkzeug calls it, and awaits nothing."""

    async def note():
        steps.append("ran")

    @app.get("/")
    def index():
        response = make_response("tea")
        response.call_on_close(note)
        return response

    with never_awaited():
        response = app.test_client().get("/")
        response.close()
    assert (response.text, steps) == ("tea", [])


async def words():
    yield "tea"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (words, "'async_generator' object is not iterable"),
        (
            lambda: stream_with_context(words()),
            "'function' object is not iterable",
        ),
    ],
)
def test_response_of_an_async_generator_fails_after_the_hooks(
    app, steps, body, message
):
    """The body is read when they have run, so no error handler is called."""
    app.register_error_handler(Exception, lambda error: steps.append("handler"))
    app.after_request(lambda response: steps.append("after_request") or response)
    app.add_url_rule("/", "index", lambda: Response(body(), mimetype="text/plain"))
    with pytest.raises(TypeError, match=message):
        assert app.test_client().get("/").data
    assert steps == ["after_request"]


@pytest.mark.parametrize("left_early", [False, True])
def test_async_generator_may_be_run_piece_by_piece_in_a_plain_one(
    app, steps, left_early
):
    """Each piece is sent before the next is made; it's closed at the end."""

    async def read():
        try:
            for word in "tea ", "coffee":
                await asyncio.sleep(0)
                steps.append(word)
                yield word
        finally:
            await asyncio.sleep(0)
            steps.append("closed")

    @app.get("/")
    def index():
        return Response(stream_async_generator.run_in_steps(read()))

    response = app.test_client().get("/", buffered=False)
    assert steps == ["tea "]
    if not left_early:
        assert response.text == "tea coffee"
    response.close()
    assert steps == ["tea ", *([] if left_early else ["coffee"]), "closed"]
