"""Find the installed distribution, and its version, that provides a module."""

import sys
from collections.abc import Mapping
from functools import cache
from importlib import metadata


@cache
def _packages() -> Mapping[str, list[str]]:
    """Return the distributions that provide each top-level package.

    Does what ``packages_distributions`` does since Python 3.11; earlier versions need a
    ``top_level.txt``, which few distributions still have.
    """
    found: dict[str, list[str]] = {}
    for one in metadata.distributions():
        name = one.metadata["Name"]
        if name is None:
            # Leftovers of an uninstalled distribution.
            continue
        declared = (one.read_text("top_level.txt") or "").split()
        modules = [file for file in one.files or () if file.suffix == ".py"]
        for top in set(declared) or {
            file.parts[0].removesuffix(".py") for file in modules
        }:
            found.setdefault(top, []).append(name)
    return found


@cache
def distribution_of(module: str) -> str | None:
    """Return ``Flask-Login 0.6.3`` for ``flask_login.utils``; ``None`` without one.

    Python's own modules and those of the application belong to no distribution.
    """
    top = module.partition(".")[0]
    if top in sys.stdlib_module_names:
        return None
    if _has(top, f"{top}/__init__.py"):
        # Not a namespace package: no other distribution has it, so none is checked.
        names = [top]
    else:
        names = sorted(set(_packages().get(top, [])))
    if len(names) > 1:
        # A namespace package that several distributions share: which has the file?
        place = module.replace(".", "/")
        names = [
            one
            for one in names
            if _files(one) & {f"{place}.py", f"{place}/__init__.py"}
        ]
    if len(names) != 1:
        return None
    found = metadata.distribution(names[0])
    return f"{found.metadata['Name']} {found.version}"


def _has(distribution: str, file: str) -> bool:
    try:
        return file in _files(distribution)
    except metadata.PackageNotFoundError:
        return False


@cache
def _files(distribution: str) -> frozenset[str]:
    files = metadata.distribution(distribution).files or ()
    return frozenset(one.as_posix() for one in files if one.suffix == ".py")


def forget() -> None:
    """Look again: something has been installed since."""
    _packages.cache_clear()
    _files.cache_clear()
    distribution_of.cache_clear()
