"""What the figures depend on."""

import sys

from flask import Flask

from tests.bench.hooks import cases


def sources():
    """Return the folder of the cases, and the files besides."""
    modules = dict(sys.modules)
    used = {
        id(value)
        for name, module in modules.items()
        if name.startswith(f"{cases.__name__}.")
        for value in vars(module).values()
        if isinstance(value, Flask)
    }
    found = {"tests/bench/hooks/cases", "tests/bench/hooks/measure.py"}
    for name, module in modules.items():
        if name.startswith("snippets.") and id(vars(module).get("app")) in used:
            found.add(f"{name.replace('.', '/')}.py")
    return sorted(found)
