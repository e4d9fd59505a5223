"""Answers to questions about order, bodies, methods and shells."""

import threading

import pytest
from flask import (
    Response,
    has_request_context,
    redirect,
    request,
    send_from_directory,
)

from tests.behaviour.versions import REDIRECT


def test_hook_put_last_into_the_list_of_after_request_runs_first(app, steps):
    """Flask goes through app.after_request_funcs[None] from its end."""

    def note(name):
        def hook(response):
            steps.append(name)
            return response

        return hook

    app.after_request(note("extension"))
    app.after_request_funcs[None].append(note("last in the list"))
    app.after_request_funcs[None].insert(0, note("first in the list"))
    app.add_url_rule("/", "index", lambda: "Tea")
    app.test_client().get("/")
    assert steps == ["last in the list", "extension", "first in the list"]


def test_header_for_sent_files_only_is_set_on_their_response(app, tmp_path):
    """The view has the response of send_from_directory, and may change it."""
    (tmp_path / "list.csv").write_text("tea")

    @app.get("/lists/<name>")
    def send_list(name):
        response = send_from_directory(tmp_path, name)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    app.add_url_rule("/", "index", lambda: "Tea")
    client = app.test_client()
    with client.get("/lists/list.csv") as response:
        assert response.headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get("/").headers
    assert "X-Robots-Tag" not in client.get("/lists/none.csv").headers


def test_after_request_function_reads_the_json_of_the_request(app):
    """Whether the view has read it or not; not what the view took from the stream."""
    app.add_url_rule("/left", "left", lambda: "left", methods=["POST"])
    read = ["read", lambda: str(request.get_json()["tea"])]
    app.add_url_rule("/read", *read, methods=["POST"])
    streamed = ["streamed", lambda: request.stream.read().decode()]
    app.add_url_rule("/streamed", *streamed, methods=["POST"])

    @app.after_request
    def tell(response):
        response.headers["X-Sent"] = str(request.get_json(silent=True))
        return response

    send = app.test_client().post
    assert send("/left", json={"tea": 1}).headers["X-Sent"] == "{'tea': 1}"
    assert send("/read", json={"tea": 1}).headers["X-Sent"] == "{'tea': 1}"
    assert send("/streamed", json={"tea": 1}).headers["X-Sent"] == "None"


def test_yield_in_a_view_makes_all_of_it_the_body(app):
    """So a redirect in it is lost, and the request with it: it runs too late."""

    @app.get("/wrong")
    def wrong():
        if "user" not in request.args:
            return redirect("/login")
        yield "Tea"

    @app.get("/right")
    def right():
        if "user" not in request.args:
            return redirect("/login")

        def read():
            yield "Tea"

        return Response(read())

    client = app.test_client()
    with pytest.raises(RuntimeError, match=r"^Working outside of request context\."):
        client.get("/wrong", buffered=True)
    assert client.get("/right").status_code == REDIRECT
    assert client.get("/right?user=ada").text == "Tea"


def test_method_changed_by_middleware_finds_the_view_of_the_new_method(app):
    """A hook comes too late: Flask matches the URL before the first one."""

    def override(environ, start_response):
        environ["REQUEST_METHOD"] = environ.get("HTTP_X_METHOD", "POST")
        return plain(environ, start_response)

    @app.before_request
    def change():
        if "late" in request.args:
            request.environ["REQUEST_METHOD"] = "DELETE"

    app.add_url_rule("/", "place", lambda: "placed", methods=["POST"])
    app.add_url_rule("/", "cancel", lambda: "cancelled", methods=["DELETE"])
    plain, app.wsgi_app = app.wsgi_app, override
    client = app.test_client()
    assert client.post("/", headers={"X-Method": "DELETE"}).text == "cancelled"
    assert client.post("/?late=1").text == "placed"


def test_hook_with_a_lock_runs_once_for_all_threads(app, steps):
    """The first request that comes does the work; others wait for it, or skip it."""
    lock, done = threading.Lock(), []

    @app.before_request
    def load_once():
        if not done:
            with lock:
                if not done:
                    steps.append("loaded")
                    done.append(True)

    app.add_url_rule("/", "index", lambda: "Tea")
    both_there = threading.Barrier(2, timeout=30)
    client = app.test_client

    def ask():
        both_there.wait()
        assert client().get("/").text == "Tea"

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert client().get("/").text == "Tea"
    assert steps == ["loaded"]


def test_flag_without_a_lock_lets_two_threads_do_the_work(app, steps):
    """Both look at it before one of them has set it."""
    app.config["INITIALIZED"] = False
    both_inside = threading.Barrier(2, timeout=30)

    @app.before_request
    def load_once():
        if not app.config["INITIALIZED"]:
            both_inside.wait()
            steps.append("loaded")
            app.config["INITIALIZED"] = True

    app.add_url_rule("/", "index", lambda: "Tea")
    ask = app.test_client
    threads = [threading.Thread(target=lambda: ask().get("/")) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ask().get("/").text == "Tea"
    assert steps == ["loaded", "loaded"]


def test_hook_that_takes_itself_out_of_the_list_makes_flask_skip_the_next(app, steps):
    """Flask is going through that list; in the next request the other one runs."""

    @app.before_request
    def once():
        steps.append("once")
        app.before_request_funcs[None].remove(once)

    app.before_request(lambda: steps.append("next"))
    app.add_url_rule("/", "index", lambda: "Tea")
    client = app.test_client()
    client.get("/")
    assert steps == ["once"]
    client.get("/")
    assert steps == ["once", "next"]


def test_teardown_function_gets_none_when_the_response_cannot_be_sent(app):
    """Flask has handed the response over: what fails then goes to the server only."""

    class Unsendable(Response):
        def __call__(self, environ, start_response):
            raise OSError("nobody there")

    found = []
    app.response_class = Unsendable
    app.teardown_request(found.append)
    app.add_url_rule("/", "index", lambda: "Tea")
    with pytest.raises(OSError, match="nobody there"):
        app.test_client().get("/")
    assert found == [None]


def test_shell_has_the_app_and_no_request(app, steps):
    """A request context that you push there calls no hook."""
    app.before_request(lambda: steps.append("before_request"))
    with app.app_context():
        assert not has_request_context()
        context = app.test_request_context("/orders")
        context.push()
        assert request.path == "/orders"
        context.pop()
    assert steps == []
