"""Known mistakes in a run: read from its traces alone."""

import dataclasses
from collections.abc import Sequence

from hookbook.trace.steps import Trace


@dataclasses.dataclass(frozen=True)
class Finding:
    """One known mistake, at one function."""

    kind: str
    """Which mistake: one of :data:`KINDS`."""
    function: str
    """The function, as its author named it."""
    file: str | None
    line: int | None
    """Where its ``def`` is, from 1."""
    sentence: str
    """What happens, in one sentence; code is in backquotes."""
    page: str
    """The page that explains it, below ``docs`` and without a suffix."""
    anchor: str
    request: int
    """The request in which it was found first, from 1."""
    step: int | None
    """The number of the step in this request; ``None`` if it is about no step."""


KINDS: tuple[str, ...] = ()
"""All mistakes that are known."""


def findings(traces: Sequence[Trace]) -> list[Finding]:
    """List what is wrong in the requests of one run, each mistake once."""
    return []
