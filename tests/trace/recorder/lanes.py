"""What the recorder saw, as lists of words."""

from pathlib import Path

from hookbook.corpus import runs
from hookbook.corpus.phrases import as_released
from tests.behaviour.versions import FLASK

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "trace" / "fixtures"
APPS = sorted(path.stem for path in (FIXTURES / "recorder").glob("*.py"))
ONE_CONTEXT = FLASK >= (3, 2)
"""The request context and the application context have become one."""

MADE = "response make_response Response"
OK = "handover start_response 200 OK"
ERROR_500 = "handover start_response 500 INTERNAL SERVER ERROR"


def run(name):
    return runs.run(FIXTURES, f"recorder/{name}")[1]


def by_path(name):
    """Return the traces of an app whose requests differ in their lines."""
    found = {f"{trace.method} {trace.path}": trace for trace in run(name).traces}
    assert len(found) == len(run(name).traces)
    return found


def lane(trace):
    return [
        as_released(f"{step.kind} {step.phase} {step.name}") for step in trace.steps
    ]


def begun(request, match):
    return [f"request request {request}", f"match match_request {match}"]


def popped(*closers):
    """Where the contexts go, and what runs between or before them."""
    if ONE_CONTEXT:
        return [*closers, "context pop context"]
    return ["context pop request context", *closers, "context pop application context"]


def body(size):
    return f"body body {size} bytes"


def step(trace, name, kind=None):
    """Return the only step of that name."""
    found = [s for s in trace.steps if s.name == name and kind in {None, s.kind}]
    assert len(found) == 1, lane(trace)
    return found[0]


def changes(step):
    return {
        change["name"]: (change["before"], change["after"]) for change in step.changes
    }
