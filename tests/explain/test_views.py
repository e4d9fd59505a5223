"""The tracker and what the stepper is told, beyond what the pages' own tests ask."""

import json
from pathlib import Path

from docutils import nodes

from hookbook.corpus import runs
from hookbook.explain import views

SNIPPETS = Path(__file__).parents[2] / "snippets"


def section(name, **more):
    snippet, run = runs.run(SNIPPETS, name)
    return views.section(name, snippet.lines, run, nodes.inline(), **more)


def test_a_tracker_of_what_never_changes_says_so():
    shown = section("after_request/add_header", views=["tracker"], watched=["session"])
    (line,) = shown.findall(nodes.paragraph)
    assert line.astext() == "Nothing that is followed changes: GET /"


def all_gone(told):
    return [step for step, parts in told.items() if set(parts.values()) == {None}]


def test_a_second_request_begins_without_the_response_of_the_first():
    shown = section("questions/exempt_a_view", views=["flow"], places=[1])
    first = json.loads(shown["data"]["data-changes"])
    assert all_gone(first) == []
    shown = section("questions/exempt_a_view", views=["flow"])
    both = json.loads(shown["data"]["data-changes"])
    assert both.items() >= first.items()
    (step,) = all_gone(both)
    # The first step after those of the first request, all whose parts it takes away.
    assert int(step) == 1 + int(
        section("questions/exempt_a_view", places=[1])["data"]["data-steps"]
    )
    assert both[step].keys() == {name for parts in first.values() for name in parts}


def test_a_section_without_a_flow_is_told_nothing():
    shown = section("after_request/add_header", views=["table"])
    assert "data-changes" not in shown["data"]
