"""What stands in for Flask's own handling of exceptions, and what a body becomes."""

from importlib.metadata import version

import pytest
from flask import Flask

from hookbook.trace.distributions import distribution_of
from hookbook.trace.recording import Recorder


def traced(app, url="/"):
    recorder = Recorder(masks=False)
    with recorder:
        response = app.test_client().get(url, buffered=True)
    (trace,) = recorder.traces
    return response, trace


def failing(app):
    @app.get("/")
    def index():
        raise KeyError(7)

    return app


def answer(*ctx):
    return "answered", 404


def test_an_exception_that_another_function_answers_is_missing():
    app = failing(Flask(__name__))
    app.handle_user_exception = answer
    response, trace = traced(app)
    assert (response.status_code, response.text) == (404, "answered")
    assert trace.missing == [
        "the application has its own handle_user_exception from"
        f" {__name__}: what it called for the exception is not seen"
    ]


def test_a_subclass_that_asks_flask_hides_nothing():
    class Own(Flask):
        def handle_user_exception(self, *ctx):
            return super().handle_user_exception(*ctx)

    app = failing(Own(__name__))
    app.register_error_handler(KeyError, answer)
    response, trace = traced(app)
    assert response.text == "answered"
    assert trace.complete
    assert [s.name for s in trace.steps if s.kind == "handler"] == ["answer"]


def test_flasks_own_is_complete_with_a_handler_and_without():
    for status, app in (404, failing(Flask("a"))), (500, failing(Flask("b"))):
        app.logger.disabled = True
        if status == 404:
            app.register_error_handler(KeyError, answer)
        response, trace = traced(app)
        assert response.status_code == status
        assert trace.complete


@pytest.mark.parametrize("size", [10, 40_000])
def test_a_body_does_not_change_when_it_is_produced(size):
    app = Flask(__name__)

    @app.get("/")
    def index():
        return "é" * size

    response, trace = traced(app)
    assert len(response.data) == 2 * size
    body = next(step for step in trace.steps if step.kind == "body")
    assert body.name == f"{2 * size} bytes"
    assert body.changes == []


def test_a_stream_becomes_a_body_when_it_is_produced():
    app = Flask(__name__)

    @app.get("/")
    def index():
        return iter(["a" * 40_000])

    _, trace = traced(app)
    body = next(step for step in trace.steps if step.kind == "body")
    assert [change["name"] for change in body.changes] == ["response.body"]
    assert body.changes[0]["before"] == "(streamed)"


def test_the_distribution_of_a_module_is_known_on_each_python():
    assert distribution_of("flask.app").casefold() == f"flask {version('flask')}"
    werkzeug = distribution_of("werkzeug.routing.map")
    assert werkzeug.casefold() == f"werkzeug {version('werkzeug')}"
    assert distribution_of("json.decoder") is None
    assert distribution_of("tests.trace") is None
