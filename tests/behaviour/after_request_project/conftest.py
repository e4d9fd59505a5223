"""A desk for each test: with a clock, ids and tools that are always the same."""

import json
import logging
import runpy
import sys
from importlib.util import find_spec
from io import StringIO
from itertools import count

import pytest

TOOLS = {"scythe": {"shelf": 1, "deposit": 5}, "sprayer": {"shelf": 1}}


class Desk:
    """One step of the project, and what a test may do to it."""

    def __init__(self, app, monkeypatch):
        self.app = app
        self.monkeypatch = monkeypatch
        self.stream = StringIO()
        ticks, ids = count(100, 0.25), count(1)
        self.tick = lambda: next(ticks)
        module = sys.modules[app.import_name]
        monkeypatch.setattr(module, "TOOLS", {n: {**t} for n, t in TOOLS.items()})
        if handler := getattr(module, "handler", None):
            # Whoever has run the step anew has taken the logger over.
            logger = logging.getLogger(app.name)
            monkeypatch.setattr(logger, "handlers", [handler])
        self.configure(
            CLOCK=self.tick, NEW_ID=lambda: f"made-{next(ids)}", NOW=lambda: 0
        )

    def configure(self, **settings):
        for name, value in settings.items():
            self.monkeypatch.setitem(self.app.config, name, value)

    def open(self, path="/", method="GET", **options):
        client = self.app.test_client()
        options.setdefault("errors_stream", self.stream)
        return client.open(path, method=method, **options)

    @property
    def log(self):
        """The lines written so far, each read as JSON."""
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]

    def view(self, endpoint, view):
        """Put another function in the place of a view."""
        self.monkeypatch.setitem(self.app.view_functions, endpoint, view)

    def answer(self, function):
        """Register a function before all others of before_request."""
        functions = [function, *self.app.before_request_funcs.get(None, [])]
        self.monkeypatch.setitem(self.app.before_request_funcs, None, functions)

    def hook(self, function, *, last=True):
        """Register a hook after all others, or before them."""
        hooks = self.app.after_request_funcs.get(None, [])
        hooks = [*hooks, function] if last else [function, *hooks]
        self.monkeypatch.setitem(self.app.after_request_funcs, None, hooks)

    def every_kind(self, tmp_path):
        """Return responses of each origin, by a word for it."""
        (tmp_path / "desk.css").write_text("body { color: green }")
        self.monkeypatch.setattr(self.app, "static_folder", str(tmp_path))
        found = {
            "page": self.open("/"),
            "head": self.open("/", method="HEAD"),
            "options": self.open("/", method="OPTIONS"),
            "unknown": self.open("/nowhere"),
            "method": self.open("/", method="DELETE"),
            "crash": self.open("/api/tools/sprayer"),
            "abort": self.open("/api/tools/spade"),
            "static": self.open("/static/desk.css"),
        }
        self.view("shelf", lambda: iter(["one ", "by one"]))
        found["stream"] = self.open("/")
        self.answer(lambda: ("Closed in winter.", 503))
        found["early"] = self.open("/")
        assert {kind: response.status_code for kind, response in found.items()} == {
            "page": 200, "head": 200, "options": 200, "unknown": 404, "method": 405,
            "crash": 500, "abort": 404, "static": 200, "stream": 200, "early": 503,
        }  # fmt: skip
        for response in found.values():
            response.close()
        return found


@pytest.fixture
def open_desk(monkeypatch):
    """Return a function that makes a desk of an app."""
    return lambda app: Desk(app, monkeypatch)


@pytest.fixture
def pristine():
    """Return a function that runs a step anew, as a fresh process would."""

    def run(step):
        package = __package__.replace("tests.behaviour", "snippets")
        path = find_spec(f"{package}.{step}").origin
        return runpy.run_path(path, run_name=f"pristine_{step}")

    return run
