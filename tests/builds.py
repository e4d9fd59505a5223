"""Builds of the whole site, in processes of their own, while tests go on.

The site that ``make html-strict`` has built is one of them, as long as nothing that it
was made of has changed.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import made_of

ROOT = Path(__file__).parents[1]
# Each fixture's build of the site: its folder, and the order of its sets.
BUILDS = {"site": ("site", "random"), "site_again": ("elsewhere/deep", "7")}
BUILT = pytest.StashKey[dict]()
# Its last act: whoever waits for its lock finds the status, or that there is none.
COMMAND = (
    "import sys; from pathlib import Path; from sphinx.cmd.build import main;"
    " Path(sys.argv[1]).write_text(str(main(sys.argv[2:])))"
)


class Builds:
    """Start the builds that the chosen tests will want, in folders below `root`.

    Of several processes with one `root`, the first one starts each.
    """

    def __init__(self, root):
        self.root = Path(root)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session):
        """Start what the tests will want of the site; it is built while others run."""
        wanted = {name for item in session.items for name in item.fixturenames}
        if session.config.option.collectonly:
            wanted = set()
        session.config.stash[BUILT] = {
            name: Building(self.root / folder, name == "site", PYTHONHASHSEED=seed)
            for name, (folder, seed) in BUILDS.items()
            if name in wanted
        }
        return (yield)

    def stop(self):
        """End the builds for which nobody has waited."""
        for folder, _ in BUILDS.values():
            if (self.root / folder).exists():
                stop(self.root / folder)


class Building:
    """A build of the whole site into *folder*/html, as ``make html-strict`` does it.

    `given`: what make has built will do, if it is what a build would make now.
    """

    def __init__(self, folder, given=False, **environment):
        environment = {**os.environ, **environment}
        environment.setdefault("SOURCE_DATE_EPOCH", made_of.epoch(ROOT))
        self.folder = folder
        folder.parent.mkdir(parents=True, exist_ok=True)
        # The build keeps the lock for as long as it lives: by its own open file.
        new = Path(tempfile.mkdtemp(dir=folder.parent))
        with (new / "lock").open("w") as lock:
            _lock(lock)
            try:
                new.rename(folder)
            except OSError:
                (new / "lock").unlink()
                new.rmdir()
            else:
                if given and made_of.is_current(ROOT, environment):
                    (folder / "html").symlink_to(ROOT / made_of.HTML)
                    (folder / "said").touch()
                    (folder / "status").write_text("0")
                else:
                    self._start(lock, environment)

    def _start(self, lock, environment):
        options = ["-c", ".", "-d", self.folder / "doctrees"]
        options += ["--fresh-env", "--nitpicky", "--fail-on-warning", "--keep-going"]
        status = self.folder / "status"
        with (self.folder / "said").open("w") as said:
            process = subprocess.Popen(
                [sys.executable, "-c", COMMAND, status, *options, "docs",
                 self.folder / "html"],
                cwd=ROOT,
                env=environment,
                stdout=said,
                stderr=subprocess.STDOUT,
                pass_fds=[lock.fileno()],
            )  # fmt: skip
        (self.folder / "process").write_text(str(process.pid))
        # It may live longer than this one, which says nothing against it.
        process.returncode = 0

    def html(self):
        """Wait for the build and return the folder of its HTML."""
        with (self.folder / "lock").open() as lock:
            _lock(lock)
        status = self.folder / "status"
        said = (self.folder / "said").read_text()
        assert status.exists(), f"The build of the site did not end.\n{said}"
        assert status.read_text() == "0", said
        return (self.folder / "html").resolve()


def stop(folder):
    """End the build in `folder` if it still runs."""
    with (folder / "lock").open() as lock:
        while not _lock(lock, wait=False):
            with contextlib.suppress(OSError, ValueError):
                os.kill(int((folder / "process").read_text()), signal.SIGKILL)


def _lock(file, *, wait=True):
    """Lock an open file; return whether it could be."""
    import fcntl  # not everywhere, and only who builds needs it

    try:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
