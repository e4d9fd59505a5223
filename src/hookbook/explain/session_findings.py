"""Mistakes with sessions, cookies and caches."""

from collections.abc import Iterator, Mapping

from hookbook.trace.steps import Step

from .mistakes import Finding, Seen, called, directives, header, same, starting

_HOOKS = {
    "url_value_preprocessor", "before_request", "after_request", "request_started",
    "request_finished",
}  # fmt: skip
_TOUCHED = {"session read", "session marked"}


def find(seen: Seen) -> Iterator[Finding]:
    """Find the mistakes of one request."""
    yield from _on_every_page(seen)
    yield from _in_shared_cache(seen)


def _on_every_page(seen: Seen) -> Iterator[Finding]:
    sent = seen.sent
    varies = {part.strip().lower() for part in (header(sent, "Vary") or "").split(",")}
    caching = directives(header(sent, "Cache-Control"))
    if (
        sent is None
        or "cookie" not in varies
        or caching.keys() & {"private", "no-store"}
    ):
        return
    if seen.trace.method not in {"GET", "HEAD"}:
        return
    if not sent["status"].startswith(("2", "304")):
        return
    touching = [step for step in seen.functions if seen.own_effects(step) & _TOUCHED]
    if any(step.phase not in _HOOKS for step in touching):
        return
    if not all(_is_for_every_page(seen, step) for step in touching):
        return
    for step in touching:
        changes = "session marked" in step.effects
        does = "changes" if changes else "reads"
        result = "has `Vary: Cookie`"
        if changes and sent["cookies"]:
            result += " and sets the session's cookie"
        yield seen.found(
            "session-on-every-page", step,
            f"{starting(called(step))} {does} the session in every request, so every"
            f" response {result}.",
        )  # fmt: skip


def _is_for_every_page(seen: Seen, step: Step) -> bool:
    """Return whether a page doesn't depend on the session, though `step` reads it."""
    entry = seen.entry(step)
    if entry is None or entry.owner != "app" or entry.distribution is not None:
        return False
    if step.phase == "before_request" and entry.returns_value:
        # It only checks the request.
        return False
    calls = (other for trace in seen.traces for other in trace.steps)
    for other in calls:
        same_function = same(other, step) and other.kind == step.kind
        if same_function and not _TOUCHED & {*other.effects}:
            # It reads the session in some requests only.
            return False
    on_g = {*entry.sets_g, *_g_names(step)}
    return not on_g or not any(
        {*used.uses_g} & {*on_g, "*"}
        for other in seen.functions
        if not same(other, step) and (used := seen.entry(other)) is not None
    )


def _g_names(step: Step) -> Iterator[str]:
    for change in step.changes:
        if change["name"].startswith("g."):
            yield change["name"][2:]


def _in_shared_cache(seen: Seen) -> Iterator[Finding]:
    sent = seen.sent
    if sent is None or not sent["cookies"] or seen.trace.method not in {"GET", "HEAD"}:
        return
    caching = header(sent, "Cache-Control")
    if header(sent, "Vary") == "*" or not _is_shared(directives(caching)):
        return
    for name, value in sent["cookies"].items():
        step = _setter(seen, f"response.cookies[{name}]")
        does = "deletes" if value == "(deleted)" else "sets"
        told = f"{does} the cookie `{name}` on a response with"
        if step is None:
            # Flask refreshes a permanent session that no code has touched.
            step = _setter(seen, "response.headers[Cache-Control]")
            told = f"let a response that {does} the cookie `{name}` have"
        if step is not None:
            yield seen.found(
                "cookie-in-shared-cache", step,
                f"{starting(called(step))} {told} `Cache-Control: {caching}`, so a"
                " shared cache may repeat it to other clients.",
            )  # fmt: skip


def _is_shared(caching: Mapping[str, str]) -> bool:
    """Return whether a shared cache may store a response, and reuse it unasked."""
    if caching.keys() & {"private", "no-store", "no-cache"}:
        return False
    lifetime = caching.get("s-maxage", caching.get("max-age"))
    if lifetime is None:
        return "public" in caching
    return lifetime.isdigit() and int(lifetime) > 0


def _setter(seen: Seen, value: str) -> Step | None:
    """Return the function that set a value of the response."""
    found: Step | None = None
    for step in seen.steps:
        if value not in {change["name"] for change in seen.own_changes(step)}:
            continue
        if step.kind == "response":
            found = seen.maker(step)
        elif step.phase == "save_session":
            found = _last_toucher(seen, step)
        elif step in seen.functions:
            found = step
    return found


def _last_toucher(seen: Seen, saving: Step) -> Step | None:
    earlier = [step for step in seen.functions if step.number < saving.number]
    for wanted in ("session marked", "session read"):
        for step in reversed(earlier):
            if wanted in seen.own_effects(step):
                return step
    return None
