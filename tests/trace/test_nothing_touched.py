"""A recorded run does what an unrecorded one does."""

import contextlib
import gc
import sys
import traceback
import warnings
import weakref

import blinker
import flask
import pytest
import werkzeug.wrappers
from flask import Flask, g, request

from hookbook.trace.recording import Recorder

from .apps import Calls, Hostile, HostileError, an_app, recorded, step_of_kind
from .programs import called, changed, step_of


def test_a_value_is_never_asked():
    app = an_app()
    app.secret_key = "x"
    thing = Hostile()

    @app.before_request
    def put():
        g.thing = thing
        g.several = [thing, {"a": thing}, (thing,)]

    @app.get("/raises")
    def raises():
        raise HostileError(thing)

    app.register_error_handler(HostileError, lambda error: "caught")
    traces, texts = recorded(app, "/", "/raises")
    assert (texts, Hostile.asked) == (["page", "caught"], 0)
    assert [trace.missing for trace in traces] == [[], []]
    name = f"<{Hostile.__module__}.Hostile object at 0x…>"
    assert changed(step_of(traces[0], "put"))["g.thing"] == (None, name)
    assert (
        step_of_kind(traces[1], "view").exception
        == f"{Hostile.__module__}.HostileError: {name}"
    )


def test_the_application_sees_its_own_functions():
    app = an_app()
    seen = []

    @app.before_request
    def look():
        seen.append(app.before_request_funcs[None][0] is look)
        seen.append(type(app.before_request_funcs) is type(Flask("x").extensions) or 1)
        seen.append(app.view_functions["page"] is page)
        seen.append(app.session_interface is interface)
        seen.append(Flask.ensure_sync is ensure_sync)

    page, interface = app.view_functions["page"], app.session_interface
    ensure_sync = Flask.ensure_sync
    recorded(app)
    assert [bool(one) for one in seen] == [True] * 5


def test_whoever_sends_a_signal_gets_its_receivers():
    app = an_app()
    ordered = blinker.Signal()
    receiver = ordered.connect(lambda sender: "received")
    found = []
    app.view_functions["page"] = lambda: found.extend(ordered.send(app)) or "page"
    (trace,), _ = recorded(app)
    assert found == [(receiver, "received")]
    assert found[0][0] is receiver
    assert called(trace) == ["view <lambda>", "signal <lambda>"]


def test_whoever_awaits_a_signal_gets_its_receivers():
    app = an_app()
    ordered = blinker.Signal()
    if not hasattr(ordered, "send_async"):
        pytest.skip("this blinker has no send_async")
    found = []

    @ordered.connect
    async def note(sender):
        return "noted"

    async def page():
        found.extend(await ordered.send_async(app))
        return "page"

    app.view_functions["page"] = page
    (trace,), _ = recorded(app)
    assert (found, found[0][0] is note) == ([(note, "noted")], True)
    assert called(trace) == ["view page", "signal note"]
    assert step_of(trace, "note").outcome == "returned 'noted'"
    assert trace.complete


CLASSES = (
    Flask, Calls, flask.ctx.AppContext, blinker.Signal, werkzeug.wrappers.Response,
    werkzeug.wsgi.FileWrapper,
)  # fmt: skip


def test_all_classes_are_as_they_were():
    before = [dict(vars(kind)) for kind in CLASSES]
    recorded(an_app(Calls))
    with pytest.raises(ZeroDivisionError), Recorder():
        raise ZeroDivisionError
    assert [dict(vars(kind)) for kind in CLASSES] == before


def test_a_request_is_not_kept_alive():
    app = an_app()
    kept = []
    app.before_request(lambda: kept.append(weakref.ref(request._get_current_object())))
    with Recorder():
        app.test_client().get("/").close()
        gc.collect()
        assert [reference() for reference in kept] == [None]


@pytest.mark.skipif(
    "sys.version_info < (3, 11)", reason="Python 3.10 puts lines back into a traceback"
)
def test_a_traceback_is_the_same():
    def told(record):
        app, found = an_app(), []
        app.testing = True

        @app.context_processor
        def values():
            warnings.warn("an old way", stacklevel=2)
            raise KeyError("values")

        @app.teardown_request
        def down(error):
            found.extend(traceback.format_exception(error))

        def page():
            try:
                flask.render_template_string("x")
            except KeyError:
                found.append(traceback.format_exc())
                raise

        app.view_functions["page"] = page
        with warnings.catch_warnings(record=True) as warned, record:
            warnings.simplefilter("always")
            try:
                app.test_client().get("/")
            except KeyError:
                found.append(traceback.format_exc())
        return found, [(one.filename, one.lineno) for one in warned]

    bare = told(contextlib.nullcontext())
    assert len(bare[0]) > 2
    assert told(Recorder()) == bare


@pytest.mark.canary
def test_a_failure_of_the_recorder_is_not_the_applications(monkeypatch):
    def broken(value):
        raise LookupError("not seen")

    app = an_app()
    app.before_request(lambda: setattr(g, "user", "ann"))
    monkeypatch.setattr("hookbook.trace.requests.exact", broken)
    (trace,), texts = recorded(app)
    assert (texts, trace.complete) == (["page"], False)
    assert trace.missing == ["the recorder failed: LookupError: not seen"]


def test_a_profiler_does_not_matter():
    app = an_app()
    app.before_request(lambda: sys.setprofile(None))
    (trace,), _ = recorded(app)
    assert called(trace) == ["before_request <lambda>", "view page"]
