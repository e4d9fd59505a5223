"""Which functions did not run in a request, and why: read from its trace alone."""

import dataclasses

from hookbook.trace.functions import Registered
from hookbook.trace.steps import Trace


@dataclasses.dataclass(frozen=True)
class NotRun:
    """A function that is registered, or was deferred, and was not called."""

    function: Registered
    """What it is, and where: also of a deferred callback."""
    reason: str
    """Why, as a clause without a full stop: ``the URL matched no route``."""


def not_run(trace: Trace) -> list[NotRun]:
    """List the functions that were not called, in the order of their calls."""
    return []
