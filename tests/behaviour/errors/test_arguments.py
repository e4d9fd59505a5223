"""What hooks, handlers and receivers are called with, where people get it wrong."""

import functools
import http.client
import sqlite3
import threading

import pytest
from flask import Blueprint, Flask, g, request, request_finished
from werkzeug.exceptions import NotFound
from werkzeug.serving import make_server

from snippets.changes import older_names

HOOKS = "before_request", "after_request", "teardown_request"


@pytest.mark.parametrize("name", [*HOOKS, "teardown_appcontext", "context_processor"])
def test_decorator_of_a_hook_takes_the_function_and_nothing_else(app, name):
    """With parentheses it is called without the function below it."""
    for owner in app, Blueprint("shop", __name__):
        if hasattr(owner, name):
            with pytest.raises(TypeError, match=f"{name}.* missing 1 required .*: 'f'"):
                getattr(owner, name)()


def test_hook_may_be_a_method_a_partial_or_a_lambda(app):
    """Anything that can be called with the arguments that this kind of hook gets."""

    class Shop:
        def __init__(self, name):
            self.name = name

        def add_name(self, response):
            response.headers["X-Shop"] = self.name
            return response

    def add_header(name, response):
        response.headers[name] = "tea"
        return response

    async def add_late(name, response):
        return add_header(name, response)

    class Called:
        def __call__(self, response):
            return add_header("X-Called", response)

    app.before_request(lambda: setattr(g, "user", "ada"))
    app.after_request(Shop("corner").add_name)
    app.after_request(functools.partial(add_header, "X-Partial"))
    app.after_request(functools.partial(add_late, "X-Late"))
    app.after_request(Called())
    app.add_url_rule("/", "index", lambda: g.user)
    response = app.test_client().get("/")
    assert response.text == "ada"
    names = "X-Shop", "X-Partial", "X-Late", "X-Called"
    assert [response.headers[name] for name in names] == ["corner", *["tea"] * 3]


def test_hook_made_in_a_loop_needs_its_own_value(app, steps):
    """A lambda looks the loop's variable up when it is called; a partial keeps it."""
    for name in "first", "second":
        app.before_request(lambda: steps.append(name))  # noqa: B023 (the claim)
    for name in "first", "second":
        app.before_request(functools.partial(steps.append, name))
    app.add_url_rule("/", "index", lambda: "Tea")
    app.test_client().get("/")
    assert steps == ["second", "second", "first", "second"]


@pytest.mark.parametrize("value", [True, False, 0, "", [], {}, ("", 204)])
def test_value_of_a_before_request_function_is_the_response_unless_it_is_none(
    app, value
):
    """Also a false value; a value that can't become a response is an error."""
    app.testing = True
    called = []
    app.before_request(lambda: value)
    app.add_url_rule("/", "index", lambda: called.append("view") or "Tea")
    if isinstance(value, int):
        with pytest.raises(TypeError, match="did not return a valid response"):
            app.test_client().get("/")
    else:
        assert app.test_client().get("/").text.strip() in {"", "[]", "{}"}
    assert called == []


@pytest.mark.parametrize("key", [404, NotFound])
def test_error_handler_without_a_parameter_makes_a_404_a_500(app, key):
    """Flask calls it with the exception, and the TypeError makes the request fail."""
    app.register_error_handler(key, lambda: ("Nothing here", 404))
    assert app.test_client().get("/nothing").status_code == 500


def test_receiver_gets_the_sender_and_what_the_signal_carries(app):
    """The sender by position, the rest by name."""
    got = []

    def note(*arguments, **named):
        got.append((arguments, sorted(named)))

    app.add_url_rule("/", "index", lambda: "Tea")
    with request_finished.connected_to(note, app):
        app.test_client().get("/")
    names = ["_async_wrapper", "response"]
    assert [(sender, set(named) <= set(names)) for sender, named in got] == [
        ((app,), True)
    ]


@pytest.mark.parametrize("name", ["args", "form", "files", "cookies", "values"])
def test_values_of_the_request_cannot_be_changed(app, name):
    """A copy can be changed; the request keeps what the client has sent."""
    with app.test_request_context("/?tea=green"):
        sent = getattr(request, name)
        with pytest.raises(TypeError, match="immutable"):
            sent["tea"] = "black"
        if name != "values":
            copy = sent.copy()
            copy["tea"] = "black"
            assert copy["tea"] == "black"
        assert sent.get("tea") in {"green", None}


def test_second_app_that_adds_a_hook_to_a_blueprint_of_a_module_is_refused():
    """The blueprint was registered with the first app; up to Flask 2.2 this warns."""
    shop = Blueprint("shop", __name__)

    def create_app():
        app = Flask("shop", static_folder=None)
        shop.before_request(lambda: None)
        app.register_blueprint(shop)
        return app

    create_app()
    with pytest.raises(
        (AssertionError, UserWarning), match="has already been registered"
    ):
        create_app()


def test_flask_run_calls_the_app_in_a_new_thread_for_each_request(app, monkeypatch):
    """So does make_server with threaded=True, which the command asks for."""
    threads = []
    app.add_url_rule("/", "index", lambda: threads.append(threading.get_ident()) or "")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    monkeypatch.setattr(server.RequestHandlerClass, "log", lambda *args: None)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/", headers={"Connection": "close"})
        connection.getresponse().read()
        connection.close()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert len(threads) == 1
    assert thread.ident not in threads


def test_rollback_of_one_request_undoes_another_if_they_share_a_connection():
    """A transaction belongs to the connection, not to a request or a thread."""
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    kept.execute("CREATE TABLE orders (tea TEXT)")
    kept.execute("INSERT INTO orders VALUES ('green')")
    thread = threading.Thread(target=kept.rollback)
    thread.start()
    thread.join()
    assert kept.execute("SELECT count(*) FROM orders").fetchone() == (0,)
    kept.close()


def test_names_that_were_gone_before_flask_2_2_have_a_replacement():
    """On each version that runs this."""
    client = older_names.app.test_client()
    assert "no attribute 'is_xhr'" in client.get("/old").text
    script = {"X-Requested-With": "XMLHttpRequest"}
    assert client.get("/", headers=script).text == "script without a token"
    assert client.get("/", headers={"X-Token": "tea"}).text == "browser with a token"
