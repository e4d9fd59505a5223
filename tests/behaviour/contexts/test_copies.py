"""Contexts that outlive their request: kept by a client, copied to a thread."""

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context

import pytest
from flask import (
    copy_current_request_context,
    current_app,
    g,
    has_app_context,
    has_request_context,
    request,
    session,
)
from werkzeug.test import create_environ

from tests.behaviour.versions import FLASK


def test_test_client_in_a_with_block_keeps_the_context(app):
    """request, session and g can be looked at after the response."""
    app.secret_key = "tea"

    @app.get("/<cup>")
    def index(cup):
        g.cup = session["cup"] = cup
        return "Tea"

    with app.test_client() as client:
        client.get("/green")
        assert (request.path, g.cup, session["cup"]) == ("/green", "green", "green")
        client.get("/black")
        assert (request.path, g.cup, session["cup"]) == ("/black", "black", "black")
    assert not has_request_context()
    assert not has_app_context()


def test_context_kept_by_the_test_client_is_taken_down_twice(app, steps):
    """At the end of the request, and when the kept context ends."""
    app.teardown_request(lambda error: steps.append("teardown"))
    with app.test_client() as client:
        client.get("/")
        assert steps == ["teardown"]
        client.get("/")
        assert steps == ["teardown"] * 3
    assert steps == ["teardown"] * 4


def test_finished_request_is_freed_at_once_until_3_1(app):
    """Then nothing keeps it; in Flask 3.2 it waits for the garbage collector."""
    kept = []

    @app.get("/")
    def index():
        kept.append(weakref.ref(request._get_current_object()))
        return "Tea"

    environ = create_environ()
    gc.disable()
    try:
        b"".join(app(environ, lambda status, headers: None))
        assert (kept[0]() is None) == (FLASK < (3, 2))
    finally:
        gc.enable()


def test_environment_forgets_the_request_at_its_end_until_3_1(app):
    """With the last pop; Flask 3.2 leaves it there."""
    context = app.test_request_context()
    context.push()
    context.push()
    environ = request.environ
    context.pop()
    assert environ["werkzeug.request"] is request._get_current_object()
    context.pop()
    assert (environ["werkzeug.request"] is None) == (FLASK < (3, 2))


def test_copied_request_context_brings_the_request_to_a_thread(app):
    """The decorated function sees the request, its session, and its arguments."""
    app.secret_key = "tea"
    seen = []

    @app.get("/<cup>")
    def index(cup):
        session["cup"] = cup

        @copy_current_request_context
        def work(number, *, sugar):
            seen.append((request.path, session["cup"], current_app.name, number, sugar))

        thread = threading.Thread(target=work, args=(1,), kwargs={"sugar": 2})
        thread.start()
        thread.join()
        return "Tea"

    app.test_client().get("/green")
    assert seen == [("/green", "green", app.name, 1, 2)]


def test_copied_request_context_returns_what_the_function_returns(app):
    """It wraps the function: value, name and docstring are its own."""
    with app.test_request_context("/tea"):

        @copy_current_request_context
        def work():
            """Do something."""
            return request.path

    assert work() == "/tea"
    assert (work.__name__, work.__doc__) == ("work", "Do something.")


def test_copied_request_context_has_the_same_request(app):
    """It has what hooks have put on the request."""
    with app.test_request_context():
        request.user = "Ada"
        work = copy_current_request_context(lambda: request.user)
    assert work() == "Ada"


def test_copied_request_context_shares_the_session(app):
    """A change is seen by the request that made the copy."""
    app.secret_key = "tea"
    with app.test_request_context():
        copy_current_request_context(lambda: session.update(cup="green"))()
        assert session["cup"] == "green"


def test_copied_request_context_has_a_g_of_its_own_in_a_thread(app):
    """A new app context is pushed there."""
    seen = []
    with app.test_request_context():
        g.cup = "green"
        work = copy_current_request_context(lambda: seen.append(g.get("cup")))
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert seen == [None]


def test_copied_request_context_awaits_an_async_function(app):
    """It returns the result, not a coroutine."""

    async def work():
        return request.path

    with app.test_request_context("/tea"):
        copied = copy_current_request_context(work)
    assert copied() == "/tea"


def test_copying_the_request_context_outside_a_request_is_an_error():
    """The exact text, the same in all supported versions."""
    with pytest.raises(RuntimeError) as caught:
        copy_current_request_context(lambda: None)
    assert str(caught.value) == (
        "'copy_current_request_context' can only be used when a request context is "
        "active, such as in a view function."
    )


def test_copied_context_runs_the_teardown_functions_as_well(app, steps):
    """They run each time that a copy ends."""
    app.teardown_request(lambda error: steps.append("request"))
    with app.test_request_context():
        copy_current_request_context(lambda: steps.append("work"))()
    assert steps == ["work", "request", "request"]


def test_copied_function_that_two_threads_call_at_the_same_time_fails(app):
    """If the first call ends first; the pool's threads then keep the request."""
    pool = ThreadPoolExecutor(2)
    begun = [threading.Event() for _ in range(2)]
    go_on = [threading.Event() for _ in range(2)]

    @app.get("/tea")
    def index():
        @copy_current_request_context
        def work(number):
            begun[number].set()
            go_on[number].wait(30)

        calls = []
        for number in range(2):
            calls.append(pool.submit(work, number))
            assert begun[number].wait(30)
        told = []
        for number in range(2):
            go_on[number].set()
            told.append(str(calls[number].exception(30)))
        return told

    told = app.test_client().get("/tea").json
    last = FLASK >= (3, 2)  # there only the call that ends last fails
    message = "Cannot pop" if last else "was created in a different Context"
    assert [message in failure for failure in told] == [not last, True]
    together = threading.Barrier(2, timeout=30)
    kept = list(
        pool.map(lambda _: together.wait() >= 0 and has_request_context(), "ab")
    )
    assert kept.count(True) == (1 if last else 2)
    pool.shutdown()


def test_function_copied_for_each_call_may_run_in_two_threads_at_once(app):
    """Each call has a context of its own, which ends with it."""
    pool = ThreadPoolExecutor(2)

    @app.get("/tea")
    def index():
        both_there = threading.Barrier(2, timeout=30)

        def work(number):
            g.number = number
            both_there.wait()
            return [request.path, g.number]

        calls = [
            pool.submit(copy_current_request_context(work), number)
            for number in range(2)
        ]
        return [call.result(30) for call in calls]

    assert app.test_client().get("/tea").json == [["/tea", 0], ["/tea", 1]]
    together = threading.Barrier(2, timeout=30)
    kept = list(
        pool.map(lambda _: together.wait() >= 0 and has_request_context(), "ab")
    )
    assert kept == [False, False]
    pool.shutdown()


def test_context_variable_of_your_own_is_not_copied_with_the_request(app):
    """The thread finds its default; contextvars.copy_context takes it along."""
    user = ContextVar("user", default="nobody")

    @app.get("/")
    def index():
        user.set("anna")
        with ThreadPoolExecutor(1) as pool:
            copied = copy_current_request_context(lambda: (user.get(), request.path))
            seen = [
                pool.submit(copied).result(),
                pool.submit(copy_context().run, user.get).result(),
                pool.submit(copy_context().run, copied).result(),
            ]
        user.set("nobody")
        return seen

    seen = app.test_client().get("/").json
    assert seen == [["nobody", "/"], "anna", ["anna", "/"]]


def test_to_thread_brings_the_request_along_and_run_in_executor_does_not(app):
    """asyncio.to_thread copies the context variables, and g is shared."""
    import asyncio

    def look():
        return [has_request_context(), has_app_context() and g.get("user")]

    @app.get("/")
    async def index():
        g.user = "ada"
        loop = asyncio.get_running_loop()
        return [await asyncio.to_thread(look), await loop.run_in_executor(None, look)]

    assert app.test_client().get("/").json == [[True, "ada"], [False, False]]


def test_copied_request_context_delays_no_teardown_of_the_request(app, steps):
    """They run when the request ends, and once more when the thread ends."""
    ended = threading.Event()

    @app.teardown_request
    def note_request(error):
        steps.append("teardown_request")

    @app.teardown_appcontext
    def note_context(error):
        steps.append("teardown_appcontext")

    with ThreadPoolExecutor(1) as pool:

        @app.get("/")
        def index():
            @copy_current_request_context
            def work():
                ended.wait(30)
                steps.append("work")

            pool.submit(work)
            return "Tea"

        app.test_client().get("/")
        steps.append("response")
        ended.set()
    both = ["teardown_request", "teardown_appcontext"]
    assert steps == [*both, "response", "work", *both]


def test_thread_of_copied_variables_uses_g_after_its_teardown(app, steps):
    """What it puts there stays open; it still has the request."""
    ended = threading.Event()

    @app.teardown_appcontext
    def close_database(error):
        steps.append(g.pop("database", "nothing to close"))

    def work():
        ended.wait(30)
        g.database = "opened in the thread"
        steps.append(request.path)

    with ThreadPoolExecutor(1) as pool:

        @app.get("/tea")
        def index():
            pool.submit(copy_context().run, work)
            return "Tea"

        app.test_client().get("/tea")
        ended.set()
    assert steps == ["nothing to close", "/tea"]
