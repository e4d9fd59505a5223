"""A reader's module: written to the disk, imported, its application found."""

import ast
import contextlib
import inspect
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any

import flask
from werkzeug.test import Client

from hookbook.trace.connections import Connections
from hookbook.trace.recorder import imported, spans

from .limits import Refused

_APPS = ("app", "application")
_FACTORIES = ("create_app", "make_app")


class Work:
    """One loaded module of a reader, and its files."""

    def __init__(self, folder: Path, message: dict[str, Any]) -> None:
        name = message.get("name") or "app"
        self.name: str = name
        stored = "/" in name
        self.module_name = f"snippets.{name.replace('/', '.')}" if stored else name
        self.path = folder / (f"snippets/{name}.py" if stored else f"{name}.py")
        self.first: int = message.get("first") or 1
        self.code: str = message["code"]
        self.source = "\n" * (self.first - 1) + self.code
        self.files: dict[str, str] = message.get("files") or {}
        self.open = contextlib.ExitStack()
        self.connections = Connections()
        self.module: ModuleType | None = None
        self.client: Any = None
        self.spans: dict[int, tuple[int, int]] = {}

    def write(self) -> None:
        """Write the module and the files beside it to the disk."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        for name, text in self.files.items():
            inside = PurePosixPath(name)
            if inside.is_absolute() or ".." in inside.parts or not inside.parts:
                raise Refused(f"'{name}' is not the name of a file beside the code")
            place = self.path.parent / inside
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        self.path.write_text(self.source, encoding="utf-8")

    def load(self) -> ModuleType:
        """Import the module, as if for the first time."""
        tree = ast.parse(self.source, str(self.path))
        self.spans = dict(spans(tree))
        self.open.enter_context(self.connections)
        self.open.enter_context(_beside(self.path.parent))
        self.module = self.open.enter_context(imported(self.path, self.module_name))
        return self.module

    def find_client(self) -> Client:
        """Return a client for the reader's application, a Flask or another for WSGI.

        The value of `app` or a factory's result may wrap a Flask or lead to several.

        :raises Refused: if there is none.
        """
        names = vars(self.module)
        made = (names[name]() for name in _FACTORIES if callable(names.get(name)))
        named = (names.get(name) for name in _APPS)
        others = (v for v in names.values() if isinstance(v, flask.Flask))
        for found in chain(named, made, others):
            if isinstance(found, flask.Flask):
                return found.test_client()
            if _takes_requests(found):
                return Client(found)
        raise Refused(
            "there is no application: name it 'app', or write a create_app() that"
            " returns it",
            "no-app",
        )


def _takes_requests(value: Any) -> bool:
    """Return whether `value` can be called like a WSGI application."""
    if not callable(value) or isinstance(value, type):
        return False
    try:
        inspect.signature(value).bind({}, print)
    except (TypeError, ValueError):
        return False
    return True


@contextlib.contextmanager
def _beside(folder: Path) -> Iterator[None]:
    """Let a module import its neighbours; remove them afterwards."""
    known = set(sys.modules)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name in set(sys.modules) - known:
            file = getattr(sys.modules[name], "__file__", None) or ""
            if file.startswith(f"{folder}/"):
                del sys.modules[name]
