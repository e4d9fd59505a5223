"""Hooks of the app and of blueprints, and deferred callbacks."""

from tests.trace.recorder.lanes import (
    MADE,
    OK,
    begun,
    body,
    changes,
    lane,
    popped,
    run,
    step,
)


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
