"""Brothers of the programs in ``fixtures/cases``: more of each kind."""

import contextlib
import functools
import gc
import sys
import threading
import traceback
import warnings
import weakref
from unittest.mock import MagicMock

import blinker
import flask
import pytest
import werkzeug.wrappers
from flask import Flask, Response, g, request
from flask.views import MethodView, View
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from hookbook.trace import values
from hookbook.trace.contexts import ONE_CONTEXT
from hookbook.trace.recording import Recorder

from .programs import called, changed, step_of


def recorded(app, *paths, client=None, **options):
    """Request each path of `app`; return the traces and the texts."""
    client = client or app.test_client()
    with Recorder(__file__, **options) as recorder:
        texts = [client.get(path).text for path in paths or ["/"]]
    return recorder.traces, texts


def an_app(kind=Flask, **more):
    app = kind(__name__, **more)

    @app.get("/")
    def page():
        return "page"

    return app


# What a step is


def test_a_function_that_another_calls_is_no_step():
    app = an_app()

    @app.before_request
    def look():
        page()

    def page():
        return look_again()

    @app.before_request
    def look_again():
        return None

    app.view_functions["page"] = lambda: str(look())
    (trace,), _ = recorded(app)
    assert called(trace) == [
        "before_request look", "before_request look_again", "view <lambda>",
    ]  # fmt: skip


def test_every_registry_is_seen():
    app = an_app()
    part = flask.Blueprint("part", __name__)
    order = []

    def note(name, value=None):
        def function(*args, **kwargs):
            order.append(name)
            return value

        function.__name__ = name
        return function

    part.url_value_preprocessor(note("pull"))
    part.before_request(note("look"))
    part.context_processor(note("values", {}))
    app.url_defaults(note("defaults"))
    app.url_build_error_handlers.append(note("no_url", "/built"))
    part.teardown_request(note("down"))
    app.teardown_appcontext(note("down_app"))
    part.register_error_handler(KeyError, note("sorry", "sorry"))

    @part.get("/part")
    def show():
        flask.render_template_string("x")
        flask.url_for("nowhere")
        raise KeyError

    app.register_blueprint(part)
    (trace,), texts = recorded(app, "/part")
    assert texts == ["sorry"]
    assert called(trace) == [
        "url_value_preprocessor pull",
        "before_request look",
        "view show",
        "context_processor values",
        "url_defaults defaults",
        "url_build_error no_url",
        "errorhandler sorry",
        "teardown_request down",
        "teardown_appcontext down_app",
    ]
    names = [line.split()[1] for line in called(trace)]
    assert [name for name in names if name != "show"] == order
    owners = {step.name: step.owner for step in trace.steps}
    assert owners["no_url"] == owners["down_app"] == "app"
    assert owners["pull"] == owners["values"] == owners["sorry"] == "blueprint part"


class Base:
    def __call__(self):
        """Do nothing."""


class Inherits(Base):
    pass


class Named:
    def bound(self):
        """Do nothing."""

    @classmethod
    def of_class(cls):
        """Do nothing."""

    @staticmethod
    def static():
        """Do nothing."""


def plain(*more):
    """Do nothing."""


def generates():
    yield "never asked for"


async def waits():
    """Do nothing."""


def wrapped(function):
    @functools.wraps(function)
    def inner(*args):
        return function(*args)

    return inner


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (functools.partial(plain, 1), "plain"),
        (functools.partial(functools.partial(plain, 1)), "plain"),
        (Named().bound, "bound"),
        (Named.of_class, "of_class"),
        (Named.static, "static"),
        (vars(Named)["static"], "static"),
        (lambda: None, "<lambda>"),
        (Inherits(), "Inherits"),
        (wrapped(plain), "plain"),
        (functools.cache(plain), "plain"),
        (MagicMock(return_value=None), "MagicMock"),
        (waits, "waits"),
        (print, "print"),
    ],
)
def test_whatever_can_be_called_is_named(function, name, capsys):
    app = an_app()
    app.before_request(function)
    (trace,), _ = recorded(app)
    hook = next(step for step in trace.steps if step.kind == "hook")
    assert (hook.name, hook.owner, hook.outcome) == (name, "app", "returned None")
    assert hook.is_async == (function is waits)
    capsys.readouterr()


def test_a_generator_function_as_a_hook_answers():
    app = an_app()
    app.before_request(generates)
    (trace,), texts = recorded(app)
    assert texts == ["never asked for"]
    assert step_of_kind(trace, "hook").outcome == "returned a generator"


def step_of_kind(trace, kind):
    return next(step for step in trace.steps if step.kind == kind)


@pytest.mark.parametrize("base", [View, MethodView])
def test_a_view_class_is_one_view(base):
    class Show(base):
        decorators = (wrapped_view,)

        def get(self):
            return "shown"

    if base is View:
        Show.dispatch_request = Show.get
    app = Flask(__name__)
    app.add_url_rule("/", view_func=Show.as_view("show"))
    (trace,), texts = recorded(app)
    assert (called(trace), texts) == (["view get"], ["shown"])


def wrapped_view(view):
    @functools.wraps(view)
    def inner(**values):
        return view(**values)

    return inner


# Nothing is lost


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


with warnings.catch_warnings():
    # From Flask 3.2 on such a method should name the context that it gets.
    warnings.simplefilter("ignore", DeprecationWarning)

    class Calls(Flask):
        def do_teardown_request(self, *arguments):
            super().do_teardown_request(*arguments)

        def handle_user_exception(self, *arguments):
            return super().handle_user_exception(*arguments)

        def full_dispatch_request(self, *arguments):
            return super().full_dispatch_request(*arguments)

        def finalize_request(self, *arguments, **more):
            return super().finalize_request(*arguments, **more)

        def wsgi_app(self, environ, start_response):
            return super().wsgi_app(environ, start_response)


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
    with Recorder(__file__) as recorder:
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

    with Recorder(__file__) as recorder:
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
    with Recorder(__file__) as outer:
        app.test_client().get("/")
        (trace,), _ = recorded(app)
        app.test_client().get("/")
    assert [called(one) for one in outer.traces] == [["view page"]] * 2
    assert called(trace) == ["view page"]


# Nothing is touched


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
    name = f"<{__name__}.Hostile object at 0x…>"
    assert changed(step_of(traces[0], "put"))["g.thing"] == (None, name)
    assert (
        step_of_kind(traces[1], "view").exception == f"{__name__}.HostileError: {name}"
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


def test_receivers_that_are_awaited_are_said_to_be_missing():
    app = an_app()
    ordered = blinker.Signal()
    if not hasattr(ordered, "send_async"):
        pytest.skip("this blinker has no send_async")

    @ordered.connect
    async def note(sender):
        return "noted"

    async def page():
        ((_, answer),) = await ordered.send_async(app)
        return answer

    app.view_functions["page"] = page
    (trace,), texts = recorded(app)
    assert (texts, trace.complete) == (["noted"], False)


CLASSES = (
    Flask, Calls, flask.ctx.AppContext, blinker.Signal, werkzeug.wrappers.Response,
    werkzeug.wsgi.FileWrapper,
)  # fmt: skip


def test_all_classes_are_as_they_were():
    before = [dict(vars(kind)) for kind in CLASSES]
    recorded(an_app(Calls))
    with pytest.raises(ZeroDivisionError), Recorder(__file__):
        raise ZeroDivisionError
    assert [dict(vars(kind)) for kind in CLASSES] == before


def test_a_request_is_not_kept_alive():
    app = an_app()
    kept = []
    app.before_request(lambda: kept.append(weakref.ref(request._get_current_object())))
    with Recorder(__file__):
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
    assert told(Recorder(__file__)) == bare


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


# Values


def test_a_readers_own_values_are_shown_as_they_are():
    app = an_app()
    text = "0779b8f565ec436cb81066b54d473b1a at 4392.371500434"
    app.view_functions["page"] = lambda: text
    (masked,), _ = recorded(app)
    (shown,), _ = recorded(app, masks=False)
    assert step_of(masked, "<lambda>").outcome == "returned '<random id> at <time>'"
    assert step_of(shown, "<lambda>").outcome == f"returned '{text}'"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(10**5000, "<int of 16610 bits>", id="large"),
        ([[]], "[[]]"),
        ((1,), "(1,)"),
        (b"x" * 9, "b'xxxxxxxxx'"),
        (int, "<class 'int'>"),
        (ValueError("no", 1), "ValueError('no', 1)"),
        (Response, "<class 'flask.wrappers.Response'>"),
        (range(3), "range(0, 3)"),
        ({1, "a"}, "{'a', 1}"),
        (set(range(2000)), "{… 2000 members}"),
    ],
)
def test_a_plain_value_is_shown(value, text):
    assert values.show(value) == text


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ValueError("no"), "ValueError: no"),
        (KeyError("no"), "KeyError: 'no'"),
        (OSError(2, "none", "a.txt"), "FileNotFoundError: [Errno 2] none: 'a.txt'"),
        (ValueError(Hostile), f"ValueError: <class '{__name__}.Hostile'>"),
        (
            ValueError(object.__new__(Hostile)),
            f"ValueError: <{__name__}.Hostile object at 0x…>",
        ),
        (HostileError("no"), f"{__name__}.HostileError: 'no'"),
        (HostileError(), f"{__name__}.HostileError"),
    ],
)
def test_an_exception_is_told_without_its_own_words(error, text):
    assert values.describe_exception(error, str) == text


def test_large_containers_are_compared_by_their_beginning():
    large = list(range(300_000))
    assert values.exact(large) == values.exact(list(large))
    assert values.exact(large) != values.exact([*large, 1])
    assert values.exact(large) != values.exact([1, *large[1:]])
