"""What readers asked next: bodies without a page, streams, threads and loops."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import (
    Response,
    jsonify,
    redirect,
    render_template_string,
    request,
    session,
)

from snippets.questions import last_seen, require_json, type_hints


@pytest.mark.parametrize("make", [lambda: "", lambda: jsonify({}), lambda: Response()])
@pytest.mark.parametrize("removed", [False, True])
def test_204_keeps_its_content_type_unless_a_hook_removes_it(app, make, removed):
    """The body isn't sent, and there is no Content-Length."""
    app.add_url_rule("/", "index", lambda: (make(), 204))

    @app.after_request
    def remove_type(response):
        if removed and response.status_code == 204:
            response.headers.pop("Content-Type", None)
        return response

    response = app.test_client().get("/")
    assert (response.status_code, response.data) == (204, b"")
    assert "Content-Length" not in response.headers
    assert ("Content-Type" in response.headers) == (not removed)


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("kind", ["text/html", "application/json", "text/css"])
def test_flask_compresses_no_response(app, kind, debug):
    """Whatever the client accepts."""
    app.debug = debug
    page = "tea " * 10000
    app.add_url_rule("/", "index", lambda: Response(page, mimetype=kind))
    client = app.test_client()
    response = client.get("/", headers={"Accept-Encoding": "gzip, br, deflate"})
    assert "Content-Encoding" not in response.headers
    assert response.text == page


class Shipping:
    """An extension as most are: the app here or in init_app."""

    def __init__(self, app=None):
        if app is not None:
            self.init_app(app)

    def init_app(self, app):
        app.before_request(self.load)

    def load(self):
        request.loads = getattr(request, "loads", 0) + 1


@pytest.mark.parametrize("again", [False, True])
def test_extension_whose_init_app_is_called_twice_runs_its_hooks_twice(app, again):
    """Extension(app) calls init_app as well; the list has the function twice."""
    shipping = Shipping(app)
    if again:
        shipping.init_app(app)
    app.add_url_rule("/", "index", lambda: str(request.loads))
    times = 2 if again else 1
    assert app.before_request_funcs[None] == [shipping.load] * times
    assert app.test_client().get("/").text == str(times)


def test_followed_redirects_run_all_hooks_for_each_request(app, steps):
    """response.history has the redirects, response.request the last request."""
    app.before_request(lambda: steps.append(f"before {request.path}"))
    app.after_request(
        lambda response: steps.append(f"after {request.path}") or response
    )
    app.add_url_rule("/old", "old", lambda: redirect("/new"))
    app.add_url_rule("/new", "new", lambda: "Tea")
    response = app.test_client().get("/old", follow_redirects=True)
    assert steps == ["before /old", "after /old", "before /new", "after /new"]
    assert [each.location for each in response.history] == ["/new"]
    assert response.request.path == "/new"


@pytest.mark.parametrize("pool", [False, True])
def test_exception_of_a_thread_is_printed_and_that_of_a_pool_is_kept(
    app, monkeypatch, capsys, pool
):
    """Nobody sees that of a pool who doesn't ask for the result."""
    told = []
    monkeypatch.setattr(threading, "excepthook", lambda args: told.append(args[1]))

    def work():
        raise ValueError("no tea")

    futures = []

    @app.get("/")
    def index():
        if pool:
            with ThreadPoolExecutor(1) as workers:
                futures.append(workers.submit(work))
        else:
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()
        return "Thank you"

    assert app.test_client().get("/").text == "Thank you"
    assert [str(error) for error in told] == ([] if pool else ["no tea"])
    assert [str(future.exception()) for future in futures] == ["no tea"] * pool
    assert capsys.readouterr().err == ""


class Upstream:
    """What another server sends; as a response of an HTTP client, it has close()."""

    def __init__(self, steps):
        self.steps = steps

    def read(self):
        yield from ("tea ", "coffee")

    def close(self):
        self.steps.append("closed")


def relay(upstream):
    yield from upstream.read()


def relay_and_close(upstream):
    try:
        yield from upstream.read()
    finally:
        upstream.close()


@pytest.mark.parametrize("how", ["whole", "first piece", "HEAD"])
@pytest.mark.parametrize(
    ("pieces", "deferred", "closes"),
    [
        (relay, False, set()),
        (relay_and_close, False, {"whole", "first piece"}),
        (relay, True, {"whole", "first piece", "HEAD"}),
    ],
)
def test_what_a_stream_reads_is_closed_by_finally_or_call_on_close(
    app, steps, how, pieces, deferred, closes
):
    """Flask closes the generator; finally doesn't run if it never began."""
    upstream = Upstream(steps)

    @app.get("/")
    def index():
        response = Response(pieces(upstream))
        if deferred:
            response.call_on_close(upstream.close)
        return response

    client = app.test_client()
    method = "HEAD" if how == "HEAD" else "GET"
    response = client.open("/", method=method, buffered=False)
    if how == "whole":
        assert response.text == "tea coffee"
    response.close()
    assert steps == (["closed"] if how in closes else [])


def in_a_thread(function):
    with ThreadPoolExecutor(1, "worker") as pool:
        return pool.submit(function).result()


def test_plain_view_in_a_thread_has_no_event_loop(app):
    """An async view has one, and asyncio.run makes one."""
    app.testing = True

    async def count():
        return "3 teas"

    def old():
        asyncio.get_event_loop()
        return "never"

    async def awaiting():
        assert asyncio.get_event_loop() is asyncio.get_running_loop()
        return await count()

    app.add_url_rule("/old", "old", old)
    app.add_url_rule("/run", "run", lambda: asyncio.run(count()))
    app.add_url_rule("/await", "await", awaiting)
    client = app.test_client()
    message = "^There is no current event loop in thread 'worker_0'"
    with pytest.raises(RuntimeError, match=message):
        in_a_thread(lambda: client.get("/old"))
    for path in "/run", "/await":
        assert in_a_thread(lambda path=path: client.get(path)).text == "3 teas"


@pytest.mark.parametrize("called", [False, True])
def test_dict_registered_as_a_context_processor_is_not_callable(app, called):
    """Parentheses after the function register what it returns."""
    app.testing = True

    def add_shop():
        return {"shop": "corner"}

    app.context_processor(add_shop() if called else add_shop)
    app.add_url_rule("/", "index", lambda: render_template_string("{{ shop }}"))
    client = app.test_client()
    if called:
        with pytest.raises(TypeError, match=r"^'dict' object is not callable$"):
            client.get("/")
    else:
        assert client.get("/").text == "corner"


def test_dict_from_an_after_request_function_is_not_callable(app):
    """Flask calls what it returns as the response."""
    app.testing = True
    app.after_request(lambda response: {"shop": "corner"})
    app.add_url_rule("/", "index", lambda: "Tea")
    with pytest.raises(TypeError, match=r"^'dict' object is not callable$"):
        app.test_client().get("/")


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ("application/problem+json", 200),
        ("text/json", 415),
        ("application/x-www-form-urlencoded", 415),
        (None, 415),
    ],
)
def test_hook_that_asks_is_json_refuses_other_content_types(kind, status):
    """It reads the header only, and accepts each type that ends with +json."""
    client = require_json.app.test_client()
    response = client.post("/orders", data=b"not read", content_type=kind)
    assert response.status_code == status
    assert client.get("/orders").status_code == 200


def test_visit_is_noted_once_a_minute_and_for_views_only(monkeypatch, steps):
    """Not for unknown URLs, static files and visitors without a login."""
    clock = [1000.0]
    monkeypatch.setattr(last_seen.time, "time", lambda: clock[0])
    real = last_seen.open_database

    def noted():
        steps.append(request.path)
        database = real()
        database.execute("CREATE TABLE users (name, seen)")
        return database

    monkeypatch.setattr(last_seen, "open_database", noted)
    shop = {"base_url": "https://shop.example"}
    client = last_seen.app.test_client()
    client.get("/", **shop)
    client.post("/login", **shop)
    for path in "/nothing", "/static/shop.css", "/", "/":
        client.get(path, **shop)
    assert steps == ["/"]
    clock[0] += 61
    client.get("/", **shop)
    assert steps == ["/", "/"]


def test_script_that_asks_for_a_part_gets_a_header_in_place_of_the_redirect(app):
    """The hook reads a header of the request, such as HX-Request."""
    app.secret_key = "key"

    @app.before_request
    def require_login():
        if "user" in session or request.endpoint == "log_in":
            return None
        if request.headers.get("HX-Request"):
            return "", 204, {"HX-Redirect": "/login"}
        return redirect("/login")

    app.add_url_rule("/orders", "orders", lambda: "Orders")
    client = app.test_client()
    part = client.get("/orders", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, "/login")
    assert client.get("/orders").location == "/login"


def test_hooks_with_type_hints_run_like_others():
    """Flask doesn't read them."""
    client = type_hints.app.test_client()
    assert client.get("/closed").status_code == 503
    assert client.get("/nothing").text == "no such page"
    assert client.get("/").headers["X-Shop"] == "corner"
