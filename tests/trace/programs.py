"""Small programs of the kind that real applications have, run and recorded.

They are in ``fixtures/cases``. The docstring of each has its scenario, as a snippet
has, and says what is right.
"""

import contextlib
import io
import itertools
import re
import sys
import textwrap
from pathlib import Path

from hookbook.trace.recorder import record
from hookbook.trace.steps import Block

CASES = Path(__file__).parent / "fixtures" / "cases"
FUNCTIONS = {"hook", "view", "handler", "deferred", "teardown", "signal", "call"}
_SCENARIO = re.compile(
    r"\.\. testcode::\n\n((?:   .*\n|\n)+)\.\. testoutput::\n\n((?:   .*\n|\n)+)"
)


def scenario_of(path):
    """Return the code of a program's scenario, and what it prints."""
    code, wanted = _SCENARIO.search(path.read_text("utf-8")).groups()
    return textwrap.dedent(code), textwrap.dedent(wanted).strip() + "\n"


_runs = itertools.count(1)


def _module(name):
    """Return a name of its own for each run: loggers are kept by name."""
    return f"cases_{name}_{next(_runs)}"


@contextlib.contextmanager
def beside():
    """Let programs import the library that lies beside them."""
    sys.path.insert(0, str(CASES))
    try:
        yield
    finally:
        sys.path.remove(str(CASES))
        sys.modules.pop("foreign", None)


def traced(name, **more):
    """Record a program; return its run."""
    path = CASES / f"{name}.py"
    code, wanted = scenario_of(path)
    blocks = [Block(code, 1, wanted, {})]
    with beside():
        return record(path, _module(name), lambda names: blocks, **more)


def printed(name):
    """Run a program without a recorder; return what it prints."""
    path = CASES / f"{name}.py"
    names = {"__name__": _module(name), "__file__": str(path)}
    out = io.StringIO()
    module = type(sys)(names["__name__"])
    vars(module).update(names)
    sys.modules[module.__name__] = module
    try:
        with beside(), contextlib.redirect_stdout(out):
            exec(compile(path.read_text("utf-8"), path, "exec"), vars(module))
            exec(scenario_of(path)[0], vars(module))
    finally:
        del sys.modules[module.__name__]
    return out.getvalue()


def called(trace, own=True):
    """List the functions that Flask called: those of the program, or all."""
    return [
        f"{step.phase} {step.name}"
        for step in trace.steps
        if step.kind in FUNCTIONS and not (own and _foreign(step))
    ]


def _foreign(step):
    return step.module is not None and not step.module.startswith("tests.trace.")


def step_of(trace, name):
    """Return the only step of that name."""
    (found,) = [step for step in trace.steps if step.name == name]
    return found


def changed(step):
    """Return what a step changed: earlier and later text, by name."""
    return {one["name"]: (one["before"], one["after"]) for one in step.changes}
