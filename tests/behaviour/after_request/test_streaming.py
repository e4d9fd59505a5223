"""Hooks, streamed bodies and the end of a response."""

import pytest

from snippets.after_request.end_of_stream import app as export_app


def streaming(app, steps, lines=("one", "two")):
    """Give the app a view that notes when each line of its body is produced."""

    @app.get("/lines")
    def stream():
        def produce():
            for line in lines:
                steps.append(line)
                yield line

        return produce()

    return app.test_client()


def test_hook_runs_before_a_streamed_body_is_produced(app, steps):
    """Nothing of the generator has run when the hook gets the response.

    Question: How much of a streamed body exists when the hook runs?
    """
    app.after_request(lambda response: steps.append("hook") or response)
    assert streaming(app, steps).get("/lines").text == "onetwo"
    assert steps == ["hook", "one", "two"]


def test_function_registered_with_call_on_close_runs_after_the_body(capsys):
    """Response.call_on_close is the place for code at the end of a stream."""
    export_app.test_client().get("/export", buffered=True)
    assert capsys.readouterr().out.splitlines() == [
        "hook",
        "first row",
        "second row",
        "closed",
    ]


def test_call_on_close_function_runs_when_the_client_gives_up(app, steps):
    """Closing a response that was not read to its end runs it as well."""

    @app.after_request
    def watch(response):
        response.call_on_close(lambda: steps.append("closed"))
        return response

    response = streaming(app, steps).get("/lines")
    next(response.iter_encoded())
    response.close()
    assert steps == ["one", "closed"]


def test_teardown_runs_before_a_streamed_body_is_produced(app, steps):
    """Not only hooks but also teardown functions run before the stream."""
    app.teardown_request(lambda error: steps.append("teardown"))
    assert streaming(app, steps).get("/lines").text == "onetwo"
    assert steps == ["teardown", "one", "two"]


def test_hook_that_reads_the_body_ends_the_streaming(app, steps):
    """get_data runs the generator to its end and keeps the result in memory."""

    @app.after_request
    def read(response):
        steps.append(response.is_streamed)
        response.get_data()
        steps.append(response.is_streamed)
        return response

    assert streaming(app, steps).get("/lines").text == "onetwo"
    assert steps == [True, "one", "two", False]


def test_exception_in_a_streamed_body_comes_too_late_for_hooks(app, steps):
    """The response is on its way: no 500, no hook runs, and the stream breaks off."""
    app.after_request(lambda response: steps.append(response.status_code) or response)

    @app.get("/lines")
    def stream():
        def produce():
            yield "one"
            raise LookupError("the second line is missing")

        return produce()

    with pytest.raises(LookupError):
        app.test_client().get("/lines", buffered=True)
    assert steps == [200]


def test_hook_finishes_before_the_client_receives_anything(app, steps):
    """A slow hook delays the response: it runs before the body is sent."""
    app.after_request(lambda response: steps.append("hook") or response)
    app.add_url_rule("/", view_func=lambda: "Body", endpoint="index")

    def start_response(status, headers):
        steps.append("start_response")

    with app.test_request_context("/") as context:
        environ = context.request.environ
    list(app.wsgi_app(environ, start_response))
    assert steps == ["hook", "start_response"]
