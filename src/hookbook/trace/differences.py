"""Describe the differences between two moments of a request.

Values are compared whole but shown shortened, so they may look equal. Then the
excerpt is from the place where the two differ.
"""

from collections.abc import Iterator
from typing import Any

from .masks import VOLATILE
from .snapshots import Parts, State, flatten
from .steps import Change
from .values import LIMIT, Mask, excerpt

_AROUND = 40
"""Characters shown before the place where two long texts differ."""


def comparable(parts: Parts) -> dict[str, Any]:
    """Name each value as :func:`flatten` does, and return its comparable form."""
    flat: dict[str, Any] = {}
    _, endpoint, arguments = parts.request
    if endpoint:
        flat["request.endpoint"] = endpoint
    for name, value in arguments.items():
        flat[f"request.view_args[{name}]"] = value
    if parts.response is not None:
        status, headers, body = parts.response
        flat["response"] = True
        flat["response.status"] = status
        for name, value in headers:
            key = f"response.headers[{name}]"
            flat[key] = f"{flat[key]}, {value}" if key in flat else value
        flat["response.body"] = body
    for name, value in (parts.g or {}).items():
        flat[f"g.{name}"] = value
    for name, value in (parts.session or {}).items():
        flat[f"session[{name}]"] = value
    return flat


def changes(
    earlier: State, before: Parts, later: State, after: Parts, mask: Mask
) -> list[Change]:
    """List the values that differ; a lost response counts as one change."""
    if before is after:
        return []
    shown_before, shown_after = flatten(earlier), flatten(later)
    whole_before, whole_after = comparable(before), comparable(after)
    lost = later["response"] is None
    found = []
    for name in dict.fromkeys([*shown_before, *shown_after]):
        if lost and name.startswith("response."):
            continue
        old, new = shown_before.get(name), shown_after.get(name)
        if old is not None and new is not None:
            one = whole_before.get(name, old)
            other = whole_after.get(name, new)
            if _same(one, other):
                # An Allow header is sorted: made from a set, it has no order.
                continue
            if old == new:
                if any(place in old for place in VOLATILE) or "Allow" in name:
                    continue
                old, new = _apart(one, other, mask) or (old, new)
        found.append(Change(name=name, before=old, after=new))
    return found


def replaced(before: Parts, after: Parts) -> Iterator[str]:
    """Name the replaced objects: the response, or the iterable of its body."""
    old, new = before.response_and_stream, after.response_and_stream
    if old is None or new is None:
        return
    if old[0] != new[0]:
        yield "response replaced"
    elif old[1] != new[1] and None not in {old[1], new[1]}:
        yield "stream replaced"


def _same(one: Any, other: Any) -> bool:
    return one is other or bool(one == other)


def _text(value: Any) -> str | None:
    """Return the whole text of a value; ``None`` if it is not text."""
    if type(value) is tuple and value and value[0] in {str, list, tuple, dict}:
        return _written(value)
    if type(value) is tuple and all(type(one) in {bytes, bytearray} for one in value):
        return b"".join(value).decode("utf-8", "replace")
    return value if type(value) is str else None


def _written(value: tuple[Any, ...]) -> str:
    """Write the comparable form of a value as the value itself is written."""
    kind, *rest = value
    if kind is str:
        return repr(rest[0])
    if len(rest) == 1 and kind in {bool, float, bytes, type(None)}:
        return repr(rest[0])[:LIMIT]
    if len(rest) == 1 and kind is int and rest[0].bit_length() < LIMIT:
        return repr(rest[0])
    if kind in {list, tuple}:
        begin, end = "[]" if kind is list else "()"
        return f"{begin}{', '.join(map(_written, rest[1]))}{end}"
    if kind is dict:
        pairs = (f"{_written(key)}: {_written(one)}" for key, one in rest[1])
        return f"{{{', '.join(pairs)}}}"
    return "…"


def _apart(one: Any, other: Any, mask: Mask) -> tuple[str, str] | None:
    """Return both texts from shortly before the place where they differ."""
    old, new = _text(one), _text(other)
    if old is None or new is None:
        return None
    place = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    begin = max(0, place - _AROUND)
    return excerpt(f"…{old[begin:]}", mask), excerpt(f"…{new[begin:]}", mask)
