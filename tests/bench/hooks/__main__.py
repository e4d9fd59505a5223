"""Measure what hooks and deferred callbacks cost, and write it down for the pages."""

import argparse
import datetime
import json
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from statistics import median

from hookbook.corpus.figures import digests
from tests.bench.hooks.cases import CASES
from tests.bench.hooks.cases.memory import closure_bytes
from tests.bench.hooks.measure import measure_apart, summary
from tests.bench.hooks.sources import sources

ROOT = Path(__file__).parents[3]
RESULT = ROOT / "docs" / "_data" / "hooks.json"
PACKAGES = "Flask", "Werkzeug", "asgiref", "blinker", "itsdangerous", "Jinja2"


def processor():
    """Return the model of the processor, as the system calls it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    models = [line.partition(":")[2] for line in lines if line.startswith("model name")]
    return " ".join(models[0].split()) if models else platform.machine()


def system():
    """Return the name of the operating system, without that of the machine."""
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.release()}"


def about(processes, rounds):
    """Return where and when this is measured."""
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": {
            "processor": processor(),
            "cores": os.cpu_count(),
            "system": system(),
            "load_at_start": round(os.getloadavg()[0], 2),
        },
        "versions": {
            platform.python_implementation(): platform.python_version(),
            **{name: version(name) for name in PACKAGES},
        },
        "processes": processes,
        "rounds": rounds,
    }


def written(found):
    """Return the file's text: a line for each case."""
    whole = json.dumps({**found, "cases": {}}, indent=1)
    lines = (f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in found["cases"].items())
    cases = ",\n".join(lines)
    return whole.replace('"cases": {}', f'"cases": {{\n{cases}\n }}') + "\n"


def main():
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.hooks", description=__doc__
    )
    parser.add_argument("cases", nargs="*", help="of these only; writes no file")
    parser.add_argument("--rounds", type=int, default=8, help="in each (8)")
    parser.add_argument("--processes", type=int, default=8, help="(8)")
    parser.add_argument(
        "--milliseconds", type=float, default=10, help="of each batch (10)"
    )
    parser.add_argument("--dry", action="store_true", help="write no file")
    arguments = parser.parse_args()
    if unknown := set(arguments.cases) - CASES.keys():
        parser.error(f"no case is called {min(unknown)!r}")
    found = about(arguments.processes, arguments.rounds)
    load = found["machine"]["load_at_start"]
    if load > 0.5:
        print(f"The machine is busy (load {load}): figures will scatter.")

    bares, ratios = [], {}
    parts = measure_apart(
        arguments.processes,
        arguments.rounds,
        arguments.milliseconds / 1000,
        arguments.cases or None,
    )
    for number, (bare, part) in enumerate(parts, start=1):
        bares += bare
        for name, series in part.items():
            ratios.setdefault(name, []).extend(series)
        if sys.stderr.isatty():
            print(f"\r{number} of {arguments.processes}", end="", file=sys.stderr)
    bare = median(bares)
    found["bare_microseconds"] = round(bare * 1e6, 1)
    found["closure_bytes"] = round(closure_bytes())
    found["cases"] = {
        name: {"title": CASES[name].title, **summary(series)}
        for name, series in ratios.items()
    }
    print(f"\rA request without hooks takes {bare * 1e6:.1f} microseconds of CPU time.")
    for case in found["cases"].values():
        print(
            f"{case['median']:9.3f}  ({case['low']:.3f} to {case['high']:.3f})"
            f"  {case['title']}"
        )
    if arguments.cases or arguments.dry:
        return
    found["sources"] = digests(ROOT, sources())
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(written(found), encoding="utf-8")
    print(f"Written: {RESULT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
