"""Inside the run: write down each result at once, and end a test that hangs.

A line of JSON for each event, so that a run which is killed leaves what it knew.
"""

import contextlib
import json
import os
import signal
from pathlib import Path

import pytest

LIMIT = float(os.environ["HOOKBOOK_REGRESS_LIMIT"])
"""Seconds that a test may take."""
LOG = os.environ["HOOKBOOK_REGRESS_LOG"]
# Under its own name, a snippet that is being run is refused it; so would be the alarm.
set_timer = signal.setitimer
PATIENCE = 4
"""After so many tests without an end, the others are not tried."""


class TimeLimit(BaseException):
    """A test took too long. Not an Exception: Flask would answer it with a 500."""


class Log:
    """Write what happens to the file that the harness reads."""

    def __init__(self, path):
        self.file = path.open("w", encoding="utf-8")
        self.hung = 0

    def write(self, **event):
        print(json.dumps(event), file=self.file, flush=True)

    def pytest_runtest_logstart(self, nodeid):
        self.write(started=nodeid)

    def pytest_collectreport(self, report):
        if report.failed:
            text = report.longreprtext
            last = [line for line in text.splitlines() if line.startswith("E  ")]
            message = last[-1][4:].strip() if last else text.strip()[-500:]
            self.write(test=report.nodeid, result="failed", message=message)

    def pytest_runtest_logreport(self, report):
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            place = f"{crash.path}:{crash.lineno}" if crash else ""
            message = crash.message if crash else _told(report.longreprtext)
            message = message.removeprefix(f"{__name__}.TimeLimit: ")
            self.write(
                test=report.nodeid, result="failed", message=message, place=place
            )
        elif report.when == "call" or report.skipped:
            self.write(test=report.nodeid, result=report.outcome)

    def pytest_warning_recorded(self, warning_message):
        first = str(warning_message.message).partition("\n")[0]
        self.write(warning=f"{warning_message.category.__name__}: {first}")

    def pytest_sessionfinish(self, exitstatus):
        self.write(finished=int(exitstatus))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item):
        with self.limit(item):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        with self.limit(item):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item):
        with self.limit(item):
            return (yield)

    @contextlib.contextmanager
    def limit(self, item):
        def stop(number, frame):
            # Once more, should somebody have caught it.
            set_timer(signal.ITIMER_REAL, LIMIT)
            self.hung += 1
            if self.hung == PATIENCE:
                item.session.shouldstop = f"{PATIENCE} tests did not end"
            raise TimeLimit(f"it did not end within {LIMIT:g} seconds")

        earlier = signal.signal(signal.SIGALRM, stop)
        set_timer(signal.ITIMER_REAL, LIMIT)
        try:
            yield
        finally:
            set_timer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, earlier)


def _told(text):
    """Return what a scenario's failure says below the scenario, without its place."""
    lines = [line for line in text.splitlines() if line.strip()][:-1]
    for place, line in enumerate(lines):
        if line.startswith("UNEXPECTED EXCEPTION"):
            return lines[-1].removeprefix(f"{__name__}.TimeLimit: ")
        if line.startswith(("Expected", "Differences")):
            return "\n".join(lines[place:])
    return "\n".join(lines)


def pytest_configure(config):
    # A worker of pytest-xdist ends tests; what they come to, the controller hears.
    path = os.devnull if hasattr(config, "workerinput") else LOG
    log = Log(Path(path))
    config.pluginmanager.register(log, "hookbook-regress")
