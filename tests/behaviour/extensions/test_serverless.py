"""What serverless-wsgi, the adapter for AWS Lambda, does with a response."""

import pytest
from flask import Response, stream_with_context

pytestmark = pytest.mark.extensions

EVENTS = {
    "payload 1": {
        "httpMethod": "GET", "path": "/", "headers": {}, "requestContext": {},
        "isBase64Encoded": False, "version": "1.0",
    },
    "payload 2": {
        "version": "2.0", "rawPath": "/", "rawQueryString": "", "headers": {},
        "requestContext": {"http": {"method": "GET", "sourceIp": "203.0.113.7"}},
        "isBase64Encoded": False,
    },
}  # fmt: skip


@pytest.fixture(params=EVENTS)
def handle(app, request):
    """Return a function that calls the handler as Lambda does, with one event."""
    from serverless_wsgi import handle_request

    return lambda: handle_request(app, EVENTS[request.param], None)


@pytest.mark.parametrize("wrap", [iter, stream_with_context])
def test_serverless_wsgi_reads_a_stream_to_its_end_before_the_handler_returns(
    app, steps, handle, wrap
):
    """So the client gets all of it at once."""

    def produce():
        yield "Tea, "
        steps.append("second piece")
        yield "please"
        steps.append("end")

    app.add_url_rule("/", "index", lambda: Response(wrap(produce())))
    returned = handle()
    assert steps == ["second piece", "end"]
    assert (returned["statusCode"], returned["body"]) == (200, "Tea, please")


@pytest.mark.parametrize("kind", ["text", "stream", "stream_with_context"])
def test_call_on_close_function_never_runs_under_serverless_wsgi(
    app, steps, handle, kind
):
    """It doesn't close the response; the other hooks run before it returns."""
    body = {
        "text": lambda: "Tea",
        "stream": lambda: iter(["Te", "a"]),
        "stream_with_context": lambda: stream_with_context(iter(["Te", "a"])),
    }

    @app.get("/")
    def index():
        response = Response(body[kind]())
        response.call_on_close(lambda: steps.append("call_on_close"))
        return response

    app.before_request(lambda: steps.append("before_request"))
    app.after_request(lambda response: steps.append("after_request") or response)
    app.teardown_request(lambda error: steps.append("teardown_request"))
    assert handle()["body"] == "Tea"
    assert [*dict.fromkeys(steps)] == [
        "before_request", "after_request", "teardown_request"
    ]  # fmt: skip
    # A server that closes the response calls it.
    app.test_client().get("/").close()
    assert steps[-1] == "call_on_close"
