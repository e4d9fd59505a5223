"""Processes that a view starts, and which context they have."""

import os
import subprocess
import sys

import pytest

APP = """
import multiprocessing, sys
from flask import Flask, current_app, g, has_app_context, has_request_context

app = Flask(__name__)


@app.teardown_appcontext
def note(error):
    print("teardown in", multiprocessing.current_process().name, flush=True)


def look(found):
    request = has_request_context()
    user = g.get("user") if has_app_context() else None
    with app.app_context():
        name = current_app.name == app.name
    found.put([request, user, name])


def quiet(found):
    found.put([has_request_context(), g.get("user") if has_app_context() else None])


@app.get("/<work>")
def index(work):
    g.user = "ada"
    way = multiprocessing.get_context(sys.argv[1])
    found = way.Queue()
    process = way.Process(target=globals()[work], args=(found,), name="child")
    process.start()
    seen = found.get(timeout=60)
    process.join()
    return seen


if __name__ == "__main__":
    print(app.test_client().get("/" + sys.argv[2]).json, flush=True)
"""


def run(tmp_path, *arguments):
    """Return the lines that the program prints."""
    (tmp_path / "shop.py").write_text(APP, encoding="utf-8")
    said = subprocess.check_output(
        [sys.executable, "-W", "error", "shop.py", *arguments],
        cwd=tmp_path, env=dict(os.environ), text=True, timeout=120,
    )  # fmt: skip
    return said.splitlines()


@pytest.mark.parametrize(
    ("way", "seen"), [("fork", "[True, 'ada']"), ("spawn", "[False, None]")]
)
def test_process_that_a_view_forks_has_its_contexts_and_no_teardown(
    tmp_path, way, seen
):
    """A spawned process has none; only the view's teardown functions run."""
    assert run(tmp_path, way, "quiet") == ["teardown in MainProcess", seen]


@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_process_with_an_app_context_of_its_own_runs_teardown_functions(tmp_path, way):
    """Entered in the child, however the child was started."""
    first, *others = run(tmp_path, way, "look")
    assert first == "teardown in child"
    assert others[0] == "teardown in MainProcess"
    assert others[1].endswith("True]")
