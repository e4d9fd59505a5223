"""A run is red when a proof proves nothing, or when something ends it early."""

import json
import os
import shutil

import pytest

from tests import PLUGINS, seal
from tests.forked import python_m
from tests.house.test_scenarios import GOOD, KINDS

ROOT = seal.ROOT
PROOF = '''\
import pytest
from snippets.greet import greet


def test_greets():
    """It greets."""
    assert greet() == "Hello"
'''


@pytest.fixture
def house(tmp_path):
    return furnish(tmp_path)


def furnish(folder):
    """Make a small house with this one's plugins, a snippet and its proof."""
    shutil.copy(ROOT / "tox.ini", folder)
    for name in PLUGINS:
        file = f"tests/{name}.py"
        write(folder, file, (ROOT / file).read_text("utf-8"))
    for kind in KINDS:
        test = "def test_nothing():\n    pass\n"
        write(folder, f"tests/{kind}/test_{kind}.py", test)
    write(folder, "tests/behaviour/test_behaviour.py", PROOF)
    write(folder, "snippets/__init__.py", "")
    write(folder, "snippets/greet.py", GOOD)
    return folder


def write(house, name, text):
    path = house / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def run(house, *arguments):
    """Run the tests as ``make test`` does; return pytest's status, and all it said."""
    path = os.pathsep.join([str(house), str(ROOT / "src")])
    seal = {"HOOKBOOK_SEAL": "build/test.seal", "PYTHONPATH": path}
    ran = python_m("pytest", "-p", "no:cacheprovider", *arguments, cwd=house, **seal)
    return ran.returncode, ran.stdout + ran.stderr


def unsealed(house):
    return seal.faults(house / "build" / "test.seal", house, whole=True)


def test_a_good_house_is_sealed(house):
    status, said = run(house)
    assert status == 0, said
    assert "1 assertions that depend on a run" in said
    assert unsealed(house) == []
    found = json.loads((house / "build" / "test.seal").read_text())
    assert found["finished"] == found["chosen"] == 1 + len(KINDS)


def change(**changes):
    text = PROOF
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    return text


UNPROVEN = {
    "no assertion": (change(a=("assert greet()", "greet()")), "executed no assertion"),
    "constant": (
        change(a=('greet() == "Hello"', "True")),
        "tests/behaviour/test_behaviour.py:7: 'assert True' holds whatever",
    ),
    "of its own": (
        change(a=('greet() == "Hello"', "1 + 1 == 2")),
        "executed no assertion",
    ),
    "the object": (
        change(a=('assert greet() == "Hello"', "said = greet()\n    assert said")),
        "tests/behaviour/test_behaviour.py:8: 'assert said' holds whatever",
    ),
    "caught": (
        change(
            a=(
                "    assert",
                "    try:\n        assert greet() == 1\n    except AssertionError:\n"
                "        pass\n    assert",
            )
        ),
        "tests/behaviour/test_behaviour.py:9: 'except' hides",
    ),
    "never reached": (
        change(a=("    assert", "    if not greet():\n        assert")),
        "executed no assertion",
    ),
    "empty loop": (
        change(a=("    assert", "    for _ in []:\n        assert")),
        "executed no assertion",
    ),
    "early return": (
        change(a=("    assert", "    return\n    assert")),
        "executed no assertion",
    ),
    "skipped": (change(a=("def test", "@pytest.mark.skip\ndef test")), "keeps a test"),
    "xfail": (change(a=("def test", "@pytest.mark.xfail\ndef test")), "keeps a test"),
    "body": (change(a=("    assert", "    pytest.skip('x')\n    assert")), "keeps a"),
    "fixture": (change(a=("def test", "@pytest.fixture\ndef test")), "No behaviour"),
    "no docstring": (change(a=('    """It greets."""\n', "")), "claims nothing"),
    "hidden": (PROOF + "\n\ntest_greets.__test__ = False\n", "No behaviour tests in"),
    "hidden by name": (
        PROOF + "\n\nglobals().pop('test_greets')\n\n\ndef test_other():\n"
        "    '''Greet, too.'''\n    assert greet()\n",
        "'test_greets' was not run",
    ),
    "empty parameters": (
        change(
            a=("def test_greets()", "@pytest.mark.parametrize('x', [])\ndef test_g(x)")
        ),
        "Empty parameter set",
    ),
    "xfail by hand": (
        "from _pytest.outcomes import XFailed\n"
        + change(a=("    assert", "    raise XFailed('x')\n    assert")),
        "'test_greets' was xfailed",
    ),
}


@pytest.mark.canary
@pytest.mark.parametrize("case", UNPROVEN)
def test_a_proof_that_proves_nothing_fails(house, case):
    text, reason = UNPROVEN[case]
    write(house, "tests/behaviour/test_behaviour.py", text)
    status, said = run(house)
    assert status != 0
    assert reason in said


CONFTESTS = {
    "ignored": ("collect_ignore = ['test_behaviour.py']\n", "No behaviour tests in"),
    "deselected": (
        "def pytest_collection_modifyitems(config, items):\n"
        "    gone = [i for i in items if i.name == 'test_greets']\n"
        "    config.hook.pytest_deselected(items=gone)\n"
        "    items[:] = [i for i in items if i not in gone]\n",
        "'test_greets' was not run",
    ),
    "skipped by a fixture": (
        "import pytest\n\n\n@pytest.fixture(autouse=True)\ndef late():\n"
        "    pytest.skip('later')\n",
        "keeps a test from proving",
    ),
    "skipped by a hook": (
        "def pytest_runtest_setup(item):\n    item.add_marker('skip')\n",
        "tests/behaviour/conftest.py:1: 'pytest_runtest_setup' changes how tests run",
    ),
    "skipped by an exception": (
        "import _pytest.outcomes\nimport pytest\n\n\n"
        "@pytest.fixture(autouse=True)\ndef late():\n"
        "    raise _pytest.outcomes.Skipped('later')\n",
        "'test_greets' was skipped without a condition on versions",
    ),
    "passed by a hook": (
        "def pytest_pyfunc_call(pyfuncitem):\n    return True\n",
        "tests/behaviour/conftest.py:1: 'pytest_pyfunc_call' changes how tests run",
    ),
}


@pytest.mark.canary
@pytest.mark.parametrize("case", CONFTESTS)
def test_a_conftest_that_hides_a_proof_fails(house, case):
    text, reason = CONFTESTS[case]
    write(house, "tests/behaviour/conftest.py", text)
    status, said = run(house)
    assert status != 0
    assert reason in said


@pytest.mark.canary
def test_options_of_the_house_that_leave_a_proof_out_fail(house):
    settings = (house / "tox.ini").read_text()
    write(house, "tox.ini", settings.replace("    -ra\n", "    -ra\n    -k nothing\n"))
    status, said = run(house)
    assert status != 0
    assert "'test_greets' was not run" in said


@pytest.mark.canary
def test_a_skip_on_versions_is_shown(house):
    mark = (
        "from tests.behaviour.versions import FLASK\n\n\n"
        "@pytest.mark.skipif(FLASK < (9, 0), reason='new in Flask 9')\n"
    )
    write(house, "tests/behaviour/versions.py", "FLASK = 3, 1\n")
    write(house, "tests/behaviour/__init__.py", "")
    other = "\n\ndef test_more():\n    '''More.'''\n    assert greet()\n"
    write(
        house,
        "tests/behaviour/test_behaviour.py",
        change(a=("def test", f"{mark}def test")) + other,
    )
    status, said = run(house)
    assert status == 0, said
    assert "SKIPPED [1]" in said
    assert "new in Flask 9" in said


ENDING = {
    "a test": ("tests/site/test_site.py", "import os\n\n\ndef test_it():\n    {}\n"),
    "an import": ("tests/site/test_site.py", "import os\n\n{}\n"),
}
KILLS = ("os._exit(0)", "os.kill(os.getpid(), 9)", "os.abort()")


@pytest.mark.canary
@pytest.mark.parametrize("kill", KILLS)
@pytest.mark.parametrize("case", ENDING)
def test_a_run_that_ends_early_has_no_seal(house, case, kill):
    name, text = ENDING[case]
    write(house, name, text.format(kill))
    run(house)
    (fault,) = unsealed(house)
    assert "the test run ended before its end" in fault
    if case == "a test":
        assert f"while it ran {name}::" in fault


@pytest.mark.canary
@pytest.mark.parametrize("how", ["raise SystemExit(0)", "pytest.exit('x', 0)"])
def test_a_run_that_is_left_early_is_told_by_its_seal(house, how):
    text = f"import pytest\n\n\ndef test_it():\n    {how}\n"
    write(house, "tests/behaviour/conftest.py", "")
    write(house, "tests/site/test_site.py", text)
    status, _ = run(house)
    assert status != 0 or unsealed(house)


@pytest.mark.canary
def test_a_part_is_not_the_whole(house):
    assert run(house, "-k", "greet")[0] == 0
    assert unsealed(house) == ["only a part was run"]
    assert seal.faults(house / "build" / "test.seal", house, whole=False) == []


@pytest.mark.canary
def test_a_file_that_the_run_does_not_know_is_missed(house):
    run(house)
    write(house, "tests/site/test_later.py", "")
    assert unsealed(house) == ["tests/site/test_later.py: not collected"]
