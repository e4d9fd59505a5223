"""Replace what differs from run to run, so that a trace is reproducible."""

import re
import reprlib
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any

_DATE = (
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d[ -]"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[ -]\d{4} \d\d:\d\d:\d\d GMT"
)
_MASKS = (
    (re.compile(_DATE), "<date>"),
    # itsdangerous: payload, timestamp and HMAC-SHA1 digest, URL-safe base64. It begins
    # where a word does: a long word is read once, not once from each of its letters.
    (re.compile(r"(?<![\w-])\.?[\w-]{2,}\.[\w-]{6}\.[\w-]{27}(?![\w-])"), "<signed>"),
    (re.compile(r"\b0x[0-9a-fA-F]{6,}\b"), "0x…"),
    (re.compile(r"\b[Ww]erkzeug/\d[\w.]*"), "Werkzeug/<version>"),
    # Werkzeug's ETag of a file: modification time, size and checksum of the name.
    (re.compile(r'"\d+\.\d+-\d+-\d+"'), '"<etag>"'),
    (re.compile(r"\b[0-9a-f]{32}\b"), "<random id>"),
    # A clock's reading, and a duration as the Server-Timing header has it.
    (re.compile(r"\b\d+\.\d{6,}\b"), "<time>"),
    (re.compile(r"\bdur=\d+\.\d{3}\b"), "dur=<time>"),
)
_ROOTS = tuple(
    dict.fromkeys(
        f"{path}/" for path in (Path.cwd(), *map(Path, sys.path)) if path.name
    )
)
_TEMPORARY = re.compile(rf"{re.escape(gettempdir())}/[\w./-]*\w")


def unstable(text: str) -> Iterator[str]:
    """Find what :func:`mask` would replace in `text`; not dates, which can be typed."""
    for pattern, replacement in _MASKS:
        if replacement != "<date>":
            yield from (match[0] for match in pattern.finditer(text))


@lru_cache(maxsize=4096)
def mask(text: str) -> str:
    """Return `text` without what differs from run to run and place to place."""
    for pattern, replacement in _MASKS:
        text = pattern.sub(replacement, text)
    for root in _ROOTS:
        text = text.replace(root, "")
    return _TEMPORARY.sub("<temporary file>", text)


def excerpt(text: str, limit: int = 200) -> str:
    """Return `text` masked and cut to `limit` characters."""
    # What is masked is short; of a long text, the beginning is enough.
    begun = mask(text[: 20 * limit])
    if len(begun) <= limit and len(text) <= 20 * limit:
        return begun
    return begun[: limit - 1] + "…"


class _Stable(reprlib.Repr):
    """The `repr` of built-in values, the members of a set in a fixed order."""

    def __init__(self) -> None:
        super().__init__()
        for name in vars(self):
            if name.startswith("max"):
                setattr(self, name, sys.maxsize)
        self.maxlevel = 20

    def repr_dict(self, x: dict[Any, Any], level: int) -> str:
        """Keep the order, which is the order of insertion."""
        if level <= 0:
            return "{…}"
        items = (
            (self.repr1(k, level - 1), self.repr1(v, level - 1)) for k, v in x.items()
        )
        return "{" + ", ".join(f"{key}: {value}" for key, value in items) + "}"

    def repr_instance(self, x: object, level: int) -> str:
        """Let an error of a `repr` be seen."""
        return repr(x)


_repr = _Stable().repr


def show(value: object) -> str:
    """Return the masked, bounded `repr` of `value`; a broken `repr` is named."""
    try:
        return excerpt(_repr(value))
    except Exception as error:
        return f"<{type(value).__name__}: repr raised {type(error).__name__}>"
