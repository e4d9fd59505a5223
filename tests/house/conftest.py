"""A copy of the gates, and one change to it."""

import shutil

import pytest

from tests.house.copies import FILES, ROOT, line
from tests.house.gates import approved, findings


@pytest.fixture
def house(tmp_path):
    """The files of this house that say what is checked."""
    for name in FILES:
        copy = tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy)
    return tmp_path


@pytest.fixture
def change(house):
    """Return a function that makes one change, and tells what is found then.

    Findings are told without the number of their line; that must be the line that
    begins with `at`.
    """

    def change(name, old, new, at=None):
        path = house / name
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        assert old in before
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(before.replace(old, new, 1) if old else before + new)
        told = []
        for found in findings(house):
            # The record notices all changes; what else notices this one is asked for.
            if found.endswith(approved.HOW):
                continue
            file, number, what = found.split(":", 2)
            if file == name and at is not None:
                assert int(number) == line(path, at), found
            told.append(f"{file}:{what}")
        return told

    return change
