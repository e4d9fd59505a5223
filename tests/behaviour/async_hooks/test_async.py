"""Functions written with async def, wherever Flask calls one."""

import asyncio
import sys
from contextvars import ContextVar

import asgiref.sync
import pytest
from flask import Blueprint, g, request
from werkzeug.exceptions import NotFound


def test_async_view_is_awaited(app):
    """With its arguments, inside the request."""

    @app.get("/<cup>")
    async def index(cup):
        await asyncio.sleep(0)
        return f"{cup} at {request.path}"

    assert app.test_client().get("/green").text == "green at /green"


def test_async_functions_are_awaited_at_every_place_of_a_request(app, steps):
    """before_request, view, after_request, teardown_request, teardown_appcontext."""

    @app.before_request
    async def before():
        steps.append("before_request")

    @app.after_request
    async def after(response):
        steps.append("after_request")
        return response

    @app.teardown_request
    async def teardown(error):
        steps.append("teardown_request")

    @app.teardown_appcontext
    async def teardown_app(error):
        steps.append("teardown_appcontext")

    @app.get("/")
    async def index():
        steps.append("view")
        return "Tea"

    assert app.test_client().get("/").text == "Tea"
    assert steps == [
        "before_request",
        "view",
        "after_request",
        "teardown_request",
        "teardown_appcontext",
    ]


def test_async_before_request_function_may_answer(app):
    """The value that it returns is the response."""

    @app.before_request
    async def before():
        return "Closed"

    assert app.test_client().get("/").text == "Closed"


def test_async_functions_of_a_blueprint_are_awaited(app, steps):
    """Merged into the app, they are called as the app's own."""
    shop = Blueprint("shop", __name__)

    @shop.before_request
    async def before():
        steps.append("before")

    @shop.after_request
    async def after(response):
        steps.append("after")
        return response

    @shop.teardown_request
    async def teardown(error):
        steps.append("teardown")

    shop.add_url_rule("/", "door", lambda: "Open")
    app.register_blueprint(shop)
    app.test_client().get("/")
    assert steps == ["before", "after", "teardown"]


@pytest.mark.parametrize(
    ("handled", "url"), [(NotFound, "/no"), (KeyError, "/crash"), (500, "/crash")]
)
def test_async_error_handlers_are_awaited(app, handled, url):
    """For an HTTP error, for an exception, for the 500 of a crash."""

    async def handle(error):
        return f"async {type(error).__name__}", 200

    app.add_url_rule("/crash", "crash", lambda: {}["cup"])
    app.register_error_handler(handled, handle)
    name = {500: "InternalServerError"}.get(handled, getattr(handled, "__name__", ""))
    assert app.test_client().get(url).text == f"async {name}"


def test_exception_of_an_async_view_meets_its_handler(app):
    """Like an exception from any view."""
    app.register_error_handler(KeyError, lambda error: "No such cup")

    @app.get("/")
    async def index():
        return {}["cup"]

    assert app.test_client().get("/").text == "No such cup"


def test_async_and_plain_hooks_keep_their_order(app, steps):
    """Whether a function is async plays no part."""

    @app.after_request
    async def first(response):
        steps.append("first")
        return response

    app.after_request(lambda response: steps.append("second") or response)
    app.test_client().get("/")
    assert steps == ["second", "first"]


def test_async_view_shares_g_with_plain_hooks(app):
    """The event loop gets the context variables."""

    @app.before_request
    def prepare():
        g.cup = "green"

    @app.get("/")
    async def index():
        return g.cup

    assert app.test_client().get("/").text == "green"


def test_app_may_run_async_functions_in_its_own_way(app, steps):
    """async_to_sync is the method to override."""

    class Own(type(app)):
        def async_to_sync(self, function):
            steps.append(function.__name__)
            return super().async_to_sync(function)

    app.__class__ = Own

    @app.get("/")
    async def index():
        return "Tea"

    assert app.test_client().get("/").text == "Tea"
    assert steps == ["index"]


def test_plain_function_is_left_as_it_is(app):
    """ensure_sync gives it back, and an async one as a function to call."""

    def plain():
        return "plain"

    async def awaited(cup):
        return cup

    assert app.ensure_sync(plain) is plain
    assert app.ensure_sync(awaited)("green") == "green"


def test_asgiref_that_fails_in_its_own_way_is_not_hidden(app, monkeypatch, tmp_path):
    """The advice is given only if the package is missing."""
    package = tmp_path / "asgiref"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "sync.py").write_text("{}['broken']\n")
    for module in asgiref, asgiref.sync:
        monkeypatch.delitem(sys.modules, module.__name__)
    monkeypatch.syspath_prepend(tmp_path)

    async def awaited():
        return "Tea"

    with pytest.raises(KeyError, match="broken"):
        app.ensure_sync(awaited)


def test_async_view_without_asgiref_says_what_to_install(app, monkeypatch):
    """The message names the extra; the exact text, in all supported versions."""
    monkeypatch.setitem(sys.modules, "asgiref.sync", None)

    async def awaited():
        return "Tea"

    with pytest.raises(RuntimeError) as caught:
        app.ensure_sync(awaited)
    assert str(caught.value) == (
        "Install Flask with the 'async' extra in order to use async views."
    )
    assert caught.value.__suppress_context__


PLACES = {
    "view": lambda app, f: app.add_url_rule("/", "index", f),
    "before_request": lambda app, f: app.before_request(f),
    "after_request": lambda app, f: app.after_request(f),
}


@pytest.mark.parametrize("testing", [True, False])
@pytest.mark.parametrize("place", PLACES)
def test_async_hook_without_asgiref_raises_this_error(
    app, monkeypatch, place, testing, caplog
):
    """Without flask[async]: a RuntimeError with TESTING, and a 500 in production."""
    monkeypatch.setitem(sys.modules, "asgiref", None)
    monkeypatch.setitem(sys.modules, "asgiref.sync", None)
    app.testing = testing
    if place != "view":
        app.add_url_rule("/", "index", lambda: "Tea")

    async def add_header(response=None):
        return response

    PLACES[place](app, add_header)
    if not testing:
        assert app.test_client().get("/").status_code == 500
        (_, error, _) = caplog.records[0].exc_info
        assert str(error).startswith("Install Flask with the 'async' extra")
        return
    with pytest.raises(RuntimeError) as caught:
        app.test_client().get("/")
    assert str(caught.value) == (
        "Install Flask with the 'async' extra in order to use async views."
    )


@pytest.fixture
def user():
    """A context variable, which has its default again after the test."""
    user = ContextVar("user", default="nobody")
    yield user
    user.set("nobody")


def put(app, hook, is_async):
    """Register a before_request function, as a plain or as an async one."""

    def plain():
        hook()

    async def wrapped():
        hook()

    app.before_request(wrapped if is_async else plain)


def add_anna(user):
    """Return a hook that notes the user whose page it is, if it's hers."""
    return lambda: request.path == "/anna" and user.set("anna")


@pytest.mark.parametrize("is_async", [False, True])
def test_context_variable_of_your_own_is_set_in_the_next_request(app, user, is_async):
    """A request has no context of its own: the next one of the thread finds it."""
    put(app, add_anna(user), is_async)
    app.add_url_rule("/<name>", "index", lambda name: user.get())
    client = app.test_client()
    assert client.get("/bob").text == "nobody"
    assert [client.get(f"/{name}").text for name in ("anna", "bob")] == ["anna"] * 2


@pytest.mark.parametrize("is_async", [False, True])
def test_context_variable_set_in_each_request_tells_nothing_of_the_last(
    app, user, is_async
):
    """Also to its default, by the first before_request function."""
    put(app, lambda: user.set("nobody"), is_async)
    put(app, add_anna(user), is_async)
    app.add_url_rule("/<name>", "index", lambda name: user.get())
    client = app.test_client()
    texts = [client.get(f"/{name}").text for name in ("anna", "bob")]
    assert texts == ["anna", "nobody"]


@pytest.mark.parametrize("is_async", [False, True])
def test_token_of_an_async_hook_does_not_reset_its_context_variable(
    app, user, steps, is_async
):
    """The hook ran in a copy of the context; the token of a plain one works."""
    put(app, lambda: setattr(g, "token", user.set("anna")), is_async)

    @app.teardown_request
    def reset(error):
        try:
            user.reset(g.token)
        except ValueError as error:
            steps.append(str(error).rpartition(" was ")[2])

    app.add_url_rule("/", "index", lambda: user.get())
    assert app.test_client().get("/").text == "anna"
    assert steps == (["created in a different Context"] if is_async else [])
    assert user.get() == ("anna" if is_async else "nobody")


def test_future_of_one_async_view_is_attached_to_a_different_loop_in_the_next(app):
    """Clients of databases and of HTTP keep such futures."""
    app.testing = True
    kept = []

    @app.get("/")
    async def index():
        if not kept:
            kept.append(asyncio.get_running_loop().create_future())
            return "kept"
        return await kept[0]

    client = app.test_client()
    assert client.get("/").text == "kept"
    with pytest.raises(
        RuntimeError, match=r"got Future .* attached to a different loop"
    ):
        client.get("/")
