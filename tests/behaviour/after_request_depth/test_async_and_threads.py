"""Where an async hook runs, and what happens in other threads."""

import asyncio
import threading

from flask import Flask, g

from snippets.after_request_depth.async_hook_thread import app as threaded_app
from snippets.after_request_depth.work_in_a_thread import app as photos_app


def test_async_hook_runs_in_another_thread_than_the_view():
    """A plain hook of the same request runs in the thread of the view."""
    response = threaded_app.test_client().get("/")
    assert response.headers.getlist("X-Thread") == [
        "async: another thread",
        "plain: the thread of the view",
    ]


def test_context_variable_set_in_an_async_hook_reaches_the_next_hook():
    """The context is copied into the thread and back; a thread-local is not."""
    response = threaded_app.test_client().get("/")
    assert response.headers["X-Language"] == "fr"
    assert response.headers["X-Local"] == "lost"


def test_every_async_hook_gets_an_event_loop_of_its_own(app, steps):
    """It is closed before the next function of the request is called."""
    loops = []

    async def note(response):
        loops.append(asyncio.get_running_loop())
        steps.append([loop.is_closed() for loop in loops])
        return response

    app.after_request(note)
    app.after_request(note)
    app.add_url_rule("/", view_func=lambda: "Here")
    app.test_client().get("/")
    assert steps == [[False], [True, False]]
    assert loops[0] is not loops[1]


def test_task_that_an_async_hook_leaves_behind_is_cancelled(app, steps):
    """The loop ends with the hook, and what still runs in it is cancelled."""
    tasks = []

    async def work():
        steps.append("started")
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            steps.append("cancelled")
            raise

    @app.after_request
    async def start(response):
        tasks.append(asyncio.create_task(work()))
        await asyncio.sleep(0)
        return response

    app.teardown_request(lambda error: steps.append("teardown"))
    app.add_url_rule("/", view_func=lambda: "Here")
    assert app.test_client().get("/").text == "Here"
    assert steps == ["started", "cancelled", "teardown"]


def test_async_hook_is_wrapped_anew_for_every_request(steps):
    """ensure_sync is called where the hook is, not where it was registered."""

    class Counting(Flask):
        def async_to_sync(self, func):
            steps.append(func.__name__)
            return super().async_to_sync(func)

    app = Counting("counting", static_folder=None)

    @app.after_request
    async def note(response):
        return response

    app.add_url_rule("/", view_func=lambda: "Here")
    assert steps == []
    client = app.test_client()
    client.get("/")
    client.get("/")
    assert steps == ["note", "note"]


def test_exception_of_an_async_hook_starts_the_second_pass(app, steps):
    """It arrives in the request's thread like any hook's exception."""
    app.add_url_rule("/", view_func=lambda: "Here")

    @app.after_request
    async def fail_once(response):
        steps.append(response.status_code)
        if response.status_code == 200:
            raise LookupError("no such page")
        return response

    assert app.test_client().get("/").status_code == 500
    assert steps == [200, 500]


def test_copied_request_context_runs_no_after_request_hooks(capsys):
    """It has no response, but teardown functions run at its end."""
    response = photos_app.test_client().get("/photos/lake")
    assert response.headers.getlist("X-Signed") == ["once"]
    assert capsys.readouterr().out.splitlines() == [
        "scale in a thread: /photos/lake",
        "teardown in a thread",
        "sign in the main thread",
        "teardown in the main thread",
    ]


def test_two_requests_in_two_threads_do_not_share_what_hooks_see(app):
    """Each hook finds the g of its own request, also while another one waits."""
    both_inside = threading.Barrier(2, timeout=10)

    @app.get("/<name>")
    def show(name):
        g.name = name
        both_inside.wait()
        return name

    @app.after_request
    def sign(response):
        response.headers["X-Name"] = g.name
        return response

    found = {}

    def ask(name):
        found[name] = app.test_client().get(f"/{name}").headers["X-Name"]

    threads = [threading.Thread(target=ask, args=(name,)) for name in ("ann", "bob")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {"ann": "ann", "bob": "bob"}
