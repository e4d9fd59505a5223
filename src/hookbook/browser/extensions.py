"""Find the packed extensions that a reader's program needs, by its imports.

``extensions.toml`` lists them; ``make assets`` packs each into its own archive, which
the browser loads only when a program needs it.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

PLACE = "/lib/{}.zip"
"""The folder where the worker puts an archive."""

_NAMED = re.compile(r"(?m)^\s*(?:from|import)\s+([\w.]+)")


def imported_by(source: str) -> set[str]:
    """Return the top-level names of the modules that `source` imports.

    Includes the name in a call of ``import_module("name")``. If `source` isn't valid
    Python, the lines that look like imports count.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {name.partition(".")[0] for name in _NAMED.findall(source)}
    return {name.partition(".")[0] for name in _names(tree)}


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module
        elif isinstance(node, ast.Call) and node.args:
            function, first = node.func, node.args[0]
            called = getattr(function, "attr", getattr(function, "id", ""))
            if called in {"import_module", "__import__"} and (
                isinstance(first, ast.Constant) and isinstance(first.value, str)
            ):
                yield first.value


def needed(
    message: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """Return the archives for `message`, dependencies first.

    `known` maps an archive's name to its `modules` and the archives that it `needs`, as
    in ``about.json``.
    """
    texts = [message.get("code") or ""]
    texts += [t for n, t in (message.get("files") or {}).items() if n.endswith(".py")]
    for part in ("blocks", "check"):
        texts += [block["source"] for block in message.get(part) or []]
    modules = set().union(*map(imported_by, texts))
    found: list[str] = []

    def take(name: str) -> None:
        for other in known[name]["needs"]:
            take(other)
        if name not in found:
            found.append(name)

    for name, about in known.items():
        if modules & set(about["modules"]):
            take(name)
    return found
