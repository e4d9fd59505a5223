"""An assertion counts if it depends on a run, whatever way the run reaches it."""

import ast
from pathlib import Path

import pytest

from hookbook.corpus.assertions import depending
from tests.proving import spans

BEHAVIOUR = Path(__file__).parents[1] / "behaviour"

HEAD = """\
import os
import time
import pytest
from flask import Flask, g
from snippets.shop.cart import app

EXPECTED = ["a"]

@pytest.fixture
def notes():
    return []

@pytest.fixture
def client(app):
    return app.test_client()

"""

DEPENDS = {
    "a response": "assert app.test_client().get('/').status_code == 200",
    "a name for it": "response = app.test_client().get('/')\nassert response.text",
    "a part of it": "text = app.name\nwords = text.split()\nassert words[0] == 'a'",
    "what a hook noted": (
        "seen = []\n@app.before_request\ndef note():\n    seen.append(1)\n"
        "app.test_client().get('/')\nassert seen == [1]"
    ),
    "what a registered function noted": (
        "seen = []\ndef note(error):\n    seen.append(error)\n"
        "app.teardown_request(note)\nassert seen == [None]"
    ),
    "what a lambda noted": (
        "seen = []\napp.teardown_request(lambda error: seen.append(1))\n"
        "assert seen == [1]"
    ),
    "what a bound method noted": (
        "seen = []\napp.teardown_request(seen.append)\nassert seen == [None]"
    ),
    "a nonlocal name": (
        "count = 0\n@app.before_request\ndef note():\n    nonlocal count\n"
        "    count += 1\nassert count == 1"
    ),
    "an exception": "with pytest.raises(KeyError):\n    app.config['x']",
    "what was raised": (
        "with pytest.raises(KeyError) as caught:\n    app.config['x']\n"
        "assert str(caught.value) == 'x'"
    ),
    "a loop": "for name in app.config:\n    assert name.isupper()",
    "a walrus": "assert (found := app.name) and found",
    "another process": (
        "import subprocess\nran = subprocess.run(['flask'])\nassert ran.returncode == 2"
    ),
    "a method of a subclass": (
        "calls = []\nclass Own(Flask):\n    def wsgi_app(self, *a):\n"
        "        calls.append(1)\nOwn('x')\nassert calls == [1]"
    ),
}
INDEPENDENT = {
    "a constant": "assert True",
    "a sum": "assert 1 + 1 == 2",
    "a message only": "assert ('app', app.name)",
    "a name for a constant": "x = 1\nassert x == 1",
    "the test's own list": "seen = []\nseen.append('a')\nassert seen == ['a']",
    "a constant of the module": "assert EXPECTED == ['a']",
    "the standard library": "assert os.sep == '/' and time.time() > 0",
    "something or True": "assert app.name == 'x' or True",
    "itself": "assert app.name == app.name",
    "a length from 0": "assert len(app.config) >= 0",
    "a generator": "assert (name == 'x' for name in app.config)",
    "a function that Flask never got": (
        "seen = []\ndef note():\n    seen.append(1)\nnote()\nassert seen == [1]"
    ),
    "an exception of its own": "with pytest.raises(ZeroDivisionError):\n    1 / 0",
    "no assertion": "app.test_client().get('/')",
}
ARGUMENTS = {
    "a fixture of Flask": ("client", "assert client.get('/').text", 1),
    "an unknown fixture": ("shop", "assert shop == 1", 1),
    "a fixture without Flask": ("notes", "assert notes == []", 0),
    "a folder": ("tmp_path", "assert tmp_path.exists()", 0),
}


def count(body, arguments=""):
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return len(depending(ast.parse(f"{HEAD}def test_it({arguments}):\n{lines}")))


@pytest.mark.parametrize("case", DEPENDS)
def test_what_a_run_did_counts(case):
    assert count(DEPENDS[case]) == 1 + (case == "what was raised")


@pytest.mark.canary
@pytest.mark.parametrize("case", INDEPENDENT)
def test_what_holds_anyway_does_not_count(case):
    assert count(INDEPENDENT[case]) == 0


@pytest.mark.parametrize("case", ARGUMENTS)
def test_arguments_are_fixtures(case):
    arguments, body, expected = ARGUMENTS[case]
    assert count(body, arguments) == expected


@pytest.mark.canary
def test_parameters_are_constants_unless_a_mark_says_more():
    test = "@pytest.mark.parametrize('x', {values})\ndef test_it(x):\n    assert x.y\n"
    assert depending(ast.parse(HEAD + test.format(values="[1, 2]"))) == []
    assert len(depending(ast.parse(HEAD + test.format(values="[app.name]")))) == 1


def test_a_fixture_may_be_in_a_conftest():
    test = ast.parse("def test_it(shop, box):\n    assert shop.x\n    assert box.x\n")
    conftest = ast.parse(
        "import pytest\nfrom flask import Flask\n"
        "@pytest.fixture\ndef shop():\n    return Flask('x')\n"
        "@pytest.fixture\ndef box():\n    return []\n"
    )
    assert depending(test, [conftest]) == [(2, 2)]


def test_nearly_all_assertions_of_the_house_depend_on_a_run():
    written = found = 0
    for path in BEHAVIOUR.rglob("test_*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        lines = {first for first, _ in spans(path, BEHAVIOUR)}
        asserts = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
        written += len(asserts)
        found += sum(node.lineno in lines for node in asserts)
    assert written > 1500
    assert found > 0.99 * written
