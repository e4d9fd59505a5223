"""The command: ``python -m tests.regress``; 0 holds, 1 broken, 2 could not run."""

import argparse
import sys
from pathlib import Path

from . import environment, pages, report, run
from .environment import ROOT, HarnessError, Target

HOLDS, BROKEN, HARNESS = 0, 1, 2


def parse(arguments):
    """Read the command line; what follows ``--`` goes to pytest."""
    parser = argparse.ArgumentParser(
        "python -m tests.regress", description=sys.modules["tests.regress"].__doc__
    )
    parser.add_argument("flask", nargs="?", help="what pip takes: 3.1.2, a path, a URL")
    parser.add_argument("--with", dest="extra", default="", metavar="REQUIREMENTS")
    parser.add_argument("--python", help="a Python that has the Flask already")
    parser.add_argument("--limit", type=float, default=5, help="seconds for a test")
    parser.add_argument("--path", action="append", default=[], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "regress")
    end = arguments.index("--") if "--" in arguments else len(arguments)
    known = parser.parse_args(arguments[:end])
    if bool(known.flask) == bool(known.python):
        parser.error("name a Flask (make regress FLASK=3.1.2), or --python")
    known.options = arguments[end + 1 :]
    return known


def main(arguments):
    """Run everything and print the report; return the status for the shell."""
    known = parse(arguments)
    folder = known.folder
    folder.mkdir(parents=True, exist_ok=True)
    try:
        told, status = _try(known, folder)
    except HarnessError as error:
        told = f"The corpus was not run; nothing is known of this Flask.\n{error}\n"
        status = HARNESS
    (folder / "report.txt").write_text(told, encoding="utf-8")
    print(told)
    print(f"This report: {folder / 'report.txt'}")
    return status


def _try(known, folder):
    if known.python:
        target = environment.probe(Target(known.python, tuple(known.path)))
    else:
        print(f"Installing {known.flask} ...", flush=True)
        target = environment.make(known.flask, known.extra.split(), folder / "env")
    baseline = environment.probe(Target(sys.executable))
    print(f"Running the corpus on {target} ...", flush=True)
    outcome = run.corpus(target, folder, known.options, known.limit)
    findings = report.Findings(
        target,
        baseline,
        outcome,
        run.traces(baseline, folder / "expected.json", known.limit),
        run.traces(target, folder / "observed.json", known.limit),
        pages.scan(ROOT / "docs"),
    )
    return report.text(findings), BROKEN if findings.broken else HOLDS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
