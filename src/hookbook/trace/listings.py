"""Keep the functions registered with an application, for the traces of its requests."""

from types import FunctionType
from typing import TYPE_CHECKING, Any

from .callables import identity
from .connections import Connections
from .distributions import distribution_of
from .functions import Key, Registered, Row, functions_of, listed, view_entry
from .registered import owner_of
from .sources import Sources, Spans
from .values import ById, Mask, attributes

if TYPE_CHECKING:
    from .requests import Request


class Listings:
    """Lists the registered functions, again if something was registered since.

    The arguments are those of the recorder.
    """

    def __init__(
        self, path: str | None, spans: Spans, mask: Mask,
        connections: Connections | None = None,
    ) -> None:  # fmt: skip
        self.connections = connections or Connections()
        self.sources = Sources(path, spans, mask)
        self._latest = ById()
        self._views = ById()

    def fill(
        self, request: "Request", context: Any, endpoint: str | None = None
    ) -> None:
        """Give the trace of `request` the list, and the view of `endpoint`."""
        app = attributes(context).get("app")
        rows = [*self._rows(app), *self._gone(app)]
        function = (attributes(app).get("view_functions") or {}).get(endpoint)
        if function is not None and endpoint is not None:
            view = self._view(endpoint, function, request.trace.method)
            key = "view", view.owner, identity(function)
            rows.append((key, view))
        request.trace.registered = [entry for _, entry in rows]
        request.listed, _ = self._latest.get(app) or (None, [])
        request.places = {}
        for place, (key, _) in enumerate(rows, 1):
            request.places.setdefault(key, []).append(place)

    def _rows(self, app: Any) -> list[tuple[Key, Registered]]:
        functions = functions_of(app)
        now = _rows_now(functions)
        before, rows = self._latest.get(app) or (None, [])
        if now != before:
            rows = listed(functions, self.sources)
            self._latest.put(app, (now, rows))
        return rows

    def note_changes(self, request: "Request", context: Any) -> None:
        """Record which lists have changed since the URL was matched."""
        now = _rows_now(functions_of(attributes(context).get("app")))
        if request.listed is None or now == request.listed:
            return
        before, after = _by_list(request.listed), _by_list(now)
        for key in before.keys() | after.keys():
            if before.get(key) != after.get(key):
                request.passed_over.setdefault(key, "list changed")

    def _gone(self, app: Any) -> list[tuple[Key, Registered]]:
        found = {}
        for connection in self.connections.gone(app):
            callee = connection.callee
            file, line = self.sources.place(callee)
            entry = Registered(
                "signal", connection.phase, callee.name, "app", module=callee.module,
                distribution=distribution_of(callee.module) if callee.module else None,
                file=file, line=line, is_async=callee.is_async, collected=True,
            )  # fmt: skip
            found[connection.phase, callee.name, line] = entry
        return [((entry.phase, "app", (0,)), entry) for entry in found.values()]

    def _view(self, endpoint: str, function: Any, method: str) -> Registered:
        known: dict[tuple[str, str], Registered] = self._views.get(function) or {}
        if not known:
            self._views.put(function, known)
        if (endpoint, method) not in known:
            known[endpoint, method] = view_entry(
                endpoint, function, self.sources, method
            )
        return known[endpoint, method]


def _rows_now(functions: list[Row]) -> list[Any]:
    return [(row[:4], *_identity(row[4]), row[5]) for row in functions]


def _by_list(rows: list[Any]) -> dict[tuple[str, str], list[Any]]:
    """Group the functions by list: by phase, and by the app or a blueprint."""
    found: dict[tuple[str, str], list[Any]] = {}
    for (_, _, phase, scope), *function in rows:
        found.setdefault((phase, owner_of(scope)), []).append(function)
    return found


def _identity(function: Any) -> tuple[int, ...]:
    """Identify a function, to tell it from an earlier one."""
    code = function.__code__ if type(function) is FunctionType else None
    return *identity(function), id(code)
