"""Applications made on the spot, and what is recorded of them."""

from flask import Flask

from hookbook.trace.recording import Recorder


def recorded(app, *paths, client=None, **options):
    """Request each path of `app`; return the traces and the texts."""
    client = client or app.test_client()
    with Recorder(**options) as recorder:
        texts = [client.get(path).text for path in paths or ["/"]]
    return recorder.traces, texts


def an_app(kind=Flask, **more):
    app = kind(__name__, **more)

    @app.get("/")
    def page():
        return "page"

    return app


def plain(*more):
    """Do nothing."""


def step_of_kind(trace, kind):
    return next(step for step in trace.steps if step.kind == kind)


class Calls(Flask):
    """Overrides methods as every Flask lets it: since 3.2 the context comes first."""

    def do_teardown_request(self, *ctx):
        super().do_teardown_request(*ctx)

    def handle_user_exception(self, *ctx):
        return super().handle_user_exception(*ctx)

    def full_dispatch_request(self, *ctx):
        return super().full_dispatch_request(*ctx)

    def finalize_request(self, *ctx, **more):
        return super().finalize_request(*ctx, **more)

    def wsgi_app(self, environ, start_response):
        return super().wsgi_app(environ, start_response)


class Hostile:
    """Counts how often it is asked for anything."""

    asked = 0

    def __getattribute__(self, name):
        type(self).asked += 1
        raise RuntimeError(name)

    __repr__ = __str__ = __len__ = __bool__ = __iter__ = None
    __eq__ = __hash__ = None


class HostileError(Exception):
    def __str__(self):
        raise RuntimeError("asked for its text")
