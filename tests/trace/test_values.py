"""How values and exceptions are shown."""

import pytest
from flask import Response, g

from hookbook.trace import values

from .apps import Hostile, HostileError, an_app, recorded
from .programs import changed, step_of


def test_a_readers_own_values_are_shown_as_they_are():
    app = an_app()
    text = "0779b8f565ec436cb81066b54d473b1a at 4392.371500434"
    app.view_functions["page"] = lambda: text
    (masked,), _ = recorded(app)
    (shown,), _ = recorded(app, masks=False)
    assert step_of(masked, "<lambda>").outcome == "returned '<random id> at <time>'"
    assert step_of(shown, "<lambda>").outcome == f"returned '{text}'"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(10**5000, "<int of 16610 bits>", id="large"),
        ([[]], "[[]]"),
        ((1,), "(1,)"),
        (b"x" * 9, "b'xxxxxxxxx'"),
        (int, "<class 'int'>"),
        (ValueError("no", 1), "ValueError('no', 1)"),
        (Response, "<class 'flask.wrappers.Response'>"),
        (range(3), "range(0, 3)"),
        ({1, "a"}, "{'a', 1}"),
        (set(range(2000)), "{… 2000 members}"),
    ],
)
def test_a_plain_value_is_shown(value, text):
    assert values.show(value) == text


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ValueError("no"), "ValueError: no"),
        (KeyError("no"), "KeyError: 'no'"),
        (OSError(2, "none", "a.txt"), "FileNotFoundError: [Errno 2] none: 'a.txt'"),
        (ValueError(Hostile), "ValueError: <class 'tests.trace.apps.Hostile'>"),
        (
            ValueError(object.__new__(Hostile)),
            "ValueError: <tests.trace.apps.Hostile object at 0x…>",
        ),
        (HostileError("no"), "tests.trace.apps.HostileError: 'no'"),
        (HostileError(), "tests.trace.apps.HostileError"),
    ],
)
def test_an_exception_is_told_without_its_own_words(error, text):
    assert values.describe_exception(error, str) == text


def test_large_containers_are_compared_by_their_beginning():
    large = list(range(300_000))
    assert values.exact(large) == values.exact(list(large))
    assert values.exact(large) != values.exact([*large, 1])
    assert values.exact(large) != values.exact([1, *large[1:]])


@pytest.mark.parametrize(
    ("value", "change", "old", "new"),
    [
        (list(range(500)), lambda v: v.__setitem__(400, -7), "400, 401", "-7, 401"),
        ({n: str(n) for n in range(300)}, lambda v: v.pop(299), "'299'}", "8: '298'}"),
        (
            [(n, [None]) for n in range(90)],
            lambda v: v[80][1].append(2),
            "]), (81",
            "2",
        ),
        ([b"x", 10**90, 0.5, True] * 70, lambda v: v.append("end"), "True]", "'end']"),
    ],
)
def test_where_long_values_differ_is_shown(value, change, old, new):
    app = an_app()
    app.before_request(lambda: setattr(g, "value", value))
    app.after_request(lambda response: [change(g.value), response][1])
    (trace,), _ = recorded(app)
    (step,) = [step for step in trace.steps if step.phase == "after_request"]
    before, after = changed(step)["g.value"]
    assert before != after
    assert (old in before, new in after) == (True, True)
    assert max(len(before), len(after)) <= 200
