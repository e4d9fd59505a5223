"""stream_with_context: when teardown runs, and async views."""

import pytest
from flask import Flask, stream_with_context

from snippets.changes import stream_in_async_view, stream_teardown
from tests.behaviour.changes.releases import since

TWICE = since(3, 1, 2) and not since(3, 2)


def test_teardown_runs_before_a_stream_with_context_in_flask_3_1_2(capsys):
    """From 3.1.2 on, until 3.2, it runs before the body and again after it."""
    stream_teardown.app.test_client().get("/own")
    assert capsys.readouterr().out.splitlines() == [
        *["teardown"] * TWICE,
        "open a file in the generator",
        "close the file in the generator",
        "teardown",
    ]


def test_resource_on_g_is_gone_before_a_stream_with_context_in_flask_3_1_2(capsys):
    """The first teardown closes it; on all other versions the stream can read it."""
    stream_teardown.app.test_client().get("/on-g")
    out = capsys.readouterr().out
    assert ("read the file on g" in out) == (not TWICE)
    assert ("no file on g" in out) == TWICE


def test_resource_opened_in_the_generator_is_open_for_the_whole_stream(capsys):
    """The generator closes it in its own finally block, on every version."""
    assert stream_teardown.app.test_client().get("/own").text == "page"
    lines = capsys.readouterr().out.splitlines()
    opened = lines.index("open a file in the generator")
    assert lines[opened + 1] == "close the file in the generator"


def test_app_context_teardown_runs_twice_for_a_stream_in_flask_3_1_2(steps):
    """Both rounds are complete: teardown_request, then teardown_appcontext."""
    app = Flask(__name__)
    app.teardown_request(lambda error: steps.append("request"))
    app.teardown_appcontext(lambda error: steps.append("app"))

    @app.get("/")
    def stream():
        @stream_with_context
        def generate():
            steps.append("body")
            yield "page"

        return generate()

    app.test_client().get("/")
    round_ = ["request", "app"]
    assert steps == [*(round_ * TWICE), "body", *round_]


def test_stream_with_context_fails_in_an_async_view_up_to_flask_3_1_1():
    """The context was pushed in the event loop, and is popped outside it."""
    client = stream_in_async_view.app.test_client()
    if since(3, 1, 2):
        assert client.get("/?name=anna").text == "Hello, anna"
    else:
        with pytest.raises(ValueError, match="was created in a different Context"):
            client.get("/?name=anna")


def test_stream_without_context_works_in_an_async_view():
    """A generator that gets its values as arguments needs no context."""
    client = stream_in_async_view.app.test_client()
    assert client.get("/plain?name=anna").text == "Hello, anna"
