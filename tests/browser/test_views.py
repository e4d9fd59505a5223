"""The page's own script says of a step what hookbook.explain says of it."""

import json

import pytest

from hookbook.browser import bounds
from hookbook.corpus import runs
from hookbook.explain import words
from hookbook.trace.snapshots import flatten

from .runner import SNIPPETS, require
from .workbench import PLAYGROUND

pytestmark = pytest.mark.browser

TOPICS = ("after_request/", "after_request_depth/", "changes/", "deferred_callbacks/")
SAYS = """async (said) => {
  const found = performance.getEntriesByType("resource").map(({ name }) => name);
  const load = (file) => import(found.find((name) => name.includes(file)));
  const { readResult } = await load("/workbench/protocol.js");
  const words = await load("/workbench/words.js");
  return readResult(said).traces.map(({ steps }) => steps.map((step) => [
    words.label(step), words.hasNameInCode(step), words.note(step),
    words.visibleChanges(step).map(words.change), words.summary(step.before),
    Object.fromEntries(words.flatten(step.after)),
  ]));
}"""


def says(step):
    return [
        words.label(step),
        words.has_name_in_code(step),
        words.note(step),
        [words.change(one) for one in words.visible_changes(step)],
        words.summary(step.before),
        flatten(step.after),
    ]


def test_both_say_the_same_of_each_step(visit, site, address):
    require(site)
    names = [name for name in runs.names(SNIPPETS) if name.startswith(TOPICS)]
    traces = [t for name in names for t in runs.run(SNIPPETS, name)[1].traces]
    kinds = {step.kind for trace in traces for step in trace.steps}
    assert len(kinds) >= 14
    bare = {
        "ok": True, "error": None, "stdout": "", "truncated": False, "stderr": "",
        "blocks": [], "passed": None, "responses": [], "cookies": [], "left_out": 0,
        "findings": [], "seconds": 0,
    }  # fmt: skip
    compared = 0
    with visit(address + PLAYGROUND, until="networkidle") as watch:
        for trace in traces:
            told, left = bounds.told([trace])
            assert not left
            both = watch.page.evaluate(SAYS, json.dumps({**bare, "traces": told}))
            assert both == [[says(step) for step in trace.steps]]
            compared += len(trace.steps)
    assert compared > 500
