"""The package as people install it: a wheel, unpacked where Python looks."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = Path(__file__).parent / "apps"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """Return the wheel, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            *(sys.executable, "-m", "build", "--wheel", "--no-isolation"),
            *("--outdir", folder, ROOT),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    (built,) = folder.glob("hookbook-*.whl")
    return built


@pytest.fixture(scope="session")
def unpacked(wheel, tmp_path_factory):
    """Return a folder with what an installation of the wheel puts there."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="session")
def flask(unpacked):
    """Return a function that runs Flask's command line in a process of its own."""

    def call(app, *arguments):
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", app, *arguments],
            cwd=APPS, capture_output=True, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(unpacked), "COLUMNS": "80"},
        )  # fmt: skip

    return call
