"""Run the corpus against one mutant, in a process of its own."""

import json
import os
import resource
import shutil
import sys
import tempfile
import traceback
import warnings
from dataclasses import dataclass, field
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

KILLED = "killed by a test", "killed at import", "killed by the time limit"
ALIVE, INVALID, FAILED = "survived", "not valid Python", "not run"


@dataclass
class Outcome:
    verdict: str
    test: str = ""
    detail: str = ""
    tests: int = 0
    cpu: float = 0.0
    apart: list[str] = field(default_factory=list)
    """The tests that start another process, which imports the package as it is."""

    @property
    def killed(self):
        return self.verdict in KILLED


@dataclass
class Corpus:
    """The tests, and the package that they run against a copy of."""

    package: str
    tests: list[str]
    root: Path
    cpu_limit: float = 60
    wall_limit: float = 120
    # Tests that killed one mutant of a function are tried first on the next, and
    # those that killed one of the same module after them.
    killers: dict[str, list[str]] = field(default_factory=dict)
    # Whether a test that killed a mutant passes alone, if nothing is changed.
    alone: dict[str, bool] = field(default_factory=dict)
    # No mutant gets into another process, so these tests say nothing about one.
    apart: list[str] = field(default_factory=list)

    def run(self, mutant=None):
        """Return what the corpus says about *mutant*, or about the package as it is."""
        if mutant is None:
            outcome = self.start(None, self.tests)
            self.apart = outcome.apart
            return outcome
        own = self.killers.setdefault(f"{mutant.path}: {mutant.function}", [])
        module = self.killers.setdefault(mutant.path, [])
        if known := list(dict.fromkeys([*own, *module])):
            outcome = self.start(mutant, known)
            if outcome.killed:
                return outcome
        outcome = self.start(mutant, self.tests)
        if outcome.test and self.passes_alone(outcome.test):
            own[:] = dict.fromkeys([outcome.test, *own[:7]])
            module[:] = dict.fromkeys([outcome.test, *module[:63]])
        return outcome

    def passes_alone(self, test):
        """Tell whether a test that is tried first can be trusted to fail for a reason.

        One that needs others before it would kill each mutant after this one; so would
        one whose name only this mutant gives it.
        """
        if test not in self.alone:
            self.alone[test] = self.start(None, [test]).verdict == ALIVE
        return self.alone[test]

    def start(self, mutant, tests):
        origin = Path(find_spec(self.package).origin).parent
        with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
            copy = Path(folder) / self.package
            shutil.copytree(origin, copy)
            if mutant:
                path = copy / mutant.path
                path.write_text(mutant.after)
                for stale in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
                    stale.unlink()
            result = Path(folder) / "result.json"
            process = get_context("forkserver").Process(
                target=judge,
                args=(
                    self.root,
                    copy,
                    mutant and mutant.path,
                    tests,
                    self.apart,
                    result,
                ),
                kwargs={"cpu_limit": self.cpu_limit},
            )
            process.start()
            process.join(self.wall_limit)
            if process.is_alive():
                process.kill()
                process.join()
            if result.exists():
                return Outcome(**json.loads(result.read_text()))
            if process.exitcode > 0:
                return Outcome(FAILED, detail="The process of the mutant failed.")
            return Outcome(KILLED[2], cpu=self.cpu_limit)


class Witness:
    """Remember which test failed first, and how many there were."""

    def __init__(self):
        self.failed = self.detail = self.running = ""
        self.ran = 0
        self.apart = set()
        sys.addaudithook(self.hear)

    def hear(self, event, _):
        if event == "subprocess.Popen" and self.running:
            self.apart.add(self.running)

    def pytest_runtest_logstart(self, nodeid):
        self.running = nodeid

    def pytest_runtest_logreport(self, report):
        self.ran += report.when == "call"
        if report.failed and not self.failed:
            self.failed = report.nodeid
            crash = getattr(report.longrepr, "reprcrash", None)
            self.detail = crash.message if crash else str(report.longrepr)

    def pytest_collectreport(self, report):
        if report.failed and not self.failed:
            self.failed, self.detail = report.nodeid, str(report.longrepr)


def judge(root, copy, changed, tests, left_out, result, cpu_limit):
    """Run in the new process: import the copy as the package, and test it."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu_limit) + 1,) * 2)
    resource.setrlimit(resource.RLIMIT_AS, (2**31,) * 2)
    os.chdir(root)
    complaints = os.dup(2)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    try:
        outcome = Outcome(**verdict(copy, changed, tests, left_out))
    except Exception:
        os.dup2(complaints, 2)
        raise
    usage = resource.getrusage(resource.RUSAGE_SELF)
    outcome.cpu = usage.ru_utime + usage.ru_stime
    written = result.with_suffix(".part")
    written.write_text(json.dumps(outcome.__dict__))
    written.rename(result)
    # Threads that a mutant left behind may never end.
    os._exit(0)


def verdict(copy, changed, tests, left_out):
    import pytest

    if changed:
        with warnings.catch_warnings(action="error"):
            try:
                compile((copy / changed).read_bytes(), changed, "exec")
            except (SyntaxError, SyntaxWarning):
                return {"verdict": INVALID, "detail": traceback.format_exc()}
    package = copy.name
    loaded = [name for name in sys.modules if name.partition(".")[0] == package]
    if loaded:
        raise RuntimeError(f"{package} is imported already: {loaded}")
    sys.path.insert(0, str(copy.parent))
    sys.dont_write_bytecode = changed is not None
    try:
        __import__(package)
    except BaseException as error:
        return {"verdict": KILLED[1], "detail": repr(error)}
    if Path(sys.modules[package].__file__).parent != copy:
        raise RuntimeError(f"{package} was not imported from its copy.")
    witness = Witness()
    options = ["-x", "-q", "-p", "no:cacheprovider", "--no-header"]
    # Told to pytest: a run that lacks tests without being told so is red.
    options += [f"--deselect={test}" for test in left_out]
    try:
        code = pytest.main([*options, *tests], plugins=[witness])
    except Exception as error:
        # What nobody could be told of in time turns the run red at its end.
        code, witness.detail = pytest.ExitCode.TESTS_FAILED, repr(error)
    told = {"detail": witness.detail[:500], "tests": witness.ran}
    told["apart"] = sorted(witness.apart)
    if code == pytest.ExitCode.OK and witness.ran:
        return {"verdict": ALIVE, **told}
    if code == pytest.ExitCode.USAGE_ERROR:
        return {"verdict": FAILED, "detail": f"Not all of these are tests: {tests}"}
    if code == pytest.ExitCode.TESTS_FAILED and not (witness.failed or witness.detail):
        return {"verdict": FAILED, "detail": "The run is red, and no test failed."}
    if code == pytest.ExitCode.NO_TESTS_COLLECTED:
        raise RuntimeError(f"There are no tests in {tests}.")
    where = KILLED[0] if witness.ran else KILLED[1]
    return {"verdict": where, "test": witness.failed, **told}
