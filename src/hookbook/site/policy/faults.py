"""A fault that a check found, and how to report it."""

from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.util import logging

logger = logging.getLogger(__name__)


class Fault(NamedTuple):
    """Something to change in a text; `line` counts from 1."""

    line: int
    message: str


def warn(message: str, location: str | tuple[str, int] | nodes.Node) -> None:
    """Warn of a fault at ``path:line``, at a page's line or at a node."""
    logger.warning(
        "%s", message, location=location, type="hookbook", subtype="policy"
    )  # fmt: skip


def at(path: Path, line: int) -> str:
    """Return the location of a line in a file."""
    return f"{path}:{line}"
