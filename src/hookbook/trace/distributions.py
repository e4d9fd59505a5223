"""Which installed distribution brings a module, and in which version."""

import sys
from collections.abc import Mapping
from functools import cache
from importlib import metadata


@cache
def _packages() -> Mapping[str, list[str]]:
    return metadata.packages_distributions()


@cache
def distribution_of(module: str) -> str | None:
    """Return ``Flask-Login 0.6.3`` for ``flask_login.utils``; ``None`` if nobody's.

    Python's own modules and those of the application belong to no distribution.
    """
    top = module.partition(".")[0]
    if top in sys.stdlib_module_names:
        return None
    names = sorted(set(_packages().get(top, [])))
    if len(names) != 1:
        return None
    found = metadata.distribution(names[0])
    return f"{found.metadata['Name']} {found.version}"


def forget() -> None:
    """Look again: something has been installed since."""
    _packages.cache_clear()
    distribution_of.cache_clear()
