"""Run the corpus in a target: its tests, and its snippets under the recorder."""

import dataclasses
import json
import subprocess

from hookbook.corpus import proofs

from .environment import ROOT, HarnessError

BEHAVIOUR = ROOT / "tests" / "behaviour"
LIMIT = 600
"""Seconds that all tests together may take."""
TRACE_LIMIT = 120


@dataclasses.dataclass
class Outcome:
    """What a run of the tests left."""

    passed: set[str] = dataclasses.field(default_factory=set)
    """Names of tests, and modules of snippets."""
    failed: dict[str, tuple[str, str]] = dataclasses.field(default_factory=dict)
    """What was observed, and where, by the same names."""
    skipped: set[str] = dataclasses.field(default_factory=set)
    warnings: set[str] = dataclasses.field(default_factory=set)
    ended: str = ""
    """Why the run ended early, if it did."""


def corpus(target, folder, options, limit):
    """Run scenarios and behaviour tests in `target`, and return what came of it.

    `options` are pytest's; `limit` is in seconds, for each test.
    """
    log = folder / "events.jsonl"
    log.unlink(missing_ok=True)
    command = [target.python, "-m", "pytest", "-p", "tests.regress.plugin"]
    command += ["-p", "no:cacheprovider", "--continue-on-collection-errors"]
    # Native: to look for sources, pytest parses them, and Python may fail in that.
    command += ["--tb=native", "-o", "verbosity_assertions=2"]
    # What warns still holds; the report names the warnings.
    command += ["-W", "default", *options, "snippets", "tests/behaviour"]
    env = target.environment(
        HOOKBOOK_REGRESS_LOG=str(log), HOOKBOOK_REGRESS_LIMIT=str(limit)
    )
    with (folder / "pytest.log").open("w+", encoding="utf-8") as output:
        status = _wait(command, env, output, LIMIT)
        output.seek(0)
        said = output.read()
    events = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return read([json.loads(line) for line in events], status, said)


def _wait(command, env, output, limit):
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT
    )
    try:
        return process.wait(limit)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return None


def read(events, status, said=""):
    """Make an outcome of what the plugin wrote.

    `status` is pytest's own, ``None`` if it was killed. It may have said why.
    """
    outcome = Outcome()
    finished = None
    started = ""
    for event in events:
        finished = event.get("finished", finished)
        started = event.get("started", started)
        if "warning" in event:
            outcome.warnings.add(event["warning"])
        for name in _names(event.get("test", "")):
            if event["result"] == "failed":
                observed = event["message"], event.get("place", "")
                outcome.failed.setdefault(name, observed)
            else:
                found = {"passed": outcome.passed, "skipped": outcome.skipped}
                found[event["result"]].add(name)
    # A test with parameters may have done both.
    outcome.passed -= outcome.failed.keys()
    if finished is None and started:
        outcome.ended = (
            f"it was stopped after {LIMIT} seconds"
            if status is None
            else f"Python ended with status {status}"
        )
        for name in _names(started):
            outcome.failed.setdefault(name, (f"{outcome.ended}, in this test", ""))
    elif finished == 2:
        stop = [line.strip("! ") for line in said.splitlines() if line[:2] == "!!"]
        outcome.ended = stop[-1] if stop else "it was interrupted"
        if "during collection" in outcome.ended:
            outcome.ended = ""
    elif finished == 3:
        errors = [line for line in said.splitlines() if line.startswith("INTERNAL")]
        outcome.ended = f"pytest itself failed, {errors[-1] if errors else 'silently'}"
    if not outcome.failed and (finished in {3, 4, 5} or not outcome.passed):
        raise HarnessError("pytest could not run the corpus:\n" + said[-2000:].strip())
    return outcome


def _names(node):
    """Name the claims or the scenario that a node of pytest stands for."""
    path, _, test = node.partition("::")
    if path.startswith("snippets/"):
        return [path.removesuffix(".py").replace("/", ".")]
    if test:
        return [test.rpartition("::")[2].partition("[")[0]]
    if path.endswith(".py"):
        # The file could not be collected: nothing in it holds.
        return [proof.name for proof in proofs.tests(BEHAVIOUR, ROOT / path)]
    return []


def traces(target, path, limit):
    """Record all snippets in `target`; return the traces, or one ``error`` for all."""
    path.unlink(missing_ok=True)
    command = [target.python, "-m", "hookbook.corpus.recordings", str(path), str(limit)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=target.environment(), timeout=TRACE_LIMIT,
            capture_output=True, text=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"error": f"no end within {TRACE_LIMIT} seconds"}
    if done.returncode or not path.exists():
        said = done.stderr.strip().splitlines()
        return {"error": said[-1] if said else f"Python ended: {done.returncode}"}
    return json.loads(path.read_text(encoding="utf-8"))["snippets"]
