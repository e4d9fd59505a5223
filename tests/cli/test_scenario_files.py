"""``python -m hookbook trace FILE.py``: the scenario of a file, wherever it lies."""

import ast
import json

import pytest
from click.testing import CliRunner

from hookbook.cli.scenario_files import main, sections
from hookbook.corpus.phrases import as_released

FILE = '''\
"""A shop.

.. testcode::

   response = app.test_client().get("/")
   print(response.text, WORD)

.. testoutput::
   :skipif: True

   never

.. testcode::
   :skipif: WORD == "there"

   print("left out")

Then another.

.. testcode::
   :hide:

   print(app.test_client().post("/").status)
"""

from neighbour import WORD
from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return "hello"
'''


@pytest.fixture
def trace(write, tmp_path):
    """Return a function that traces a file below another folder."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "neighbour.py").write_text("WORD = 'there'\n", encoding="utf-8")

    def command(source, *arguments, name="shop.py"):
        (folder / name).write_text(source, encoding="utf-8")
        words = ["trace", str(folder / name), *arguments]
        return CliRunner().invoke(main, words, env={"COLUMNS": "80"})

    return command


def test_the_blocks_run_in_order_and_their_requests_are_traced(trace):
    told = trace(FILE)
    assert told.exit_code == 0, told.output
    output = as_released(told.output)
    assert output.startswith("hello there\n405 METHOD NOT ALLOWED\n\nGET /\n")
    assert "View function index" in told.output
    assert "left out" not in told.output
    assert "POST /\n" in told.output


def test_json_has_the_output_too(trace):
    document = json.loads(trace(FILE, "--json").output)
    assert as_released(document["stdout"]) == "hello there\n405 METHOD NOT ALLOWED\n"
    assert [one["method"] for one in document["requests"]] == ["GET", "POST"]
    assert document["answers"] == []
    (view,) = [s for s in document["requests"][0]["steps"] if s["kind"] == "view"]
    line = FILE.splitlines().index("def index():") + 1
    assert (view["name"], view["line"]) == ("index", line)


def test_lines_of_the_docstring_are_counted():
    found = list(sections(ast.parse(FILE)))
    assert [(one.directive, one.line) for one in found] == [
        ("testcode", 5), ("testoutput", 11), ("testcode", 16), ("testcode", 23)
    ]  # fmt: skip
    lines = FILE.splitlines()
    for one in found:
        assert lines[one.line - 1].strip() == one.source.splitlines()[0]


WRONG = {
    "no scenario": (
        '"""A shop."""\nx = 1\n',
        ["has no scenario. Add one to its docstring", "flask --app", "trace GET /"],
    ),
    "no docstring": ("x = 1\n", ["has no scenario"]),
    "empty": ("", ["has no scenario"]),
    "no Python": ("def :", ["shop.py:1: invalid syntax. Correct this line first."]),
    "an exception": (
        '"""A.\n\n.. testcode::\n\n   x = 1\n   missing()\n"""\n',
        ["shop.py:6: the scenario raised NameError: name 'missing'", "Correct the"],
    ),
    "a condition that fails": (
        '"""A.\n\n.. testcode::\n   :skipif: missing\n\n   x = 1\n"""\n',
        ["shop.py:6: :skipif: missing: NameError"],
    ),
}


@pytest.mark.canary
@pytest.mark.parametrize("case", WRONG)
def test_wrong_files(trace, case):
    source, messages = WRONG[case]
    told = trace(source)
    assert told.exit_code == 2
    words = " ".join(told.output.split())
    for message in messages:
        assert message in words


@pytest.mark.canary
def test_no_file_and_no_text(trace, tmp_path):
    told = CliRunner().invoke(main, ["trace", "nowhere.py"])
    assert told.exit_code == 2
    assert "nowhere.py: No such file or directory. Name a file" in told.output
    told = CliRunner().invoke(main, ["trace", str(tmp_path)])
    assert told.exit_code == 2
    assert "Name a file" in told.output
    (tmp_path / "image.py").write_bytes(b"\xff\xfe\xfa")
    told = CliRunner().invoke(main, ["trace", str(tmp_path / "image.py")])
    assert told.exit_code == 2
    assert "isn't UTF-8. Name a Python file." in told.output
