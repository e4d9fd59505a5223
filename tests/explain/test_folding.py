"""What a stepper folds: Flask's own bookkeeping, and never what a run is about."""

import flask
import pytest
from docutils import nodes
from flask import after_this_request, g, session

from hookbook.corpus import runs
from hookbook.explain.folding import KINDS, bookkeeping
from hookbook.explain.words import label

from .running import recorded
from .test_views import SNIPPETS, section


def folded(make, *requests, **options):
    """Return the labels of what is folded, of all requests to a new app."""
    return [
        label(trace.steps[place - 1])
        for trace in recorded(make, *requests or ["/"])
        for place in bookkeeping(trace.steps, **options)
    ]


def plain(app):
    @app.get("/")
    def index():
        return "Hello!"

    @app.after_request
    def add(response):
        response.headers["X-Added"] = "1"
        return response


ALL = ["Session opened", "URL matched", "Saving the session", *2 * ["Context popped"]]


def test_what_nobody_uses_is_folded_and_landmarks_are_not():
    (trace,) = recorded(plain, "/")
    own = bookkeeping(trace.steps)
    assert sorted(label(trace.steps[place - 1]) for place in own) == sorted(
        [*ALL, "Body produced"]
    )
    assert [
        label(step) for place, step in enumerate(trace.steps, 1) if place not in own
    ] == [
        "Request received",
        "View function",
        "Response created",
        "after_request hook",
        "Handed to the server",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_can_keep_each_kind(kind):
    (trace,) = recorded(plain, "/")
    kept = {
        trace.steps[place - 1].kind for place in bookkeeping(trace.steps, keep=[kind])
    }
    assert kept == {*KINDS} - {kind}


@pytest.mark.parametrize("word", ["request", "request.endpoint", "request.view_args"])
def test_a_tracker_of_what_matching_sets_keeps_the_match(word):
    assert "URL matched" in folded(plain, watched=["request.headers", "g"])
    assert "URL matched" not in folded(plain, watched=[word])


def test_a_url_that_is_not_matched_is_no_bookkeeping():
    assert "URL not matched" not in folded(plain, "/nowhere")
    assert "Context popped" in folded(plain, "/nowhere")


def test_a_url_value_preprocessor_keeps_the_match_before_it():
    def make(app):
        plain(app)
        app.url_value_preprocessor(lambda endpoint, values: None)

    assert "URL matched" not in folded(make)
    assert "Session opened" in folded(make)


def test_a_session_that_is_used_is_kept_from_its_opening():
    def make(app):
        @app.get("/")
        def index():
            session["cart"] = "teapot"
            return ""

    shown = folded(make)
    assert {"Session opened", "Saving the session"}.isdisjoint(shown)
    assert "URL matched" in shown


def test_a_session_that_was_only_read_is_kept_for_the_header_that_it_adds():
    def make(app):
        @app.get("/")
        def index():
            return session.get("user", "nobody")

    assert {"Session opened", "Saving the session"}.isdisjoint(folded(make))


def register_teardown(app):
    app.teardown_request(lambda exception: None)


def register_teardown_appcontext(app):
    app.teardown_appcontext(lambda exception: None)


def stream(app):
    @app.get("/lines")
    def list_lines():
        def lines():
            yield "a"

        return lines()


def close(app):
    @app.after_request
    def close_later(response):
        response.call_on_close(lambda: None)
        return response


def listen(app):
    def note(sender, **more):
        pass

    flask.appcontext_popped.connect(note, app)
    return note


@pytest.mark.parametrize(
    "register",
    [register_teardown, register_teardown_appcontext, stream, close, listen],
)
def test_where_functions_run_at_the_end_the_contexts_are_kept(register):
    def make(app):
        plain(app)
        return register(app)

    shown = folded(make, "/lines" if register is stream else "/")
    assert {"Context popped", "Body produced"}.isdisjoint(shown)
    assert "URL matched" in shown


def test_a_context_that_is_pushed_again_is_kept_with_its_match():
    run = runs.run(SNIPPETS, "lifecycle/client_block")[1]
    (trace,) = run.traces
    assert "Context pushed again" in [label(step) for step in trace.steps]
    own = [trace.steps[place - 1].kind for place in bookkeeping(trace.steps)]
    assert {"context", "match", "body"}.isdisjoint(own)


def test_what_changed_something_is_not_folded():
    def make(app):
        @app.get("/<name>")
        def index(name):
            g.name = name

            @after_this_request
            def note(response):
                return response

            return name

    (trace,) = recorded(make, "/anna")
    match = next(step for step in trace.steps if step.kind == "match")
    # A view gets it as its argument, which is shown there.
    assert "request.view_args[name]" in [one["name"] for one in match.changes]
    assert match.number in bookkeeping(trace.steps)
    match.changes.append({"name": "g.name", "before": None, "after": "anna"})
    assert match.number not in bookkeeping(trace.steps)


def test_a_section_names_the_steps_of_all_requests_that_it_shows():
    shown = section("deferred_callbacks/three_places", views=["flow"])
    numbers = [int(number) for number in shown["data"]["data-folded"].split()]
    items = list(shown.findall(nodes.list_item))
    texts = [items[number - 1].astext() for number in numbers]
    assert texts == [
        "URL matched show_product", "Context popped request context",
        "Context popped application context", "Body produced 13 bytes",
        "URL matched show_product", "Context popped request context",
        "Context popped application context", "Body produced 12 bytes",
    ]  # fmt: skip
    second = section("deferred_callbacks/three_places", views=["flow"], places=[2])
    assert len(second["data"]["data-folded"].split()) == 4


def test_a_section_that_folds_nothing_says_nothing():
    shown = section("after_request/add_header", keep=KINDS)
    assert "data-folded" not in shown["data"]
