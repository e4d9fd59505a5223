"""Exceptions, and who handles them."""

import pytest

from hookbook.corpus.phrases import as_released
from tests.trace.recorder.lanes import (
    ERROR_500,
    MADE,
    OK,
    ONE_CONTEXT,
    begun,
    by_path,
    changes,
    lane,
    popped,
    run,
    step,
)


@pytest.mark.parametrize(
    ("path", "view", "handler", "owner", "exception"),
    [
        ("/class", "raise_class", "on_key_error", "app", "KeyError: 'k'"),
        (
            "/base",
            "raise_subclass",
            "on_key_error",
            "app",
            "snippets.recorder.handlers.Missing: 'k'",
        ),
        ("/code", "gone", "on_gone", "app", "werkzeug.exceptions.Gone: 410 Gone"),
        ("/area/", "in_area", "on_area_error", "blueprint area", "KeyError: 'k'"),
    ],
)
def test_an_error_handler(path, view, handler, owner, exception):
    trace = by_path("handlers")[f"GET {path}"]
    assert lane(trace)[2:5] == [
        f"view view {view}",
        f"handler errorhandler {handler}",
        MADE,
    ]
    raised, handled = trace.steps[2:4]
    assert raised.exception.startswith(exception)
    assert raised.outcome == f"raised {raised.exception}"
    assert handled.exception == raised.exception
    assert handled.owner == owner


def test_a_handler_of_a_routing_error():
    trace = by_path("handlers")["GET /nowhere"]
    assert lane(trace)[1:4] == [
        "match match_request NotFound",
        "handler errorhandler on_missing",
        MADE,
    ]


def test_an_http_exception_without_a_handler():
    trace = by_path("handlers")["GET /none"]
    assert lane(trace)[2:5] == [
        "view view teapot",
        "error handle_http_exception ImATeapot",
        MADE,
    ]
    assert trace.steps[3].outcome == "no error handler: the exception is the response"


def test_a_handler_that_fails():
    trace = by_path("handlers")["GET /fails"]
    assert lane(trace)[2:7] == [
        "view view raise_value",
        "handler errorhandler failing_handler",
        "error handle_exception TypeError",
        MADE,
        ERROR_500,
    ]
    handler = trace.steps[3]
    assert handler.exception == "ValueError: view"
    assert handler.outcome == "raised TypeError: handler"


def failed(path, *steps):
    """Return the lane of a request to ``failures``."""
    return [
        *begun(f"GET {path}", "view"),
        "hook before_request before",
        *steps,
        "teardown teardown_request teardown",
        *popped("teardown teardown_appcontext teardown_app"),
    ]


FAILURES = {
    "/before": failed(
        "/before",
        "error handle_exception KeyError",
        MADE,
        "hook after_request after",
        ERROR_500,
    ),
    "/view": failed(
        "/view",
        "view view view",
        "error handle_exception KeyError",
        MADE,
        "hook after_request after",
        ERROR_500,
    ),
    "/after": failed(
        "/after",
        "view view view",
        MADE,
        "hook after_request after",
        "error handle_exception KeyError",
        MADE,
        "hook after_request after",
        ERROR_500,
    ),
    "/both": failed(
        "/both",
        "view view view",
        MADE,
        "hook after_request after",
        "error handle_exception KeyError",
        MADE,
        "hook after_request after",
        ERROR_500,
    ),
    "/forgotten": [
        *failed("/forgotten", "view view view", MADE, "hook after_request after"),
        "error wsgi_app TypeError",
    ],
    "/teardown": [
        *failed("/teardown", "view view view", MADE, "hook after_request after", OK),
        f"error wsgi_app {'ExceptionGroup' if ONE_CONTEXT else 'KeyError'}",
    ],
    "/appcontext": [
        *failed("/appcontext", "view view view", MADE, "hook after_request after", OK),
        f"error wsgi_app {'ExceptionGroup' if ONE_CONTEXT else 'KeyError'}",
    ],
}


@pytest.mark.parametrize("path", FAILURES)
def test_a_failure(path):
    trace = next(trace for trace in run("failures").traces if trace.path == path)
    assert lane(trace) == FAILURES[path]


@pytest.mark.parametrize(
    ("path", "name", "kind"),
    [
        ("/before", "before", "hook"),
        ("/view", "view", "view"),
        ("/teardown", "teardown", "teardown"),
        ("/appcontext", "teardown_app", "teardown"),
    ],
)
def test_the_step_that_failed(path, name, kind):
    trace = next(trace for trace in run("failures").traces if trace.path == path)
    exception = f"KeyError: '{path[1:]}'"
    one = step(trace, name, kind)
    assert (one.exception, one.outcome) == (exception, f"raised {exception}")


def test_a_hook_that_fails_in_both_passes():
    trace = next(trace for trace in run("failures").traces if trace.path == "/both")
    first, second = (s for s in trace.steps if s.name == "after")
    assert first.outcome == second.outcome == "raised KeyError: 'both'"
    assert first.before["response"]["status"] == "200 OK"
    status = as_released(second.before["response"]["status"])
    assert status == "500 INTERNAL SERVER ERROR"
    error = step(trace, "KeyError")
    assert error.outcome == "logged, and answered with an InternalServerError"


def test_a_forgotten_return():
    trace = next(
        trace for trace in run("failures").traces if trace.path == "/forgotten"
    )
    after = step(trace, "after")
    assert after.outcome == "returned None"
    assert changes(after) == {"response": ("a response", None)}
    assert trace.steps[-1].exception == ("TypeError: 'NoneType' object is not callable")
    assert trace.steps[-1].outcome == "left Flask"


def test_an_exception_propagates_in_testing_mode():
    trace = run("failures").traces[-1]
    assert lane(trace) == [
        *failed("/view", "view view view", "error handle_exception KeyError"),
        "error wsgi_app KeyError",
    ]
    error = trace.steps[4]
    assert error.outcome == "raised again, for the server or the test to see"
