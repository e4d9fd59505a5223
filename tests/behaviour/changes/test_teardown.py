"""Teardown functions that raise: the others run, or don't."""

import sys

import pytest
from flask import appcontext_popped, request_tearing_down

from snippets.changes import teardown_error_group, teardown_raises
from tests.behaviour.changes.releases import since

GROUPS = since(3, 2) and sys.version_info >= (3, 11)


def failing():
    """Expect the error of a teardown function, alone or in a group."""
    return pytest.raises(Exception, match=r"disk full|context teardown")


def test_teardown_function_behind_a_failing_one_is_skipped_up_to_flask_3_1(capsys):
    """Since 3.2 all teardown_request functions run, whichever raises."""
    with failing():
        teardown_raises.app.test_client().get("/")
    assert ("free lock" in capsys.readouterr().out) == since(3, 2)


def test_app_context_teardown_runs_behind_a_failing_request_teardown(capsys):
    """teardown_appcontext functions run in both cases, on every version."""
    with failing():
        teardown_raises.app.test_client().get("/")
    assert capsys.readouterr().out.splitlines()[-1] == "close database"


def test_failing_teardown_appcontext_stops_its_round_up_to_flask_3_1(app, steps):
    """The rule holds for teardown_appcontext functions as well."""
    app.teardown_appcontext(lambda error: steps.append("first registered"))

    @app.teardown_appcontext
    def fail(error):
        raise OSError("disk full")

    with failing():
        app.test_client().get("/")
    assert steps == (["first registered"] if since(3, 2) else [])


def test_teardown_function_that_catches_its_error_stops_nobody(capsys):
    """With its own try statement all others run, on every version."""
    assert teardown_raises.app.test_client().get("/careful").status_code == 200
    assert capsys.readouterr().out.splitlines() == [
        "close file: failed, and was caught",
        "free lock",
        "close database",
    ]


def test_server_gets_a_group_from_failing_teardown_functions_since_flask_3_2():
    """Before, and on Python 3.10, it gets the first error itself."""
    with failing() as failure:
        teardown_error_group.app.test_client().get("/")
    name = "ExceptionGroup" if GROUPS else "OSError"
    assert type(failure.value).__name__ == name


def test_group_of_teardown_errors_has_a_group_for_each_round():
    """The outer group is for the context, the inner one for the request."""
    with failing() as failure:
        teardown_error_group.app.test_client().get("/")
    if GROUPS:
        (inner,) = failure.value.exceptions
        assert inner.message == "Errors during request teardown"
        assert [type(error) for error in inner.exceptions] == [OSError, KeyError]
    else:
        assert str(failure.value) == "disk full"


def test_flattened_teardown_errors_begin_with_the_first_on_every_version():
    """A function that looks into groups finds the error on both sides."""
    with failing() as failure:
        teardown_error_group.app.test_client().get("/")
    errors = teardown_error_group.flatten(failure.value)
    assert str(errors[0]) == "disk full"
    assert len(errors) == (2 if GROUPS else 1)


def test_request_tearing_down_follows_a_failing_teardown_since_flask_3_2(steps):
    """Up to 3.1 the signal is skipped with the rest of the functions."""

    def note(sender, exc):
        steps.append(exc)

    with request_tearing_down.connected_to(note, teardown_raises.app), failing():
        teardown_raises.app.test_client().get("/")
    assert steps == ([None] if since(3, 2) else [])


def test_context_of_a_failing_teardown_is_popped_on_every_version(steps):
    """The next request finds no context left over, and appcontext_popped was sent."""

    def note(sender):
        steps.append("popped")

    with appcontext_popped.connected_to(note, teardown_raises.app), failing():
        teardown_raises.app.test_client().get("/")
    assert steps == ["popped"]


def test_failing_teardown_appcontext_suppresses_the_popped_signal_up_to_3_1(app, steps):
    """Since 3.2 appcontext_popped is still sent."""

    @app.teardown_appcontext
    def fail(error):
        raise OSError("disk full")

    def note(sender):
        steps.append("popped")

    with appcontext_popped.connected_to(note, app), failing():
        app.test_client().get("/")
    assert steps == (["popped"] if since(3, 2) else [])
