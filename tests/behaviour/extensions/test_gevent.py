"""Contexts in greenlets: gevent's are for Flask what threads are."""

import json
import subprocess
import sys
import threading

import pytest
from flask import copy_current_request_context, g, has_request_context, request

from .entries import ENTRIES

pytestmark = pytest.mark.extensions


def look():
    return has_request_context()


def test_greenlet_that_a_view_spawns_has_no_request(app):
    """Like a thread, it has none, whatever spawns it."""
    import gevent

    @app.get("/")
    def index():
        spawned = [gevent.spawn(look), gevent.spawn_later(0, look)]
        found = [one.get() for one in gevent.joinall(spawned)]
        pool = gevent.get_hub().threadpool
        return [*found, pool.spawn(look).get(), has_request_context()]

    assert app.test_client().get("/").json == [False, False, False, True]


def test_copied_request_context_brings_the_request_to_a_greenlet(app):
    """With a g of its own, as in a thread."""
    import gevent

    @app.get("/tea")
    def index():
        g.user = "ada"

        @copy_current_request_context
        def work():
            return [request.path, "user" in g]

        return gevent.spawn(work).get()

    assert app.test_client().get("/tea").json == ["/tea", False]


def test_two_requests_in_two_greenlets_each_have_their_own_g(app):
    """They take turns in one thread, and the contexts of each stay with it."""
    import gevent
    from gevent.event import Event

    arrived, go_on = [Event(), Event()], Event()

    @app.get("/<int:number>")
    def index(number):
        g.number = number
        arrived[number].set()
        go_on.wait()
        return [g.number, int(request.path[1:]), threading.get_ident()]

    client = app.test_client
    greenlets = [gevent.spawn(client().get, f"/{number}") for number in range(2)]
    for event in arrived:
        event.wait()
    go_on.set()
    (one, other) = [greenlet.get().json for greenlet in greenlets]
    assert (one[:2], other[:2]) == ([0, 0], [1, 1])
    assert one[2] == other[2]


def test_patched_thread_of_a_view_has_no_request(pytestconfig):
    """In a process of its own: monkey.patch_all changes all of it."""
    program = """
from gevent import monkey
monkey.patch_all()
import threading
from flask import Flask, has_request_context
from gevent import Greenlet, getcurrent
app = Flask("shop", static_folder=None)
found = []
def look():
    found.append(has_request_context())
    found.append(isinstance(getcurrent(), Greenlet))
@app.get("/")
def index():
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    look()
    return "Tea"
app.test_client().get("/")
print(found)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=pytestconfig.rootpath, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[False, True, True, False]"


SHOP = """
import json
from gevent import monkey
monkey.patch_all()
import gevent
from gevent.event import Event
from flask import Flask
app = Flask("shop", static_folder=None)
app.config["PROPAGATE_EXCEPTIONS"] = True
def get(path):
    try:
        return app.test_client().get(path).text
    except RuntimeError as error:
        return str(error)
"""
WITHIN = """
arrived, go_on = Event(), Event()
KINDdef wait():
    arrived.set()
    go_on.wait()
    return "waited"
KINDdef index():
    return "shop"
app.add_url_rule("/wait", "wait", wait)
app.add_url_rule("/", "index", index)
first = gevent.spawn(get, "/wait")
arrived.wait()
second = gevent.spawn(get, "/").get()
go_on.set()
print(json.dumps([first.get(), second, get("/")]))
"""
TOGETHER = """
@app.before_request
KINDdef check():
    gevent.sleep(0)
app.add_url_rule("/", "index", lambda: "shop")
done = gevent.joinall([gevent.spawn(get, "/") for _ in range(2)])
print(json.dumps([one.get() for one in done]))
"""
STOPPED = "asyncio.run() cannot be called from a running event loop"


@pytest.fixture
def said(pytestconfig):
    """Return what a program prints for plain or async functions, patched by gevent."""

    def said(program, kind):
        code = SHOP + program.replace("KIND", f"{kind} " if kind else "")
        # Python warns of each coroutine that asyncio refused to run.
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            cwd=pytestconfig.rootpath, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return json.loads(done.stdout)

    return said


@pytest.mark.parametrize("kind", ["", "async"])
def test_async_view_is_refused_while_another_one_runs_under_gevent(said, kind):
    """Both have one thread, which has one event loop; plain views take turns."""
    first, second, third = said(WITHIN, kind)
    assert (first, third) == ("waited", "shop")
    if kind:
        assert second == ENTRIES["async-to-sync"]
    else:
        assert second == "shop"


@pytest.mark.parametrize("kind", ["", "async"])
def test_two_async_hooks_that_begin_together_fail_under_gevent(said, kind):
    """With another message, since neither loop runs yet when they are called."""
    found = said(TOGETHER, kind)
    assert sorted(found) == (sorted([STOPPED, "shop"]) if kind else ["shop", "shop"])


def test_async_to_sync_with_one_loop_runs_overlapping_requests_under_gevent(
    pytestconfig,
):
    """The hook of each request waits until the other one has arrived."""
    program = """
from gevent import monkey
monkey.patch_all()
import asyncio
import gevent
from flask import Flask, request
loop = asyncio.new_event_loop()
gevent.spawn(loop.run_forever)
class Shop(Flask):
    def async_to_sync(self, function):
        def call(*arguments, **named):
            called = function(*arguments, **named)
            return asyncio.run_coroutine_threadsafe(called, loop).result()
        return call
app = Shop("shop", static_folder=None)
app.testing = True
arrived = []
async def wait():
    arrived.append(request.path)
    while len(arrived) < 2:
        await asyncio.sleep(0)
app.before_request(wait)
app.add_url_rule("/<cup>", "index", lambda cup: cup)
visits = [gevent.spawn(app.test_client().get, f"/{cup}") for cup in ("tea", "milk")]
print(*(visit.get().text for visit in visits), *arrived)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=pytestconfig.rootpath, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "tea milk /tea /milk"


TURNS = """
import json, sqlite3, time
from gevent import monkey
monkey.patch_all()
import gevent
from flask import Flask
app = Flask("shop", static_folder=None)
steps = []
COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) "
def ask():
    with sqlite3.connect(":memory:") as database:
        list(database.execute(COUNT + "SELECT count(*) FROM n"))
def sleep():
    time.sleep(0.05)
@app.get("/view/<way>")
def index(way):
    steps.append("begins")
    WAYS[way]()
    steps.append("ends")
    return "Tea"
@app.get("/other/one")
def other():
    steps.append("other")
    return "Tea"
WAYS = {"c": ask, "python": sleep}
for way in WAYS:
    paths = f"/view/{way}", "/other/one"
    gevent.joinall([gevent.spawn(app.test_client().get, path) for path in paths])
print(json.dumps(steps))
"""


def test_driver_in_c_keeps_the_other_requests_of_a_gevent_worker_waiting():
    """gevent switches where patched Python code waits, such as time.sleep."""
    said = subprocess.check_output([sys.executable, "-c", TURNS], text=True)
    in_c, in_python = json.loads(said)[:3], json.loads(said)[3:]
    assert in_c == ["begins", "ends", "other"]
    assert in_python == ["begins", "other", "ends"]
