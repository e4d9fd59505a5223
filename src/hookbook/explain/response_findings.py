"""Mistakes with a response: lost, overwritten, partly changed."""

import re
from collections.abc import Iterator

from hookbook.trace.steps import Step

from .mistakes import RESPONDING, Finding, Seen, called, header, same, starting

_OF_BODY = {
    "content-type", "content-length", "content-encoding", "content-range",
    "content-md5", "content-language", "content-location", "etag", "last-modified",
    "accept-ranges", "date", "vary", "set-cookie",
}  # fmt: skip
"""Headers that belong to a body or to no function: losing them is no mistake."""
_WITHOUT_BODY = ("204", "206", "304", "412", "416")
_PASSED_ON = "raised RuntimeError: Attempted implicit sequence conversion"
_NAME = "response.headers["
_EXCEPTION = re.compile(r"made from <[\w.]+ '\d{3}: ")


def find(seen: Seen) -> Iterator[Finding]:
    """Find the mistakes of one request."""
    yield from _returned_none(seen)
    yield from _replaced(seen)
    yield from _overwritten(seen)
    yield from _stream_read(seen)
    yield from _body_changed(seen)


def _returned_none(seen: Seen) -> Iterator[Finding]:
    for step in seen.functions:
        what = step.outcome.removeprefix("returned ")
        if what == step.outcome:
            continue
        if step.phase in RESPONDING:
            # A value that is not plain may be a response of another kind.
            wrong = step.after["response"] is None and not what.startswith("<")
            if wrong and not _goes_on(seen, step):
                yield seen.found(
                    "returned-none", step,
                    f"{starting(called(step))} returned {_brief(what)} instead of a"
                    " response, so Flask has lost the response.",
                )  # fmt: skip
        elif step.kind == "view" or step.phase == "errorhandler":
            wrong = what == "None" or what.startswith("(None,")
            if wrong and not _goes_on(seen, step):
                yield seen.found(
                    "returned-none", step,
                    f"{starting(called(step))} returned {_brief(what)}, and Flask"
                    " cannot make a response of it.",
                )  # fmt: skip


def _goes_on(seen: Seen, step: Step) -> bool:
    """Return whether the application made a response of what `step` returned."""
    for other in seen.steps[step.number :]:
        if other.kind == "response" or other.phase == "start_response":
            return True
        if other.phase in RESPONDING:
            return other.before["response"] is not None
        if other.exception or other.outcome.startswith("raised"):
            return False
    return False


def _brief(what: str) -> str:
    return "`None`" if what == "None" else f"`{what}`"


def _replaced(seen: Seen) -> Iterator[Finding]:
    sent = seen.sent
    for step in seen.functions:
        if "response replaced" not in step.effects or step.phase not in RESPONDING:
            continue
        before, after = step.before["response"], step.after["response"]
        if sent is None or before is None or after is None:
            continue
        lost = [
            f"the header `{name}`"
            for name in dict.fromkeys(name for name, _ in before["headers"])
            if name.lower() not in _OF_BODY
            and header(after, name) is None
            and header(sent, name) is None
        ]
        lost += [
            f"the cookie `{name}`"
            for name in before["cookies"]
            if name not in after["cookies"] and name not in sent["cookies"]
        ]
        if lost:
            yield seen.found(
                "response-replaced", step,
                f"{starting(called(step))} returned a new response, and"
                f" {_listed(lost)} of the old one {'were' if lost[1:] else 'was'}"
                " lost.",
            )  # fmt: skip


def _listed(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _overwritten(seen: Seen) -> Iterator[Finding]:
    sent = seen.sent
    if sent is None:
        return
    setters: dict[str, Step] = {}
    for step in seen.steps:
        if step.kind == "response":
            setters = _set_by_view(seen, step)
            continue
        if step not in seen.functions or step.phase == "stream":
            continue
        for name, (old, new) in _changed_headers(seen, step).items():
            if new is None:
                continue
            setter = setters.get(name.lower())
            setters[name.lower()] = step
            if (
                setter is None
                or old is None
                or "response replaced" in step.effects
                or name.lower() in _OF_BODY - {"content-type"}
                or (same(setter, step) and setter.registered == step.registered)
                or _extends(name, old, new)
                or header(sent, name) is None
            ):
                continue
            yield seen.found(
                "header-overwritten", step,
                f"{starting(called(step))} overwrote the header `{name}: {old}` of"
                f" {called(setter)}, so that `{name}: {new}` is sent.",
            )  # fmt: skip


def _set_by_view(seen: Seen, step: Step) -> dict[str, Step]:
    """Return the headers set by a view, or by a function that returned in its place."""
    maker, response = seen.maker(step), step.after["response"]
    if maker is None or response is None:
        return {}
    if not step.outcome.startswith(("made from a response", "made from (")):
        return {}
    # A view that sends a file has asked for none of these.
    sends_file = response["body"] is None and header(response, "Date")
    return {
        name.lower(): maker
        for name, value in response["headers"]
        if name.lower() not in {*_OF_BODY, "content-disposition"}
        and not (sends_file and name == "Cache-Control" and value == "no-cache")
    }


def _changed_headers(
    seen: Seen, step: Step
) -> dict[str, tuple[str | None, str | None]]:
    """Return the headers that `step` changed, before and after, in any case."""
    found: dict[str, tuple[str | None, str | None]] = {}
    names: dict[str, str] = {}
    for change in seen.own_changes(step):
        if not change["name"].startswith(_NAME):
            continue
        written = change["name"][len(_NAME) : -1]
        name = names.setdefault(written.lower(), written)
        old, new = found.get(name, (None, None))
        old = old if change["before"] is None else change["before"]
        new = new if change["after"] is None else change["after"]
        found[name] = old, new
    return found


def _extends(name: str, old: str, new: str) -> bool:
    """Return whether the new value contains everything in the old one."""
    if name.lower() == "location" and new.endswith(old):
        return True
    return _parts(old) <= _parts(new)


def _parts(value: str) -> set[str]:
    return {part.strip() for part in value.replace(";", ",").split(",")}


def _stream_read(seen: Seen) -> Iterator[Finding]:
    for step in seen.functions:
        if step.phase not in {*RESPONDING, "request_finished"}:
            continue
        if "response replaced" in step.effects or _is_error_page(seen, step):
            continue
        if _PASSED_ON in step.outcome:
            yield seen.found(
                "stream-read", step,
                f"{starting(called(step))} tried to read the body of a file that is"
                " sent piece by piece, so it raised RuntimeError.",
            )  # fmt: skip
        for change in seen.own_changes(step):
            if (
                change["name"] == "response.body"
                and change["before"] == "(streamed)"
                and change["after"] is not None
                and not _bodiless(step)
            ):
                yield seen.found(
                    "stream-read", step,
                    f"{starting(called(step))} read a streamed body, so all of it was"
                    " in memory before the first piece was sent.",
                )  # fmt: skip


def _is_error_page(seen: Seen, step: Step) -> bool:
    """Return whether a response with an iterator as body was made from an exception."""
    for other in reversed(seen.steps[: step.number - 1]):
        if other.kind == "response":
            maker = seen.maker(other)
            handled = maker is not None and maker.kind == "handler"
            return bool(_EXCEPTION.match(other.outcome)) or (
                handled and other.outcome.startswith("made from <")
            )
    return False


def _bodiless(step: Step) -> bool:
    response = step.after["response"]
    return response is None or response["status"].startswith(_WITHOUT_BODY)


def _body_changed(seen: Seen) -> Iterator[Finding]:
    sent = seen.sent
    for step in seen.functions:
        before, after = step.before["response"], step.after["response"]
        if before is None or after is None or sent is None or _bodiless(step):
            continue
        if step.phase not in {*RESPONDING, "request_finished"}:
            continue
        encoding = header(before, "Content-Encoding"), header(after, "Content-Encoding")
        wrapped = "stream replaced" in step.effects and encoding[0] != encoding[1]
        if not wrapped and not _other_body(seen, step):
            continue
        tag = header(before, "ETag")
        # A weak ETag stays right when a body is only encoded differently.
        stays = tag is None or (tag.startswith("W/") and encoding[0] != encoding[1])
        if not stays and header(after, "ETag") == header(sent, "ETag") == tag:
            yield seen.found(
                "body-changed", step,
                f"{starting(called(step))} changed the body and left its `ETag`, so a"
                " cache takes the new body for the old one.",
            )  # fmt: skip
        if encoding[0] is not None and encoding[0] == encoding[1] and (
            header(sent, "Content-Encoding") == encoding[0]
        ):  # fmt: skip
            yield seen.found(
                "body-changed", step,
                f"{starting(called(step))} changed the body and left"
                f" `Content-Encoding: {encoding[0]}`, so a client cannot decode it.",
            )  # fmt: skip


def _other_body(seen: Seen, step: Step) -> bool:
    return any(
        change["name"] == "response.body"
        and change["before"] not in {None, "(streamed)"}
        and change["after"] not in {None, "(streamed)"}
        for change in seen.own_changes(step)
    )
