"""How the cases are measured.

A request goes through the WSGI application itself, without a client and without a
socket: call it, take the body to its end, close it.  What counts is the CPU time of
the process, with all its threads: other programs on the machine do not add to it,
and asgiref runs coroutines in a thread of their own.  Time spent waiting is no part.

Each round measures all cases, in an order of its own, so that whatever slows the
machine down for a while hits all alike.  A case has a few short batches in a row, and
their median counts.  The bare request is measured three times in a round; the others
are divided by the median of those.

The rounds are spread over several processes, each of which builds the applications in
an order of its own: where things happen to lie in memory changes what they cost.
"""

import gc
import multiprocessing
import random
import time
from concurrent.futures import ProcessPoolExecutor
from http.cookies import SimpleCookie
from statistics import median, quantiles

from werkzeug.test import create_environ

from tests.bench.hooks.cases import CASES

BARE = "bare"
BARES_PER_ROUND = 3
BATCHES = 5


def start_response(status, headers, exc_info=None):
    """Take status and headers as a server would, and drop them."""


class Prepared:
    """A case whose request can be made again and again."""

    def __init__(self, case):
        self.app = case.make()
        self.environ = create_environ(case.url)
        if case.visited:
            self.environ["HTTP_COOKIE"] = cookie_from(self.app)
        self.around = case.around

    def spend(self, times):
        """Return the CPU seconds of a request: the median of batches of `times`."""
        app, environ = self.app, self.environ
        with self.around(app):
            gc.collect()
            batches = []
            for _ in range(BATCHES):
                start = time.process_time_ns()
                for _ in range(times):
                    body = app(environ.copy(), start_response)
                    for _ in body:
                        pass
                    body.close()
                batches.append(time.process_time_ns() - start)
        return median(batches) / times / 1e9

    def enough(self, seconds):
        """Return how many requests take about `seconds`, at least one."""
        self.spend(1)
        return max(1, round(seconds / max(self.spend(3), 1e-9)))


def cookie_from(app):
    """Visit /start, and return the cookie that a browser would send from then on."""
    found = SimpleCookie()

    def start(status, headers, exc_info=None):
        for name, value in headers:
            if name == "Set-Cookie":
                found.load(value)

    body = app(create_environ("/start"), start)
    body.close()
    return "; ".join(f"{name}={morsel.value}" for name, morsel in found.items())


def measure_apart(processes, rounds, seconds, names=None):
    """Measure in several processes; yield what :func:`measure` returns in each."""
    spawn = multiprocessing.get_context("spawn")
    for seed in range(processes):
        # A new one each time, so that nothing is left of the last.
        with ProcessPoolExecutor(1, mp_context=spawn) as pool:
            yield pool.submit(measure, rounds, seconds, names, seed).result()


def measure(rounds, seconds, names=None, seed=0):
    """Return the seconds of bare requests, and by case the ratios, of each round."""
    order = random.Random(seed)
    chosen = [name for name in CASES if names is None or name in names]
    built = sorted({BARE, *chosen})
    order.shuffle(built)
    cases = {name: Prepared(CASES[name]) for name in built}
    times = {name: case.enough(seconds) for name, case in cases.items()}
    # What is there by now stays: no collection within a batch looks at it.
    gc.collect()
    gc.freeze()
    others = [name for name in chosen if name != BARE]
    bare, ratios = [], {name: [] for name in chosen}
    for _ in range(rounds):
        batch = [*others, *[BARE] * BARES_PER_ROUND]
        order.shuffle(batch)
        spent = {name: [] for name in batch}
        for name in batch:
            spent[name].append(cases[name].spend(times[name]))
        unit = median(spent[BARE])
        bare.append(unit)
        for name in chosen:
            ratios[name].append(1.0 if name == BARE else spent[name][0] / unit)
    gc.unfreeze()
    return bare, ratios


def summary(ratios):
    """Return the median and the quartiles of the rounds."""
    low, middle, high = ratios * 3 if len(ratios) == 1 else quantiles(ratios, n=4)
    return {"median": round(middle, 4), "low": round(low, 4), "high": round(high, 4)}
