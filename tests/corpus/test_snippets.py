"""A snippet is read as pytest-sphinx reads it; broken rules are named with a line."""

from pathlib import Path

import pytest

from hookbook.corpus import runs
from hookbook.corpus.snippets import SnippetError, load
from hookbook.trace.steps import Block, Run

SCENARIO = """
.. testcode::

   print(x)

.. testoutput::

   1
"""
GOOD = f'"""A title.\n{SCENARIO}"""\n\nx = 1\n'


@pytest.fixture
def read(tmp_path):
    """Return a function that writes a snippet and loads it."""

    def read(text):
        path = tmp_path / "topic" / "name.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return load(tmp_path, "topic/name")

    return read


def test_a_snippet_has_a_title_code_and_parts(read):
    snippet = read(GOOD + "\n\n@staticmethod\ndef f():\n    def g():\n        pass\n")
    assert snippet.title == "A title."
    assert snippet.module == "snippets.topic.name"
    assert (min(snippet.lines), max(snippet.lines)) == (12, 18)
    assert snippet.lines[12] == "x = 1"
    assert snippet.parts == {"f": (15, 18), "g": (17, 18)}


def test_markers_name_parts_and_are_not_shown(read):
    snippet = read(GOOD + "# [part]\ny = 2\nz = 3\n# [/part]\nw = 4  # [one-line]\n")
    assert snippet.parts == {"part": (14, 15), "one-line": (17, 17)}
    assert [text.rstrip() for text in snippet.lines.values()] == [
        "x = 1",
        "y = 2",
        "z = 3",
        "w = 4",
    ]
    assert snippet.part("part") == (14, 15)


def test_an_unknown_part_is_refused_with_the_known_ones(read):
    with pytest.raises(KeyError, match=r"no function, .* 'z' \(there is: a, b\)"):
        read(GOOD + "\n\ndef a():\n    pass\n\n\ndef b():\n    pass\n").part("z")


def test_a_scenario_has_blocks_with_their_lines(read):
    snippet = read(GOOD.replace("   1\n", "   :options: +ELLIPSIS\n\n   …\n"))
    (block,) = snippet.scenario({})
    assert (block.source, block.line, block.want) == ("print(x)\n", 5, "…\n")
    assert len(block.options) == 1


VERSIONS = """
.. testcode::

   print(1)

.. testoutput::
   :skipif: NEW

   old

.. testoutput::
   :skipif: not NEW

   new
"""


@pytest.mark.parametrize(("new", "want"), [(True, "new\n"), (False, "old\n")])
def test_a_version_chooses_the_output(read, new, want):
    snippet = read(GOOD.replace(SCENARIO, VERSIONS))
    assert [block.want for block in snippet.scenario({"NEW": new})] == [want]


def test_the_output_is_compared_as_doctest_does(read):
    snippet = read(GOOD.replace("   1\n", "   :options: +ELLIPSIS\n\n   a ... z\n"))
    blocks = snippet.scenario({})
    snippet.check(Run(blocks, ["a b z\n"], []))
    with pytest.raises(
        SnippetError, match="the output is not the testoutput"
    ) as caught:
        snippet.check(Run(blocks, ["a b\n"], []))
    assert caught.value.line == 5
    assert "expected:\n    a ... z\nprinted:\n    a b" in str(caught.value)


def test_printing_nothing_is_a_wrong_output_too(read):
    snippet = read(GOOD)
    with pytest.raises(SnippetError, match=r"printed:\n    \(nothing\)"):
        snippet.check(Run(snippet.scenario({}), [""], []))


def test_an_unexpected_output_is_refused(read):
    snippet = read(GOOD)
    silent = Block("print(x)", 5, "", {})
    with pytest.raises(SnippetError, match="the output is not the testoutput"):
        snippet.check(Run([silent], ["1\n"], []))


@pytest.mark.canary
@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("x = 1\n", "no docstring: begin with a title", 1),
        ("", "no docstring: begin with a title", 1),
        ("x = = 1\n", "invalid syntax", 1),
        (GOOD.replace("title.", "title"), "end it with a full stop", 1),
        ("\n\n" + GOOD.replace("title.", "title"), "end it with a full stop", 3),
        (GOOD.replace("x = 1", ""), "no code below the docstring", 10),
        (GOOD + "# [part]\ny = 1\n", r"the marker '\[part\]' is never closed", 13),
        (GOOD + "y = 1\n# [/part]\n", r"the marker '\[/part\]' closes nothing", 14),
    ],
)
def test_a_broken_file_is_refused(read, text, message, line):
    with pytest.raises(SnippetError, match=message) as caught:
        read(text)
    assert caught.value.line == line


TRACEBACK = """
.. testcode::

   1 / 0

.. testoutput::

   Traceback (most recent call last):
   ZeroDivisionError: division by zero
"""


@pytest.mark.canary
@pytest.mark.parametrize(
    ("scenario", "message", "line"),
    [
        ("", "no scenario: add '.. testcode::'", 1),
        (SCENARIO.partition(".. testoutput")[0], "no scenario: add", 1),
        (SCENARIO.replace("::\n\n   1", "::\n   :skipif: True\n\n   1"), "no scen", 1),
        (TRACEBACK, "a testoutput cannot be a traceback: catch", 5),
        (
            SCENARIO.replace("::\n\n   1", "::\n   :options: +NOPE\n\n   1"),
            r"cannot be read: doctest has an invalid option \+NOPE",
            1,
        ),
        (
            SCENARIO.replace("::\n\n   1", "::\n   :options: +ELLIPSIS\n   1"),
            "the scenario cannot be read: invalid option block",
            1,
        ),
        (SCENARIO + "\n.. testoutput::\n\n   2\n", "multiple unskipped TESTOUTPUT", 1),
        (SCENARIO.replace("print(x)", ""), "cannot be read: no code/output", 1),
        (SCENARIO.replace("   1\n", "   :skipif: nope\n\n   1\n"), "'nope' is not", 1),
    ],
)
def test_a_broken_scenario_is_refused(read, scenario, message, line):
    with pytest.raises(SnippetError, match=message) as caught:
        read(GOOD.replace(SCENARIO, scenario)).scenario({})
    assert caught.value.line == line


@pytest.mark.canary
@pytest.mark.parametrize("name", ["topic/nope", "name", "../topic/name", "name.py"])
def test_an_unknown_name_is_refused(tmp_path, name):
    with pytest.raises(SnippetError, match="there is no snippet"):
        load(tmp_path / "snippets", name)


def test_every_snippet_of_the_house_can_be_read():
    root = Path(__file__).parents[2] / "snippets"
    snippets = [load(root, name) for name in runs.names(root)]
    assert len(snippets) >= 32
    too_wide = [
        f"{snippet.path}:{number}"
        for snippet in snippets
        for number, text in enumerate(snippet.path.read_text("utf-8").splitlines(), 1)
        if len(text) > 72
    ]
    assert too_wide == []
