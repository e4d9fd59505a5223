"""What makes the memory of a process grow with each request, and what only seems to."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import abort, g


class Order:
    """Something that a view keeps in a local variable."""


def crash():
    raise ValueError("no tea")


@pytest.mark.parametrize("fail", [crash, lambda: abort(404)], ids=["crash", "abort"])
def test_locals_of_a_view_that_raised_live_until_the_garbage_collector_runs(
    app, monkeypatch, fail
):
    """A cycle of the exception and its frames keeps them, and nothing else does."""
    orders = []
    # pytest would keep the log record, and with it the exception.
    monkeypatch.setattr(app.logger, "disabled", True)

    @app.get("/")
    def index():
        order = Order()
        orders.append(weakref.ref(order))
        fail()

    client = app.test_client()
    gc.collect()
    gc.disable()
    try:
        for _ in range(5):
            client.get("/").close()
        assert [order() is None for order in orders] == [False] * 5
    finally:
        gc.enable()
    gc.collect()
    assert [order() is None for order in orders] == [True] * 5


def test_hook_appended_to_its_list_in_a_view_is_one_more_for_each_request(app, steps):
    """Nothing complains, unlike the decorator, and all of them run."""

    def note(response):
        steps.append("note")
        return response

    @app.get("/")
    def index():
        app.after_request_funcs.setdefault(None, []).append(note)
        return "Tea"

    for _ in range(3):
        app.test_client().get("/")
    assert steps == ["note"] * (1 + 2 + 3)


def test_contexts_that_a_thread_of_a_pool_never_pops_are_kept(app):
    """Each with its g; those of a with block are freed."""
    orders = []

    def keep():
        g.order = Order()
        orders.append(weakref.ref(g.order))

    def push():
        app.app_context().push()
        keep()

    def enter():
        with app.app_context():
            keep()

    with ThreadPoolExecutor(1) as pool:
        for work in push, push, push, enter, enter:
            pool.submit(work).result()
        gc.collect()
        assert [order() is None for order in orders] == [False] * 3 + [True] * 2
