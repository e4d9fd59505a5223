"""A page shows a run in one stepper: what belongs to it is in its views."""

import re
from collections import Counter

import pytest

from tests.browser.pages import DOCS

TRACE = re.compile(r"^`{3,}\{trace\} (\S+)\n((?:^:.*\n)*)", re.MULTILINE)
REQUESTS = re.compile(r"^:requests: (.*)$", re.MULTILINE)


def twice(text):
    """Return the runs that a page has in more than one stepper."""
    found = Counter()
    for name, options in TRACE.findall(text):
        requests = REQUESTS.search(options)
        found[name, requests[1] if requests else ""] += 1
    return [run for run, count in found.items() if count > 1]


def test_no_page_has_a_run_in_two_steppers():
    texts = {path: path.read_text("utf-8") for path in DOCS.rglob("*.md")}
    assert sum(len(TRACE.findall(text)) for text in texts.values()) > 60
    assert {path: found for path in texts if (found := twice(texts[path]))} == {}


@pytest.mark.canary
def test_a_run_in_two_steppers_is_found():
    views = "```{trace} a/b\n:views: flow\n:requests: 1\n```\n\n"
    other = views.replace(":requests: 1", ":requests: 2")
    assert twice(views + other) == []
    assert twice(views + other + views.replace("flow", "table")) == [("a/b", "1")]


@pytest.mark.parametrize("guide", ["after-request", "deferred-callbacks"])
def test_the_first_stepper_of_a_visualize_page_has_all_views(guide):
    text = (DOCS / guide / "visualize.md").read_text("utf-8")
    (_, options), *_ = TRACE.findall(text)
    assert ":views:" not in options
