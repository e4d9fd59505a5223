"""A proof has run, has passed, and has asserted something that depends on a run.

Counts, for each test of ``tests/behaviour``, the assertions that were executed and
depend on a run (:mod:`hookbook.corpus.assertions`). A test without one fails.
"""

import ast
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import _pytest.assertion.rewrite
import pytest
from _pytest.recwarn import WarningsChecker

from hookbook.corpus import assertions, proofs, unproven

SILENT = (
    "'{name}' executed no assertion that depends on what Flask did: assert on a"
    " response, or on what a function of the test noted ({path}:{line})"
)


@cache
def spans(path, root):
    """Return the assertions of the file at `path` that depend on a run."""
    folders = [path.parent, *path.parent.parents]
    folders = folders[: folders.index(root) + 1]
    conftests = [folder / "conftest.py" for folder in folders]
    trees = [ast.parse(c.read_text("utf-8")) for c in conftests if c.exists()]
    return assertions.depending(ast.parse(path.read_text("utf-8")), trees)


class Proving:
    """Watch the behaviour tests below `root`."""

    def __init__(self, root):
        self.root = root
        self.executed = Counter()
        self.outcomes = {}
        self.patch = pytest.MonkeyPatch()

    # pytest's rewritten assertions ask this each time one has passed. Its own hook,
    # pytest_assertion_pass, would take the repr of every value: that opens sessions.
    def note(self, depth=1):
        frame = sys._getframe(depth)
        self.executed[frame.f_code.co_filename, frame.f_lineno] += 1
        return False

    def pytest_sessionstart(self):
        """Note each assertion that passes, and each expected exception that came."""

        def noting(leave):
            def __exit__(context, *raised):
                result = leave(context, *raised)
                self.note(depth=2)
                return result

            return __exit__

        rewrite = _pytest.assertion.rewrite
        self.patch.setattr(rewrite, "_check_if_assertion_pass_impl", self.note)
        for kind in pytest.RaisesExc, WarningsChecker:
            self.patch.setattr(kind, "__exit__", noting(kind.__exit__))

    def pytest_unconfigure(self):
        self.patch.undo()

    def pytest_collection_finish(self, session):
        asked = {item.path for item in session.items if self.is_proof(item.path)}
        above = {f for path in asked for f in path.parents if self.is_proof(f)}
        files = asked | {
            folder / "conftest.py" for folder in filter(self.is_proof, above)
        }
        found = [
            f"{path.relative_to(session.config.rootpath)}:{fault.line}: {fault.message}"
            for path in sorted(file for file in files if file.exists())
            for fault in unproven.faults(
                ast.parse(path.read_text("utf-8")), self.root.parents[1]
            )
        ]
        if found:
            raise pytest.UsageError("\n".join(found))

    def is_proof(self, path):
        return path.is_relative_to(self.root)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        if call.when == "setup":
            self.executed.clear()
        report = yield
        if report.skipped and not any(item.iter_markers("skipif")):
            report.unconditional = True
        if call.when == "call" and self.is_proof(item.path):
            report.proven = self.proven()
            if report.passed and not report.proven:
                report.outcome = "failed"
                report.longrepr = SILENT.format(
                    name=item.name,
                    path=item.path.relative_to(item.config.rootpath),
                    line=item.location[1] + 1,
                )
        return report

    def proven(self):
        """Count the executed assertions that depend on a run."""
        return sum(
            count
            for (name, line), count in self.executed.items()
            if self.is_proof(path := Path(name))
            and any(first <= line <= last for first, last in spans(path, self.root))
        )

    def pytest_runtest_logreport(self, report):
        path, _, name = report.nodeid.partition("::")
        key = path, name.partition("[")[0]
        if report.when == "call" or report.outcome != "passed":
            ended = "xfailed" if hasattr(report, "wasxfail") else report.outcome
            if ended == "skipped" and getattr(report, "unconditional", False):
                ended = "skipped without a condition on versions"
            self.outcomes.setdefault(key, set()).add(ended)

    def missing(self, rootpath):
        """Name the proofs that have not all run and passed, in a run of them all.

        A skip counts if it has a condition on versions; others were refused before.
        What needs real extensions may be left to their environment.
        """
        lines = []
        for file in proofs.files(self.root):
            for proof in proofs.tests(self.root, file):
                path = file.relative_to(rootpath).as_posix()
                unless = set() if proof.with_extensions else {"not run"}
                ended = self.outcomes.get((path, proof.name), unless)
                if wrong := sorted(ended - {"passed", "skipped"}):
                    what = ", ".join(wrong)
                    lines.append(f"{path}:{proof.line}: '{proof.name}' was {what}")
        return lines
