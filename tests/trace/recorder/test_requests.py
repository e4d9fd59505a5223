"""The ways that a request can go, and requests of other kinds."""

import pytest

from hookbook.corpus.phrases import as_released
from hookbook.trace import requests
from tests.behaviour.versions import FLASK
from tests.trace.recorder.lanes import (
    MADE,
    OK,
    ONE_CONTEXT,
    begun,
    body,
    by_path,
    changes,
    lane,
    popped,
    run,
)

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
    outcome = as_released(trace.steps[2].outcome)
    assert outcome == "returned a response (303 SEE OTHER)"
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
    trace = by_path("lanes")["OPTIONS /"]
    assert [step.phase for step in trace.steps if step.kind == "view"] == []
    made = trace.steps[2]
    assert made.phase == "make_default_options_response"
    assert made.outcome == "the automatic answer to OPTIONS"


# Views


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
