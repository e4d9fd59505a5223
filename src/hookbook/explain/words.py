"""Describe a step in English, from the step's own data alone."""

from hookbook.trace.snapshots import State, flatten
from hookbook.trace.steps import Change, Step

_KINDS = {
    "request": "Request received",
    "match": "URL matched",
    "view": "View function",
    "handler": "Error handler",
    "register": "Callback deferred",
    "deferred": "Deferred callback",
    "response": "Response created",
    "handover": "Handed to the server",
    "stream": "Piece of the body",
    "body": "Body produced",
    "cut": "Recording cut",
}
_PHASES = {
    "open_session": "Session opened",
    "save_session": "Saving the session",
    "handle_http_exception": "Exception as response",
    "handle_exception": "Unhandled exception",
    "wsgi_app": "Exception leaves Flask",
    "push": "Context pushed again",
    "pop": "Context popped",
}


def label(step: Step) -> str:
    """Return the kind of step, in a few words."""
    if step.kind == "match" and step.exception:
        return "URL not matched"
    if step.outcome == "broken off":
        return "Body broken off"
    if step.phase == "url_build_error":
        return "URL build error handler"
    if step.kind == "hook":
        return f"{step.phase} hook"
    if step.kind == "signal":
        return f"{step.phase} receiver"
    if step.kind in {"teardown", "call"}:
        return f"{step.phase} function"
    return _PHASES.get(step.phase) or _KINDS[step.kind]


def function_kind(kind: str, phase: str) -> str:
    """Return the kind of a function in the words of Flask's documentation."""
    if kind == "signal":
        return f"{phase} receiver"
    named = {
        "errorhandler": "error handler",
        "url_build_error": "URL build error handler",
        "after_this_request": "deferred callback",
        "context_processor": "context processor",
        "stream": "generator",
    }
    return named.get(phase, f"{phase} function")


def has_name_in_code(step: Step) -> bool:
    """Return whether the step's name is code: a function, a class, an endpoint."""
    return step.kind not in {"request", "handover", "body", "context", "cut"}


def note(step: Step) -> str:
    """Return how the step ended, and what follows from it."""
    text = step.outcome
    if step.kind in {"request", "context"}:
        return ""
    if step.kind == "handler" and step.exception:
        text = f"given {step.exception}; {text}"
    elif step.kind in {"error", "match"} and step.exception:
        text = f"{step.exception}; {text}"
    if step.phase == "before_request" and not text.startswith("raised"):
        text += (
            ": the request goes on"
            if text == "returned None"
            else ": the view function is not called"
        )
    elif step.phase in {"after_request", "after_this_request"} and (
        step.after["response"] is None and text.startswith("returned")
    ):
        text += ": from here on there is no response"
    if step.is_async:
        text = f"async; {text}"
    if (step.owner or "").startswith("blueprint"):
        text = f"{step.owner}; {text}"
    if step.module:
        text = f"from {source(step)}; {text}"
    return text


def source(step: Step) -> str:
    """Return where a function comes from that is not of the snippet's own file."""
    return step.distribution or f"the module {step.module}"


def change(item: Change) -> str:
    """Describe the change of one value."""
    name, before, after = item["name"], item["before"], item["after"]
    if after is None:
        return f"{name} is gone"
    if before is None:
        return f"{name} = {after}"
    return f"{name} = {after} (was {before})"


def visible_changes(step: Step) -> list[Change]:
    """List the changes a reader needs; a new response is described by its parts."""
    return [
        item
        for item in step.changes
        if not (item["name"] == "response" and item["after"] is not None)
    ]


def summary(state: State) -> str:
    """Describe a state in one line: the response, ``g``, the session."""
    parts = []
    if response := state["response"]:
        count = len(response["headers"])
        parts.append(f"{response['status']}, {count} header{'s' * (count != 1)}")
    else:
        parts.append("no response")
    parts += [
        f"{name} = {value}"
        for name, value in flatten(state).items()
        if name.startswith(("g.", "session["))
    ]
    return "; ".join(parts)


def sentence(step: Step) -> str:
    """Describe the step in a sentence. Code is in backquotes."""
    place = f" (line {step.line})" if step.line else ""
    name = f"`{step.name}`" if has_name_in_code(step) else step.name
    owner = (
        f" of the {step.owner}" if step.owner not in {None, "app", "request"} else ""
    )
    brought = f" from {source(step)}" if step.module else ""
    owner += brought
    # An iterator that is not a generator returns its pieces.
    producer = "iterator" if step.outcome.startswith(("returned", "ended")) else (
        "generator"
    )  # fmt: skip
    subject = {
        "request": f"Flask receives `{step.name}`",
        "match": f"Flask looks the URL up: {name}, {step.outcome}",
        "view": f"The view function {name}{brought}{place} is called; it {step.outcome}"
        if step.line or step.module
        else f"The endpoint is {name}; {step.outcome}",
        "handler": f"The error handler {name}{owner}{place} is given"
        f" {step.exception}; it {step.outcome}",
        "register": f"`after_this_request` is given {name}{place}, which"
        f" {step.outcome}",
        "deferred": f"The deferred callback {name}{place} is called with the"
        f" response; it {step.outcome}",
        "response": f"Flask makes a response object, {step.outcome}",
        "handover": f"The response, {step.name}, is {step.outcome}",
        "stream": f"The {producer} {name}{place} {step.outcome}",
        "body": f"The body, {step.name}, is {step.outcome}",
        "context": f"The {step.name} is {step.outcome}",
        "session": f"The session is {step.outcome}",
        "error": f"Nothing has caught {step.exception}: {step.outcome}",
        "cut": f"The {step.name} {step.outcome}",
    }.get(step.kind, f"The {label(step)} {name}{owner}{place} is called; it"
          f" {step.outcome}")  # fmt: skip
    changes = visible_changes(step)
    if step.kind == "match":
        changes = [item for item in changes if item["name"] != "request.endpoint"]
    text = f"{subject}."
    if changes:
        values = "; ".join(f"`{change(item)}`" for item in changes)
        text += f" Afterwards {values}."
    return text
