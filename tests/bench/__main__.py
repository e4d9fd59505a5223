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
from pathlib import Path
from statistics import median

from tests.bench.houses import copy_house, fill, make_plain, write

STRICT = ["--fresh-env", "--nitpicky", "--fail-on-warning", "--keep-going"]
LARGE, SMALL = 1000, 100


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
    """Print one line: the ratio, its aim, the two medians."""
    ours, base = times
    verdict = "" if ours / base <= aim else "  over"
    print(
        f"{what:58} {ours / base:5.2f}  (aim {aim})  "
        f"{ours * unit:.2f} / {base * unit:.2f}{verdict}",
        flush=True,
    )


def bench_site(folder, runs):
    house = copy_house(folder / "house")
    # A build writes pages itself, of the proofs: they belong to both sides.
    cpu(sphinx(), house)
    clean(house)
    plain = make_plain(shutil.copytree(house, folder / "plain"))
    builds = [
        ("strict cold build / plain cold build", STRICT, ["--fresh-env"], clean, 1.5),
        ("build with nothing changed / plain", [], [], nothing, 1.3),
        ("build with one snippet touched / plain", [], [], touch, 1.3),
    ]
    for what, options, plain_options, prepare, aim in builds:
        sides = [
            (house, sphinx(*options), prepare),
            (plain, sphinx(*plain_options), prepare),
        ]
        report(what, compare(runs, sides), aim)


def bench_growth(folder, runs):
    small = fill(copy_house(folder / "small"), SMALL)
    large = fill(copy_house(folder / "large"), LARGE)
    plain = make_plain(fill(copy_house(folder / "plain-small"), SMALL))
    strict = sphinx(*STRICT)
    few, many, few_plain = compare(
        runs, [(small, strict, clean), (large, strict, clean), (plain, sphinx(), clean)]
    )
    report(
        f"a page of {LARGE} / a page of {SMALL} (milliseconds)",
        (many / LARGE, few / SMALL),
        1.2,
        unit=1000,
    )
    report(f"{SMALL} pages, strict cold / plain cold", (few, few_plain), 1.5)
    sides = [(small, sphinx(), nothing), (plain, sphinx(), nothing)]
    report(f"{SMALL} pages, nothing changed / plain", compare(runs, sides), 1.3)
    sides = [(small, sphinx(), touch), (plain, sphinx(), touch)]
    report(f"{SMALL} pages, one snippet touched / plain", compare(runs, sides), 1.3)


def bench_scenarios(folder, runs):
    house = fill(copy_house(folder / "scenarios"), LARGE)
    bare = [sys.executable, str(Path(__file__).with_name("bare.py"))]
    # A run that covers nothing else is refused; one empty test costs nothing.
    write(house / "tests" / "behaviour" / "test_one.py", "def test():\n    pass\n")
    pytest = [sys.executable, "-m", "pytest", "-q", "snippets", "tests/behaviour"]
    sides = [(house, pytest, nothing), (house, bare, nothing)]
    compare(1, sides)
    report(f"{LARGE} scenarios with pytest / bare loop", compare(runs, sides), 2)


PARTS = {"site": bench_site, "growth": bench_growth, "scenarios": bench_scenarios}


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    # With nargs="*", argparse would hold the empty list itself against choices.
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)} (all)")
    parser.add_argument("--runs", type=int, default=5, help="how many of each (5)")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - PARTS.keys():
        parser.error(f"no part is called {min(unknown)!r}")
    print(
        f"Python {platform.python_version()}, {platform.machine()}, "
        f"{os.cpu_count()} cores; medians of {arguments.runs} runs, CPU seconds"
    )
    for part in arguments.parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[part](Path(folder), arguments.runs)


if __name__ == "__main__":
    main()
