"""The applications that are measured, and the request that each gets.

A case is a function that returns a WSGI application; its decorator says in words
what it is.  What a case has besides the bare one stands in its function.
"""

from importlib import import_module

from tests.bench.hooks.cases.case import CASES

__all__ = ["CASES"]

# In this order they stand in the file of figures.
for name in (
    *("numbers", "effects", "sessions", "coroutines"),
    *("needs", "views", "memory"),
):
    import_module(f"{__name__}.{name}")
