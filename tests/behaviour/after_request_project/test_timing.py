"""Step 3: the time of each request."""

import time

import pytest

from snippets.after_request_project.timing import app


@pytest.fixture
def desk(open_desk):
    return open_desk(app)


def ticking(desk, result=None):
    """Return a function that takes a quarter of a second, as hook, view or stream."""

    def function(*arguments):
        desk.tick()
        return arguments[0] if arguments else result

    return function


def test_desk_sends_the_milliseconds_that_a_request_took(desk):
    """A quarter of a second by the test's clock."""
    assert desk.open("/").headers.getlist("Server-Timing") == ["app;dur=250.0"]


def test_every_kind_of_response_has_its_time(desk, tmp_path):
    """Errors, static files, HEAD, streams; an early return took no time."""
    for kind, response in desk.every_kind(tmp_path).items():
        took = "0.0" if kind == "early" else "250.0"
        assert response.headers.getlist("Server-Timing") == [f"app;dur={took}"], kind


def test_early_answer_behind_the_clock_has_its_time(desk, monkeypatch):
    """start_clock is registered first, so an early return after it is timed."""
    functions = [*app.before_request_funcs[None], lambda: ("Closed.", 503)]
    monkeypatch.setitem(app.before_request_funcs, None, functions)
    response = desk.open("/")
    assert response.status_code == 503
    assert response.headers["Server-Timing"] == "app;dur=250.0"


def test_time_of_the_view_is_measured(desk):
    """Whatever happens between the two functions counts."""
    desk.view("shelf", ticking(desk, "Tools"))
    assert desk.open("/").headers["Server-Timing"] == "app;dur=500.0"


def test_time_includes_hooks_registered_behind_the_clock(desk):
    """Registered later, they run before it stops."""
    desk.hook(ticking(desk))
    assert desk.open("/").headers["Server-Timing"] == "app;dur=500.0"


def test_time_leaves_out_hooks_registered_before_the_clock(desk):
    """They run after it has stopped."""
    desk.hook(ticking(desk), last=False)
    assert desk.open("/").headers["Server-Timing"] == "app;dur=250.0"


def test_time_ends_before_a_streamed_body(desk):
    """The rows are produced after the header was sent."""

    def rows():
        desk.tick()
        yield "scythe"

    desk.view("shelf", rows)
    response = desk.open("/")
    assert response.headers["Server-Timing"] == "app;dur=250.0"
    assert response.text == "scythe"


def test_failed_hook_is_timed_with_its_500(desk):
    """The request's clock goes on: it stops when the hooks run again."""
    failures = iter([ValueError("once")])

    def fail_once(response):
        for failure in failures:
            raise failure
        return response

    desk.hook(fail_once, last=False)
    response = desk.open("/")
    assert response.status_code == 500
    assert response.headers["Server-Timing"] == "app;dur=500.0"


def test_clock_of_the_desk_is_perf_counter(pristine):
    """It uses a clock that is never set back."""
    clock = pristine("timing")["app"].config["CLOCK"]
    assert clock is time.perf_counter
    assert time.get_clock_info("perf_counter").monotonic
    assert time.get_clock_info("time").adjustable
    assert not time.get_clock_info("perf_counter").adjustable
