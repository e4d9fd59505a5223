"""A finding, and one request as the functions that look for mistakes see it."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hookbook.trace.functions import Registered
from hookbook.trace.snapshots import ResponseState
from hookbook.trace.steps import Change, Step, Trace

from . import words


class Place(NamedTuple):
    """The place where a mistake is explained."""

    page: str
    """The page below ``docs``, without a suffix."""
    anchor: str


KINDS: Mapping[str, Place] = {
    "returned-none": Place("errors/responses", "hook-returns-none"),
    "response-replaced": Place(
        "after-request/deep-dive/responses", "what-a-hook-may-return"
    ),
    "header-overwritten": Place(
        "after-request/deep-dive/headers", "assign-default-or-add"
    ),
    "session-on-every-page": Place("after-request/deep-dive/responses", "the-session"),
    "cookie-in-shared-cache": Place("after-request/deep-dive/headers", "caching"),
    "stream-read": Place("after-request/deep-dive/streaming", "change-a-stream"),
    "registered-twice": Place("after-request/review", "order-of-one-request"),
    "g-not-set": Place("errors/contexts", "g-without-value"),
    "teardown-raised": Place("versions/teardown-and-streams", "teardown-raises"),
    "receiver-collected": Place("versions/setup-and-signals", "lost-receiver"),
    "body-changed": Place("after-request/index", "change-a-body"),
}
"""All known mistakes, each with the place that explains it."""


@dataclasses.dataclass(frozen=True)
class Finding:
    """One known mistake, at one function."""

    kind: str
    """The kind of mistake: one of :data:`KINDS`."""
    function: str
    """The function, as its author named it."""
    file: str | None
    line: int | None
    """The line of its ``def``, from 1."""
    sentence: str
    """What happens, in one sentence; code is in backquotes."""
    page: str
    """The page that explains it, below ``docs`` and without a suffix."""
    anchor: str
    request: int
    """The first request in which it was found, from 1."""
    step: int | None
    """The number of the step in this request; ``None`` if it is about no step."""


RESPONDING = frozenset({"after_request", "after_this_request"})
"""Phases whose functions get a response and return one."""
_FUNCTIONS = frozenset(
    {"hook", "view", "handler", "deferred", "teardown", "signal", "call", "stream"}
)


class Seen:
    """One request among others of the same run."""

    def __init__(self, traces: Sequence[Trace], place: int) -> None:
        self.traces, self.place = traces, place
        self.trace = traces[place - 1]
        self.steps = self.trace.steps
        self.functions = [step for step in self.steps if step.kind in _FUNCTIONS]

    @property
    def sent(self) -> ResponseState | None:
        """The response as it was passed to the server; ``None`` if there was none."""
        for step in self.steps:
            if step.phase == "start_response":
                return step.after["response"]
        return None

    def entry(self, step: Step) -> Registered | None:
        """Return the registration that the call of `step` belongs to."""
        if step.registered is None:
            return None
        return self.trace.registered[step.registered - 1]

    def inside(self, step: Step) -> Iterator[Step]:
        """List the functions that were called during `step`."""
        for other in self.steps[step.number :]:
            if other.depth <= step.depth:
                return
            if other.kind in _FUNCTIONS:
                yield other

    def own_changes(self, step: Step) -> list[Change]:
        """List what `step` changed itself, not through functions it called."""
        others = {change["name"] for one in self.inside(step) for change in one.changes}
        return [change for change in step.changes if change["name"] not in others]

    def own_effects(self, step: Step) -> set[str]:
        """List the effects of `step` that are not those of functions inside it."""
        others = {effect for one in self.inside(step) for effect in one.effects}
        return set(step.effects) - others

    def maker(self, step: Step) -> Step | None:
        """Return the function whose return value became the response of `step`."""
        for other in reversed(self.steps[: step.number - 1]):
            if other.kind in {"view", "handler"} or other.phase == "before_request":
                return other
        return None

    def found(self, kind: str, step: Step | Registered, sentence: str) -> Finding:
        """Return a finding about the function of `step`."""
        number = None
        line: int | None
        if isinstance(step, Step):
            number, line = step.number, step.def_line
        else:
            line = step.line
        return Finding(
            kind, step.name, step.file, line, sentence, *KINDS[kind], self.place, number
        )


def called(step: Step | Registered) -> str:
    """Name a function with its kind: the after_request function `stamp`."""
    return f"the {words.function_kind(step.kind, step.phase)} `{step.name}`"


def starting(text: str) -> str:
    """Return `text` as the beginning of a sentence."""
    return text[0].upper() + text[1:]


def same(one: Step | Registered, other: Step | Registered) -> bool:
    """Return whether two are calls of one function."""
    return _identity(one) == _identity(other)


def _identity(one: Step | Registered) -> tuple[str, str | None, int | None]:
    line = one.def_line if isinstance(one, Step) else one.line
    return one.name, one.file, line


def header(response: ResponseState | None, name: str) -> str | None:
    """Return the values of a header, joined by commas; ``None`` if it is missing."""
    headers = response["headers"] if response else []
    found = [value for key, value in headers if key.lower() == name.lower()]
    return ", ".join(found) if found else None


def directives(value: str | None) -> dict[str, str]:
    """Parse a header such as ``Cache-Control`` into lower-case names and values."""
    found = {}
    for part in (value or "").split(","):
        name, _, told = part.strip().partition("=")
        if name:
            found[name.strip().lower()] = told.strip().strip('"')
    return found
