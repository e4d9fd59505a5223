"""Small apps that are recorded, for the tests of what is said about a run."""

import contextlib
import logging

from flask import Flask

from hookbook.explain.findings import findings
from hookbook.explain.not_run import not_run
from hookbook.trace.connections import Connections
from hookbook.trace.recording import Recorder


def recorded(make, *requests, catch=True, **config):
    """Call `make` with a new app, send it requests, and return their traces.

    A request is a path, or a method and a path; ``/`` is asked for if there is none.
    """
    connections = Connections()
    with connections:
        app = Flask("shop")
        app.secret_key = "a key for tests"
        app.config.update(config)
        app.logger.setLevel(logging.CRITICAL + 1)
        kept = make(app)
    client = app.test_client()
    with Recorder(connections=connections) as recorder:
        for request in requests or ["/"]:
            method, _, path = request.rpartition(" ")
            with contextlib.suppress(Exception) if catch else contextlib.nullcontext():
                response = client.open(path, method=method or "GET", buffered=False)
                response.get_data()
                response.close()
    del kept
    return recorder.traces


def why(trace):
    """Return the reasons, by name."""
    return {one.function.name: one.reason for one in not_run(trace)}


def found(make, *requests, **config):
    """Return kind and function of each finding, as :func:`recorded` is called."""
    traces = recorded(make, *requests, **config)
    return [(one.kind, one.function) for one in findings(traces)]


def index():
    return "index"


def a_shop(app):
    app.add_url_rule("/", view_func=index)


class Programs(dict):
    """Programs by name, each with the findings that it has: ``kind function``."""

    def shows(self, *expected):
        """Note a program, and what is found in it."""

        def note(make):
            self[make.__name__] = make, list(expected)
            return make

        return note

    def told(self, name):
        """Return what is found in a program, and what it is noted with."""
        make, expected = self[name]
        return [f"{kind} {function}" for kind, function in found(make)], expected


def a_page(app, view=lambda: "page", **options):
    app.add_url_rule("/", "index", view, **options)
