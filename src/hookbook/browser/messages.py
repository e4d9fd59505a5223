"""Run what a reader wrote, in the reader's browser, and say what happened.

One message in, one result out, both plain data. The worker passes them between
page and Python; it decides nothing. What a message and a result hold is described
in CONTRIBUTING.md. Nothing here needs a browser: tests call it on any Python.
"""

import contextlib
import json
import linecache
import shutil
import sys
import time
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any

import flask
from docutils import nodes

from hookbook.corpus.snippets import SnippetError, as_wanted, parse
from hookbook.explain.boxes import box
from hookbook.explain.markup import html
from hookbook.explain.views import VIEWS, WATCHED, section
from hookbook.trace.recorder import SCENARIO, quiet
from hookbook.trace.recording import Recorder
from hookbook.trace.steps import Block, Run

from .limits import Printed, Refused, Stopped
from .module import Work

LIMITS = {"output": 100_000, "requests": 20, "body": 100_000}
"""Characters printed, requests a message, characters of a body; a message may ask
for less or more."""

CAPTION = "Your version"
_SHOWN = "flask"
"""Of frames that are not the reader's, those of this package stay in a traceback."""


class Runner:
    """Answers messages, one after the other. Readers' files are in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work: Work | None = None

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        """Do what `message` asks for; whatever the reader's code does, answer."""
        started = time.perf_counter()
        limits = LIMITS | (message.get("limits") or {})
        out, err = Printed(limits["output"]), Printed(limits["output"], ends=False)
        result: dict[str, Any] = {
            "id": message.get("id"), "type": "result", "ok": True, "error": None,
            "stdout": "", "truncated": False, "stderr": "", "blocks": [],
            "passed": None, "responses": [], "cookies": [], "traces": [], "html": "",
        }  # fmt: skip
        run = Run([], [], [])
        recorder: Recorder | None = None
        work: Work | None = None
        try:
            with quiet(err), contextlib.redirect_stdout(out):
                work = self._work(message)
                recorder = Recorder(
                    str(work.path), work.spans, masks=bool(message.get("masks"))
                )
                if message["type"] == "requests":
                    self._requests(work, message, limits, recorder, result)
                else:
                    self._blocks(work, message, recorder, out, run, result)
        except BaseException as error:
            result["ok"] = False
            result["error"] = self._describe(error, work)
        if message["type"] != "requests":
            self._forget()
        same = [block["same"] for block in result["blocks"]]
        if message["type"] != "requests":
            result["passed"] = result["ok"] and all(one is not False for one in same)
        if recorder is not None and work is not None:
            run.traces = recorder.traces
            result["traces"] = [
                {"method": t.method, "path": t.path, "steps": len(t.steps)}
                for t in run.traces
            ]
            result["html"] = _views(work, run, message)
            if message.get("json"):
                from hookbook.trace.steps import as_json

                result["run"] = as_json(run)
        result["stdout"], result["truncated"] = out.getvalue(), out.cut
        result["stderr"] = self._plain(err.getvalue())
        result["seconds"] = round(time.perf_counter() - started, 3)
        return result

    def _work(self, message: dict[str, Any]) -> Work:
        """Return the reader's module: loaded anew, or as the last message left it."""
        if message.get("again") and message["type"] == "requests":
            if self.work is None or self.work.app is None:
                raise Refused("there is no application yet to send another request to")
            return self.work
        self._forget()
        self.work = Work(self.folder, message)
        self.work.write()
        self.work.load()
        return self.work

    def _forget(self) -> None:
        """Take away the last module, its files and all that came with them."""
        if self.work is not None:
            with contextlib.suppress(Exception):
                self.work.open.close()
            self.work = None
        linecache.clearcache()
        for entry in self.folder.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()

    def _blocks(
        self, work: Work, message: dict[str, Any], recorder: Recorder, out: Printed,
        run: Run, result: dict[str, Any],
    ) -> None:  # fmt: skip
        names = dict(vars(work.module))
        with recorder:
            for block in _asked(work, message, names):
                start = out.tell()
                entry = {
                    "source": block.source, "line": block.line, "want": block.want,
                    "printed": "", "same": None,
                }  # fmt: skip
                result["blocks"].append(entry)
                lines = block.source.splitlines(keepends=True)
                linecache.cache[SCENARIO] = (len(block.source), None, lines, SCENARIO)
                try:
                    exec(compile(block.source, SCENARIO, "exec"), names)
                finally:
                    entry["printed"] = out.getvalue()[start:]
                run.blocks.append(block)
                run.outputs.append(out.getvalue()[start:])
                if block.want or message["type"] == "check":
                    entry["same"] = as_wanted(block, run.outputs[-1])

    def _requests(
        self, work: Work, message: dict[str, Any], limits: dict[str, int],
        recorder: Recorder, result: dict[str, Any],
    ) -> None:  # fmt: skip
        asked = message["requests"]
        if len(asked) > limits["requests"]:
            raise Refused(f"{limits['requests']} requests at most, not {len(asked)}")
        with recorder:
            if work.app is None:
                work.app = work.find_app()
            if work.client is None:
                work.client = work.app.test_client()
            for request in asked:
                response = self._send(work, request, limits["body"])
                result["responses"].append(response)
        result["cookies"] = _jar(work.client)
        failed = [r["error"] for r in result["responses"] if r["error"]]
        if failed:
            result["ok"], result["error"] = False, failed[-1]

    def _send(self, work: Work, request: dict[str, Any], limit: int) -> dict[str, Any]:
        """Send one request with the test client; an exception is part of the answer."""
        assert work.app is not None
        method, path = request.get("method") or "GET", request.get("path") or "/"
        answer: dict[str, Any] = {
            "method": method, "path": path, "status": "", "headers": [],
            "body": {"text": None, "size": 0, "cut": False, "note": ""}, "error": None,
        }  # fmt: skip
        raised: list[BaseException] = []

        def note(sender: flask.Flask, exception: BaseException, **more: Any) -> None:
            raised.append(exception)

        try:
            for name, value in (request.get("cookies") or {}).items():
                work.client.set_cookie(name, value)
            with flask.got_request_exception.connected_to(note, work.app):
                response = work.client.open(
                    path,
                    method=method,
                    headers=[
                        (name, value) for name, value in request.get("headers") or []
                    ],
                    data=(request.get("body") or "").encode(),
                )
                body = response.get_data()
                response.close()
        except Exception as error:
            answer["error"] = self._describe(error, work)
            return answer
        answer["status"] = response.status
        answer["headers"] = [[name, value] for name, value in response.headers]
        answer["body"] = _body(body, response.mimetype or "", limit)
        if raised:
            answer["error"] = self._describe(raised[-1], work)
        return answer

    def _describe(self, error: BaseException, work: Work | None) -> dict[str, Any]:
        """Say what was raised, and where in the reader's code."""
        kind = "raised"
        line: int | None = None
        if isinstance(error, Refused | SnippetError):
            if isinstance(error, Refused):
                kind = error.kind
            else:
                kind, line = "load", error.line
            return {"kind": kind, "message": str(error), "line": line, "traceback": ""}
        if isinstance(error, Stopped):
            kind = "limit"
        elif work is None or work.module is None:
            work = self.work
            kind = "syntax" if isinstance(error, SyntaxError) else "load"
        path = str(work.path) if work is not None else ""
        for frame, number in traceback.walk_tb(error.__traceback__):
            if frame.f_code.co_filename == path:
                line = number
        if isinstance(error, SyntaxError) and error.filename == path:
            line = error.lineno
        told = traceback.TracebackException.from_exception(error)
        self._trim(told)
        text = self._plain("".join(told.format()))
        message = "".join(told.format_exception_only()).strip().splitlines()[-1]
        if isinstance(error, Stopped):
            message = text = str(error)
        message = self._plain(message)
        return {"kind": kind, "message": message, "line": line, "traceback": text}

    def _plain(self, text: str) -> str:
        """Name files as the reader knows them."""
        for folder in (self.folder, Path(flask.__file__).parents[1]):
            text = text.replace(f"{folder}/", "")
        return text

    def _trim(self, told: traceback.TracebackException) -> None:
        """Keep the reader's frames, and Flask's between them."""
        own = f"{self.folder}/"
        shown = f"{Path(flask.__file__).parent}/"
        told.stack = traceback.StackSummary.from_list(
            frame
            for frame in told.stack
            if frame.filename == SCENARIO or frame.filename.startswith((own, shown))
        )
        for other in (told.__cause__, told.__context__):
            if other is not None:
                self._trim(other)


def _asked(work: Work, message: dict[str, Any], names: dict[str, Any]) -> list[Block]:
    """Return the blocks of the message, or of the module's own docstring."""
    given = message.get("check" if message["type"] == "check" else "blocks")
    if given is None:
        _stand_in_for_pytest()
        return parse(work.source, work.name, work.path).scenario(names)
    return [
        Block(
            block["source"],
            block.get("line") or 1,
            block.get("want") or "",
            {int(flag): on for flag, on in (block.get("options") or {}).items()},
        )
        for block in given
    ]


def _stand_in_for_pytest() -> None:
    """Let pytest-sphinx be imported without pytest, of which its parser uses nothing.

    Its other classes get ``object`` for what they would inherit from pytest.
    """
    with contextlib.suppress(ImportError):
        import pytest  # noqa: F401 (only whether it is there)

        return
    for name in ("", ".config", ".doctest", ".main", ".pathlib", ".python"):
        module = ModuleType(f"_pytest{name}")
        vars(module)["__getattr__"] = lambda name: object
        sys.modules[module.__name__] = module
        if name:
            setattr(sys.modules["_pytest"], name[1:], module)
    sys.modules["pytest"] = sys.modules["_pytest"]


def _jar(client: Any) -> list[dict[str, str]]:
    """List the cookies that the client would send again."""
    jar = getattr(client, "_cookies", None) or {}
    return [
        {"name": c.key, "value": c.value, "path": c.path, "domain": c.domain}
        for c in jar.values()
    ]


def _body(body: bytes, mimetype: str, limit: int) -> dict[str, Any]:
    """Describe a body: its text, if it is text."""
    note = f"{len(body)} bytes" + (f", {mimetype}" if mimetype else "")
    try:
        text: str | None = body.decode()
    except UnicodeDecodeError:
        text = None
    if text is None or "\0" in text:
        return {"text": None, "size": len(body), "cut": False, "note": note}
    cut = len(text) > limit
    return {"text": text[:limit], "size": len(body), "cut": cut, "note": note}


def _views(work: Work, run: Run, message: dict[str, Any]) -> str:
    """Return the views that the message asks for, or nothing."""
    wanted = message.get("views")
    views = list(VIEWS) if wanted is None else [v for v in VIEWS if v in wanted]
    places = [n for n in message.get("only") or [] if 1 <= n <= len(run.traces)]
    if not views or not any(trace.steps for trace in run.traces):
        return ""
    run.traces = [trace for trace in run.traces if trace.steps]
    caption = box(
        "figcaption",
        nodes.inline("", CAPTION, classes=["hb-title"]),
        classes=["hb-caption"],
    )
    shown = section(
        "your version", work.lines(), run, caption, views=views, places=places,
        watched=message.get("watch") or WATCHED,
        key=message.get("key", "run-"),
    )  # fmt: skip
    return html(shown)


_runner: Runner | None = None


def handle(text: str) -> str:
    """Answer a message; both are JSON. Readers' files go below the home folder."""
    global _runner
    if _runner is None:
        _runner = Runner(Path.cwd())
    return json.dumps(_runner.answer(json.loads(text)))
