"""What is found in programs of every kind, and that nothing is in right ones."""

import pytest

from .programs import bodies, g, headers, state

MODULES = {"bodies": bodies, "g": g, "headers": headers, "state": state}


@pytest.mark.parametrize(
    ("module", "name"),
    [(key, name) for key, module in MODULES.items() for name in module.PROGRAMS],
)
def test_what_is_found(module, name):
    told, expected = MODULES[module].PROGRAMS.told(name)
    assert told == expected


@pytest.mark.parametrize(
    ("module", "wrong", "all_"),
    [("bodies", 9, 24), ("g", 4, 7), ("headers", 2, 12), ("state", 4, 21)],
)
def test_some_show_a_mistake_and_some_are_right(module, wrong, all_):
    programs = MODULES[module].PROGRAMS
    found = [name for name, (_, expected) in programs.items() if expected]
    assert (len(found), len(programs)) == (wrong, all_)
