"""Tests of what the pages claim, of the packages, and of the repository itself."""

PLUGINS = (
    *("__init__", "conftest", "builds", "census", "made_of", "proving"),
    *("seal", "workers"),
)
"""The modules of this folder that every run of pytest needs."""
