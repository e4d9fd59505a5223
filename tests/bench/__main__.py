"""What building and testing cost, as ratios of plain Sphinx and plain Python.

CPU time of the whole command, not time on the clock: it varies less on a machine
that does other things too.  Runs of the two sides alternate; medians are compared.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.houses import ROOT, copy_house, fill, make_plain, write

STRICT = ["--fresh-env", "--nitpicky", "--fail-on-warning", "--keep-going"]
BARE = [sys.executable, str(Path(__file__).with_name("bare.py"))]


def cpu(command, folder):
    """Run *command* in *folder*; return the CPU seconds that it and its own took."""
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, cwd=folder, env=env, stdout=log, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            sys.exit(f"{' '.join(command)}\n{log.read().decode()}")
    return usage.ru_utime + usage.ru_stime


def sphinx(*options):
    command = [sys.executable, "-m", "sphinx", "-c", ".", "-d", "build/doctrees"]
    return [*command, *options, "docs", "build/html"]


def clean(house):
    shutil.rmtree(house / "build", ignore_errors=True)


def touch(house):
    """Change one snippet that a page shows."""
    path = min((house / "snippets").rglob("[!_]*.py"))
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def nothing(house):
    """Change nothing."""


def compare(runs, sides):
    """Return the median CPU time of each side: (house, command, preparation)."""
    times = [[] for _ in sides]
    for _ in range(runs):
        for series, (house, command, prepare) in zip(times, sides, strict=True):
            prepare(house)
            series.append(cpu(command, house))
    return [median(series) for series in times]


def report(what, times, aim, unit=1.0):
    """Print one line: the ratio, its aim and whether it is met, the two medians."""
    ours, base = times
    ratio = ours / base
    verdict = "met" if ratio <= aim else "missed"
    print(
        f"{what:58} {ratio:5.2f}  (aim {aim}: {verdict})  "
        f"{ours * unit:.2f} / {base * unit:.2f}",
        flush=True,
    )


def bench_site(folder, runs, pages):
    house = copy_house(folder / "house")
    # A build writes pages itself, of the proofs: they belong to both sides.
    cpu(sphinx(), house)
    clean(house)
    compare_builds(house, make_plain(shutil.copytree(house, folder / "plain")), runs)


def compare_builds(house, plain, runs):
    """Report on strict cold builds, and on builds after a small change or none."""
    strict, base, bare = compare(
        runs,
        [
            (house, sphinx(*STRICT), clean),
            (plain, sphinx("--fresh-env"), clean),
            (house, BARE, nothing),
        ],
    )
    # What no strict build can undercut: the pages, and one run of each scenario.
    least = base + bare
    print(
        f"the floor: plain cold build {base:.2f} + bare loop {bare:.2f} = {least:.2f}"
    )
    report("strict cold build / floor", (strict, least), 1.15)
    for what, prepare in (
        ("build with nothing changed / plain", nothing),
        ("build with one snippet touched / plain", touch),
    ):
        sides = [(house, sphinx(), prepare), (plain, sphinx(), prepare)]
        report(what, compare(runs, sides), 1.3)


def bench_growth(folder, runs, pages):
    few, many = max(pages // 10, 1), pages
    small = fill(copy_house(folder / "small"), few)
    large = fill(copy_house(folder / "large"), many)
    plain = make_plain(fill(copy_house(folder / "plain-small"), few))
    strict = sphinx(*STRICT)
    sides = [(small, strict, clean), (large, strict, clean)]
    of_few, of_many = compare(runs, sides)
    report(
        f"a page of {many} / a page of {few} (milliseconds)",
        (of_many / many, of_few / few),
        1.2,
        unit=1000,
    )
    print(f"{few} made-up pages:")
    compare_builds(small, plain, runs)


PROOF = """\
from flask import Flask


def test_one():
    'An application has a name.'
    assert Flask("shop").name == "shop"
"""


def bench_scenarios(folder, runs, pages):
    house = fill(copy_house(folder / "scenarios"), pages)
    # A run that covers nothing else is refused; one small proof costs next to nothing.
    write(house / "tests" / "behaviour" / "test_one.py", PROOF)
    pytest = [sys.executable, "-m", "pytest", "-q", "snippets", "tests/behaviour"]
    sides = [(house, pytest, nothing), (house, BARE, nothing)]
    compare(1, sides)
    report(f"{pages} scenarios with pytest / bare loop", compare(runs, sides), 2)


def bench_test(folder, runs, pages):
    """Time `make test` once, on the clock: a person waits for it."""
    start = time.monotonic()
    cpu([sys.executable, "-m", "pytest", "-q"], ROOT)
    report("make test (seconds)", (time.monotonic() - start, 1), 90)


PARTS = {
    "site": bench_site,
    "growth": bench_growth,
    "scenarios": bench_scenarios,
    "test": bench_test,
}


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    # With nargs="*", argparse would hold the empty list itself against choices.
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)} (all)")
    parser.add_argument("--runs", type=int, default=5, help="how many of each (5)")
    parser.add_argument(
        "--pages", type=int, default=1000, help="how many are made up (1000)"
    )
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - PARTS.keys():
        parser.error(f"no part is called {min(unknown)!r}")
    print(
        f"Python {platform.python_version()}, {platform.machine()}, "
        f"{os.cpu_count()} cores; medians of {arguments.runs} runs, CPU seconds"
    )
    for part in arguments.parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[part](Path(folder), arguments.runs, arguments.pages)


if __name__ == "__main__":
    main()
