"""The differences between two traces, in words."""

import copy
import json
from pathlib import Path

import pytest

from hookbook.corpus import runs
from hookbook.trace.steps import as_json
from tests.regress import difference

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def trace():
    _, recorded = runs.run(ROOT / "snippets", "after_request/two_hooks")
    return json.loads(json.dumps(as_json(recorded)))


def differ(trace, change):
    other = copy.deepcopy(trace)
    steps = other["requests"][0]["steps"]
    change(steps)
    for number, step in enumerate(steps, start=1):
        step["number"] = number
    return [str(d) for d in difference.differences(trace, other)]


def hooks(steps):
    return [n for n, step in enumerate(steps) if step["phase"] == "after_request"]


def test_equal_traces_have_no_difference(trace):
    assert differ(trace, lambda steps: None) == []


def test_a_missing_and_an_added_step_are_named(trace):
    place = hooks(trace["requests"][0]["steps"])[0]
    name = f"step {place + 1}: after_request hook registered_last"
    assert differ(trace, lambda s: s.pop(place)) == [f"{name} expected, not observed"]

    def add(steps):
        steps.insert(place, {**steps[place], "name": "weigh_envelope"})

    assert differ(trace, add) == [
        f"step {place + 1}: after_request hook weigh_envelope observed, not expected"
    ]


def test_another_step_in_the_same_place_is_named(trace):
    place = hooks(trace["requests"][0]["steps"])[1]

    def rename(steps):
        steps[place]["name"] = "burn_envelope"

    assert differ(trace, rename) == [
        f"step {place + 1}: after_request hook registered_first expected, after_request"
        " hook burn_envelope observed"
    ]


def test_another_order_is_named(trace):
    first, second = hooks(trace["requests"][0]["steps"])

    def swap(steps):
        steps[first], steps[second] = steps[second], steps[first]

    (line,) = differ(trace, swap)
    assert line == (
        f"step {second + 1}: after_request hook registered_first expected, it was step"
        f" {first + 1}"
    )


def test_another_outcome_and_change_are_named(trace):
    place = hooks(trace["requests"][0]["steps"])[0]

    def change(steps):
        steps[place]["outcome"] = "returned None"
        steps[place]["changes"] = []

    (line,) = differ(trace, change)
    assert "after_request hook registered_last: 'returned a response" in line
    assert "expected, 'returned None' observed; change expected, not observed" in line


def test_a_lost_request_and_a_lost_trace_are_named(trace):
    (lost,) = difference.differences(trace, {"requests": []})
    assert str(lost).startswith("request 1, GET /: expected, not made")
    (lost,) = difference.differences(trace, {"error": "no such method"})
    assert str(lost) == "not recorded: no such method"
