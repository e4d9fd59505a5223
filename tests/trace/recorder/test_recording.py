"""A recording changes nothing, leaves nothing, and ends."""

import json
import logging
import os
import signal
import subprocess
import sys
from contextvars import copy_context
from functools import partial

import blinker
import flask
import pytest

from hookbook.corpus import runs, snippets
from hookbook.trace import snapshots
from hookbook.trace.recorder import ScenarioError, record
from hookbook.trace.steps import as_json
from tests.trace.recorder.lanes import APPS, FIXTURES, ROOT, run


@pytest.mark.parametrize("name", APPS)
def test_recording_changes_nothing_that_is_printed(name, capsys):
    one = snippets.load(FIXTURES, f"recorder/{name}")
    names = {"__name__": one.module, "__file__": str(one.path)}
    sys.modules[one.module] = module = type(sys)(one.module)
    vars(module).update(names)
    try:
        exec(compile(one.path.read_text("utf-8"), one.path, "exec"), vars(module))
        capsys.readouterr()
        for block in one.scenario(vars(module)):
            exec(block.source, vars(module))
    finally:
        del sys.modules[one.module]
    assert capsys.readouterr().out == run(name).stdout


def scenario_of(path):
    return snippets.load(path.parents[1], f"{path.parent.name}/{path.stem}").scenario


def write(tmp_path, code, scenario="print(1)", output="1"):
    """Write a snippet and return its path."""
    path = tmp_path / "topic" / "case.py"
    path.parent.mkdir()
    blocks = "\n".join(f"   {line}" for line in scenario.splitlines())
    path.write_text(
        f'"""A case.\n\n.. testcode::\n\n{blocks}\n\n.. testoutput::\n\n'
        f'   {output}\n"""\n\n{code}\n'
    )
    return path


def test_recording_leaves_no_trace_in_the_process(tmp_path):
    def profile(*event):
        """Stand in for a profiler that was there before."""

    path = write(tmp_path, "import logging\nlogging.warning('never seen')")
    earlier = sys.modules["snippets.topic.case"] = object()
    handlers = list(logging.getLogger().handlers)
    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        record(path, "snippets.topic.case", scenario_of(path))
        assert sys.getprofile() is profile
    finally:
        sys.setprofile(before)
        found = sys.modules.pop("snippets.topic.case")
    assert found is earlier
    assert logging.getLogger().handlers == handlers
    record(path, "snippets.topic.case", scenario_of(path))
    assert "snippets.topic.case" not in sys.modules
    assert sys.getprofile() is before


def test_the_process_is_clean_after_a_failure(tmp_path, capfd):
    path = write(tmp_path, "import sys\nprint('x', file=sys.stderr)", "1 / 0")
    handlers = list(logging.getLogger().handlers)
    before = sys.getprofile()
    with pytest.raises(ScenarioError):
        record(path, "snippets.topic.case", scenario_of(path))
    assert sys.getprofile() is before
    assert "snippets.topic.case" not in sys.modules
    assert logging.getLogger().handlers == handlers
    assert capfd.readouterr() == ("", "")


VIEW = """
from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    {body}
"""


@pytest.mark.canary
@pytest.mark.parametrize(
    ("code", "scenario", "message", "line"),
    [
        ("x = 1", "x\n1 / 0", "the scenario raised ZeroDivisionError", 6),
        ("x = 1\n1 / 0", "print(1)", "the scenario raised ZeroDivisionError", 13),
        ("x = 1", "x = 1\nx = = 2", "the scenario raised SyntaxError", 6),
        (
            VIEW.format(body="return 1 / 0"),
            "app.testing = True\napp.test_client().get('/')",
            "the scenario raised ZeroDivisionError",
            6,
        ),
    ],
    ids=["scenario", "import", "syntax", "view"],
)
def test_a_scenario_that_raises(tmp_path, code, scenario, message, line):
    path = write(tmp_path, code, scenario)
    with pytest.raises(ScenarioError, match=message) as caught:
        record(path, "snippets.topic.case", scenario_of(path))
    assert caught.value.line == line


@pytest.fixture
def collecting(monkeypatch):
    """What is being collected when the time is up goes on; soon it is up once more."""
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: None)


@pytest.mark.canary
@pytest.mark.parametrize(
    ("code", "scenario"),
    [
        ("x = 1", "while True:\n    x = 2"),
        ("while True:\n    pass", "print(1)"),
        (
            "x = 1",
            "while True:\n    try:\n        while True:\n            x = 2\n"
            "    except Exception:\n        pass",
        ),
        (VIEW.format(body="while True: pass"), "app.test_client().get('/')"),
        (
            "x = 1",
            "try:\n    while True:\n        x = 2\nfinally:\n    raise KeyError(x)",
        ),
    ],
    ids=["scenario", "import", "swallowed", "view", "something else"],
)
def test_an_endless_scenario(tmp_path, code, scenario, collecting):
    path = write(tmp_path, code, scenario)
    with pytest.raises(ScenarioError, match=r"did not end within 0\.05 seconds"):
        record(path, "snippets.topic.case", scenario_of(path), timeout=0.05)


@pytest.mark.canary
def test_time_that_is_up_at_any_moment_leaves_nothing(tmp_path, collecting):
    code = VIEW.format(body="while True: pass")
    path = write(tmp_path, code, "app.test_client().get('/')")
    kinds = flask.Flask, flask.ctx.AppContext, blinker.Signal, flask.Response
    before = [dict(vars(kind)) for kind in kinds]
    for place in range(40):
        limited = partial(
            record, path, "case", scenario_of(path), timeout=(place + 1) / 10_000
        )
        with pytest.raises(ScenarioError, match="did not end within"):
            copy_context().run(limited)
        assert [dict(vars(kind)) for kind in kinds] == before
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


ENDLESS_ASYNC = """
import sys
from pathlib import Path
from hookbook.corpus import runs

# Long enough for the view's thread to begin, on a busy machine too.
runs.run(Path(sys.argv[1]), "topic/case", timeout=1)
"""


@pytest.mark.canary
def test_an_endless_async_view_does_not_keep_the_process(tmp_path):
    view = VIEW.format(body="while True: pass").replace("def index", "async def index")
    write(tmp_path, view, "app.test_client().get('/')")
    result = subprocess.run(
        [sys.executable, "-c", ENDLESS_ASYNC, tmp_path],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert "the scenario did not end within 1 seconds" in result.stderr


INTERRUPTED_POOL = """
import sys, threading
from pathlib import Path
import asgiref.sync, flask, pytest_sphinx
from hookbook.corpus import runs

start = threading.Thread.start

def start_slowly(thread):
    start(thread)
    threading.Event().wait(2)

# The time is up while a pool starts its thread.
threading.Thread.start = start_slowly
runs.run(Path(sys.argv[1]), "topic/case", timeout=1)
"""


@pytest.mark.canary
def test_a_pool_that_was_starting_a_thread_does_not_keep_the_process(tmp_path):
    view = VIEW.format(body="while True: pass").replace("def index", "async def index")
    write(tmp_path, view, "app.test_client().get('/')")
    result = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_POOL, tmp_path],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert "the scenario did not end within 1 seconds" in result.stderr


@pytest.mark.canary
def test_a_failure_of_the_recorder_is_in_the_trace(tmp_path, monkeypatch):
    def broken(response):
        raise RuntimeError("not a step")

    path = write(tmp_path, VIEW.format(body="return 'x'"), "app.test_client().get('/')")
    monkeypatch.setattr(snapshots, "response_parts", broken)
    (trace,) = record(path, "snippets.topic.case", scenario_of(path)).traces
    assert not trace.complete
    assert trace.missing == ["the recorder failed: RuntimeError: not a step"]


STABLE = [name for name in APPS if name != "long"]

DUMP = f"""
import json, sys
from pathlib import Path
from hookbook.corpus import runs
from hookbook.trace.steps import as_json

root = Path(sys.argv[1])
# Other processes may be busy, too.
found = {{name: runs.run(root, "recorder/" + name, timeout=60) for name in {STABLE}}}
runs = {{name: as_json(run) for name, (_, run) in found.items()}}
sys.stdout.buffer.write(json.dumps(runs).encode())
"""


def start(seed):
    return subprocess.Popen(
        [sys.executable, "-c", DUMP, FIXTURES],
        env={
            **os.environ,
            "PYTHONHASHSEED": str(seed),
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        },
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )


def test_runs_are_equal_in_every_process():
    here = json.dumps({name: as_json(run(name)) for name in STABLE})
    dumps = [
        process.communicate(timeout=120)[0].decode() for process in (start(1), start(2))
    ]
    assert json.loads(dumps[0]) == json.loads(here)
    assert dumps == [here, here]


def test_two_runs_in_one_process_are_equal():
    first = as_json(run("unstable"))
    runs._runs.clear()
    assert as_json(run("unstable")) == first
    text = json.dumps(first)
    assert "Mon," not in text
    view = run("unstable").traces[0].steps[3]
    assert view.after["g"] == {
        "thing": "<object object at 0x…>",
        "broken": "<snippets.recorder.unstable.Broken object at 0x…>",
        "names": "{'a', 'b', 'c'}",
    }
