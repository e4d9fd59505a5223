"""The recorder tells, step by step, what Flask did, on every Flask and Python.

The apps are in ``fixtures/recorder``. What differs between versions is said here.
Nothing here needs Sphinx: the matrix runs this file too.
"""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hookbook.corpus import runs, snippets
from hookbook.trace import requests, snapshots
from hookbook.trace.recorder import ScenarioError, record
from hookbook.trace.steps import as_json
from tests.behaviour.versions import FLASK

ROOT = Path(__file__).parents[2]
FIXTURES = Path(__file__).parent / "fixtures"
APPS = sorted(path.stem for path in (FIXTURES / "recorder").glob("*.py"))
ONE_CONTEXT = FLASK >= (3, 2)
"""The request context and the application context have become one."""

MADE = "response make_response Response"
OK = "handover start_response 200 OK"
ERROR_500 = "handover start_response 500 INTERNAL SERVER ERROR"


def run(name):
    return runs.run(FIXTURES, f"recorder/{name}")[1]


def by_path(name):
    """Return the traces of an app whose requests differ in their lines."""
    found = {f"{trace.method} {trace.path}": trace for trace in run(name).traces}
    assert len(found) == len(run(name).traces)
    return found


def lane(trace):
    return [f"{step.kind} {step.phase} {step.name}" for step in trace.steps]


def begun(request, match):
    return [f"request request {request}", f"match match_request {match}"]


def popped(*closers):
    """Where the contexts go, and what runs between or before them."""
    if ONE_CONTEXT:
        return [*closers, "context pop context"]
    return ["context pop request context", *closers, "context pop application context"]


def body(size):
    return f"body body {size} bytes"


def step(trace, name, kind=None):
    """Return the only step of that name."""
    found = [s for s in trace.steps if s.name == name and kind in {None, s.kind}]
    assert len(found) == 1, lane(trace)
    return found[0]


def changes(step):
    return {
        change["name"]: (change["before"], change["after"]) for change in step.changes
    }


def test_every_fixture_has_its_test():
    source = Path(__file__).read_text(encoding="utf-8")
    assert len(APPS) >= 19
    assert [name for name in APPS if f'("{name}")' not in source] == []


# The ways a request can go


def test_a_plain_request():
    trace = by_path("lanes")["GET /"]
    assert lane(trace) == [
        *begun("GET /", "home"),
        "view view home",
        MADE,
        OK,
        *popped(),
        body(4),
    ]
    assert [s.number for s in trace.steps] == list(range(1, len(trace.steps) + 1))
    received, matched, view, made, *_, produced = trace.steps
    assert received.before == {
        "request": {
            "method": "GET",
            "path": "/",
            "headers": {"User-Agent": "Werkzeug/<version>", "Host": "localhost"},
            "cookies": {},
            "endpoint": None,
            "view_args": {},
        },
        "response": None,
        "g": None,
        "session": None,
    }
    assert changes(matched) == {"request.endpoint": (None, "home")}
    assert (matched.outcome, view.outcome) == ("matched /", "returned 'home'")
    assert (view.line, view.end_line, view.owner) == (31, 32, "app")
    assert (view.before["g"], view.before["response"]) == ({}, None)
    assert changes(made) == {
        "response": (None, "a response"),
        "response.status": (None, "200 OK"),
        "response.headers[Content-Type]": (None, "text/html; charset=utf-8"),
        "response.headers[Content-Length]": (None, "4"),
        "response.body": (None, "home"),
    }
    assert made.after["response"] == {
        "status": "200 OK",
        "headers": [
            ["Content-Type", "text/html; charset=utf-8"],
            ["Content-Length", "4"],
        ],
        "cookies": {},
        "body": "home",
    }
    assert produced.after["g"] is None
    assert produced.after["response"] == made.after["response"]
    assert produced.outcome == "produced"


def test_a_url_with_values():
    matched = by_path("lanes")["GET /users/7"].steps[1]
    assert matched.outcome == "matched /users/<int:number>"
    assert changes(matched) == {
        "request.endpoint": (None, "user"),
        "request.view_args[number]": (None, "7"),
    }


def test_a_redirect():
    trace = by_path("lanes")["GET /old"]
    assert lane(trace)[2:5] == [
        "view view old",
        MADE,
        "handover start_response 303 SEE OTHER",
    ]
    assert trace.steps[2].outcome == "returned a response (303 SEE OTHER)"
    assert ["Location", "/"] in trace.steps[3].after["response"]["headers"]


def test_a_static_file():
    trace = by_path("lanes")["GET /static/note.txt"]
    assert lane(trace) == [
        *begun("GET /static/note.txt", "static"),
        "view view static",
        MADE,
        OK,
        *popped(),
        body(8),
    ]
    view, made, produced = trace.steps[2], trace.steps[3], trace.steps[-1]
    assert (view.line, view.outcome) == (
        None,
        "Flask itself returned a response (200 OK)",
    )
    headers = dict(made.after["response"]["headers"])
    assert headers["ETag"] == '"<etag>"'
    assert headers["Date"] == headers["Last-Modified"] == "<date>"
    assert changes(produced) == {"response.body": ("(streamed)", "A note.\n")}


def test_an_unknown_url_is_kept_until_dispatch():
    trace = by_path("lanes")["GET /nowhere"]
    assert lane(trace) == [
        *begun("GET /nowhere", "NotFound"),
        "error handle_http_exception NotFound",
        MADE,
        "handover start_response 404 NOT FOUND",
        *popped(),
        body(207),
    ]
    matched, error = trace.steps[1:3]
    assert matched.outcome == "kept until dispatch_request"
    assert error.exception == matched.exception
    assert matched.exception.startswith("werkzeug.exceptions.NotFound: 404 Not Found")
    assert matched.after["request"]["endpoint"] is None


def test_a_wrong_method():
    trace = by_path("lanes")["POST /"]
    assert lane(trace)[:3] == [
        *begun("POST /", "MethodNotAllowed"),
        "error handle_http_exception MethodNotAllowed",
    ]
    headers = trace.steps[3].after["response"]["headers"]
    assert ["Allow", "GET, HEAD, OPTIONS"] in headers


def test_head_has_no_body():
    trace = by_path("lanes")["HEAD /"]
    assert lane(trace) == [
        *begun("HEAD /", "home"),
        "view view home",
        MADE,
        OK,
        *popped(),
    ]


def test_automatic_options():
    view = by_path("lanes")["OPTIONS /"].steps[2]
    assert (view.name, view.line) == ("home", None)
    assert view.outcome == "Flask itself returned a response (200 OK)"


# Hooks


def test_the_hooks_of_the_app():
    trace = run("hooks").traces[0]
    assert lane(trace) == [
        *begun("GET /", "home"),
        "signal request_started on_start",
        "hook before_request app_before",
        "hook before_request app_before_too",
        "view view home",
        MADE,
        "hook after_request app_after_too",
        "hook after_request app_after",
        "signal request_finished on_finish",
        OK,
        "teardown teardown_request app_teardown",
        *popped("teardown teardown_appcontext close_things"),
        body(4),
    ]
    assert {s.owner for s in trace.steps if s.kind in {"hook", "teardown"}} == {"app"}
    assert step(trace, "on_start").owner is None


def test_the_hooks_of_nested_blueprints():
    trace = run("hooks").traces[1]
    assert lane(trace) == [
        *begun("GET /en/outer/inner/", "outer.inner.page"),
        "signal request_started on_start",
        "hook url_value_preprocessor pull_language",
        "hook before_request app_before",
        "hook before_request app_before_too",
        "hook before_request outer_before",
        "hook before_request inner_before",
        "view view page",
        "hook context_processor app_values",
        "hook context_processor inner_values",
        "hook url_defaults add_language",
        MADE,
        "hook after_request inner_after",
        "hook after_request outer_after",
        "hook after_request app_after_too",
        "hook after_request app_after",
        "signal request_finished on_finish",
        OK,
        "teardown teardown_request inner_teardown",
        "teardown teardown_request app_teardown",
        *popped("teardown teardown_appcontext close_things"),
        body(16),
    ]
    told = {
        name: (one.owner, one.order, one.depth, one.outcome)
        for name in (
            "pull_language",
            "app_before_too",
            "inner_before",
            "page",
            "inner_values",
            "add_language",
            "outer_after",
            "app_after",
            "inner_teardown",
        )
        for one in [step(trace, name)]
    }
    response = "returned a response (200 OK)"
    assert told == {
        "pull_language": ("blueprint outer", 1, 0, "returned None"),
        "app_before_too": ("app", 2, 0, "returned None"),
        "inner_before": ("blueprint outer.inner", 4, 0, "returned None"),
        "page": ("blueprint outer.inner", 1, 0, "returned '/en/outer/inner/'"),
        "inner_values": (
            "blueprint outer.inner",
            2,
            1,
            "returned {'endpoint': 'outer.inner.page'}",
        ),
        "add_language": ("blueprint outer", 1, 1, "returned None"),
        "outer_after": ("blueprint outer", 2, 0, response),
        "app_after": ("app", 4, 0, response),
        "inner_teardown": ("blueprint outer.inner", 1, 0, "returned None"),
    }
    assert changes(step(trace, "pull_language")) == {
        "request.view_args[language]": ("'en'", None)
    }
    assert changes(step(trace, "outer_after")) == {
        "response.headers[X-Outer]": (None, "1")
    }


def test_defaults_belong_to_the_blueprint_that_the_url_leads_to():
    trace = run("hooks").traces[2]
    assert trace.path == "/link"
    assert step(trace, "link", "view").owner == "app"
    assert step(trace, "add_language").owner == "blueprint outer"


def test_hooks_that_are_no_plain_functions():
    trace = run("hook_objects").traces[0]
    hooks = [s for s in trace.steps if s.kind == "hook"]
    assert [(s.name, s.owner, s.order, s.line) for s in hooks] == [
        ("twice", "app", 1, 36),
        ("twice", "app", 2, 36),
        ("<lambda>", "app", 3, 43),
        ("method", "app", 4, 32),
        ("Marker", "app", 5, 29),
        ("mark", "app", 6, 23),
    ]
    assert changes(hooks[2]) == {
        "response.headers[X-Mark]": ("twice, twice", "twice, twice, lambda")
    }


def test_a_hook_of_the_app_and_of_a_blueprint():
    trace = run("hook_objects").traces[1]
    owners = [s.owner for s in trace.steps if s.name == "twice"]
    assert owners == ["blueprint pages", "app", "app"]


def test_an_early_return():
    trace = run("early_return").traces[0]
    assert lane(trace) == [
        *begun("GET /", "index"),
        "hook before_request close_down",
        MADE,
        "hook after_request after",
        "handover start_response 503 SERVICE UNAVAILABLE",
        *popped(),
        body(6),
    ]
    assert step(trace, "close_down").outcome == "returned ('closed', 503)"
    assert trace.steps[3].outcome == "made from ('closed', 503)"


# Views and error handlers


@pytest.mark.parametrize(
    ("path", "name", "line"),
    [
        ("/method", "get", 39),
        ("/class", "dispatch_request", 44),
        ("/decorated", "decorated", 49),
        ("/partial", "say", 53),
        ("/instance", "Instance", 58),
        ("/bound", "bound", 63),
        ("/lambda", "<lambda>", 73),
        ("/library", "make_response", None),
    ],
)
def test_a_view_of_any_kind(path, name, line):
    trace = by_path("views")[f"GET {path}"]
    assert lane(trace)[2:4] == [f"view view {name}", MADE]
    view = trace.steps[2]
    assert (view.line, view.owner) == (line, "app")
    assert view.module == (None if line else "flask.helpers")


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


# Deferred callbacks


def test_deferred_callbacks_from_everywhere():
    trace = run("deferred").traces[0]
    assert lane(trace) == [
        *begun("GET /", "index"),
        "hook before_request register_early",
        "register after_this_request from_before",
        "view view index",
        "register after_this_request from_view",
        "register after_this_request helper",
        MADE,
        "deferred after_this_request from_before",
        "deferred after_this_request from_view",
        "register after_this_request helper",
        "deferred after_this_request helper",
        "deferred after_this_request helper",
        "hook after_request late",
        OK,
        *popped(),
    ]
    registered = [s for s in trace.steps if s.kind == "register"]
    assert [(s.order, s.depth, s.line) for s in registered] == [
        (1, 1, 29),
        (2, 1, 43),
        (3, 1, 19),
        (4, 1, 19),
    ]
    called = [s for s in trace.steps if s.kind == "deferred"]
    assert [(s.owner, s.order, s.depth) for s in called] == [
        ("request", order, 0) for order in (1, 2, 3, 4)
    ]
    assert [changes(s)["response.headers[X-From]"][1] for s in called] == [
        "before_request",
        "before_request, view",
        "before_request, view, helper",
        "before_request, view, helper, nested",
    ]


# Sessions


def test_a_session():
    login = run("sessions").traces[1]
    assert lane(login) == [
        "request request GET /login",
        "session open_session SecureCookieSession",
        "match match_request login",
        "view view login",
        MADE,
        "session save_session SecureCookieSession",
        OK,
        *popped(),
        body(2),
    ]
    opened, saved = login.steps[1], login.steps[5]
    assert (opened.before["session"], opened.after["session"]) == (None, {})
    assert changes(step(login, "login", "view")) == {"session[user]": (None, "'ada'")}
    assert changes(saved) == {
        "response.headers[Vary]": (None, "Cookie"),
        "response.cookies[session]": (None, "<signed>"),
    }
    assert login.steps[-1].after["session"] is None


def test_the_session_of_the_next_request():
    name, home, logout = run("sessions").traces[2:]
    assert name.steps[1].after["session"] == {"user": "'ada'"}
    assert name.steps[0].before["request"]["cookies"] == {"session": "<signed>"}
    assert changes(name.steps[5]) == {"response.headers[Vary]": (None, "Cookie")}
    # Nobody looked at it: neither did the recorder.
    assert home.steps[5].changes == []
    assert changes(logout.steps[3]) == {"session[user]": ("'ada'", None)}
    assert changes(logout.steps[5])["response.cookies[session]"] == (None, "(deleted)")


def test_a_session_interface_of_the_snippet():
    first, second = run("custom_session").traces
    assert lane(first)[1] == "session open_session Kept"
    assert lane(first)[4:6] == [MADE, "session save_session Kept"]
    assert second.steps[1].after["session"] == {"visits": "1"}


def test_a_session_that_is_no_dict_is_left_alone():
    trace = run("foreign_session").traces[0]
    assert lane(trace)[1] == "session open_session Foreign"
    assert {s.after["session"] for s in trace.steps} == {None}


# Bodies


def test_a_body_in_pieces():
    trace = by_path("bodies")["GET /pieces"]
    assert lane(trace) == [
        *begun("GET /pieces", "pieces"),
        "view view pieces",
        MADE,
        OK,
        "teardown teardown_request tear_down",
        *popped(),
        *["stream stream words"] * 3,
        body(7),
    ]
    pieces = trace.steps[-4:-1]
    assert [s.outcome for s in pieces] == [
        "yielded 'one '",
        "yielded 'two'",
        "finished",
    ]
    assert [s.order for s in pieces] == [1, 2, 3]
    assert {(s.line, s.owner) for s in pieces} == {(33, None)}
    assert trace.steps[2].outcome == "returned a generator"
    assert changes(trace.steps[-1]) == {"response.body": ("(streamed)", "one two")}


def test_stream_with_context():
    trace = by_path("bodies")["GET /context"]
    again = "context push context" if ONE_CONTEXT else "context push request context"
    pieces = ["stream stream words"] * 3
    down = ["teardown teardown_request tear_down", *popped()]
    if FLASK == (3, 1):
        # The contexts go, and are pushed again when the body is asked for.
        rest = [MADE, OK, *down, "match match_request context", again, *pieces, *down]
    elif ONE_CONTEXT:
        rest = [again, MADE, OK, *pieces, *down]
    else:
        # They are pushed again while the view still runs.
        rest = ["match match_request context", again, MADE, OK, *pieces, *down]
    assert lane(trace) == [
        *begun("GET /context", "context"),
        "view view context",
        *rest,
        body(9),
    ]
    assert {s.after["g"] is None for s in trace.steps if s.kind == "stream"} == {False}


def test_a_file():
    trace = by_path("bodies")["GET /file"]
    assert lane(trace)[2:5] == ["view view file", MADE, OK]
    assert lane(trace)[-1] == body(7)
    assert changes(trace.steps[-1]) == {"response.body": ("(streamed)", "A file.")}


def test_call_on_close():
    trace = by_path("bodies")["GET /closing"]
    assert lane(trace)[-2:] == [body(7), "call call_on_close note_end"]


def test_an_empty_body():
    trace = by_path("bodies")["GET /empty"]
    assert lane(trace) == [
        *begun("GET /empty", "empty"),
        "view view empty",
        MADE,
        "handover start_response 204 NO CONTENT",
        "teardown teardown_request tear_down",
        *popped(),
    ]


def test_a_body_closed_before_its_end():
    trace = run("broken_bodies").traces[0]
    assert lane(trace)[-3:] == ["stream stream words"] * 2 + [body(4)]
    assert [s.outcome for s in trace.steps if s.kind == "stream"] == [
        "yielded 'one '",
        "closed early",
    ]
    assert trace.steps[-1].outcome == "broken off"


def test_a_body_that_is_not_read():
    trace = run("broken_bodies").traces[1]
    # The test client has asked for the first piece.
    assert lane(trace)[4:] == [OK, *popped(), "stream stream words"]


def test_a_body_that_fails():
    trace = run("broken_bodies").traces[2]
    assert lane(trace)[-3:] == [*["stream stream words"] * 2, body(3)]
    _, failed, broken = trace.steps[-3:]
    assert failed.outcome == "raised ValueError: in the body"
    assert broken.outcome == "broken off"


def test_nothing_is_lost_after_a_broken_body():
    assert [trace.path for trace in run("broken_bodies").traces] == [
        "/pieces",
        "/pieces",
        "/fails",
        "/last",
    ]
    assert lane(run("broken_bodies").traces[-1])[-1] == body(4)


# Failures


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
    assert second.before["response"]["status"] == "500 INTERNAL SERVER ERROR"
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


# Async


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


# Requests of other kinds


def test_contexts_pushed_by_hand():
    trace = run("by_hand").traces[0]
    assert lane(trace) == [
        *begun("GET /", "view"),
        "hook before_request load_user",
        "hook after_request add_header",
        "teardown teardown_request tear_down",
        *popped(),
    ]


def test_a_client_that_keeps_the_context():
    trace = run("by_hand").traces[1]
    again = "context push context" if ONE_CONTEXT else "context push request context"
    # Before Flask 3.1 the client pushes the application context last.
    last = ["context pop application context"] if FLASK < (3, 1) else []
    assert lane(trace) == [
        *begun("GET /", "view"),
        "hook before_request load_user",
        "view view view",
        MADE,
        "hook after_request add_header",
        OK,
        "teardown teardown_request tear_down",
        *popped(),
        "match match_request view",
        again,
        *last,
        "teardown teardown_request tear_down",
        *popped(),
    ]


def test_a_dispatch_by_hand():
    assert len(run("by_hand").traces) == 4
    assert lane(run("by_hand").traces[3]) == [
        *begun("GET /", "view"),
        "hook before_request load_user",
        "view view view",
        MADE,
        "hook after_request add_header",
        "teardown teardown_request tear_down",
        *popped(),
    ]


def test_a_thread_of_the_view_is_no_step():
    (trace,) = run("background").traces
    assert lane(trace) == [
        *begun("GET /", "index"),
        "view view index",
        MADE,
        OK,
        *popped(),
        body(4),
    ]


def test_a_request_within_a_request():
    outer, inner = run("nested_request").traces
    rest = [MADE, "hook after_request after", OK]
    assert lane(outer) == [
        *begun("GET /outer", "outer"),
        "view view outer",
        *rest,
        *popped(),
        body(7),
    ]
    # Before Flask 3.2 it uses the application context that is there.
    gone = popped() if ONE_CONTEXT else ["context pop request context"]
    assert lane(inner) == [
        *begun("GET /inner", "inner"),
        "view view inner",
        *rest,
        *gone,
        body(5),
    ]


def test_a_long_request_is_cut():
    long, short = run("long").traces
    assert len(long.steps) == requests.MAX_STEPS == 400
    assert lane(long)[-1] == "cut cut recording"
    assert long.steps[-1].outcome == "stopped at step 400"
    assert lane(short)[-1] == body(5)


# The recording itself


@pytest.mark.parametrize("name", APPS)
def test_recording_changes_nothing_that_is_printed(name, capsys):
    one = snippets.load(FIXTURES, f"recorder/{name}")
    names = {"__name__": one.module, "__file__": str(one.path)}
    sys.modules[one.module] = module = type(sys)(one.module)
    vars(module).update(names)
    try:
        exec(compile(one.path.read_text("utf-8"), one.path, "exec"), vars(module))
        capsys.readouterr()
        for block in one.scenario(vars(module)):
            exec(block.source, vars(module))
    finally:
        del sys.modules[one.module]
    assert capsys.readouterr().out == run(name).stdout


def scenario_of(path):
    return snippets.load(path.parents[1], f"{path.parent.name}/{path.stem}").scenario


def write(tmp_path, code, scenario="print(1)", output="1"):
    """Write a snippet and return its path."""
    path = tmp_path / "topic" / "case.py"
    path.parent.mkdir()
    blocks = "\n".join(f"   {line}" for line in scenario.splitlines())
    path.write_text(
        f'"""A case.\n\n.. testcode::\n\n{blocks}\n\n.. testoutput::\n\n'
        f'   {output}\n"""\n\n{code}\n'
    )
    return path


def test_recording_leaves_no_trace_in_the_process(tmp_path):
    def profile(*event):
        """Stand in for a profiler that was there before."""

    path = write(tmp_path, "import logging\nlogging.warning('never seen')")
    earlier = sys.modules["snippets.topic.case"] = object()
    handlers = list(logging.getLogger().handlers)
    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        record(path, "snippets.topic.case", scenario_of(path))
        assert sys.getprofile() is profile
    finally:
        sys.setprofile(before)
        found = sys.modules.pop("snippets.topic.case")
    assert found is earlier
    assert logging.getLogger().handlers == handlers
    record(path, "snippets.topic.case", scenario_of(path))
    assert "snippets.topic.case" not in sys.modules
    assert sys.getprofile() is before


def test_the_process_is_clean_after_a_failure(tmp_path, capfd):
    path = write(tmp_path, "import sys\nprint('x', file=sys.stderr)", "1 / 0")
    handlers = list(logging.getLogger().handlers)
    before = sys.getprofile()
    with pytest.raises(ScenarioError):
        record(path, "snippets.topic.case", scenario_of(path))
    assert sys.getprofile() is before
    assert "snippets.topic.case" not in sys.modules
    assert logging.getLogger().handlers == handlers
    assert capfd.readouterr() == ("", "")


VIEW = """
from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    {body}
"""


@pytest.mark.canary
@pytest.mark.parametrize(
    ("code", "scenario", "message", "line"),
    [
        ("x = 1", "x\n1 / 0", "the scenario raised ZeroDivisionError", 6),
        ("x = 1\n1 / 0", "print(1)", "the scenario raised ZeroDivisionError", 13),
        ("x = 1", "x = 1\nx = = 2", "the scenario raised SyntaxError", 6),
        (
            VIEW.format(body="return 1 / 0"),
            "app.testing = True\napp.test_client().get('/')",
            "the scenario raised ZeroDivisionError",
            6,
        ),
    ],
    ids=["scenario", "import", "syntax", "view"],
)
def test_a_scenario_that_raises(tmp_path, code, scenario, message, line):
    path = write(tmp_path, code, scenario)
    with pytest.raises(ScenarioError, match=message) as caught:
        record(path, "snippets.topic.case", scenario_of(path))
    assert caught.value.line == line


@pytest.mark.canary
@pytest.mark.parametrize(
    ("code", "scenario"),
    [
        ("x = 1", "while True:\n    x = 2"),
        ("while True:\n    pass", "print(1)"),
        (
            "x = 1",
            "while True:\n    try:\n        while True:\n            x = 2\n"
            "    except Exception:\n        pass",
        ),
        (VIEW.format(body="while True: pass"), "app.test_client().get('/')"),
    ],
    ids=["scenario", "import", "swallowed", "view"],
)
def test_an_endless_scenario(tmp_path, code, scenario):
    path = write(tmp_path, code, scenario)
    with pytest.raises(ScenarioError, match=r"did not end within 0\.05 seconds"):
        record(path, "snippets.topic.case", scenario_of(path), timeout=0.05)


ENDLESS_ASYNC = """
import sys
from pathlib import Path
from hookbook.corpus import runs

# Long enough for the view's thread to begin, on a busy machine too.
runs.run(Path(sys.argv[1]), "topic/case", timeout=1)
"""


@pytest.mark.canary
def test_an_endless_async_view_does_not_keep_the_process(tmp_path):
    view = VIEW.format(body="while True: pass").replace("def index", "async def index")
    write(tmp_path, view, "app.test_client().get('/')")
    result = subprocess.run(
        [sys.executable, "-c", ENDLESS_ASYNC, tmp_path],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert "the scenario did not end within 1 seconds" in result.stderr


@pytest.mark.canary
def test_a_failure_of_the_recorder_is_in_the_trace(tmp_path, monkeypatch):
    def broken(response):
        raise RuntimeError("not a step")

    path = write(tmp_path, VIEW.format(body="return 'x'"), "app.test_client().get('/')")
    monkeypatch.setattr(snapshots, "response_parts", broken)
    (trace,) = record(path, "snippets.topic.case", scenario_of(path)).traces
    assert not trace.complete
    assert trace.missing == ["the recorder failed: RuntimeError: not a step"]


STABLE = [name for name in APPS if name != "long"]
DUMP = f"""
import json, sys
from pathlib import Path
from hookbook.corpus import runs
from hookbook.trace.steps import as_json

root = Path(sys.argv[1])
runs = {{name: as_json(runs.run(root, "recorder/" + name)[1]) for name in {STABLE}}}
sys.stdout.buffer.write(json.dumps(runs).encode())
"""


def start(seed):
    return subprocess.Popen(
        [sys.executable, "-c", DUMP, FIXTURES],
        env={
            **os.environ,
            "PYTHONHASHSEED": str(seed),
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        },
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )


def test_runs_are_equal_in_every_process():
    here = json.dumps({name: as_json(run(name)) for name in STABLE})
    dumps = [process.communicate()[0].decode() for process in (start(1), start(2))]
    assert json.loads(dumps[0]) == json.loads(here)
    assert dumps == [here, here]


def test_two_runs_in_one_process_are_equal():
    first = as_json(run("unstable"))
    runs._runs.clear()
    assert as_json(run("unstable")) == first
    text = json.dumps(first)
    assert "Mon," not in text
    view = run("unstable").traces[0].steps[3]
    assert view.after["g"] == {
        "thing": "<object object at 0x…>",
        "broken": "<snippets.recorder.unstable.Broken object at 0x…>",
        "names": "{'a', 'b', 'c'}",
    }
