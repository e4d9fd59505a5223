"""Builds of the whole site, in processes of their own, while tests go on."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

# Each fixture's build of the site: its folder, and the order of its sets.
BUILDS = {"site": ("site", "random"), "site_again": ("elsewhere/deep", "7")}
BUILT = pytest.StashKey[dict]()


class Builds:
    """Start the builds that the chosen tests will want."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session):
        """Start what the tests will want of the site; it is built while others run."""
        wanted = {name for item in session.items for name in item.fixturenames}
        if session.config.option.collectonly:
            wanted = set()
        with TemporaryDirectory() as root:
            builds = {
                name: Building(Path(root, folder), PYTHONHASHSEED=seed)
                for name, (folder, seed) in BUILDS.items()
                if name in wanted
            }
            session.config.stash[BUILT] = builds
            try:
                return (yield)
            finally:
                for build in builds.values():
                    build.stop()


class Building:
    """A build of the whole site into *folder*/html, as ``make html-strict`` does it."""

    def __init__(self, folder, **environment):
        root = Path(__file__).parents[1]
        command = [sys.executable, "-m", "sphinx", "-c", ".", "-d", folder / "doctrees"]
        command += ["--fresh-env", "--nitpicky", "--fail-on-warning", "--keep-going"]
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "said").open("w") as said:
            self.process = subprocess.Popen(
                [*command, "docs", folder / "html"],
                cwd=root,
                env={**os.environ, "SOURCE_DATE_EPOCH": "1767225600", **environment},
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def html(self):
        """Wait for the build and return the folder of its HTML."""
        status = self.process.wait()
        assert status == 0, (self.folder / "said").read_text()
        return self.folder / "html"

    def stop(self):
        """End the build if nobody has waited for it."""
        self.process.kill()
        self.process.wait()
