"""Replace values that differ between runs, so that a trace is reproducible."""

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import gettempdir

_DATE = (
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d[ -]"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[ -]\d{4} \d\d:\d\d:\d\d GMT"
)
_MASKS = (
    (re.compile(_DATE), "<date>"),
    # itsdangerous: payload, timestamp and HMAC-SHA1 digest, URL-safe base64. It starts
    # at a word boundary: a long word is read once, not once from each of its letters.
    (re.compile(r"(?<![\w-])\.?[\w-]{2,}\.[\w-]{6}\.[\w-]{27}(?![\w-])"), "<signed>"),
    (re.compile(r"\b0x[0-9a-fA-F]{6,}\b"), "0x…"),
    (re.compile(r"\b[Ww]erkzeug/\d[\w.]*"), "Werkzeug/<version>"),
    # Werkzeug's ETag of a file: modification time, size and checksum of the name.
    (re.compile(r'"\d+\.\d+-\d+-\d+"'), '"<etag>"'),
    (re.compile(r"\b[0-9a-f]{32}\b"), "<random id>"),
    # The value of a clock, which has more digits than a coordinate, and a duration
    # as in the Server-Timing header.
    (re.compile(r"\b(?:\d{8,}\.\d+|\d+\.\d{7,})\b"), "<time>"),
    (re.compile(r"\bdur=\d+\.\d{3}\b"), "dur=<time>"),
)
VOLATILE = ("<date>", "<signed>", "<etag>")
"""Masks of values that depend on the second: whether they differ is an accident."""
_ROOTS = tuple(
    dict.fromkeys(
        f"{path}/" for path in (Path.cwd(), *map(Path, sys.path)) if path.name
    )
)
_TEMPORARY = re.compile(rf"{re.escape(gettempdir())}/[\w./-]*\w")


def unstable(text: str) -> Iterator[str]:
    """Find what :func:`mask` would replace in `text`, except dates: those are typed."""
    for pattern, replacement in _MASKS:
        if replacement != "<date>":
            yield from (match[0] for match in pattern.finditer(text))


@lru_cache(maxsize=4096)
def mask(text: str) -> str:
    """Return `text` without what differs between runs and between machines."""
    for pattern, replacement in _MASKS:
        text = pattern.sub(replacement, text)
    for root in _ROOTS:
        text = text.replace(root, "")
    return _TEMPORARY.sub("<temporary file>", text)
