"""A snapshot of the libraries' namespaces, and what has changed since.

It covers Flask and its dependencies, and the modules of the standard library that a
snippet names: their classes, and the dicts, lists and sets named in one of them.
"""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

_LIBRARIES = ("flask", "werkzeug", "blinker")
_NAMED = frozenset(
    {"jinja2", "itsdangerous", "click", "markupsafe", "asgiref", "hookbook"}
    | sys.stdlib_module_names
)
_ALWAYS = (
    "builtins sys os time random logging warnings threading socket json io".split()
)
_WORD = re.compile(r"[a-z_][a-z0-9_.]*")
_IMPORT = re.compile(r"^\s*(?:import|from)\s+([\w.]+)", re.MULTILINE)
_FROM = re.compile(r"^\s*from\s+([\w.]+)\s+import\s+(\([^)]*\)|.*)", re.MULTILINE)
_JOKES = frozenset({"antigravity", "this", "idlelib", "turtledemo", "turtle", "test"})

# What Python and the libraries change themselves: registers, caches, lazy values.
_OWN = re.compile(
    r"sys\.(modules|path_importer_cache|last_\w+)|builtins\._"
    r"|os\.environb?(\._data)?|random\._inst|tempfile\._name_sequence"
    r"|threading\.(_active|_limbo|_dangling|_shutdown_locks|_threading_atexits)"
    r"|logging\.(_handlers|_handlerList|root)|warnings\._filters_version"
    r"|(logging\.)?.*\.(loggerDict|_registry|_cache\w*|(?<!functools\.)(?!lru_)\w*_cache|(?<!functools\.)cache)"
    r"|concurrent\.futures\.thread\._threads_queues|mimetypes\.(_db|inited)"
    r"|asyncio\.events\._event_loop_policy|asyncio\.tasks\._\w+"
    r"|werkzeug\.(urls\._unquote_maps|_internal\._logger(\..*)?)"
    r"|flask\.testing\._werkzeug_version"
    r"|gc\.(garbage|callbacks)|copyreg\.dispatch_table|linecache\..*|re\._.*"
    r"|.*\.(receivers|_by_receiver|_by_sender|_weak_senders|receiver_\w+)"
    r"|urllib\.parse\._(safe_quoters|hextobyte)"
    r"|asgiref\.sync\..*\.(launch_map|loop_thread_executors|executors?)"
)
_UNSEEN = re.compile(
    r"__(warningregistry|annotations|annotations_cache|annotate_func|builtins|cached"
    r"|abstractmethods|dict|weakref|doc|static_attributes|firstlineno"
    r"|slotnames)__|_abc_impl"
)

_MISSING = object()


class Holder:
    """A container, and a copy of its contents.

    `owner` has the container as its `key`; without a key, it is the owner's namespace.
    """

    __slots__ = ("held", "key", "label", "owner", "saved", "space")

    def __init__(self, label: str, owner: Any, held: Any, key: str = "") -> None:
        self.label, self.owner, self.held, self.key = label, owner, held, key
        self.space = vars(owner) if key else {"": held}
        self.saved = held.copy()

    def changed(self) -> Iterator[str]:
        """Yield the names of changed values, and restore them."""
        if self.space.get(self.key) is not self.held:
            yield self.label
            setattr(self.owner, self.key, self.held)
        if self.held == self.saved:
            return
        if not self.key:
            yield from _restore(self.label, self.owner, self.held, self.saved)
        elif isinstance(self.saved, dict):
            yield from _restore(self.label, self.held, self.held, self.saved)
        else:
            yield self.label
            self.held.clear()
            add = getattr(self.held, "update", None) or self.held.extend
            add(self.saved)


class Group:
    """The containers of one module.

    All modules are compared twice for every snippet, some hundred in all: so as lists,
    which C compares by identity first. Only where they differ, one by one.
    """

    __slots__ = ("_held", "_keyed", "_saved", "holders")

    def __init__(self, holders: list[Holder]) -> None:
        self.holders = holders
        self._held = [holder.held for holder in holders]
        self._saved = [holder.saved for holder in holders]
        self._keyed = [(h.space, h.key, h.held) for h in holders if h.key]

    def is_same(self) -> bool:
        """Return whether all contents are unchanged."""
        try:
            if self._held != self._saved:
                return False
        except Exception:  # values that can't be compared, such as Flask's proxies
            return False
        return all(space.get(key) is held for space, key, held in self._keyed)

    def changed(self) -> Iterator[str]:
        """Yield the names of changed values, and restore them."""
        if not self.is_same():
            for holder in self.holders:
                if not Group([holder]).is_same():
                    yield from holder.changed()


class Snapshot:
    """The values of some containers at the time it is created."""

    def __init__(self, groups: list[Group]) -> None:
        self.groups = groups

    def changes(self) -> Iterator[str]:
        """Yield the name of each replaced value, and restore the old one."""
        for group in self.groups:
            yield from group.changed()


def _restore(
    label: str, owner: Any, held: Any, before: dict[Any, Any]
) -> Iterator[str]:
    now = dict(held)
    for key in dict.fromkeys([*before, *now]):
        old, new = before.get(key, _MISSING), now.get(key, _MISSING)
        name = f"{label}.{key}" if owner is not held else f"{label}[{key!r}]"
        if old is new or _UNSEEN.fullmatch(str(key)) or _OWN.fullmatch(name):
            continue
        if old is _MISSING and (_is_submodule(owner, key, new) or _is_lazy(owner, key)):
            continue
        if not is_adapted(old, new):
            yield name
        if owner is held:
            held.pop(key, None) if old is _MISSING else held.update({key: old})
        elif old is _MISSING:
            delattr(owner, key)
        else:
            setattr(owner, key, old)


def is_adapted(old: Any, new: Any) -> bool:
    """Return whether `new` is `old`, a method of Flask, in Flask's own wrapper.

    Since 3.2 Flask wraps the methods of its class permanently when a subclass overrides
    one without the context. A snippet can't avoid that: it is only restored.
    """
    while getattr(new, "__globals__", {}).get("__name__") == "flask.app":
        new = vars(new).get("__wrapped__")
        if new is old:
            return True
    return False


def _is_submodule(owner: Any, key: str, value: Any) -> bool:
    return isinstance(owner, ModuleType) and isinstance(value, ModuleType)


def _is_lazy(owner: Any, key: str) -> bool:
    """Return whether the module itself creates this public name on first use."""
    names = vars(owner) if isinstance(owner, ModuleType) else {}
    return "__getattr__" in names and key in names.get("__all__", ())


class Libraries:
    """The modules to check; collected again when a library's module was imported."""

    def __init__(self) -> None:
        self._of: dict[tuple[str, bool], Group] = {}
        self._modules: list[str] = []
        self._libraries: list[str] = []

    def read(self, source: str) -> Snapshot:
        """Snapshot everything the snippet with this `source` can have changed."""
        _import_named(source)
        known = sys.modules
        words = {*_WORD.findall(source), *_imported(source)}
        named = {
            word
            for found in words
            for word in (found, found.partition(".")[0])
            if word in known and word.partition(".")[0] in _NAMED
        }
        # The public names of a package are defined in its modules.
        shown = {name for name in named if name not in sys.stdlib_module_names}
        named |= {name for name in known if name.partition(".")[0] in shown}
        if (modules := list(known)) != self._modules:
            self._modules = modules
            self._libraries = [
                name for name in modules if name.partition(".")[0] in _LIBRARIES
            ]
        groups = [self._group(name, deep=True) for name in self._libraries]
        groups += [self._group(n, deep=False) for n in _ALWAYS if n not in named]
        groups += [self._group(name, deep=True) for name in sorted(named)]
        return Snapshot(groups)

    def _group(self, name: str, *, deep: bool) -> Group:
        """Return the current contents of a module."""
        known = self._of.get((name, deep))
        if known is None or not known.is_same():
            known = Group(list(_find(name, sys.modules[name], deep)))
            self._of[name, deep] = known
        return known


def _imported(source: str) -> Iterator[str]:
    """Yield the possible module names among the snippet's imports from packages."""
    for package, names in _FROM.findall(source):
        yield from (f"{package}.{name}" for name in re.findall(r"\w+", names))


def _import_named(source: str) -> None:
    """Import the standard library modules that the snippet imports, if not yet done."""
    for name in _IMPORT.findall(source):
        top = name.partition(".")[0]
        if name not in sys.modules and top in sys.stdlib_module_names - _JOKES:
            try:
                import_module(name)
            except Exception:  # the snippet will raise it itself
                continue


def _find(name: str, module: ModuleType, deep: bool) -> Iterator[Holder]:
    if not isinstance(module, ModuleType):
        return
    yield Holder(name, module, vars(module))
    for key, value in list(vars(module).items()):
        label = f"{name}.{key}"
        if _OWN.fullmatch(label) or _UNSEEN.fullmatch(key):
            continue
        if type(value) in (dict, list, set):
            yield Holder(label, module, value, key)
        elif deep and getattr(type(value), "__module__", "") != "werkzeug.local":
            yield from _inside(name, label, value)


def _inside(name: str, label: str, value: Any) -> Iterator[Holder]:
    """Yield the containers of a class of the module, or of an object it keeps."""
    if isinstance(value, type):
        # In the defining module, or, in the standard library, where it is public.
        home = value.__module__
        if name.partition(".")[0] in sys.stdlib_module_names:
            home, name = home.partition(".")[0], name.partition(".")[0]
        if home != name or not value.__flags__ & 1 << 9:
            return
        yield Holder(label, value, vars(value))
    elif type(value).__module__.startswith((*_LIBRARIES, "logging")) and hasattr(
        value, "__dict__"
    ):
        yield Holder(label, value, vars(value))
    else:
        return
    for key, member in list(vars(value).items()):
        inner = f"{label}.{key}"
        hidden = _UNSEEN.fullmatch(key) or _OWN.fullmatch(inner)
        if type(member) in (dict, list, set) and not hidden:
            yield Holder(inner, value, member, key)
