"""A run of the scenarios fails where it should: each case is a canary."""

import shutil

import pytest

from tests import PLUGINS
from tests.forked import SOURCES, python_m

GOOD = '''\
"""Greet.

.. testcode::

   print(greet())

.. testoutput::

   Hello
"""


def greet():
    return "Hello"
'''
WRONG_OUTPUT = GOOD.replace("   Hello\n", "   Goodbye\n")
NO_SCENARIO = '"""Greet."""\n'
RAISES = GOOD.replace("print(greet())", "1 / 0")
RAISES_WITHOUT_OUTPUT = '"""Fail.\n\n.. testcode::\n\n   1 / 0\n"""\n'
WARNS = GOOD.replace(
    "print(greet())", 'import warnings; warnings.warn("!")\n   print(greet())'
)
KINDS = (
    *("behaviour", "trace", "explain", "corpus", "site", "browser", "cli"),
    *("extensions", "regress", "mutants", "house"),
)
SKIPPED = GOOD.replace(".. testcode::\n", ".. testcode::\n   :skipif: True\n")


@pytest.fixture
def house(tmp_path, pytestconfig):
    """An empty house with this one's pytest configuration and census."""
    for name in "tox.ini", *(f"tests/{plugin}.py" for plugin in PLUGINS):
        copy = tmp_path / name
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(pytestconfig.rootpath / name, copy)
    for kind in KINDS:
        test = tmp_path / "tests" / kind / f"test_{kind}.py"
        test.parent.mkdir()
        test.write_text("def test_nothing():\n    pass\n")
    proof = 'import flask\n\n\ndef test_it():\n    "Claim."\n    assert flask.Flask\n'
    write(tmp_path, "tests/behaviour/test_behaviour.py", proof)
    write(tmp_path, "snippets/__init__.py", "")
    return tmp_path


def write(house, name, text):
    path = house / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def run(house, *arguments):
    path = {"PYTHONPATH": str(SOURCES)}
    return python_m("pytest", "-p", "no:cacheprovider", *arguments, cwd=house, **path)


def test_a_good_house_passes_and_is_counted(house):
    write(house, "snippets/greet.py", GOOD)
    result = run(house)
    assert result.returncode == 0, result.stdout
    covered = result.stdout.partition("covered")[2]
    assert "1 scenarios" in covered
    assert "1 behaviour tests" in covered
    assert "1 site tests" in covered
    assert "canaries" not in covered
    assert f"{len(KINDS) + 1} passed" in covered


@pytest.mark.canary
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(WRONG_OUTPUT, "Expected:", id="wrong output"),
        pytest.param(RAISES, "ZeroDivisionError", id="raises"),
        pytest.param(RAISES_WITHOUT_OUTPUT, "ZeroDivisionError", id="only raises"),
        pytest.param(WARNS, "UserWarning", id="warns"),
    ],
)
def test_a_failing_scenario_fails_the_run(house, text, reason):
    write(house, "snippets/greet.py", text)
    result = run(house)
    assert result.returncode == pytest.ExitCode.TESTS_FAILED
    assert f"1 failed, {len(KINDS)} passed" in result.stdout
    assert reason in result.stdout


@pytest.mark.canary
@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("snippets/bare.py", NO_SCENARIO, id="no scenario"),
        pytest.param("snippets/bare.py", SKIPPED, id="skipped scenario"),
        pytest.param("snippets/build/bare.py", GOOD, id="folder that pytest ignores"),
        pytest.param("snippets/__main__.py", NO_SCENARIO, id="runnable package"),
    ],
)
def test_a_snippet_that_no_run_collects_is_refused(house, name, text):
    write(house, "snippets/greet.py", GOOD)
    write(house, name, text)
    result = run(house)
    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert f"  {name}\n" in result.stderr
    assert "no scenario that was collected" in result.stderr


@pytest.mark.canary
@pytest.mark.parametrize("folder", ["snippets", "tests/behaviour", "tests/site"])
def test_an_empty_run_is_refused(house, folder):
    write(house, "snippets/greet.py", GOOD)
    shutil.rmtree(house / folder)
    (house / folder).mkdir()
    result = run(house)
    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert f"in {folder}/: a run must cover some" in result.stderr


@pytest.mark.canary
def test_a_test_outside_the_known_folders_is_refused(house):
    write(house, "snippets/greet.py", GOOD)
    write(house, "tests/test_stray.py", "def test_nothing():\n    pass\n")
    result = run(house)
    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert "tests/test_stray.py::test_nothing is in none of" in result.stderr


@pytest.mark.parametrize("choice", [["-k", "greet"], ["snippets/greet.py"]])
def test_a_chosen_part_may_run_alone(house, choice):
    write(house, "snippets/greet.py", GOOD)
    result = run(house, *choice)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "1 passed" in result.stdout


@pytest.mark.canary
def test_the_matrix_run_without_the_site_is_checked_too(house):
    write(house, "snippets/greet.py", GOOD)
    write(house, "snippets/bare.py", NO_SCENARIO)
    result = run(house, "snippets", "tests/behaviour")
    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert "  snippets/bare.py\n" in result.stderr


LEAKS = {
    "random": ("import random; random.seed(1)", "sets the random numbers"),
    "environment": ("import os; os.environ['X'] = '1'", "the environment variables"),
    "warnings": ("import warnings; warnings.simplefilter('ignore')", "warnings.f"),
    "stdout": ("import io, sys; sys.stdout = io.StringIO()", "sys.stdout"),
    "thread": (
        "import threading; threading.Timer(1, int).start()",
        "leaves a thread running",
    ),
    "file": ("open('left', 'w').close()", "leaves a file"),
    "network": ("import socket; socket.socket()", "uses the network"),
    "exit": ("raise SystemExit(0)", "it raised SystemExit"),
    "interrupt": ("raise KeyboardInterrupt", "it raised KeyboardInterrupt"),
    "dead": ("import os; os._exit(0)", "ends the process (os._exit)"),
    "killed": ("import os; os.kill(os.getpid(), 9)", "sends a signal (os.kill)"),
}


@pytest.mark.canary
@pytest.mark.parametrize("name", LEAKS)
def test_a_leak_of_a_scenario_fails_this_one_alone(house, name):
    code, reason = LEAKS[name]
    write(house, "snippets/after.py", GOOD)
    write(house, "snippets/greet.py", GOOD.replace("print(g", f"{code}\n   print(g"))
    result = run(house)
    assert result.returncode == pytest.ExitCode.TESTS_FAILED, result.stdout
    assert f"1 failed, {len(KINDS) + 1} passed" in result.stdout
    assert "snippets/greet.py:" in result.stdout
    assert reason in result.stdout
    assert not (house / "left").exists()


@pytest.mark.canary
@pytest.mark.parametrize("name", LEAKS)
def test_a_leak_of_an_import_fails_the_run(house, name):
    code, reason = LEAKS[name]
    write(house, "snippets/after.py", GOOD)
    write(house, "snippets/greet.py", f"{GOOD}\n{code}\n")
    result = run(house)
    assert result.returncode == pytest.ExitCode.INTERRUPTED, result.stdout
    assert "snippets/greet.py:" in result.stdout
    assert reason in result.stdout
    assert "1 error" in result.stdout


@pytest.mark.canary
def test_an_output_that_says_nothing_fails_the_run(house):
    loose = GOOD.replace("testoutput::\n", "testoutput::\n   :options: +ELLIPSIS\n")
    write(house, "snippets/greet.py", loose.replace("   Hello\n", "   ...\n"))
    result = run(house)
    assert result.returncode == pytest.ExitCode.TESTS_FAILED
    assert "snippets/greet.py:7: the testoutput is empty" in result.stdout
