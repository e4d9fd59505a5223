"""How the cases are measured.

A request goes through the WSGI application itself, without a client and without a
socket: call it, take the body to its end, close it.  What counts is the CPU time of
the process, with all its threads: other programs on the machine do not add to it,
and asgiref runs coroutines in a thread of their own.  Time spent waiting is no part.

Each round measures all cases, in an order of its own, so that whatever slows the
machine down for a while hits all alike.  A case has a few short batches in a row, and
their median counts.  The bare request is measured three times in a round; the others
are divided by the median of those.
"""

import gc
import random
import time
from http.cookies import SimpleCookie
from statistics import median, quantiles

from werkzeug.test import create_environ

from tests.bench.hooks.cases import CASES

BARE = "bare"
BARES_PER_ROUND = 3
BATCHES = 5


def start_response(status, headers, exc_info=None):
    """Take status and headers as a server would, and drop them."""


def prepare(case):
    """Return a function that makes the request of `case` once, and its answer."""
    app = case.make()
    environ = create_environ(case.url)
    if case.visited:
        environ["HTTP_COOKIE"] = cookie_from(app)

    def make_request():
        body = app(environ.copy(), start_response)
        for _ in body:
            pass
        body.close()

    return make_request


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


def spend(make_request, times):
    """Return the CPU seconds of one request: the median of batches of `times`."""
    gc.collect()
    batches = []
    for _ in range(BATCHES):
        start = time.process_time_ns()
        for _ in range(times):
            make_request()
        batches.append(time.process_time_ns() - start)
    return median(batches) / times / 1e9


def enough(make_request, seconds):
    """Return how many requests take about `seconds`, at least one."""
    spend(make_request, 1)
    return max(1, round(seconds / max(spend(make_request, 3), 1e-9)))


def measure(rounds, seconds, names=None, tell=lambda text: None):
    """Return the seconds of a bare request, and by case the ratios of the rounds."""
    chosen = [name for name in CASES if names is None or name in names]
    requests = {name: prepare(CASES[name]) for name in {BARE, *chosen}}
    times = {name: enough(make, seconds) for name, make in requests.items()}
    # What is there by now stays: no collection within a batch looks at it.
    gc.collect()
    gc.freeze()
    order = random.Random(1)
    others = [name for name in chosen if name != BARE]
    bare, ratios = [], {name: [] for name in chosen}
    for number in range(rounds):
        batch = [*others, *[BARE] * BARES_PER_ROUND]
        order.shuffle(batch)
        spent = {name: [] for name in batch}
        for name in batch:
            spent[name].append(spend(requests[name], times[name]))
        unit = median(spent[BARE])
        bare.append(unit)
        for name in chosen:
            ratios[name].append(1.0 if name == BARE else spent[name][0] / unit)
        tell(f"round {number + 1} of {rounds}")
    gc.unfreeze()
    return median(bare), ratios


def summary(ratios):
    """Return the median and the quartiles of the rounds."""
    low, middle, high = ratios * 3 if len(ratios) == 1 else quantiles(ratios, n=4)
    return {"median": round(middle, 4), "low": round(low, 4), "high": round(high, 4)}
