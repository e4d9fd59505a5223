"""What programs of every kind say of themselves is what their traces say."""

import contextlib
import io
import itertools

import pytest

from hookbook.explain.not_run import UNKNOWN, not_run
from hookbook.trace.recording import Recorder

from .kinds import (
    PROGRAMS,
    altered,
    answers,
    applications,
    callbacks,
    concurrent,
    decorated,
    failures,
    instrumented,
    loops,
    nested,
    objects,
    overrides,
    routed,
    served,
    sessions,
    streams,
    values,
)
from .programs import FUNCTIONS

# Nor do these name the context that Flask 3.2 gives to its methods.
pytestmark = [
    pytest.mark.filterwarnings("ignore:The '.*' method now takes 'ctx"),
    pytest.mark.usefixtures("one_moment"),
]

MODULES = (
    altered,
    *(answers, applications, callbacks, concurrent, decorated, failures, instrumented),
    *(loops, nested, objects, overrides, routed, served, sessions, streams, values),
)


def run(name, recorder):
    """Run a program; return what was called, seen, and printed."""
    called, seen = [], []
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), recorder:
        PROGRAMS[name](called.append, seen.append)
    return called, seen, out.getvalue()


def steps(trace):
    """List the functions of a trace, as the programs name them."""
    return [
        f"{'signal' if step.kind == 'signal' else step.phase} {step.name}"
        for step in trace.steps
        if step.kind in FUNCTIONS
    ]


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_and_its_traces_say_the_same(name):
    bare, recorder = run(name, contextlib.nullcontext()), Recorder()
    called, *rest = run(name, recorder)
    assert (sorted(called), *rest) == (sorted(bare[0]), *bare[1:])
    found = [steps(trace) for trace in recorder.traces]
    if len(found) == 1:
        assert found == [called]
    # Requests that overlap have a trace each.
    assert sorted(itertools.chain(*found)) == sorted(called)
    assert [trace.missing for trace in recorder.traces] == [[] for _ in found]
    for trace in recorder.traces:
        assert not_run_although_called(trace) == []


def not_run_although_called(trace):
    """Name who is said not to have been called, and was; or nobody knows why not."""
    names = [(one.phase, one.name) for one in trace.registered]
    ran = {(step.phase, step.name) for step in trace.steps}
    return [
        one.function.name
        for one in not_run(trace)
        if one.reason == UNKNOWN
        or (
            names.count(what := (one.function.phase, one.function.name)) == 1
            and what in ran
        )
    ]


def test_every_program_is_run():
    kinds = [vars(module).values() for module in MODULES]
    defined = {one for values in kinds for one in values if one in PROGRAMS.values()}
    assert len(defined) == len(PROGRAMS) > 140
