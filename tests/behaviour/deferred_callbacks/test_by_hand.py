"""Callbacks and hooks when a test takes the steps of a request by hand."""

import pytest
from flask import after_this_request, g

from tests.behaviour.versions import FLASK


def arguments(app, context, *rest):
    """The arguments of the lifecycle methods: Flask 3.2 puts the context first."""
    return (context, *rest) if FLASK >= (3, 2) else rest


@pytest.fixture
def prepared(app, steps):
    """An app with one function of each kind, which note that they ran."""

    @app.before_request
    def prepare():
        g.ready = True
        steps.append("before_request")

        @after_this_request
        def note_callback(response):
            steps.append("callback")
            return response

    @app.after_request
    def note_hook(response):
        steps.append("hook")
        return response

    return app


def test_context_pushed_again_still_has_its_deferred_callbacks(prepared, steps):
    """The list is made with the context, before it is pushed for the first time."""
    context = prepared.test_request_context("/")
    with context:
        prepared.preprocess_request(*arguments(prepared, context))
    assert steps == ["before_request"]
    with context:
        response = prepared.response_class()
        prepared.process_response(*arguments(prepared, context, response))
    assert steps == ["before_request", "callback", "hook"]


def test_preprocess_request_runs_before_request_functions_by_hand(prepared, steps):
    """In a test_request_context, preprocess_request prepares g as a request would."""
    with prepared.test_request_context("/") as context:
        assert prepared.preprocess_request(*arguments(prepared, context)) is None
        assert g.ready
    assert steps == ["before_request"]


def test_process_response_runs_callbacks_then_hooks_by_hand(prepared, steps):
    """process_response runs the callbacks and hooks of this request on any response."""
    with prepared.test_request_context("/") as context:
        prepared.preprocess_request(*arguments(prepared, context))
        response = prepared.response_class()
        processed = prepared.process_response(*arguments(prepared, context, response))
        assert processed is response
    assert steps == ["before_request", "callback", "hook"]


def test_deferred_callbacks_are_not_cleared_after_they_ran(prepared, steps):
    """Passing a second response in the same request runs the callbacks again."""
    with prepared.test_request_context("/") as context:
        prepared.preprocess_request(*arguments(prepared, context))
        for _ in range(2):
            response = prepared.response_class()
            prepared.process_response(*arguments(prepared, context, response))
    assert steps == ["before_request", "callback", "hook", "callback", "hook"]
