"""What a run covered, and the refusal of a run that covered too little."""

import gc
import json
import linecache
import os
import platform
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule
from _pytest.junitxml import xml_key

from tests import seal

# What a run prints, and the folder whose tests it counts.
KINDS = {
    "scenarios": "snippets",
    "behaviour tests": "tests/behaviour",
    "trace tests": "tests/trace",
    "explain tests": "tests/explain",
    "cli tests": "tests/cli",
    "extension tests": "tests/extensions",
    "corpus tests": "tests/corpus",
    "site tests": "tests/site",
    "browser tests": "tests/browser",
    "regress tests": "tests/regress",
    "mutants tests": "tests/mutants",
    "house tests": "tests/house",
}
PAGES = pytest.StashKey[int]()
CHOOSING = (
    *("-k", "-m", "--lf", "--last-failed", "--sw", "--stepwise"),
    *("--deselect", "--ignore"),
)
"""Options with which somebody asks for a part of the tests."""


class Census:
    """Count what ran, and compare what was collected with what is on disk."""

    def __init__(self, root, proving, workers):
        self.root = root
        self.proving = proving
        self.workers = workers
        self.ran = Counter()
        self.collected = set()
        self.chosen = 0
        self.finished = 0
        self.running = {}
        self.pages = 0
        self.refused = ""
        self.unproven = []
        # Where a run that was begun by make says what it has done.
        # Not for the runs that its tests begin.
        name = os.environ.pop("HOOKBOOK_SEAL", None)
        self.seal = root / name if name else None

    def pytest_sessionstart(self, session):
        """Say in the JUnit file, if one is asked for, what its results are of."""
        if self.seal is not None:
            self.seal.parent.mkdir(parents=True, exist_ok=True)
            self.seal.unlink(missing_ok=True)
        junit = session.config.stash.get(xml_key, None)
        if junit is None:
            return
        from hookbook.corpus import evidence

        for name, value in {
            "flask": version("flask"),
            "werkzeug": version("werkzeug"),
            "python": platform.python_version(),
            "platform": platform.platform(),
            "sources": evidence.sources(self.root),
            "lock": evidence.extensions_lock(self.root),
        }.items():
            junit.add_global_property(name, value)

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(self, file_path):
        collectors = yield
        if file_path.is_relative_to(self.root / "snippets"):
            # Scenarios are pytest-sphinx's; pytest's own collector of doctests
            # would search each module once more and find nothing.
            return [c for c in collectors if not isinstance(c, DoctestModule)]
        return [c for c in collectors if type(c) is pytest.Module]

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self):
        try:
            return (yield)
        except pytest.UsageError as error:
            self.refused = str(error)
            raise

    @pytest.hookimpl(wrapper=True)
    def pytest_collection_modifyitems(self, session, items):
        collected = {kind: set() for kind in KINDS}
        for item in items:
            collected[self.kind(item.nodeid)].add(item.path)
        self.collected = set().union(*collected.values())
        # Only now may other plugins deselect.
        result = yield
        config = session.config
        if session.testsfailed or config.getoption("lf", False):
            return result
        asked = [self.root / argument.partition("::")[0] for argument in config.args]
        for kind, folder in KINDS.items():
            whole = self.root / folder
            if not any(whole.is_relative_to(path) for path in asked):
                continue
            if not collected[kind] and kind != "browser tests":
                raise pytest.UsageError(
                    f"No {kind} in {folder}/: a run must cover some."
                )
            if kind == "scenarios":
                self.refuse_missing(whole, collected[kind])
            elif not self.is_part(config):
                self.refuse_hidden(whole, collected[kind])
        return result

    def is_part(self, config):
        """Tell whether somebody asked for a part of the tests, on the command line."""
        if self.workers.is_worker:
            return self.workers.given["part"]
        given = [str(argument) for argument in config.invocation_params.args]
        return any(
            argument.startswith(CHOOSING) or "::" in argument for argument in given
        )

    def pytest_collection_finish(self, session):
        self.chosen = len(session.items)
        # Finding the scenarios has put every module's lines into this cache, and
        # each scenario's debugger checks every entry of it against the disk.
        linecache.clearcache()
        # The imported snippets stay to the end; the collector need not look again.
        gc.freeze()

    def refuse_missing(self, folder, collected):
        on_disk = set(folder.rglob("*.py")) - set(folder.rglob("__init__.py"))
        if missing := sorted(on_disk - collected):
            names = "\n".join(f"  {path.relative_to(self.root)}" for path in missing)
            raise pytest.UsageError(
                f"These snippets have no scenario that was collected:\n{names}\n"
                "Give each a testcode and a testoutput in its module docstring."
            )

    def refuse_hidden(self, folder, collected):
        """Refuse a run that walked past a file of tests."""
        on_disk = {path for path in seal.on_disk(self.root) if folder in path.parents}
        if missing := sorted(on_disk - collected):
            names = "\n".join(f"  {path.relative_to(self.root)}" for path in missing)
            raise pytest.UsageError(
                f"No test of these files was collected:\n{names}\n"
                "Look for collect_ignore, __test__, a skip of the whole module or a"
                " file without tests."
            )

    def kind(self, nodeid):
        for kind, folder in KINDS.items():
            if nodeid.startswith(f"{folder}/"):
                return kind
        raise pytest.UsageError(
            f"{nodeid} is in none of the folders {', '.join(KINDS.values())}."
        )

    def pytest_runtest_logreport(self, report):
        if report.when == "call":
            self.ran[self.kind(report.nodeid)] += 1
            self.ran["canaries"] += "canary" in report.keywords
            self.ran["assertions that depend on a run"] += getattr(report, "proven", 0)

    def pytest_runtest_logstart(self, nodeid):
        self.running[nodeid] = True
        if self.seal is not None:
            running = " and ".join(self.running)
            seal.running(self.seal).write_text(running, encoding="utf-8")

    def pytest_runtest_logfinish(self, nodeid):
        self.running.pop(nodeid, None)
        self.finished += 1

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(self, session):
        config = session.config
        self.pages = config.stash.get(PAGES, 0)
        if self.workers.is_worker:
            config.workeroutput["hookbook"] = self.word()
            return (yield)
        self.sum_up()
        whole = self.root / KINDS["behaviour tests"]
        asked = [self.root / argument for argument in config.args]
        ended = not (session.testsfailed or session.shouldstop or session.shouldfail)
        complete = ended and not self.is_part(config)
        if complete and any(map(whole.is_relative_to, asked)):
            self.unproven = self.proving.missing(self.root)
        if self.unproven:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        result = yield
        if self.seal is not None:
            self.sign(session)
        return result

    def word(self):
        """Return what a worker tells of itself."""
        return {
            "refused": self.refused,
            "chosen": self.chosen,
            "pages": self.pages,
            "files": [str(path) for path in self.collected],
        }

    def sum_up(self):
        """Take over what the workers have told; each has collected all the tests."""
        for word in self.workers.words:
            self.chosen = max(self.chosen, word["chosen"])
            self.pages = max(self.pages, word["pages"])
            self.collected |= set(map(Path, word["files"]))

    def sign(self, session):
        """Write the seal; nothing of the run comes after it."""
        files = [path.relative_to(self.root).as_posix() for path in self.collected]
        found = {
            "status": int(session.exitstatus),
            "chosen": self.chosen,
            "finished": self.finished,
            "lost": self.workers.lost,
            "selection": self.is_part(session.config),
            "ran": dict(self.ran),
            "files": sorted(files),
        }
        self.seal.write_text(json.dumps(found), encoding="utf-8")
        seal.running(self.seal).unlink(missing_ok=True)

    def pytest_terminal_summary(self, terminalreporter):
        for line in self.unproven:
            terminalreporter.write_line(line, red=True)
        self.ran["pages"] = self.pages
        shown = [*KINDS, "pages", "canaries", "assertions that depend on a run"]
        terminalreporter.write_sep("-", "covered")
        for name in shown:
            if self.ran[name]:
                terminalreporter.write_line(f"{self.ran[name]:5} {name}")
