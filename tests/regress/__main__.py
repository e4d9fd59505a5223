"""The command: ``python -m tests.regress``; 0 holds, 1 broken, 2 could not run."""

import argparse
import os
import sys
import traceback
from pathlib import Path

from . import environment, pages, report, run
from .environment import ROOT, HarnessError, Target

HOLDS, BROKEN, HARNESS = 0, 1, 2


def parse(arguments):
    """Read the command line; what follows ``--`` goes to pytest."""
    parser = argparse.ArgumentParser(
        "python -m tests.regress", description=sys.modules["tests.regress"].__doc__
    )
    where = "what pip takes: 3.1.2, a path, a URL; or else $HOOKBOOK_FLASK"
    parser.add_argument("flask", nargs="?", help=where)
    parser.add_argument("--with", dest="extra", default="", metavar="REQUIREMENTS")
    parser.add_argument("--python", help="do not install: use this Python's")
    parser.add_argument("--limit", type=float, default=5, help="seconds for a test")
    parser.add_argument("--path", action="append", default=[], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "regress")
    end = arguments.index("--") if "--" in arguments else len(arguments)
    known = parser.parse_args(arguments[:end])
    known.flask = known.flask or os.environ.get("HOOKBOOK_FLASK")
    if not (known.flask or known.python):
        parser.error("name a Flask: make regress FLASK=3.1.2")
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
    except Exception:
        # Without this, Python's own status would say that claims are broken.
        told = f"The harness itself has failed:\n{traceback.format_exc()}"
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
    shown = pages.scan(ROOT / "docs")
    print(f"Running the corpus on {target} ...", flush=True)
    outcome = run.corpus(target, folder, known.options, known.limit)
    findings = report.Findings(
        target,
        baseline,
        outcome,
        run.traces(baseline, folder / "expected.json", known.limit),
        run.traces(target, folder / "observed.json", known.limit),
        shown,
    )
    return report.text(findings), BROKEN if findings.broken else HOLDS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
