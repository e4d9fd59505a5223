"""Every snippet does in the browser what it did in the build.

`sweep.py` says when only a sample of them is run.
"""

import json
import os
import subprocess
import sys

import pytest

from hookbook.corpus import runs

from . import sweep
from .runner import SNIPPETS, THREADS

pytestmark = pytest.mark.browser

# Only against a Python before 3.14.
JSON_NOTE = "Python 3.14 adds a note to the error of a value that JSON cannot hold"
NEWER = {JSON_NOTE}
CLOCK = "the browser's clock has three decimals: its reading is not masked"
ERRNO = "the browser's system has other error numbers"
# What the scenario is about is not in a browser.
NO_THREADS = "it starts a thread, and a browser's Python has none"
ONE_THREAD = "an async function runs in the one thread that there is"
TOO_DEEP = "the browser's stack ends before Python's limit of recursion"

LINES = "a function of the scenario: its lines count from the scenario's first"

DIFFERENT = {
    "after_request_depth/async_hook_thread": ONE_THREAD,
    "after_request_depth/work_in_a_thread": NO_THREADS,
    "changes/json_encoder": JSON_NOTE,
    "deferred_callbacks/delete_too_early": ERRNO,
    "deferred_callbacks_depth/three_threads": NO_THREADS,
    "deferred_callbacks_tasks/from_a_thread": NO_THREADS,
    "deferred_callbacks_tasks/from_a_thread_start": NO_THREADS,
    "errors/connection_of_another_thread": NO_THREADS,
    "errors/middleware_of_itself": TOO_DEEP,
    "errors/no_event_loop": NO_THREADS,
    "errors/no_json": JSON_NOTE,
    "lifecycle/show_order": CLOCK,
    "lifecycle/thread": NO_THREADS,
    "recipes/background_thread": NO_THREADS,
    "recipes/fake_user": LINES,
    "recipes/slow_requests": CLOCK,
    "recipes/timing": CLOCK,
    "reference/copy_current_request_context": NO_THREADS,
    "reference/signal_in_a_test": LINES,
}
"""Snippets whose steps are not those of the build, and why."""


ROOT = SNIPPETS.parent
EVERY = runs.names(SNIPPETS)
CHOSEN = sorted({*sweep.snippets(EVERY, ROOT), *DIFFERENT})
PARTS = 6
"""Workers share the snippets between them."""


def test_what_differs_is_a_snippet():
    assert DIFFERENT.keys() <= set(EVERY)
    assert len(CHOSEN) > 50


@pytest.mark.parametrize("name", [n for n, why in DIFFERENT.items() if why == TOO_DEEP])
def test_what_is_too_deep_ends_the_worker(own, name):
    source = (SNIPPETS / f"{name}.py").read_text(encoding="utf-8")
    told = own.told("result", own.post("scenario", source, name=name, views=[]))
    assert told["type"] == "fatal"
    assert "Maximum call stack size exceeded" in told["said"]


@pytest.mark.parametrize("part", range(PARTS))
def test_every_snippet_does_in_the_browser_what_it_did_in_the_build(live, part):
    names = [n for n in CHOSEN[part::PARTS] if DIFFERENT.get(n) != TOO_DEEP]
    results = {}
    for name in names:
        source = (SNIPPETS / f"{name}.py").read_text(encoding="utf-8")
        results[name] = live.ask(
            "scenario", source, name=name, views=[], json=True, masks=True
        )
        results[name]["run"] = {
            "stdout": results[name]["stdout"],
            "requests": [without(t, "not_run") for t in results[name]["traces"]],
        }
    both = runs_of_the_build(names)
    built = {name: first for name, (first, _) in both.items()}
    assert [name for name, (first, second) in both.items() if first != second] == []
    different = {name for name in names if results[name]["run"] != built[name]}
    expected = {
        name
        for name, reason in DIFFERENT.items()
        if name in names and not (reason in NEWER and sys.version_info >= (3, 14))
    }
    assert sorted(different - expected) == []
    assert sorted(expected - different) == []
    for name in names:
        reason, result = DIFFERENT.get(name), results[name]
        there = result["run"]
        if reason == NO_THREADS:
            said = result["stderr"] + result["stdout"] + str(result["error"])
            assert THREADS in said, name
            continue
        assert result["error"] is None, (name, result["error"])
        assert order(there) == order(built[name]), name
        if reason == ONE_THREAD:
            assert "another thread" in built[name]["stdout"]
            continue
        assert result["passed"], name
        assert there["stdout"] == built[name]["stdout"], name
        assert headers(there) == headers(built[name]), name


def without(data, name):
    return {key: value for key, value in data.items() if key != name}


# In a process of its own: this one's main thread has Playwright's event loop running,
# which async views notice, and another thread is not the main one.
BUILD = """
import json, sys
from pathlib import Path
from hookbook.corpus import runs
from hookbook.browser import bounds
from hookbook.trace import recorder
root, names = Path(sys.argv[1]), sys.argv[2:]
def both(name):
    snippet, run = runs.run(root, name)
    again = recorder.record(snippet.path, snippet.module, snippet.scenario)
    return [plain(run), plain(again)]
def plain(run):
    told, left = bounds.told(run.traces)
    assert not left
    for trace in told:
        del trace["not_run"]
    return {"stdout": run.stdout, "requests": told}
print(json.dumps({name: both(name) for name in names}))
"""


def runs_of_the_build(names):
    """Return two runs of each snippet, as the build does them."""
    command = [sys.executable, "-c", BUILD, SNIPPETS, *names]
    path = {"PYTHONPATH": str(SNIPPETS.parent / "src")}
    told = subprocess.run(
        command,
        cwd=SNIPPETS.parent,
        env={**os.environ, **path},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def order(run):
    """List, for each request, the steps in their order."""
    return [
        [(step["kind"], step["phase"], step["name"]) for step in request["steps"]]
        for request in run["requests"]
    ]


def headers(run):
    """List the headers of every response before and after every step."""
    return [
        step[moment]["response"] and step[moment]["response"]["headers"]
        for request in run["requests"]
        for step in request["steps"]
        for moment in ("before", "after")
    ]
