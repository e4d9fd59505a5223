"""Async functions, and their failures."""

from tests.trace.recorder.lanes import MADE, OK, begun, by_path, changes, lane, popped


def test_async_functions():
    trace = by_path("asynchronous")["GET /"]
    assert lane(trace) == [
        *begun("GET /", "index"),
        "hook before_request before",
        "view view index",
        "register after_this_request deferred",
        MADE,
        "deferred after_this_request deferred",
        "hook after_request after",
        OK,
        "teardown teardown_request teardown",
        *popped(),
    ]
    functions = [s for s in trace.steps if s.line and s.kind != "register"]
    assert {s.is_async for s in functions} == {True}
    assert [s.outcome for s in functions] == [
        "returned None",
        "returned 'Hello'",
        "returned a response (200 OK)",
        "returned a response (200 OK)",
        "returned None",
    ]
    assert changes(functions[0]) == {"g.ready": (None, "True")}
    assert changes(functions[3]) == {
        "response.headers[X-By]": ("deferred", "deferred, after")
    }
    register = next(s for s in trace.steps if s.kind == "register")
    assert register.depth == 1


def test_async_failures():
    trace = by_path("asynchronous")["GET /fails"]
    assert lane(trace)[3:6] == [
        "view view fails",
        "handler errorhandler on_error",
        MADE,
    ]
    view, handler = trace.steps[3:5]
    assert view.outcome == "raised KeyError: 'async'"
    assert (handler.exception, handler.is_async) == ("KeyError: 'async'", True)
