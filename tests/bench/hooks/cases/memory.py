"""What closures take."""

import tracemalloc

from flask import Flask, after_this_request

from tests.bench.hooks.cases.case import SMALL


def closure_bytes(count=1000):
    """Return how many bytes one small deferred closure takes, of `count`."""
    app = Flask(__name__)
    found = []

    def defer(value):
        @after_this_request
        def add_header(response):
            response.headers["X-Number"] = value
            return response

    @app.get("/")
    def index():
        value = "one for all"
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(count):
            defer(value)
        after, _ = tracemalloc.get_traced_memory()
        found.append((after - before) / count)
        return SMALL

    client = app.test_client()
    client.get("/")
    tracemalloc.start()
    try:
        client.get("/")
    finally:
        tracemalloc.stop()
    return found[-1]
