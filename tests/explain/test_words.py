"""A step is told in English that agrees with it."""

from pathlib import Path

import pytest

from hookbook.corpus import runs
from hookbook.explain import words
from hookbook.trace.steps import Step

FIXTURES = Path(__file__).parents[1] / "trace" / "fixtures"

# What the execution table calls a step, its note there, and the transcript's sentence.
TOLD = [
    (
        ("lanes", "GET /", "GET /"),
        "Request received",
        "",
        "Flask receives `GET /`.",
    ),
    (
        ("lanes", "GET /users/7", "user", "match"),
        "URL matched",
        "matched /users/<int:number>",
        "Flask looks the URL up: `user`, matched /users/<int:number>."
        " Afterwards `request.view_args[number] = 7`.",
    ),
    (
        ("lanes", "POST /", "MethodNotAllowed", "match"),
        "URL not matched",
        "werkzeug.exceptions.MethodNotAllowed: 405 Method Not Allowed: The method is"
        " not allowed for the requested URL.; kept until dispatch_request",
        "Flask looks the URL up: `MethodNotAllowed`, kept until dispatch_request.",
    ),
    (
        ("lanes", "GET /static/note.txt", "static", "view"),
        "View function",
        "Flask itself returned a response (200 OK)",
        "The endpoint is `static`; Flask itself returned a response (200 OK).",
    ),
    (
        ("lanes", "GET /", "Response"),
        "Response created",
        "made from 'home'",
        "Flask makes a response object, made from 'home'. Afterwards"
        " `response.status = 200 OK`;"
        " `response.headers[Content-Type] = text/html; charset=utf-8`;"
        " `response.headers[Content-Length] = 4`; `response.body = home`.",
    ),
    (
        ("lanes", "GET /", "200 OK"),
        "Handed to the server",
        "given to start_response",
        "The response, 200 OK, is given to start_response.",
    ),
    (
        ("lanes", "GET /", "4 bytes"),
        "Body produced",
        "produced",
        "The body, 4 bytes, is produced.",
    ),
    (
        ("hooks", "GET /en/outer/inner/", "inner_before"),
        "before_request hook",
        "blueprint outer.inner; returned None: the request goes on",
        "The before_request hook `inner_before` of the blueprint outer.inner (line 48)"
        " is called; it returned None.",
    ),
    (
        ("hooks", "GET /", "on_start"),
        "request_started receiver",
        "returned None",
        "The request_started receiver `on_start` (line 109) is called; it returned"
        " None.",
    ),
    (
        ("hooks", "GET /", "app_teardown"),
        "teardown_request function",
        "returned None",
        "The teardown_request function `app_teardown` (line 74) is called; it returned"
        " None.",
    ),
    (
        ("early_return", "GET /", "close_down"),
        "before_request hook",
        "returned ('closed', 503): the view function is not called",
        "The before_request hook `close_down` (line 19) is called; it returned"
        " ('closed', 503).",
    ),
    (
        ("handlers", "GET /area/", "on_area_error"),
        "Error handler",
        "blueprint area; given KeyError: 'k'; returned ('area', 409)",
        "The error handler `on_area_error` of the blueprint area (line 47) is given"
        " KeyError: 'k'; it returned ('area', 409).",
    ),
    (
        ("handlers", "GET /fails", "failing_handler"),
        "Error handler",
        "given ValueError: view; raised TypeError: handler",
        "The error handler `failing_handler` (line 77) is given ValueError: view; it"
        " raised TypeError: handler.",
    ),
    (
        ("handlers", "GET /fails", "TypeError"),
        "Unhandled exception",
        "TypeError: handler; logged, and answered with an InternalServerError",
        "Nothing has caught TypeError: handler: logged, and answered with an"
        " InternalServerError.",
    ),
    (
        ("deferred", "GET /", "from_view", "register"),
        "Callback deferred",
        "is put at the end of this request's list",
        "`after_this_request` is given `from_view` (line 43), which is put at the end"
        " of this request's list.",
    ),
    (
        ("deferred", "GET /", "from_before", "deferred"),
        "Deferred callback",
        "returned a response (200 OK)",
        "The deferred callback `from_before` (line 29) is called with the response; it"
        " returned a response (200 OK)."
        " Afterwards `response.headers[X-From] = before_request`.",
    ),
    (
        ("sessions", "GET /logout", "SecureCookieSession", "session", "save_session"),
        "Saving the session",
        "passed to save_session",
        "The session is passed to save_session. Afterwards"
        " `response.headers[Vary] = Cookie`; `response.cookies[session] = (deleted)`.",
    ),
    (
        ("asynchronous", "GET /", "before"),
        "before_request hook",
        "async; returned None: the request goes on",
        "The before_request hook `before` (line 23) is called; it returned None."
        " Afterwards `g.ready = True`.",
    ),
    (
        ("failures", "GET /forgotten", "after"),
        "after_request hook",
        "returned None: from here on there is no response",
        "The after_request hook `after` (line 47) is called; it returned None."
        " Afterwards `response is gone`.",
    ),
    (
        ("failures", "GET /forgotten", "TypeError"),
        "Exception leaves Flask",
        "TypeError: 'NoneType' object is not callable; left Flask",
        "Nothing has caught TypeError: 'NoneType' object is not callable: left Flask.",
    ),
    (
        ("bodies", "GET /closing", "note_end"),
        "call_on_close function",
        "returned None",
        "The call_on_close function `note_end` (line 59) is called; it returned None.",
    ),
    (
        ("broken_bodies", "GET /pieces", "4 bytes"),
        "Body broken off",
        "broken off",
        "The body, 4 bytes, is broken off. Afterwards"
        " `response.body = one  (was (streamed))`.",
    ),
    (
        ("broken_bodies", "GET /fails", "words", "stream"),
        "Piece of the body",
        "yielded 'one'",
        "The generator `words` (line 37) yielded 'one'.",
    ),
    (
        ("long", "GET /", "recording"),
        "Recording cut",
        "stopped at step 400",
        "The recording stopped at step 400.",
    ),
]


def find(app, request, *words):
    """Return the first step of a request with these words as name, kind and phase."""
    traces = runs.run(FIXTURES, f"recorder/{app}")[1].traces
    trace = next(t for t in traces if f"{t.method} {t.path}" == request)
    return next(
        step
        for step in trace.steps
        if (step.name, step.kind, step.phase)[: len(words)] == words
    )


@pytest.mark.parametrize(("place", "label", "note", "sentence"), TOLD)
def test_a_step_is_told(place, label, note, sentence):
    step = find(*place)
    assert words.label(step) == label
    assert words.note(step) == note
    assert words.sentence(step) == sentence


def test_every_step_can_be_told():
    kinds = set()
    for name in runs.names(FIXTURES):
        if not name.startswith("recorder/"):
            continue
        for trace in runs.run(FIXTURES, name)[1].traces:
            for step in trace.steps:
                kinds.add(step.kind)
                assert words.label(step)
                text = words.sentence(step)
                assert text.endswith(".")
                assert "None is" not in text
                assert text.count("`") % 2 == 0
    assert len(kinds) == 18


def test_a_state_is_one_line():
    view = find("unstable", "GET /", "index", "view")
    assert words.summary(view.before) == "no response"
    assert words.summary(view.after) == (
        "no response; g.thing = <object object at 0x…>;"
        " g.broken = <snippets.recorder.unstable.Broken object at 0x…>;"
        " g.names = {'a', 'b', 'c'}; session[user] = 'ada'"
    )
    made = find("lanes", "GET /", "Response")
    assert words.summary(made.after) == "200 OK, 2 headers"


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (None, "1", "g.user = 1"),
        ("1", "2", "g.user = 2 (was 1)"),
        ("1", None, "g.user is gone"),
    ],
)
def test_a_change_is_told(before, after, text):
    item = {"name": "g.user", "before": before, "after": after}
    assert words.change(item) == text


def test_a_new_response_is_told_by_its_parts():
    made = find("lanes", "GET /", "Response")
    assert "response" in {item["name"] for item in made.changes}
    assert "response" not in {item["name"] for item in words.visible_changes(made)}


@pytest.mark.parametrize(
    ("kind", "in_code"),
    [("view", True), ("hook", True), ("request", False), ("body", False)],
)
def test_only_names_in_code_look_like_code(kind, in_code):
    step = Step(1, kind, "", "x", 0, {}, {})
    assert words.has_name_in_code(step) is in_code


def test_a_function_of_an_extension_is_told_with_its_version():
    view = find("lanes", "GET /", "home", "view")
    step = Step(
        1, "hook", "before_request", "check", 0, view.before, view.before,
        owner="app", outcome="returned None", module="flask_login.utils",
        distribution="Flask-Login 0.6.3",
    )  # fmt: skip
    assert words.note(step) == (
        "from Flask-Login 0.6.3; returned None: the request goes on"
    )
    assert words.sentence(step) == (
        "The before_request hook `check` from Flask-Login 0.6.3 is called; it"
        " returned None."
    )
    step.distribution = None
    assert words.source(step) == "the module flask_login.utils"


def test_an_iterator_is_no_generator():
    view = find("lanes", "GET /", "home", "view")
    step = Step(
        1, "stream", "stream", "Rows", 0, view.before, view.before,
        outcome="returned 'a'",
    )  # fmt: skip
    assert words.sentence(step) == "The iterator `Rows` returned 'a'."
