"""``python -m tests.mutants``: how many changes of Flask the corpus notices."""

import argparse
import json
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

import tomllib

from tests.mutants.corpus import Corpus
from tests.mutants.report import (
    Refused,
    as_text,
    read_equivalents,
    refuse_stale,
    summarize,
    write,
)
from tests.mutants.source import mutants_of

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def all_mutants(package, targets):
    folder = Path(find_spec(package).origin).parent
    found = []
    for path, names in targets.items():
        try:
            found += mutants_of(path, (folder / path).read_text(), names)
        except LookupError as error:
            raise Refused(f"targets.toml: {package}/{path} has no {error}") from None
    return found


def run_all(corpus, mutants, workers, tell):
    with ThreadPoolExecutor(workers) as pool:
        outcomes = []
        for mutant, outcome in zip(mutants, pool.map(corpus.run, mutants), strict=True):
            outcomes.append((mutant, outcome))
            tell(len(outcomes), mutant, outcome)
    return outcomes


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("pattern", nargs="?", help="only ids that match this regex")
    parser.add_argument("--list", action="store_true", help="print the ids, run none")
    parser.add_argument("--again", action="store_true", help="only the last survivors")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--output", type=Path, default=ROOT / "build/mutants")
    options = parser.parse_args()
    started = time.monotonic()
    get_context("forkserver").set_forkserver_preload(["tests.mutants.warm"])
    targets = tomllib.loads((HERE / "targets.toml").read_text())
    mutants = all_mutants("flask", targets)
    complete = not (options.pattern or options.again)
    if options.pattern:
        mutants = [m for m in mutants if re.search(options.pattern, m.id)]
    if options.again:
        last = json.loads((options.output / "report.json").read_text())
        alive = {survivor["id"] for survivor in last["survivors"]}
        mutants = [m for m in mutants if m.id in alive]
    if options.list:
        print("\n".join(mutant.id for mutant in mutants))
        return

    if not mutants:
        raise Refused("There is no mutant: check targets.toml and the pattern.")

    corpus = Corpus("flask", ["snippets", "tests/behaviour"], ROOT)
    before = time.monotonic()
    outcome = corpus.run()
    if outcome.verdict != "survived":
        raise Refused(f"The corpus fails without a mutant: {outcome}")
    # The first run also compiled the tests; still, other processes come and go.
    corpus.cpu_limit = 5 * outcome.cpu + 3
    corpus.wall_limit = 10 * (time.monotonic() - before) + 10
    print(f"{len(mutants)} mutants; {outcome.tests} tests, {outcome.cpu:.1f} s of CPU")

    def tell(number, mutant, outcome):
        if not outcome.killed or number % 100 == 0:
            print(f"{number:5} {outcome.verdict}: {mutant.id}", flush=True)

    outcomes = run_all(corpus, mutants, options.workers, tell)
    reasons = read_equivalents(HERE / "equivalent.toml")
    report = summarize(outcomes, reasons, complete=complete)
    report["seconds"] = round(time.monotonic() - started)
    write(report, options.output)
    print(as_text(report))
    refuse_stale(report)
    sys.exit(report["survived"] > 0)


if __name__ == "__main__":
    try:
        main()
    except Refused as error:
        sys.exit(f"mutants: {error}")
