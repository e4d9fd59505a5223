"""The signals that tell of application contexts."""

import pytest
from flask import (
    appcontext_popped,
    appcontext_pushed,
    appcontext_tearing_down,
    current_app,
    g,
    has_app_context,
)


@pytest.fixture
def signals(app, steps):
    """Note the signals of contexts, with sender and arguments."""

    def note(name):
        def receive(sender, **arguments):
            steps.append((name, sender is app, arguments))

        return receive

    with (
        appcontext_pushed.connected_to(note("pushed")),
        appcontext_tearing_down.connected_to(note("tearing down")),
        appcontext_popped.connected_to(note("popped")),
    ):
        yield steps


def test_app_context_sends_signals_when_it_begins_and_ends(app, signals):
    """The app is the sender; tearing down carries the exception."""
    with app.app_context():
        assert signals == [("pushed", True, {})]
    assert signals[1:] == [("tearing down", True, {"exc": None}), ("popped", True, {})]


def test_signal_of_tearing_down_carries_the_exception(app, signals):
    """The exception that left the with block."""
    crash = LookupError("cup")
    with pytest.raises(LookupError), app.app_context():
        raise crash
    assert ("tearing down", True, {"exc": crash}) in signals


def test_request_sends_the_signals_of_its_app_context(app, signals):
    """One app context for each request."""
    app.test_client().get("/")
    assert [name for name, *_ in signals] == ["pushed", "tearing down", "popped"]


def test_receiver_of_appcontext_pushed_can_use_the_context(app):
    """A test may put something on g before the view runs."""
    app.add_url_rule("/", view_func=lambda: g.user)

    def set_user(sender):
        g.user = "Ada"

    with appcontext_pushed.connected_to(set_user, app):
        assert app.test_client().get("/").text == "Ada"


def test_receiver_of_appcontext_tearing_down_still_has_the_context(app, steps):
    """A receiver of appcontext_popped doesn't have it any more."""

    def note(sender, **arguments):
        steps.append(has_app_context())

    with (
        appcontext_tearing_down.connected_to(note, app),
        appcontext_popped.connected_to(note, app),
        app.app_context(),
    ):
        pass
    assert steps == [True, False]


def test_teardown_functions_of_the_app_context_run_before_its_signal(app, steps):
    """In reverse order, with the context still there."""
    app.teardown_appcontext(lambda error: steps.append(f"first {current_app.name}"))
    app.teardown_appcontext(lambda error: steps.append(f"second {g.get('cup')}"))

    def note(sender, exc):
        steps.append("signal")

    with appcontext_tearing_down.connected_to(note, app), app.app_context():
        g.cup = "green"
    assert steps == ["second green", f"first {app.name}", "signal"]
