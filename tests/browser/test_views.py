"""The page's own script says of a step what hookbook.explain says of it."""

import json
import os
import subprocess
import sys

import pytest

from .runner import SNIPPETS, require
from .workbench import PLAYGROUND, loaded

pytestmark = pytest.mark.browser

TOPICS = (
    "after_request/", "after_request_depth/", "changes/", "deferred_callbacks/",
    "lifecycle/", "reference/",
)  # fmt: skip
SAYS = """async (said) => {
  const found = performance.getEntriesByType("resource").map(({ name }) => name);
  const load = (file) => import(found.find((name) => name.includes(file)));
  const { readResult } = await load("/workbench/protocol.js");
  const words = await load("/workbench/words.js");
  return readResult(said).traces.map(({ steps }) => [
    WATCHED.map((watched) => words.bookkeeping(steps, watched, [])),
    KEPT.map((keep) => words.bookkeeping(steps, [], keep)),
    steps.map((step) => [
      words.label(step), words.hasNameInCode(step), words.note(step),
      words.visibleChanges(step).map(words.change), words.summary(step.before),
      Object.fromEntries(words.flatten(step.after)),
    ]),
  ]);
}"""
# What is followed, and what is not folded: each as one of the cases.
WATCHED = [[], ["request"], ["request.endpoint", "g"], ["request.cookies"]]
KEPT = [["match"], ["session"], ["body", "context"]]
SAYS = SAYS.replace("WATCHED", json.dumps(WATCHED)).replace("KEPT", json.dumps(KEPT))
# In a process of its own, as for test_run_corpus.py.
SAID = """
import json, sys
from pathlib import Path
from hookbook.browser import bounds
from hookbook.corpus import runs
from hookbook.explain import words
from hookbook.explain.folding import bookkeeping
from hookbook.trace.snapshots import flatten
root, cases, *topics = sys.argv[1:]
watches, keeps = json.loads(cases)
def says(step):
    return [
        words.label(step), words.has_name_in_code(step), words.note(step),
        [words.change(one) for one in words.visible_changes(step)],
        words.summary(step.before), flatten(step.after),
    ]
told = []
for name in runs.names(Path(root)):
    if name.startswith(tuple(topics)):
        for trace in runs.run(Path(root), name)[1].traces:
            folded = [
                [bookkeeping(trace.steps, watched) for watched in watches],
                [bookkeeping(trace.steps, keep=keep) for keep in keeps],
            ]
            said = [*folded, [says(step) for step in trace.steps]]
            told.append([bounds.told([trace])[0], said])
print(json.dumps(told))
"""
BARE = {
    "ok": True, "error": None, "stdout": "", "truncated": False, "stderr": "",
    "blocks": [], "passed": None, "responses": [], "cookies": [], "left_out": 0,
    "findings": [], "seconds": 0,
}  # fmt: skip


def test_both_say_the_same_of_each_step(visit, site, address):
    require(site)
    listed = subprocess.run(
        [sys.executable, "-c", SAID, SNIPPETS, json.dumps([WATCHED, KEPT]), *TOPICS],
        cwd=SNIPPETS.parent,
        env={**os.environ, "PYTHONPATH": str(SNIPPETS.parent / "src")},
        capture_output=True,
        text=True,
    )
    assert listed.returncode == 0, listed.stderr
    kinds, compared, folded = set(), 0, 0
    with visit(address + PLAYGROUND) as watch:
        loaded(watch.page, "protocol.js", "words.js")
        for traces, said in json.loads(listed.stdout):
            result = json.dumps({**BARE, "traces": traces})
            assert watch.page.evaluate(SAYS, result) == [said]
            kinds |= {step["kind"] for step in traces[0]["steps"]}
            compared += len(said[-1])
            folded += len(said[0][0])
    assert len(kinds) >= 14
    assert compared > 500
    assert folded > 200
