"""Nothing that Flask calls is lost, unless the trace says so."""

import functools
import sys
import threading

import flask
import pytest
from flask import request
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from hookbook.trace.contexts import ONE_CONTEXT
from hookbook.trace.recording import Recorder

from .apps import Calls, an_app, plain, recorded
from .programs import called


def test_an_ensure_sync_of_the_instance():
    app = an_app()
    asked = []
    app.ensure_sync = lambda function: asked.append(function) or function
    hook = app.before_request(lambda: None)
    (trace,), _ = recorded(app)
    assert called(trace) == ["before_request <lambda>", "view page"]
    assert asked == [hook, app.view_functions["page"]]


def test_a_method_that_the_instance_brings():
    app = an_app()

    def dispatch(*context):
        view = flask.current_app.view_functions[request.endpoint]
        return flask.current_app.ensure_sync(functools.partial(view))()

    app.dispatch_request = dispatch
    (trace,), _ = recorded(app)
    assert called(trace) == ["view page"]


def test_methods_that_call_their_super():
    app = an_app(Calls)
    app.after_request(lambda response: response)
    app.teardown_request(plain)
    app.register_error_handler(404, lambda error: ("gone", 404))
    (page, gone), _ = recorded(app, "/", "/gone")
    rest = ["after_request <lambda>", "teardown_request plain"]
    assert called(page) == ["view page", *rest]
    assert called(gone) == ["errorhandler <lambda>", *rest]


def test_middleware_that_holds_the_application():
    app = an_app()
    inner = app.wsgi_app
    app.wsgi_app = lambda environ, start: inner(environ, start)
    front = DispatcherMiddleware(an_app(), {"/back": app})
    with Recorder() as recorder:
        client = Client(front)
        assert [client.get(p).text for p in ("/", "/back/")] == ["page"] * 2
    assert [(t.path, called(t)) for t in recorder.traces] == [
        ("/", ["view page"]), ("/back/", ["view page"]),
    ]  # fmt: skip


def test_an_outer_application_context():
    app = an_app()
    app.teardown_request(plain)
    app.teardown_appcontext(plain)
    with app.app_context():
        (trace,), _ = recorded(app)
    assert called(trace) == [
        "view page",
        "teardown_request plain",
        *(["teardown_appcontext plain"] if ONE_CONTEXT else []),
    ]


def test_a_thread_with_a_copied_context():
    app = an_app()
    app.teardown_request(plain)

    def page():
        thread = threading.Thread(target=flask.copy_current_request_context(plain))
        thread.start()
        thread.join()
        return "page"

    app.view_functions["page"] = page
    (trace,), _ = recorded(app)
    down = ["teardown_request plain"]
    assert called(trace) == ["view page", *down, *down]
    assert trace.complete


def test_greenlets_take_turns():
    greenlet = pytest.importorskip("greenlet")
    app = an_app()
    hub = greenlet.getcurrent()

    @app.before_request
    def wait():
        hub.switch()

    with Recorder() as recorder:
        client = app.test_client()
        tasks = [greenlet.greenlet(client.get) for _ in range(2)]
        for task in tasks:
            task.switch("/")
        for task in tasks:
            task.switch()
    assert [called(t) for t in recorder.traces] == [
        ["before_request wait", "view page"]
    ] * 2


def test_a_seam_deep_inside_of_a_recursion_is_no_fault_of_the_application():
    app = an_app()
    app.url_defaults(lambda endpoint, values: None)

    def dive(depth):
        if depth:
            return dive(depth - 1)
        return flask.url_for("page")

    def page():
        # As deep as it goes without an error.
        for depth in range(sys.getrecursionlimit(), 0, -1):
            try:
                return dive(depth)
            except RecursionError:
                continue
        return "nowhere"

    app.view_functions["page"] = page
    (trace,), texts = recorded(app)
    assert texts == ["/"]
    assert called(trace)[0] == "view page"


def test_what_is_no_response_is_said_to_be_missing():
    app = an_app()

    class Foreign:
        def __call__(self, environ, start_response):
            start_response("200 OK", [])
            return [b"foreign"]

    app.after_request(lambda response: Foreign())
    (trace,), texts = recorded(app)
    assert (texts, trace.complete, len(trace.missing)) == (["foreign"], False, 1)


@pytest.mark.canary
def test_a_method_with_a_table_of_its_own_is_said_to_be_unseen():
    app = an_app()
    table = {"page": lambda: "from the table"}
    app.dispatch_request = lambda *context: table[request.endpoint]()
    (trace,), texts = recorded(app)
    assert (texts, called(trace)) == (["from the table"], [])
    assert trace.missing == [
        "the application has its own dispatch_request: which functions it calls is"
        " not seen"
    ]


def test_a_method_that_is_not_reached_hides_nothing():
    app = an_app(Calls)
    app.dispatch_request = lambda *context: "never"
    app.before_request(lambda: "early")
    (trace,), texts = recorded(app)
    assert (texts, trace.missing) == (["early"], [])


def test_the_recorder_that_was_entered_last_records():
    app = an_app()
    with Recorder() as outer:
        app.test_client().get("/")
        (trace,), _ = recorded(app)
        app.test_client().get("/")
    assert [called(one) for one in outer.traces] == [["view page"]] * 2
    assert called(trace) == ["view page"]


def test_a_method_of_flask_that_is_replaced_meanwhile(monkeypatch):
    """Instrumentation does, and Flask 3.2 where a class overrides methods as before."""
    app = an_app()
    app.add_url_rule("/crash", "crash", lambda: 1 / 0)
    with Recorder() as recorder:
        app.test_client().get("/")
        handle = flask.Flask.handle_exception

        def noted(app, *arguments):
            return handle(app, *arguments)

        monkeypatch.setattr(flask.Flask, "handle_exception", noted)
        app.test_client().get("/crash")
        assert flask.Flask.handle_exception is noted
    assert flask.Flask.handle_exception is noted
    crash = recorder.traces[1]
    assert [s.name for s in crash.steps if s.kind == "error"] == ["ZeroDivisionError"]
    assert all(trace.complete for trace in recorder.traces)
