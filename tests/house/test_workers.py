"""A run that is spread over workers is counted, sealed and refused as any."""

import json

import pytest

from tests import builds
from tests.house.test_proving import furnish, run, unsealed, write
from tests.house.test_scenarios import KINDS, NO_SCENARIO

SPREAD = ("-n", "2", "--dist", "worksteal", "--max-worker-restart=0")


@pytest.fixture
def house(tmp_path):
    return furnish(tmp_path)


def test_what_the_workers_did_is_summed_up(house):
    status, said = run(house, *SPREAD)
    assert status == 0, said
    assert "1 scenarios" in said
    assert "1 assertions that depend on a run" in said
    assert unsealed(house) == []
    found = json.loads((house / "build" / "test.seal").read_text())
    assert found["finished"] == found["chosen"] == 1 + len(KINDS)
    assert found["lost"] == 0
    assert len(found["files"]) == 1 + len(KINDS)


@pytest.mark.canary
def test_a_worker_that_dies_is_told(house):
    text = "import os\n\n\ndef test_it():\n    os._exit(0)\n"
    write(house, "tests/site/test_site.py", text)
    status, said = run(house, *SPREAD)
    assert status != 0
    assert "crashed while running 'tests/site/test_site.py::test_it'" in said
    faults = unsealed(house)
    assert "1 workers ended before their end" in faults
    assert "the test run failed (pytest's status 1)" in faults


REFUSED = {
    "snippet": ("snippets/bare.py", NO_SCENARIO, "no scenario that was collected"),
    "empty": ("tests/site/test_later.py", "", "No test of these files was collected"),
    "proof": (
        "tests/behaviour/test_more.py",
        "def test_it():\n    assert True\n",
        "claims nothing",
    ),
    "hidden": (
        "tests/behaviour/conftest.py",
        "def pytest_collection_modifyitems(config, items):\n"
        "    gone = [i for i in items if i.name == 'test_greets']\n"
        "    items[:] = [i for i in items if i not in gone]\n",
        "'test_greets' was not run",
    ),
}


@pytest.mark.canary
@pytest.mark.parametrize("case", REFUSED)
def test_what_the_workers_find_ends_the_run(house, case):
    name, text, reason = REFUSED[case]
    write(house, name, text)
    status, said = run(house, *SPREAD)
    assert status != 0
    assert reason in said
    assert unsealed(house)


def test_a_part_of_a_spread_run_is_a_part(house):
    assert run(house, *SPREAD, "-k", "greet")[0] == 0
    assert unsealed(house) == ["only a part was run"]


# Builds of the site


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Return a function that starts a build that is `code`, in one folder."""

    def build(code):
        monkeypatch.setattr(builds, "COMMAND", f"import os, sys; {code}")
        return builds.Building(tmp_path / "deep" / "site")

    yield build
    builds.stop(tmp_path / "deep" / "site")


DONE = "print('built', flush=True); open(sys.argv[1], 'w').write('0')"


def test_of_several_processes_the_first_one_builds(build, tmp_path):
    for _ in range(2):
        assert build(DONE).html() == tmp_path / "deep" / "site" / "html"
    assert (tmp_path / "deep" / "site" / "said").read_text() == "built\n"
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["site"]


@pytest.mark.canary
@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (DONE.replace("'0'", "'1'"), "built"),
        ("print('said', flush=True); os._exit(0)", "did not end.\nsaid"),
    ],
)
def test_a_build_that_failed_or_ended_early_is_none(build, code, reason):
    with pytest.raises(AssertionError, match=reason):
        build(code).html()


def test_a_build_for_which_nobody_waits_is_ended(build):
    building = build("import signal; signal.pause()")
    builds.stop(building.folder)
    with pytest.raises(AssertionError, match="did not end"):
        building.html()
