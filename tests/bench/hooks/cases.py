"""The applications that are measured, and the request that each gets.

A case is a function that returns a WSGI application; its decorator says in words
what it is.  What a case has besides the bare one stands in its function.
"""

import dataclasses
import sqlite3
import sys
import tracemalloc
from collections.abc import Callable
from contextlib import contextmanager, nullcontext

from flask import (
    Blueprint,
    Flask,
    Response,
    after_this_request,
    g,
    request,
    request_finished,
    session,
)

from snippets.after_request.add_header import app as app_with_header
from snippets.performance.deferred_when_needed import app as deferring_recipes
from snippets.performance.flag_on_g import app as flagged_recipes
from snippets.performance.header_by_decorator import app as app_with_decorator
from snippets.performance.header_by_middleware import app as app_with_middleware

SMALL = "Hello!"
LARGE = "The tide comes in. " * 55_000  # about one megabyte
PIECES = 100
ROWS = 100


@dataclasses.dataclass(frozen=True)
class Case:
    """An application and a request to it."""

    name: str
    title: str
    make: Callable[[], Callable]
    url: str = "/"
    visited: bool = False
    """The client was here before, and sends the cookie that it got."""
    around: Callable = nullcontext
    """Called with the application: what is the case only while it is measured."""


CASES: dict[str, Case] = {}


def case(title, name=None, **options):
    """Add a case that is called as the function is."""

    def add(make):
        key = name or make.__name__
        CASES[key] = Case(key, title, make, **options)
        return make

    return add


def app_with(body=SMALL):
    """Return an application with one view and no hooks."""
    app = Flask(__name__)
    app.add_url_rule("/", "index", lambda: body)
    return app


def pass_on(response):
    """Do nothing: the least that a hook can do."""
    return response


def add(register, count, make):
    """Register `count` functions, each an object of its own."""
    for _ in range(count):
        register(make())


def plain_hook():
    """Return a new hook that does nothing."""
    return lambda response: response


@case("nothing: one view, no hooks")
def bare():
    return app_with()


@case("nothing, measured a second time")
def bare_again():
    return app_with()


# How cost grows with the number of functions


for count in 1, 10, 100, 1000:

    @case(
        f"{count:,} empty after_request hook{'s' * (count > 1)}",
        f"hooks_{count}",
    )
    def hooks(count=count):
        app = app_with()
        add(app.after_request, count, plain_hook)
        return app


@case("100 empty before_request functions")
def before_100():
    app = app_with()
    add(app.before_request, 100, lambda: lambda: None)
    return app


@case("100 empty teardown_request functions")
def teardown_100():
    app = app_with()
    add(app.teardown_request, 100, lambda: lambda error: None)
    return app


@contextmanager
def receiving(app):
    """Connect receivers; at other times a signal would cost the other cases, too."""
    receivers = [lambda sender, response: None for _ in range(100)]
    for receiver in receivers:
        request_finished.connect(receiver, app)
    yield
    for receiver in receivers:
        request_finished.disconnect(receiver, app)


@case("100 empty receivers of request_finished", around=receiving)
def receivers_100():
    return app_with()


def app_with_blueprint(answering):
    app = app_with() if not answering else Flask(__name__)
    blueprint = Blueprint("shop", __name__)
    add(blueprint.after_request, 100, plain_hook)
    blueprint.add_url_rule("/" if answering else "/shop", "index", lambda: SMALL)
    app.register_blueprint(blueprint)
    return app


@case("100 empty hooks of the blueprint that answers")
def blueprint_100():
    return app_with_blueprint(answering=True)


@case("100 empty hooks of a blueprint that does not answer")
def other_blueprint_100():
    return app_with_blueprint(answering=False)


for count in 1, 10, 100:

    @case(
        f"{count} empty deferred callback{'s' * (count > 1)}",
        f"deferred_{count}",
    )
    def deferred(count=count):
        app = Flask(__name__)

        @app.get("/")
        def index():
            for _ in range(count):
                after_this_request(lambda response: response)
            return SMALL

        return app


# What a hook does


@case("a hook sets one header")
def header_hook():
    return app_with_header


@case("the view is decorated, and sets the header itself", url="/timetable")
def header_decorator():
    return app_with_decorator


@case("WSGI middleware adds the header")
def header_middleware():
    return app_with_middleware


@case("the view defers a callback that sets the header")
def header_deferred():
    app = Flask(__name__)

    @app.get("/")
    def index():
        @after_this_request
        def add_header(response):
            response.headers["X-Hello"] = "World"
            return response

        return SMALL

    return app


@case("a hook reads request and g")
def look_around():
    app = app_with()

    @app.before_request
    def choose():
        g.language = "gd"

    @app.after_request
    def look(response):
        if g.language == request.path == request.method:
            response.headers["X-Hello"] = "World"
        return response

    return app


def reading(body):
    app = app_with(body)
    app.after_request(lambda response: response.get_data() and response)
    return app


def replacing(body):
    app = app_with(body)

    @app.after_request
    def add_footnote(response):
        text = response.get_data(as_text=True)
        response.set_data(f"{text}\nPrices include tax.")
        return response

    return app


@case("small body, a hook reads it")
def small_read():
    return reading(SMALL)


@case("small body, a hook replaces it")
def small_replaced():
    return replacing(SMALL)


@case("body of 1 MB, no hook")
def large():
    return app_with(LARGE)


@case("body of 1 MB, a hook reads it")
def large_read():
    return reading(LARGE)


@case("body of 1 MB, a hook replaces it")
def large_replaced():
    return replacing(LARGE)


# Streams


def streaming():
    """Return an application that streams a megabyte in a hundred pieces."""
    app = Flask(__name__)
    piece = b"x" * (len(LARGE) // PIECES)

    @app.get("/")
    def index():
        return Response(piece for _ in range(PIECES))

    return app


@case(f"1 MB streamed in {PIECES} pieces, no hook")
def stream():
    return streaming()


@case("the stream, and an empty hook")
def stream_hook():
    app = streaming()
    app.after_request(pass_on)
    return app


@case("the stream, and a hook reads it whole")
def stream_read():
    app = streaming()
    app.after_request(lambda response: response.get_data() and response)
    return app


@case("the stream, and a hook wraps a generator around it")
def stream_wrapped():
    app = streaming()

    @app.after_request
    def wrap(response):
        pieces = response.response
        response.response = (piece for piece in pieces)
        return response

    return app


@case("the stream, and a deferred callback wraps a generator around it")
def stream_deferred():
    app = streaming()

    @app.before_request
    def prepare():
        @after_this_request
        def wrap(response):
            pieces = response.response
            response.response = (piece for piece in pieces)
            return response

    return app


# Sessions


def with_session(change=None):
    app = app_with()
    app.secret_key = "benchmark"
    app.add_url_rule("/start", "start", lambda: session.update(user="ada") or SMALL)
    if change is not None:
        app.after_request(change)
    return app


@case("a secret key is set, no cookie comes")
def session_possible():
    return with_session()


@case("a session cookie comes, nobody looks", visited=True)
def session_untouched():
    return with_session()


@case("a hook reads the session", visited=True)
def session_read():
    return with_session(lambda response: session["user"] and response)


@case("a hook changes the session", visited=True)
def session_changed():
    def count(response):
        session["visits"] = 1
        return response

    return with_session(count)


# async


for count in 1, 10:

    @case(
        f"{count} empty async hook{'s' * (count > 1)}",
        f"async_hooks_{count}",
    )
    def async_hooks(count=count):
        app = app_with()
        for _ in range(count):

            @app.after_request
            async def hook(response):
                return response

        return app


@case("an async view")
def async_view():
    app = Flask(__name__)

    @app.get("/")
    async def index():
        return SMALL

    return app


@case("one empty async deferred callback")
def deferred_async():
    app = Flask(__name__)

    @app.get("/")
    def index():
        @after_this_request
        async def callback(response):
            return response

        return SMALL

    return app


# Many requests, few need it


@case("deferring app, a request without need", url="/recipes/carrot")
def deferring_idle():
    return deferring_recipes


@case("deferring app, a request with need", url="/recipes/beetroot")
def deferring_used():
    return deferring_recipes


@case("app with a flag, a request without need", url="/recipes/carrot")
def flag_idle():
    return flagged_recipes


@case("app with a flag, a request with need", url="/recipes/beetroot")
def flag_used():
    return flagged_recipes


# What views do


@case(f"the view reads {ROWS} rows from SQLite, in memory")
def view_query():
    app = Flask(__name__)
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute("create table peaks (name text, height integer)")
    rows = [(f"Peak {number}", number) for number in range(ROWS)]
    connection.executemany("insert into peaks values (?, ?)", rows)

    @app.get("/")
    def index():
        found = connection.execute("select name, height from peaks order by height")
        return str(len(found.fetchall()))

    return app


@case(f"the view returns {ROWS} rows as JSON")
def view_json():
    app = Flask(__name__)
    peaks = [{"name": f"Peak {number}", "height": number} for number in range(ROWS)]
    app.add_url_rule("/", "index", lambda: peaks)
    return app


@case(f"the view renders a template with {ROWS} rows")
def view_template():
    app = Flask(__name__)
    peaks = [{"name": f"Peak {number}", "height": number} for number in range(ROWS)]
    page = (
        "<table>{% for peak in peaks %}"
        "<tr><th>{{ peak.name }}</th><td>{{ peak.height }}</td></tr>"
        "{% endfor %}</table>"
    )
    template = app.jinja_env.from_string(page)
    app.add_url_rule("/", "index", lambda: template.render(peaks=peaks))
    return app


# Memory


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


def sources():
    """Return the files that the figures depend on."""
    found = {"tests/bench/hooks/cases.py", "tests/bench/hooks/measure.py"}
    for name, module in list(sys.modules.items()):
        if name.startswith("snippets.") and vars(module).get("app") in USED:
            found.add(f"{name.replace('.', '/')}.py")
    return sorted(found)


USED = (
    app_with_header,
    app_with_decorator,
    app_with_middleware,
    deferring_recipes,
    flagged_recipes,
)
