"""When the application and request contexts begin and end."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest
from flask import current_app, g, has_app_context, has_request_context, request, session

from tests.behaviour.versions import FLASK


def test_has_app_context_tells_whether_an_app_is_current(app):
    """Inside app_context(), and in a request."""
    assert not has_app_context()
    with app.app_context():
        assert has_app_context() is True
        assert has_request_context() is False
    assert has_app_context() is False


def test_has_request_context_tells_whether_a_request_is_current(app):
    """A request context brings an app context with it."""
    assert has_request_context() is False
    with app.test_request_context():
        assert has_request_context() is True
        assert has_app_context() is True
    assert not has_request_context()
    assert not has_app_context()


def test_app_context_makes_the_app_current(app, other):
    """current_app is the innermost one."""
    with app.app_context():
        assert current_app._get_current_object() is app
        with other.app_context():
            assert current_app.name == "other"
        assert current_app._get_current_object() is app


def test_app_context_as_a_with_target_knows_its_app(app):
    """with app.app_context() as context: context.app and context.g."""
    with app.app_context() as context:
        assert context.app is app
        g.cup = "green"
        assert context.g.cup == "green"


def test_request_context_as_a_with_target_knows_its_request(app):
    """Its request, session and app are those that are current."""
    with app.test_request_context("/tea") as context:
        assert context.app is app
        assert context.request is request._get_current_object()
        assert context.session is session._get_current_object()


def test_app_context_gets_a_fresh_g(app):
    """Also inside another context of the same app."""
    with app.app_context():
        g.cup = "green"
        with app.app_context():
            assert "cup" not in g
        assert g.cup == "green"
    with app.app_context():
        assert "cup" not in g


def test_every_request_gets_a_fresh_g(app):
    """The next request doesn't have what one request puts there."""
    app.add_url_rule("/", view_func=lambda: g.setdefault("path", request.query_string))
    client = app.test_client()
    assert client.get("/?1").text == "1"
    assert client.get("/?2").text == "2"


def test_request_inside_an_app_context_shares_its_g_until_3_1(app):
    """Since Flask 3.2 each request has an app context of its own."""
    with app.app_context():
        g.cup = "green"
        with app.test_request_context():
            assert ("cup" in g) == (FLASK < (3, 2))


def test_request_inside_the_context_of_another_app_gets_its_own(app, other):
    """The app context of another app is never used."""
    with other.app_context():
        g.cup = "green"
        with app.test_request_context():
            assert current_app._get_current_object() is app
            assert "cup" not in g
        assert current_app.name == "other"
        assert g.cup == "green"


def test_requests_to_two_apps_can_be_nested(app, other):
    """The inner one is current until it ends."""
    with app.test_request_context("/outer"):
        with other.test_request_context("/inner"):
            assert (request.path, current_app.name) == ("/inner", "other")
        assert (request.path, current_app.name) == ("/outer", app.name)


def test_app_context_left_in_the_wrong_order_is_an_error(app, other):
    """The message names both; until 3.1 an AssertionError, then a RuntimeError."""
    outer, inner = app.app_context(), other.app_context()
    error = RuntimeError if FLASK >= (3, 2) else AssertionError
    outer.push()
    inner.push()
    with pytest.raises(error) as caught:
        outer.pop()
    assert repr(outer) in str(caught.value)
    assert repr(inner) in str(caught.value)
    if FLASK >= (3, 2):
        inner.pop()
        outer.pop()
        assert str(caught.value).endswith(f"it is not the active context ({inner!r}).")
    else:
        assert str(caught.value) == (
            f"Popped wrong app context. ({inner!r} instead of {outer!r})"
        )


def test_request_context_left_in_the_wrong_order_is_an_error(app):
    """The message names both contexts."""
    outer, inner = app.test_request_context("/outer"), app.test_request_context("/in")
    error = RuntimeError if FLASK >= (3, 2) else AssertionError
    outer.push()
    inner.push()
    with pytest.raises(error) as caught:
        outer.pop()
    assert repr(outer) in str(caught.value)
    assert repr(inner) in str(caught.value)
    if FLASK >= (3, 2):
        inner.pop()
        outer.pop()
    else:
        assert str(caught.value) == (
            f"Popped wrong request context. ({inner!r} instead of {outer!r})"
        )


def test_context_pushed_twice_is_taken_down_once(app, steps):
    """Teardown functions run when the first push is undone."""
    app.teardown_request(lambda error: steps.append("request"))
    app.teardown_appcontext(lambda error: steps.append("app"))
    context = app.test_request_context()
    context.push()
    context.push()
    context.pop()
    assert steps == []
    assert has_request_context()
    context.pop()
    assert steps == ["request", "app"]
    assert not has_app_context()


def test_app_context_pushed_twice_is_taken_down_once(app, steps):
    """So a function may push the context that is active already."""
    app.teardown_appcontext(lambda error: steps.append("app"))
    context = app.app_context()
    with context:
        with context:
            g.cup = "green"
        assert steps == []
        assert g.cup == "green"
    assert steps == ["app"]
    assert not has_app_context()


def test_context_can_be_used_again_after_it_ended(app, steps):
    """Its teardown functions run each time."""
    app.teardown_appcontext(lambda error: steps.append("app"))
    context = app.app_context()
    for _ in range(2):
        with context:
            assert has_app_context()
    assert steps == ["app", "app"]


def test_pop_takes_the_exception_for_teardown(app):
    """pop(error) by hand passes it to the teardown functions."""
    received = []
    app.teardown_request(received.append)
    app.teardown_appcontext(received.append)
    crash = LookupError("cup")
    context = app.test_request_context()
    context.push()
    context.pop(crash)
    assert received == [crash, crash]


@pytest.mark.parametrize("make", ["app_context", "test_request_context"])
def test_pop_inside_an_except_block_tells_teardown_until_3_1(app, make):
    """Without an argument the exception being handled counted; in 3.2 none does."""
    received = []
    app.teardown_request(lambda error: received.append(type(error)))
    app.teardown_appcontext(lambda error: received.append(type(error)))
    context = getattr(app, make)()
    context.push()
    try:
        {}["cup"]
    except KeyError:
        context.pop()
    told = KeyError if FLASK < (3, 2) else type(None)
    assert received == [told] * (1 + (make == "test_request_context"))


@pytest.mark.parametrize("make", ["app_context", "test_request_context"])
def test_context_used_inside_an_except_block_tells_teardown_of_nothing(app, make):
    """An exception that is being handled outside the with block doesn't count."""
    received = []
    app.teardown_request(received.append)
    app.teardown_appcontext(received.append)
    try:
        {}["cup"]
    except KeyError:
        with getattr(app, make)():
            pass
    assert received == [None] * (1 + (make == "test_request_context"))


def test_pop_with_none_inside_an_except_block_tells_teardown_of_nothing(app):
    """None is an argument: no error."""
    received = []
    app.teardown_appcontext(received.append)
    context = app.app_context()
    context.push()
    try:
        {}["cup"]
    except KeyError:
        context.pop(None)
    assert received == [None]


@pytest.mark.parametrize("proxy", [request, session], ids=["request", "session"])
def test_request_outside_of_a_request_says_so(app, proxy):
    """Also with an app context alone: the first line is what people search for."""
    with app.app_context(), pytest.raises(RuntimeError) as caught:
        proxy.attribute  # noqa: B018 (reading it raises)
    message = str(caught.value)
    if FLASK >= (3, 2):
        assert message == "There is no request in this context."
    else:
        assert message.startswith("Working outside of request context.\n")


@pytest.mark.parametrize("proxy", [current_app, g], ids=["current_app", "g"])
def test_app_outside_of_an_app_context_says_so(proxy):
    """The message shows the way: app.app_context()."""
    with pytest.raises(RuntimeError) as caught:
        proxy.attribute  # noqa: B018 (reading it raises)
    message = str(caught.value)
    assert message.startswith("Working outside of application context.\n")
    assert "app.app_context()" in message


def test_teardown_request_does_not_run_for_an_app_context_alone(app, steps):
    """There was no request: only the functions of teardown_appcontext run."""
    app.teardown_request(lambda error: steps.append("request"))
    app.teardown_appcontext(lambda error: steps.append("app context"))
    with app.app_context():
        pass
    assert steps == ["app context"]


@pytest.mark.parametrize("make", ["app_context", "test_request_context"])
def test_context_popped_in_a_copy_of_its_place_is_an_error(app, make):
    """Its token comes from somewhere else, such as another task or thread."""
    context = getattr(app, make)()
    place = copy_context()
    place.run(context.push)
    with pytest.raises(ValueError, match="was created in a different Context"):
        place.copy().run(context.pop)


@pytest.mark.parametrize("make", ["app_context", "test_request_context"])
def test_context_popped_where_none_is_pushed_is_a_lookup_error(app, make):
    """Its variable has no value there; since Flask 3.2, a RuntimeError says so."""
    context = getattr(app, make)()
    copy_context().run(context.push)
    name = "app" if make == "app_context" else "request"
    error, told = LookupError, f"<ContextVar name='flask.{name}_ctx'"
    if FLASK >= (3, 2):
        error, told = RuntimeError, "there is no active context"
    with pytest.raises(error, match=told):
        copy_context().run(context.pop)


def test_context_of_a_with_block_is_popped_in_every_place(app, steps):
    """It is pushed and popped by one function, so also in a thread or a task."""
    app.teardown_appcontext(lambda error: steps.append(error))

    def use():
        with app.app_context():
            return current_app.name

    thread = threading.Thread(target=lambda: steps.append(use()))
    thread.start()
    thread.join()
    assert steps == [None, app.name]
    assert copy_context().run(use) == app.name
    assert not has_app_context()


@pytest.mark.parametrize("make", ["test_request_context", "client"])
def test_request_in_an_app_context_leaves_teardown_to_it_up_to_flask_3_1(
    app, steps, make
):
    """Its teardown_request functions run; since 3.2, so do those of its app context."""
    app.teardown_request(lambda error: steps.append("request"))
    app.teardown_appcontext(lambda error: steps.append("app context"))
    with app.app_context():
        if make == "client":
            app.test_client().get("/")
        else:
            with app.test_request_context():
                pass
        steps.append("end of the request")
    inner = ["app context"] if FLASK >= (3, 2) else []
    assert steps == ["request", *inner, "end of the request", "app context"]


@pytest.mark.parametrize("start", ["copy_context", "to_thread"])
def test_thread_that_runs_in_a_copied_context_has_the_request(app, start):
    """copy_context().run, and asyncio.to_thread, which calls it."""

    def look():
        return request.path if has_request_context() else "no request"

    def index():
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(copy_context().run, look).result()

    async def wait():
        return await asyncio.to_thread(look)

    app.add_url_rule("/tea", "tea", wait if start == "to_thread" else index)
    assert app.test_client().get("/tea").text == "/tea"
