"""Lines fit the terminal; colours are there only, and never an application's own."""

import io

import pytest

from hookbook.cli import printing
from hookbook.cli.printing import Printer, bad, name, printable, soft


class Stream(io.StringIO):
    encoding = "utf-8"

    def __init__(self, terminal):
        super().__init__()
        self._terminal = terminal

    def isatty(self):
        return self._terminal


@pytest.fixture
def printed(monkeypatch):
    """Return a function that prints pieces on a terminal or in a pipe."""

    def call(*pieces, terminal=True, columns=None, no_color="", encoding="utf-8", **at):
        stream = Stream(terminal)
        stream.encoding = encoding
        monkeypatch.setenv("NO_COLOR", no_color)
        monkeypatch.delenv("COLUMNS", raising=False)
        if columns:
            monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setattr(printing.sys, "stdout", stream)
        Printer().line(*pieces, **at)
        return stream.getvalue()

    return call


LONG = "one two three four five six seven eight nine ten eleven twelve thirteen"


def test_colours_are_for_terminals(printed):
    assert printed(name("x"), bad("y"), soft("z"), terminal=False) == "xyz\n"
    assert printed(name("x")) == "\x1b[1mx\x1b[0m\n"
    assert printed(bad("y"), no_color="1") == "y\n"


def test_lines_are_broken_in_a_terminal(printed):
    told = printed(LONG, columns=40, no_color="1", indent=2, hang=4)
    assert told.splitlines() == [
        "  one two three four five six seven",
        "      eight nine ten eleven twelve",
        "      thirteen",
    ]
    assert max(map(len, told.splitlines())) <= 40


def test_what_has_no_gap_is_broken_too(printed):
    told = printed("x" * 100, columns=40, no_color="1", indent=2, hang=2)
    assert [len(line) for line in told.splitlines()] == [40, 40, 30]
    assert told.count("x") == 100


def test_lines_stay_whole_in_a_pipe(printed):
    assert printed(LONG * 3, terminal=False) == f"{LONG * 3}\n"


def test_a_terminal_has_80_columns_if_nobody_knows(printed):
    told = printed(LONG * 3, no_color="1")
    assert 70 < max(map(len, told.splitlines())) <= 80


def test_controls_of_an_application_are_shown_not_sent():
    assert printable("a\x1b[31mb\x07\r\n\x9b") == r"a\x1b[31mb\x07\r\n\x9b"
    assert printable("\u202eevil") == r"\u202eevil"
    assert printable("Käse…") == "Käse…"


def test_what_the_terminal_lacks_is_spelled_out(printed):
    assert printable("Käse…", "ascii") == r"K\xe4se\u2026"
    assert printed("…", encoding="ascii", terminal=False) == "\\u2026\n"
