"""Async views and hooks do not share a worker."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest


class Gauge:
    """Count how many calls are between enter and leave at a time."""

    def __init__(self):
        self.lock = threading.Lock()
        self.running = self.most = 0

    async def visit(self, entered=lambda: None):
        with self.lock:
            self.running += 1
            self.most = max(self.most, self.running)
        entered()
        for _ in range(20):
            await asyncio.sleep(0)
        with self.lock:
            self.running -= 1


def requests(app, workers):
    with ThreadPoolExecutor(workers) as pool:
        send = app.test_client().get
        for response in pool.map(send, ["/"] * 2):
            assert response.status_code == 200


@pytest.mark.parametrize("place", ["view", "before_request", "after_request"])
def test_async_function_keeps_its_worker_until_it_has_finished(app, place):
    """One worker takes one request at a time, whatever the functions await."""
    gauge = Gauge()

    async def visit(*response):
        await gauge.visit()
        return response[0] if response else None

    async def view():
        if place == "view":
            await gauge.visit()
        return "Tea"

    if place != "view":
        getattr(app, place)(visit)
    app.add_url_rule("/", "view", view)
    requests(app, workers=1)
    assert gauge.most == 1


def test_two_workers_run_two_async_views_at_a_time(app):
    """As with plain views: it is the number of workers that counts."""
    gauge = Gauge()
    both_there = threading.Barrier(2, timeout=30)

    @app.get("/")
    async def view():
        await gauge.visit(both_there.wait)
        return "Tea"

    requests(app, workers=2)
    assert gauge.most == 2


def test_async_hooks_of_one_request_run_one_after_the_other(app):
    """Flask calls the next hook when the one before has returned."""
    gauge = Gauge()
    for _ in range(3):
        app.before_request(gauge.visit)
    app.add_url_rule("/", "view", lambda: "Tea")
    requests(app, workers=1)
    assert (gauge.most, gauge.running) == (1, 0)


def test_gather_in_an_async_view_runs_its_calls_at_the_same_time(app):
    """Inside one view, the functions that it awaits may overlap."""
    gauge = Gauge()

    @app.get("/")
    async def view():
        await asyncio.gather(gauge.visit(), gauge.visit(), gauge.visit())
        return "Tea"

    requests(app, workers=1)
    assert gauge.most == 3
