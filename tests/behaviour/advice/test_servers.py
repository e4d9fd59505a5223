"""Claims about threads, async and servers that are in circulation, refuted."""

import asyncio
import threading
from importlib.metadata import version

import flask
import pytest
from asgiref.wsgi import WsgiToAsgi
from flask import current_app, g, request
from packaging.version import Version

from tests.behaviour import asgi
from tests.behaviour.versions import FLASK


def test_tasks_of_one_thread_have_a_context_each(app, steps):
    """Flask's contexts are context variables, and each task has its own."""
    threads = set()

    async def visit(path, wait):
        with app.test_request_context(path):
            g.path = path
            await wait()
            threads.add(threading.get_ident())
            steps.append((request.path, g.path))

    async def both():
        meeting = asyncio.Semaphore(0)

        async def first():
            await meeting.acquire()

        async def second():
            meeting.release()
            await asyncio.sleep(0)

        await asyncio.gather(visit("/tea", first), visit("/milk", second))

    asyncio.run(both())
    assert sorted(steps) == [("/milk", "/milk"), ("/tea", "/tea")]
    assert len(threads) == 1


def visit_together(app, visits, loops=None):
    """Send requests to one ASGI process at the same time, and return the statuses."""

    async def send_all():
        if loops is not None:
            loops.append(asyncio.get_running_loop())
        server = WsgiToAsgi(app)
        return await asyncio.gather(*(asgi.get(server) for _ in range(visits)))

    return asyncio.run(send_all())


@pytest.mark.parametrize("kind", ["plain", "async"])
def test_one_asgi_process_runs_one_view_at_a_time(app, steps, kind):
    """WsgiToAsgi from asgiref 3.3 or later calls the app in one thread."""

    def plain():
        steps.append("begin")
        steps.append("end")
        return "Tea"

    async def slow():
        steps.append("begin")
        for _ in range(20):
            await asyncio.sleep(0)
        steps.append("end")
        return "Tea"

    app.add_url_rule("/", "index", slow if kind == "async" else plain)
    assert visit_together(app, 3) == [200] * 3
    # Before 3.3, asgiref had a thread for each request.
    if Version(version("asgiref")) >= Version("3.3"):
        assert steps == ["begin", "end"] * 3


def test_async_functions_under_an_asgi_server_run_in_its_loop(app, steps):
    """Views and hooks alike; a WSGI server has no loop that they could run in."""

    async def note(*response):
        steps.append(asyncio.get_running_loop())
        return response[0] if response else None

    async def view():
        steps.append(asyncio.get_running_loop())
        return "Tea"

    app.before_request(note)
    app.after_request(note)
    app.add_url_rule("/", "index", view)
    loops = []
    assert visit_together(app, 2, loops) == [200, 200]
    assert [loop is loops[0] for loop in steps] == [True] * 6


def test_task_that_an_async_hook_leaves_behind_goes_on_under_an_asgi_server(app, steps):
    """With WsgiToAsgi the loop is the server's, which outlives the request."""

    async def send_one():
        tasks, may_end = [], asyncio.Event()

        async def work():
            await may_end.wait()
            steps.append("finished")

        @app.after_request
        async def start(response):
            tasks.append(asyncio.create_task(work()))
            await asyncio.sleep(0)
            return response

        steps.append(await asgi.get(WsgiToAsgi(app)))
        assert not tasks[0].done()
        may_end.set()
        await tasks[0]

    app.add_url_rule("/", view_func=lambda: "Here")
    asyncio.run(send_one())
    assert steps == [200, "finished"]


def test_current_app_handed_to_a_thread_is_no_app_there(app):
    """It's a proxy that looks for the context of the thread that uses it."""
    told = []

    def work(passed):
        try:
            told.append(passed.name)
        except RuntimeError as error:
            told.append(str(error).splitlines()[0])

    def view():
        for passed in current_app, current_app._get_current_object():
            thread = threading.Thread(target=work, args=[passed])
            thread.start()
            thread.join()
        return "Tea"

    app.add_url_rule("/", "index", view)
    app.test_client().get("/")
    assert told == ["Working outside of application context.", app.name]


def test_context_pushed_at_import_is_for_its_thread_only(app):
    """Another thread has no context, so the error occurs there again."""
    told = []
    context = app.app_context()
    context.push()
    try:
        assert current_app.name == app.name
        thread = threading.Thread(target=lambda: told.append(flask.has_app_context()))
        thread.start()
        thread.join()
    finally:
        context.pop()
    assert told == [False]


def test_requests_in_a_pushed_context_share_its_g_up_to_flask_3_1(app, steps):
    """And no teardown_appcontext functions run for those requests.

    Since 3.2, each request has a context of its own.
    """
    shared = FLASK < (3, 2)
    app.teardown_appcontext(lambda error: steps.append("teardown"))
    app.add_url_rule("/<cup>", "index", lambda cup: g.setdefault("cup", cup))
    context = app.app_context()
    context.push()
    try:
        client = app.test_client()
        said = [client.get(path).text for path in ("/tea", "/milk")]
        assert said == (["tea"] * 2 if shared else ["tea", "milk"])
        assert steps == ([] if shared else ["teardown"] * 2)
    finally:
        context.pop()
    assert len(steps) == (1 if shared else 3)


def test_first_address_of_the_header_is_what_the_client_wrote(app):
    """A proxy adds the address that it sees at the end."""

    def first():
        return request.headers["X-Forwarded-For"].split(",")[0].strip()

    app.add_url_rule("/", "index", first)
    # What arrives at the app when a client sends 127.0.0.1 and one proxy adds its own.
    sent = {"X-Forwarded-For": "127.0.0.1, 203.0.113.7"}
    assert app.test_client().get("/", headers=sent).text == "127.0.0.1"
