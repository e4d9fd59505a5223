"""The output of ``flask trace``: flow, changes, what did not run, findings."""

import contextlib
import dataclasses
import io
import json
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from hookbook.explain import words
from hookbook.explain.findings import Finding, findings
from hookbook.explain.not_run import NotRun, not_run
from hookbook.trace.connections import Connections
from hookbook.trace.recording import Recorder
from hookbook.trace.steps import Run, Step, Trace, as_json

from .listing import brought, place_of, short
from .loading import Loaded
from .printing import Piece, Printer, bad, changed, name, soft
from .sending import Answer, Sender, Wanted

SITE = "https://hookbook.readthedocs.io/"
"""The base address of the pages that findings link to."""


@dataclasses.dataclass
class Sent:
    """A request that was sent, and its result."""

    wanted: Wanted
    answer: Answer
    traces: Sequence[int]
    """The numbers, from 1, of its traces: none if it did not reach Flask; several if
    the application sent itself more requests."""
    layers: Sequence[str] = ()
    """The layers around the application, in words."""


@dataclasses.dataclass
class Told:
    """The content of a command's output."""

    run: Run
    sent: list[Sent] = dataclasses.field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """The known mistakes found."""
        return findings(self.run.traces)

    @property
    def not_run(self) -> list[tuple[int, NotRun]]:
        """The functions not called, each with the number of its request, from 1."""
        return [
            (place, one)
            for place, trace in enumerate(self.run.traces, 1)
            for one in not_run(trace)
        ]


@dataclasses.dataclass(frozen=True)
class Output:
    """The form of the output."""

    as_json: bool
    report: str | None
    fail_on_findings: bool

    def check(self) -> None:
        """Reject options that could only fail after the requests were sent.

        :raises click.UsageError: if the report cannot be written.
        """
        if self.report is None:
            return
        if self.as_json:
            raise click.UsageError("Choose either --json or --html.")
        if lacking := [one for one in ("docutils", "pygments") if not find_spec(one)]:
            raise click.UsageError(
                f"--html needs {' and '.join(lacking)}. Install the extra:"
                " pip install 'hookbook[report]'"
            )
        try:
            Path(self.report).open("ab").close()
        except OSError as error:
            raise click.UsageError(
                f"The report cannot be written to {self.report}: {error.strerror}."
                " Name a file in a folder that you may write to."
            ) from None


def requests(
    loaded: Loaded, wanted: Sequence[Wanted], connections: Connections, *, silent: bool
) -> Told:
    """Send the requests, one after the other, and record what Flask does.

    `connections` has recorded the signal receivers since the application's import.
    With `silent`, its printed output is kept for the JSON.
    """
    recorder = Recorder(masks=False, connections=connections)
    sender = Sender(loaded.entry)
    sent: list[Sent] = []
    printed = io.StringIO()
    kept = contextlib.redirect_stdout(printed) if silent else contextlib.nullcontext()
    layers = [brought(one) for app in loaded.apps for one in loaded.layers(app)]
    with kept, recorder:
        for one in wanted:
            before = len(recorder.requests)
            answer = sender.send(one)
            traces = range(before + 1, len(recorder.requests) + 1)
            sent.append(Sent(one, answer, traces, layers))
    return Told(Run([], [printed.getvalue()], recorder.traces), sent)


def finish(output: Output, told: Told) -> None:
    """Write the output, and exit with 1 if there are findings and that is wanted."""
    found = told.findings
    if output.as_json:
        click.echo(json.dumps(json_of(told), indent=2))
    else:
        show(Printer(), told)
    if output.report is not None:
        from .reports import write

        write(Path(output.report), told)
        click.echo(f"The report is in {output.report}.", err=True)
    if found and output.fail_on_findings:
        sys.exit(1)


def json_of(told: Told) -> dict[str, Any]:
    """Return what ``trace-command.schema.json`` describes."""
    return {
        **as_json(told.run),
        "answers": [
            {
                "method": one.wanted.method,
                "url": one.wanted.url,
                **dataclasses.asdict(one.answer),
                "requests": list(one.traces),
            }
            for one in told.sent
        ],
        "not_run": [
            {"request": place, **dataclasses.asdict(one)} for place, one in told.not_run
        ],
        "findings": [
            {**dataclasses.asdict(one), "url": link_of(one)} for one in told.findings
        ],
    }


def link_of(finding: Finding) -> str:
    """Return the address of the page that explains a finding."""
    return f"{SITE}{finding.page}.html#{finding.anchor}"


# In words


def show(printer: Printer, told: Told) -> None:
    """Print everything."""
    unseen = dict(enumerate(told.run.traces, 1))
    missed = told.not_run
    for one in told.sent:
        _answer(printer, one)
        for place in one.traces:
            _request(printer, unseen.pop(place), missed, place)
        _afterwards(printer, one, told)
        printer.gap()
    for place, trace in unseen.items():
        printer.line(name(f"{trace.method} {trace.path}"))
        _request(printer, trace, missed, place)
        printer.gap()
    _findings(printer, told.findings)


def _answer(printer: Printer, sent: Sent) -> None:
    wanted, answer = sent.wanted, sent.answer
    pieces: list[Piece | str] = [name(f"{wanted.method} {wanted.url}"), "  "]
    if answer.status is None:
        printer.line(*pieces, bad(f"raised {answer.exception}"), hang=2)
    else:
        code = int(answer.status[:3])
        status = bad(answer.status) if code >= 500 else Piece(answer.status)
        printer.line(*pieces, status, soft(f", {answer.size} bytes"), hang=2)
    if not sent.traces:
        around = (
            f": {', '.join(sent.layers)} returned a response" if sent.layers else ""
        )
        printer.line(bad(f"This request did not reach Flask{around}."), indent=2)


def _request(
    printer: Printer, trace: Trace, missed: Sequence[tuple[int, NotRun]], place: int
) -> None:
    if not trace.complete:
        told = f"This trace is incomplete: {'; '.join(trace.missing)}."
        printer.line(bad(told), indent=2, hang=2)
    for step in trace.steps:
        _step(printer, step)
    missing = [one for number, one in missed if number == place]
    if missing:
        printer.gap()
        printer.line(name("Did not run"))
    for one in missing:
        function = one.function
        where = ", ".join(filter(None, [function.owner, place_of(function)]))
        printer.line(
            f"{words.function_kind(function.kind, function.phase)} ",
            name(function.name), soft(f"  {where}"), indent=2, hang=7,
        )  # fmt: skip
        printer.line(sentence(one.reason), indent=9)


def sentence(clause: str) -> str:
    """Make a sentence of a reason; the terminal needs no backquotes."""
    plain = clause.replace("`", "")
    return f"{plain[0].upper()}{plain[1:]}."


def _step(printer: Printer, step: Step) -> None:
    failed = step.outcome.startswith("raised") or step.kind == "error"
    pieces: list[Piece | str] = [soft(f"{step.number:4}  "), "  " * step.depth]
    pieces.append(bad(words.label(step)) if failed else words.label(step))
    if step.name != "Response":
        pieces += [" ", name(step.name)]
    if step.file is not None:
        pieces.append(soft(f"  {short(step.file)}:{step.def_line}"))
    printer.line(*pieces, hang=9)
    indent = 9 + 2 * step.depth
    note = words.note(step)
    if step.file is not None and step.distribution is None:
        # The file shows it already.
        note = note.removeprefix(f"from {words.source(step)}; ")
    if note:
        printer.line(bad(note) if failed else soft(note), indent=indent)
    for item in words.visible_changes(step):
        printer.line(changed(words.change(item)), indent=indent, hang=2)


def _afterwards(printer: Printer, sent: Sent, told: Told) -> None:
    """Print what WSGI middleware changed in the response that Flask passed on."""
    answer = sent.answer
    if not sent.layers or not sent.traces or answer.status is None:
        return
    last = told.run.traces[sent.traces[0] - 1].steps[-1]
    response = last.after["response"]
    if response is None:
        return
    handed = {(key, value) for key, value in map(tuple, response["headers"])}
    got = {(key, value) for key, value in answer.headers if key != "Allow"}
    lines = [f"response.headers[{key}] = {value}" for key, value in got - handed]
    if response["status"] != answer.status:
        lines.append(f"response.status = {answer.status} (was {response['status']})")
    if lines:
        printer.gap()
        printer.line(name("After Flask"), soft(f"  {', '.join(sent.layers)}"), hang=2)
        for line in sorted(lines):
            printer.line(changed(line), indent=2, hang=2)


def _findings(printer: Printer, found: Sequence[Finding]) -> None:
    if not found:
        printer.line(name("No findings"))
        return
    printer.line(bad(f"{len(found)} finding{'s' * (len(found) != 1)}"))
    for one in found:
        where = f"  {short(one.file)}:{one.line}" if one.file else ""
        printer.line(name(one.function), soft(where), indent=2, hang=2)
        printer.line(one.sentence.replace("`", ""), indent=4)
        printer.line(soft(link_of(one)), indent=4)
