"""Run the corpus with tox, on each Flask at once; say what ran and what did not.

``python -m tests.matrix flask22,flask31``. The results are below ``build/matrix/``,
where the next build of the site reads them. The run fails if any environment fails,
or leaves no results.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from hookbook.corpus import evidence

RESULTS = Path("build/matrix")
TOX_SAYS = Path("build/tox.json")
SILENT = "tox left no word; see above"
STALE = "its results are not of these files; what changed meanwhile? Run it again"


def run(environments):
    """Run `environments`; return the status for the shell."""
    for name in environments:
        shutil.rmtree(RESULTS / name, ignore_errors=True)
    TOX_SAYS.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tox", "run-parallel", "--parallel-no-spinner"]
    command += ["--skip-missing-interpreters", "false"]
    command += ["--result-json", TOX_SAYS, "-e", ",".join(environments)]
    unmade = {}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as tox:
        for line in tox.stdout:
            print(line, end="", flush=True)
            if failure := re.match(r"(\S+): failed with (.+)", line):
                unmade[failure[1]] = failure[2]
    told = json.loads(TOX_SAYS.read_text()) if TOX_SAYS.exists() else {}
    reasons = {name: reason(what) for name, what in told.get("testenvs", {}).items()}
    lines, complete = summary(RESULTS, environments, reasons | unmade)
    print("\n".join(["", *lines]))
    return tox.returncode or (0 if complete else 1)


def summary(results, environments, reasons):
    """Return a line for each environment, and whether all have left results."""
    found, stale = evidence.read(results, evidence.sources(Path()))
    runs = {run.name: run for run in found}
    unknown = dict.fromkeys((path.parent.name for path in stale), STALE)
    lines = []
    for name in environments:
        if name not in runs:
            why = reasons.get(name) or unknown.get(name, SILENT)
            lines.append(f"{name:14} NOT RUN: {why}")
            continue
        run = runs[name]
        lines.append(
            f"{name:14} Flask {run.flask}, Werkzeug {run.werkzeug}, Python"
            f" {run.python}: {run.held(scenarios=True)} scenarios and"
            f" {run.held(scenarios=False)} claims hold"
        )
    return lines, runs.keys() >= set(environments)


def reason(told):
    """Find, in what tox keeps of an environment, the line that says what failed."""
    for step in [*told.get("test", []), *told.get("setup", [])]:
        if step["retcode"]:
            lines = f"{step['output']}\n{step['err']}".strip().splitlines()
            errors = [line for line in lines if "ERROR" in line or "Error" in line]
            return (errors or lines or [""])[-1].strip()
    return ""


if __name__ == "__main__":
    sys.exit(run(sys.argv[1].split(",")))
