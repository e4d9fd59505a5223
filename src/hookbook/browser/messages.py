"""Run a reader's program in the reader's browser, and return what happened.

One message in, one result out, both plain data. The worker only passes them between
page and Python. CONTRIBUTING.md describes messages and results. Nothing here needs a
browser: tests call it on any Python.
"""

import contextlib
import linecache
import random
import shutil
import sys
import time
from json import dumps, loads
from pathlib import Path
from types import ModuleType
from typing import Any

import flask

from hookbook.corpus.snippets import as_wanted, parse
from hookbook.trace import distributions
from hookbook.trace.recorder import SCENARIO, quiet
from hookbook.trace.recording import Recorder
from hookbook.trace.steps import Block

from . import extensions
from .bounds import MEMBERS, cut, found, told
from .failures import Describer
from .limits import Printed, Refused
from .module import Work

LIMITS = {"output": 100_000, "requests": 20, "body": 100_000}
"""Characters printed, requests a message, characters of a body; a message may set
other limits."""

_BLOCKS = 200
"""The maximum number of blocks in a scenario."""


class Runner:
    """Answers messages, one after the other. Readers' files are in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work: Work | None = None

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        """Do what `message` asks for, and always return a result."""
        started = time.perf_counter()
        limits = LIMITS | (message.get("limits") or {})
        out, err = Printed(limits["output"]), Printed(limits["output"], ends=False)
        result: dict[str, Any] = {
            "ok": True, "error": None, "stdout": "", "truncated": False, "stderr": "",
            "blocks": [], "passed": None, "responses": [], "cookies": [],
            "traces": [], "left_out": 0, "findings": [],
        }  # fmt: skip
        masks = bool(message.get("masks"))
        self.describer = Describer(self.folder, masks=masks)
        recorder: Recorder | None = None
        work: Work | None = None
        try:
            with quiet(err), contextlib.redirect_stdout(out):
                work = self._work(message)
                recorder = Recorder(
                    str(work.path),
                    work.spans,
                    masks=masks,
                    connections=work.connections,
                )
                if message["type"] == "requests":
                    self._requests(work, message, limits, recorder, result)
                else:
                    self._blocks(work, message, recorder, out, result)
        except BaseException as error:
            result["ok"] = False
            result["error"] = self.describer.describe(error, work or self.work)
        self._forget()
        same = [block["same"] for block in result["blocks"]]
        if message["type"] != "requests":
            result["passed"] = result["ok"] and all(one is not False for one in same)
        if recorder is not None:
            traces = [trace for trace in recorder.traces if trace.steps]
            result["traces"], result["left_out"] = told(traces)
            result["findings"] = found(traces)
        result["stdout"], result["truncated"] = out.getvalue(), out.cut
        result["stderr"] = self.describer.named(err.getvalue())
        result["seconds"] = round(time.perf_counter() - started, 3)
        return result

    def _work(self, message: dict[str, Any]) -> Work:
        """Return the reader's loaded module."""
        self._forget()
        self.work = Work(self.folder, message)
        self.work.write()
        self.work.load()
        return self.work

    def _forget(self) -> None:
        """Remove the last module, its files and everything it imported."""
        if self.work is not None:
            with contextlib.suppress(Exception):
                self.work.open.close()
            self.work = None
        linecache.clearcache()
        for entry in self.folder.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()

    def _blocks(
        self, work: Work, message: dict[str, Any], recorder: Recorder, out: Printed,
        result: dict[str, Any],
    ) -> None:  # fmt: skip
        names = dict(vars(work.module))
        with recorder:
            for block in _asked(work, message, names)[:_BLOCKS]:
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
                if block.want or message["type"] == "check":
                    entry["same"] = as_wanted(block, str(entry["printed"]))

    def _requests(
        self, work: Work, message: dict[str, Any], limits: dict[str, int],
        recorder: Recorder, result: dict[str, Any],
    ) -> None:  # fmt: skip
        asked = message["requests"]
        if len(asked) > limits["requests"]:
            raise Refused(f"{limits['requests']} requests at most, not {len(asked)}")
        with recorder:
            work.client = work.find_client()
            for request in asked:
                response = self._send(work, request, limits["body"])
                result["responses"].append(response)
        result["cookies"] = _jar(work.client)
        failed = [r["error"] for r in result["responses"] if r["error"]]
        if failed:
            result["ok"], result["error"] = False, failed[-1]

    def _send(self, work: Work, request: dict[str, Any], limit: int) -> dict[str, Any]:
        """Send a request with the test client; return its response or exception."""
        method, path = request.get("method") or "GET", request.get("path") or "/"
        answer: dict[str, Any] = {
            "method": method, "path": path, "status": "", "headers": [],
            "body": {"text": None, "size": 0, "cut": False, "note": ""}, "error": None,
        }  # fmt: skip
        raised: list[BaseException] = []

        # Of any application: a dispatcher leads to several.
        def note(sender: flask.Flask, exception: BaseException, **more: Any) -> None:
            raised.append(exception)

        try:
            for name, value in (request.get("cookies") or {}).items():
                work.client.set_cookie(name, value)
            with flask.got_request_exception.connected_to(note):
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
            answer["error"] = self.describer.describe(error, work)
            return answer
        answer["status"] = cut(response.status)
        headers = list(response.headers)[:MEMBERS]
        answer["headers"] = [[cut(name), cut(value)] for name, value in headers]
        answer["body"] = _body(body, response.mimetype or "", limit)
        if raised:
            answer["error"] = self.describer.describe(raised[-1], work)
        return answer


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
    """Make pytest-sphinx importable without pytest, which its parser doesn't use.

    Its other classes inherit from ``object`` instead of pytest's classes.
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
        {"name": cut(c.key), "value": cut(c.value), "path": cut(c.path)}
        for c in list(jar.values())[:MEMBERS]
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


_runner: Runner | None = None


def warm() -> None:
    """Run a small program once, so that everything is imported before the first run."""
    code = (
        "from flask import Flask\napp = Flask(__name__)\n"
        "@app.get('/')\nasync def index(): return ''\n"
    )
    handle(dumps({"type": "requests", "code": code, "requests": [{"path": "/"}]}))
    _stand_in_for_pytest()


def needs(text: str, known: str) -> str:
    """Return the archives that the message `text` needs, separated by spaces.

    `known` is their description in ``about.json``.
    """
    return " ".join(extensions.needed(loads(text), loads(known)))


def handle(text: str) -> str:
    """Answer a message; both are JSON. Readers' files are below the home folder."""
    global _runner
    # Seed again: each run starts with the state of the worker's start, and would
    # draw the same numbers.
    random.seed()
    if brought := sorted(map(str, Path("/lib").glob("extension-*.zip"))):
        sys.path += brought
        distributions.forget()
    if _runner is None:
        _runner = Runner(Path.cwd())
    return dumps(_runner.answer(loads(text)))
