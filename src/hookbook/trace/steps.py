"""The result of a run, as plain data.

``trace.schema.json`` beside this module describes what :func:`as_json` returns.
"""

import dataclasses
from typing import Any, TypedDict

from .functions import Registered
from .snapshots import State


class Change(TypedDict):
    """A watched value that a step changed; ``None`` where there is no value."""

    name: str
    before: str | None
    after: str | None


EFFECTS = ("response replaced", "stream replaced", "session read", "session marked")
"""What is seen of a step besides its changes: the response was replaced; the iterable
of a streamed body was; the session was accessed, or marked as modified."""


@dataclasses.dataclass
class Step:
    """One thing that Flask did, with the state before and after it.

    A step is complete: no other step is needed to read it.
    """

    number: int
    """Place in the request, from 1."""
    kind: str
    """``request``, ``match``, ``session``, ``hook``, ``view``, ``handler``,
    ``register``, ``deferred``, ``teardown``, ``signal``, ``call``, ``error``,
    ``response``, ``handover``, ``stream``, ``body``, ``context`` or ``cut``."""
    phase: str
    """Flask's own word for the moment: ``before_request``, ``make_response``…"""
    name: str
    """The function, the endpoint or the exception that the step is about."""
    depth: int
    """How many steps were still active when this one began."""
    before: State
    after: State
    line: int | None = None
    """The line of the function's ``def`` in the snippet's file, from 1."""
    end_line: int | None = None
    owner: str | None = None
    """``app``, ``blueprint NAME``, or ``request`` for deferred callbacks."""
    order: int = 1
    """This is the n-th step of its kind and phase in the request."""
    is_async: bool = False
    outcome: str = ""
    """How it ended: ``returned None``, ``raised ValueError: …``, ``yielded 'x'``."""
    exception: str | None = None
    """The exception that the step raised, caught or was given."""
    changes: list[Change] = dataclasses.field(default_factory=list)
    module: str | None = None
    """The module of a function that is not of the snippet's own file."""
    distribution: str | None = None
    """The distribution of that module, with its version: ``Flask-Login 0.6.3``."""
    file: str | None = None
    """The file of the function, relative if it is below the working folder."""
    def_line: int | None = None
    """The line of its ``def`` in this file, from 1."""
    registered: int | None = None
    """Which of the trace's registered functions was called, from 1."""
    effects: list[str] = dataclasses.field(default_factory=list)
    """The step's effects besides its changes, from :data:`EFFECTS`."""


@dataclasses.dataclass
class Trace:
    """One request and its steps."""

    method: str
    path: str
    steps: list[Step] = dataclasses.field(default_factory=list)
    complete: bool = True
    """Whether everything that belongs here could be seen."""
    missing: list[str] = dataclasses.field(default_factory=list)
    """What could not be seen, in words."""
    registered: list[Registered] = dataclasses.field(default_factory=list)
    """The functions that Flask might have called, in calling order.

    The last is the view that the URL belongs to; other views are left out.
    """


@dataclasses.dataclass(frozen=True)
class Block:
    """One piece of a scenario."""

    source: str
    line: int
    """Where `source` begins in the snippet's file, from 1."""
    want: str
    """What the block must print, as :mod:`doctest` compares it."""
    options: dict[int, bool]
    """Doctest's option flags, on or off, for the comparison."""


@dataclasses.dataclass
class Run:
    """The result of a scenario: what each block printed, and the requests it made."""

    blocks: list[Block]
    outputs: list[str]
    traces: list[Trace]

    @property
    def stdout(self) -> str:
        """Everything that the scenario printed."""
        return "".join(self.outputs)


def as_shown(run: Run) -> dict[str, Any]:
    """Return what :func:`as_json` does, but with the run's own values, not copies."""
    return {
        "stdout": run.stdout,
        "requests": [
            {**vars(trace), "steps": [vars(step) for step in trace.steps]}
            for trace in run.traces
        ],
    }


def as_json(run: Run) -> dict[str, Any]:
    """Return `run` as ``trace.schema.json`` describes it."""
    return {
        "stdout": run.stdout,
        "requests": [dataclasses.asdict(trace) for trace in run.traces],
    }
