"""Programs that a recorder gets wrong when it guesses: each is told as it is."""

import sys

import pytest

from hookbook.corpus.phrases import as_released
from hookbook.trace.recorder import ScenarioError
from tests.behaviour.versions import FLASK

from .programs import CASES, called, changed, printed, scenario_of, step_of, traced

# These programs do not name the context that Flask 3.2 gives to its methods.
pytestmark = pytest.mark.filterwarnings("ignore:The '.*' method now takes 'ctx")

PLAIN = ["before_request look", "view page"]
STAMPED = [*PLAIN, "after_request stamp"]
DOWN = ["teardown_request down", "teardown_appcontext down_app"]
# Before Flask 3.1 the client pushes two application contexts.
DOWN_AGAIN = DOWN if FLASK >= (3, 1) else [DOWN[1], *DOWN]

CALLED = {
    "own_ensure_sync": [[*STAMPED, "teardown_request close"]],
    "async_gather": [["before_request load", "view page"]],
    "timed_hooks": [[*PLAIN, "after_this_request later", "after_request stamp"]],
    "own_logging": [["view page", "errorhandler sorry"]],
    "view_class_init": [["view dispatch_request"]],
    "inner_request_in_a_thread": [
        STAMPED,
        ["before_request look", "view inner", "after_request stamp"],
    ],
    "profiled_requests": [
        [
            "before_request start",
            "view page",
            "after_request stop",
            "teardown_request close",
        ]
    ]
    * 2,
    "requests_in_threads": [PLAIN] * 2,
    "own_dispatch": [STAMPED],
    "kept_context": [["view page", *DOWN, *DOWN_AGAIN]],
    "replaced_elsewhere": [["view page", "after_request stamp"]],
    "generator_view": [["view page"]],
    "stream_with_finally": [["view page"]],
    "lazy_user": [["before_request attach", "view page"]],
    "no_cookie_for_apis": [["view api"], ["view page"]],
    "foreign_cookie": [["view page"]],
    "json_in_a_cookie": [["view page"]],
    "nameless_signal": [["view page", "signal note"]],
    "g_with_slots": [["before_request load", "view page"]],
    "endless_recursion": [
        ["before_request look", "errorhandler deep", "teardown_request close"]
    ],
    "mock_as_hook": [["before_request look", "view page"]],
    "big_table_on_g": [
        ["before_request load", "view page", *["after_request stamp"] * 12]
    ],
    "partial_that_raises": [
        [
            "view page",
            "after_request add_header",
            "after_this_request <lambda>",
            "after_request add_header",
        ]
    ],
    "handlers_from_a_factory": [["view show", "errorhandler answer_of_app"]],
    "foreign_decorators": [
        [
            "url_value_preprocessor pull",
            "before_request look",
            "view page",
            "after_this_request later",
        ]
    ],
    "iterator_body": [["view rows"], ["view mapped"]],
    "paths": [["view page"]],
    "content_type": [
        ["before_request only_json", "view save"],
        ["before_request only_json"],
    ],
    "late_change": [
        [
            "before_request start",
            "view page",
            "after_request foot",
            "after_request note",
        ]
    ],
    "coordinates": [["before_request start", "before_request move", "view page"]],
    "no_handler": [["errorhandler any_error"], [], ["view plain"]],
}
ELSEWHERE = {
    "limiter_key_function": "test_extensions.py",
    "patched_by_gevent": "test_extensions.py",
    "current_user": "test_extensions.py",
    "leave_python": "below",
    "foreign": "a library",
}


def test_every_program_has_its_test():
    names = {path.stem for path in CASES.glob("*.py")}
    assert len(names) >= 36
    assert names == CALLED.keys() | ELSEWHERE.keys()


@pytest.mark.parametrize("name", CALLED)
def test_flask_called_these_functions_and_no_others(name):
    run = traced(name)
    assert [called(trace) for trace in run.traces] == CALLED[name]
    assert [trace.missing for trace in run.traces] == [[]] * len(run.traces)


# On Python 3.11 and older one profiler drives another out; here there is no other.
@pytest.mark.parametrize("name", CALLED)
def test_a_recorded_run_prints_what_an_unrecorded_one_does(name):
    wanted = scenario_of(CASES / f"{name}.py")[1]
    assert traced(name).stdout == printed(name)
    if name != "kept_context" or FLASK >= (3, 1):
        assert as_released(printed(name)) == wanted


def test_hooks_that_are_timed_have_their_owners():
    (trace,) = traced("timed_hooks").traces
    found = {s.name: s.owner for s in trace.steps if s.kind in {"hook", "deferred"}}
    assert found == {"look": "app", "later": "request", "stamp": "app"}
    handed = step_of(trace, "200 OK")
    assert handed.after["response"]["body"] == "page"


def test_a_response_of_another_module_is_handed_over():
    (trace,) = traced("replaced_elsewhere").traces
    frame = step_of(trace, "frame")
    assert (frame.module, frame.owner, frame.line) == ("foreign", "app", None)
    handed = step_of(trace, "200 OK")
    assert ["X-Framed", "1"] in handed.after["response"]["headers"]
    assert trace.steps[-1].name == "6 bytes"
    assert trace.steps[-1].after["response"]["body"] == "<page>"


def test_a_view_that_yields():
    (trace,) = traced("generator_view").traces
    (view,) = [step for step in trace.steps if step.kind == "view"]
    assert (view.line is not None, view.outcome) == (True, "returned a generator")


def test_a_stream_that_is_closed_early():
    (trace,) = traced("stream_with_finally").traces
    pieces = [step for step in trace.steps if step.kind == "stream"]
    assert [s.outcome for s in pieces] == ["yielded 'a'", "closed early"]
    assert {step.exception for step in trace.steps} == {None}


def test_a_value_that_would_load_itself_is_left_alone():
    (trace,) = traced("lazy_user").traces
    attach = step_of(trace, "attach")
    shown = "<werkzeug.local.LocalProxy object at 0x…>"
    assert changed(attach) == {"g.user": (None, shown)}
    vary = {n for s in trace.steps for n in changed(s) if "Vary" in n}
    assert vary == set()


def test_a_session_that_takes_what_it_is_given():
    api, page = traced("no_cookie_for_apis").traces
    (saved,) = [step for step in api.steps if step.phase == "save_session"]
    assert (saved.outcome, saved.changes) == ("passed to save_session", [])
    (saved,) = [step for step in page.steps if step.phase == "save_session"]
    assert "response.cookies[session]" in changed(saved)


def test_cookies_are_read_as_werkzeug_reads_them():
    (trace,) = traced("foreign_cookie").traces
    cookies = trace.steps[0].before["request"]["cookies"]
    assert cookies == {"cb_/list.php": "1", "lang": "de"}
    (trace,) = traced("json_in_a_cookie").traces
    assert trace.steps[0].before["request"]["cookies"]["theme"] == "dark"


def test_a_slot_of_g_is_shown():
    (trace,) = traced("g_with_slots").traces
    assert changed(step_of(trace, "load")) == {"g.user": (None, "'ann'")}


def test_an_endless_recursion_has_its_error():
    (trace,) = traced("endless_recursion").traces
    look = step_of(trace, "look")
    assert look.exception.startswith("RecursionError")
    assert step_of(trace, "deep").outcome == "returned ('too deep', 500)"


def test_a_test_double_is_named_by_its_class():
    (trace,) = traced("mock_as_hook").traces
    assert step_of(trace, "Mock").module == "unittest.mock"


def test_a_big_table_is_shown_by_its_beginning():
    (trace,) = traced("big_table_on_g").traces
    shown = changed(step_of(trace, "load"))["g.table"][1]
    assert (shown[:8], len(shown)) == ("{0: '0',", 200)


@pytest.mark.canary
def test_leaving_python_is_an_error_of_the_scenario():
    with pytest.raises(ScenarioError, match="raised SystemExit: no database") as caught:
        traced("leave_python")
    assert caught.value.line == 1


def test_the_response_stays_while_a_hook_raises():
    (trace,) = traced("partial_that_raises").traces
    first = next(step for step in trace.steps if step.name == "add_header")
    assert first.outcome == "raised ValueError: no"
    assert changed(first) == {"response.headers[X-Shop]": (None, "1")}
    registered = next(step for step in trace.steps if step.kind == "register")
    assert registered.before["response"]["status"] == "200 OK"


def test_a_handler_has_its_own_owner():
    (trace,) = traced("handlers_from_a_factory").traces
    assert step_of(trace, "show").owner == "blueprint shop"
    assert step_of(trace, "answer_of_app").owner == "app"


def test_functions_behind_a_foreign_decorator_have_lines_and_owners():
    (trace,) = traced("foreign_decorators").traces
    found = {
        step.name: step.owner for step in trace.steps if step.kind in {"hook", "view"}
    }
    assert found == {
        "pull": "app", "look": "blueprint shop", "page": "blueprint shop",
    }  # fmt: skip
    assert all(s.line for s in trace.steps if s.name in {*found, "later"})


def test_the_pieces_of_an_iterator():
    rows, mapped = traced("iterator_body").traces
    pieces = [(s.name, s.outcome) for s in rows.steps if s.kind == "stream"]
    assert pieces == [
        ("Rows", "returned 'a,'"), ("Rows", "returned 'b,'"), ("Rows", "ended"),
    ]  # fmt: skip
    pieces = [(s.name, s.outcome) for s in mapped.steps if s.kind == "stream"]
    assert pieces == [
        ("line", "returned '1,'"), ("line", "returned '2,'"), ("line", "ended"),
    ]  # fmt: skip


def test_a_path_is_decoded_and_has_its_root():
    (trace,) = traced("paths").traces
    assert (trace.path, trace.steps[0].name) == ("/shop/café", "GET /shop/café")


def test_a_request_has_the_headers_that_wsgi_keeps_apart():
    first, _ = traced("content_type").traces
    headers = first.steps[0].before["request"]["headers"]
    assert headers["Content-Type"] == "application/json"
    assert headers["Content-Length"] == "8"


def test_a_change_far_behind_is_a_change():
    (trace,) = traced("late_change").traces
    before, after = changed(step_of(trace, "foot"))["response.body"]
    assert (before[-6:], after[-6:]) == ("FOOTER", "footer")
    before, after = changed(step_of(trace, "note"))["g.log"]
    assert (before[-2:], after[-2:]) == ("x'", "y'")


def test_a_place_on_the_map_is_no_clock():
    (trace,) = traced("coordinates").traces
    assert changed(step_of(trace, "move")) == {
        "g.place": ("(52.520008, 13.404954)", "(48.856613, 2.352222)")
    }


def test_flask_asks_no_handler_about_some_exceptions():
    _, redirect, plain = traced("no_handler").traces
    told = [
        step.outcome
        for trace in (redirect, plain)
        for step in trace.steps
        if step.phase == "handle_http_exception"
    ]
    asks = "Flask asks no error handler about"
    assert told == [
        f"{asks} a redirect of the routing: the exception is the response",
        f"{asks} an exception without a code: the exception is the response",
    ]


def test_the_profiler_of_the_program_is_its_own():
    assert sys.getprofile() is None
    traced("profiled_requests")
    assert sys.getprofile() is None
