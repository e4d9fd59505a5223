"""What an after_request hook receives, and for which requests it runs."""

import flask
import pytest
from flask import Flask, redirect, request, session

from snippets.after_request.add_header import add_header
from snippets.after_request.add_header import app as hello_app
from tests.behaviour.versions import FLASK


@pytest.fixture
def stamped(app):
    """An app whose only hook stamps X-Stamp on each response."""

    @app.after_request
    def stamp(response):
        response.headers["X-Stamp"] = request.method
        return response

    return app


def test_hook_adds_a_header_to_the_response_of_a_view():
    """The header that a hook sets reaches the client, and the body stays."""
    response = hello_app.test_client().get("/")
    assert response.headers["X-Hello"] == "World"
    assert response.text == "Hello!"


def test_hook_runs_for_every_request():
    """A hook runs for every request, whatever the view."""
    client = hello_app.test_client()
    responses = [client.get(path) for path in ("/", "/", "/nowhere")]
    assert [r.headers["X-Hello"] for r in responses] == ["World"] * 3


KINDS = {
    "page": ("GET", "/", 200),
    "HEAD": ("HEAD", "/", 200),
    "POST": ("POST", "/orders", 201),
    "automatic OPTIONS": ("OPTIONS", "/", 200),
    "unknown URL": ("GET", "/nowhere", 404),
    "wrong method": ("DELETE", "/", 405),
    "slash redirect": ("GET", "/shop", 308),
    "redirect": ("GET", "/old", 303 if FLASK >= (3, 2) else 302),
    "abort": ("GET", "/secret", 403),
    "error handler": ("GET", "/gone", 410),
    "static file": ("GET", "/static/style.css", 200),
    "stream": ("GET", "/stream", 200),
    "empty": ("GET", "/empty", 204),
    "early return": ("GET", "/early", 503),
    "crash": ("GET", "/crash", 500),
}


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_hook_runs_for_every_kind_of_response(stamped, tmp_path, kind, debug):
    """Fifteen kinds, in production and in debug mode, where a crash has no response."""
    (tmp_path / "style.css").write_text("h1 {}")
    app = stamped
    app.debug = debug
    app.static_folder = str(tmp_path)
    app.add_url_rule("/static/<path:filename>", "static", app.send_static_file)
    app.before_request(lambda: ("", 503) if request.path == "/early" else None)
    app.register_error_handler(410, lambda error: ("Gone", 410))
    for path, view in {
        "/": lambda: "Tea",
        "/shop/": lambda: "Shop",
        "/old": lambda: redirect("/"),
        "/secret": lambda: flask.abort(403),
        "/gone": lambda: flask.abort(410),
        "/stream": lambda: iter("ab"),
        "/empty": lambda: ("", 204),
        "/early": lambda: "Late",
        "/crash": lambda: {}["tea"],
    }.items():
        app.add_url_rule(path, path, view)
    app.add_url_rule("/orders", "orders", lambda: ("", 201), methods=["POST"])
    method, path, status = KINDS[kind]
    if kind == "crash" and debug:
        with pytest.raises(KeyError):
            app.test_client().get(path)
        return
    with app.test_client().open(path, method=method) as response:
        assert response.status_code == status
        assert response.headers.getlist("X-Stamp") == [method]


def test_after_request_returns_the_function_unchanged():
    """The decorator only registers: the name still holds the plain function."""
    assert hello_app.after_request_funcs == {None: [add_header]}
    assert Flask("shop").after_request(add_header) is add_header


def test_hook_receives_a_response_object_whatever_the_view_returned(app):
    """A str, a dict and a tuple have all become a Response before the hook.

    Question: What does a hook receive when the view returned a str, a dict or a
    tuple?
    """
    received = []

    @app.after_request
    def look(response):
        received.append((type(response), response.status_code, response.mimetype))
        return response

    app.add_url_rule("/text", view_func=lambda: "Rain", endpoint="text")
    app.add_url_rule("/json", view_func=lambda: {"sky": "grey"}, endpoint="json")
    app.add_url_rule("/made", view_func=lambda: ("Made", 201), endpoint="made")
    for path in "/text", "/json", "/made":
        app.test_client().get(path)
    assert received == [
        (flask.Response, 200, "text/html"),
        (flask.Response, 200, "application/json"),
        (flask.Response, 201, "text/html"),
    ]


def test_hook_can_still_read_request_g_and_session(app):
    """The contexts are active while hooks run."""
    app.secret_key = "test"

    @app.before_request
    def note():
        flask.g.reader = "Ada"

    @app.after_request
    def tell(response):
        session["path"] = request.path
        response.headers["X-Seen"] = f"{flask.g.reader} {request.endpoint}"
        return response

    app.add_url_rule("/shelf", view_func=lambda: "Books", endpoint="shelf")
    client = app.test_client()
    assert client.get("/shelf").headers["X-Seen"] == "Ada shelf"
    with client.session_transaction() as saved:
        assert saved["path"] == "/shelf"


def test_header_assigned_by_a_hook_replaces_the_header_of_the_view(app):
    """Assigning to response.headers overwrites what the view set."""

    @app.after_request
    def set_header(response):
        response.headers["X-Source"] = "hook"
        return response

    app.add_url_rule("/", view_func=lambda: ("", {"X-Source": "view"}), endpoint="i")
    assert app.test_client().get("/").headers.getlist("X-Source") == ["hook"]


def test_header_added_by_a_hook_stands_beside_the_header_of_the_view(app):
    """headers.add keeps the view's header: the client receives both."""

    @app.after_request
    def set_header(response):
        response.headers.add("X-Source", "hook")
        return response

    app.add_url_rule("/", view_func=lambda: ("", {"X-Source": "view"}), endpoint="i")
    assert app.test_client().get("/").headers.getlist("X-Source") == ["view", "hook"]


def test_header_defaulted_by_a_hook_keeps_the_header_of_the_view(app):
    """headers.setdefault only fills what the view left open."""

    @app.after_request
    def set_header(response):
        response.headers.setdefault("X-Source", "hook")
        return response

    app.add_url_rule("/a", view_func=lambda: ("", {"X-Source": "view"}), endpoint="a")
    app.add_url_rule("/b", view_func=lambda: "", endpoint="b")
    client = app.test_client()
    sources = [client.get(path).headers["X-Source"] for path in ("/a", "/b")]
    assert sources == ["view", "hook"]


def test_hook_runs_on_redirects(stamped):
    """A redirect is a response like any other."""
    stamped.add_url_rule("/old", view_func=lambda: redirect("/new"), endpoint="old")
    response = stamped.test_client().get("/old")
    # Flask 3.2 redirects with 303 by default, so that the client uses GET.
    assert response.status_code == (303 if FLASK >= (3, 2) else 302)
    assert response.headers["X-Stamp"] == "GET"


def test_hook_runs_on_the_redirect_to_a_trailing_slash(stamped):
    """Hooks run on the redirect that URL matching makes."""
    stamped.add_url_rule("/notes/", view_func=lambda: "Notes", endpoint="notes")
    response = stamped.test_client().get("/notes")
    assert (response.status_code, response.headers["X-Stamp"]) == (308, "GET")


def test_hook_runs_on_head_requests(stamped):
    """HEAD gets the hook's headers and no body."""
    stamped.add_url_rule("/notes", view_func=lambda: "Notes", endpoint="notes")
    response = stamped.test_client().head("/notes")
    assert (response.headers["X-Stamp"], response.data) == ("HEAD", b"")


def test_hook_runs_on_automatic_options_responses(stamped):
    """Hooks run on Flask's automatic response to OPTIONS."""
    stamped.add_url_rule("/notes", view_func=lambda: "Notes", endpoint="notes")
    response = stamped.test_client().options("/notes")
    assert response.headers["X-Stamp"] == "OPTIONS"
    assert sorted(response.allow) == ["GET", "HEAD", "OPTIONS"]


def test_hook_runs_when_the_method_is_not_allowed(stamped):
    """Hooks run on a 405."""
    stamped.add_url_rule("/notes", view_func=lambda: "Notes", endpoint="notes")
    response = stamped.test_client().delete("/notes")
    assert (response.status_code, response.headers["X-Stamp"]) == (405, "DELETE")


def test_hook_runs_for_static_files(tmp_path):
    """Hooks run for a file that Flask's static route serves."""
    (tmp_path / "site.css").write_text("body { margin: 0 }")
    app = Flask(__name__, static_folder=tmp_path, static_url_path="/static")
    app.after_request(lambda r: r.headers.add("X-Stamp", request.method) or r)
    with app.test_client().get("/static/site.css") as response:
        assert (response.status_code, response.headers["X-Stamp"]) == (200, "GET")
        assert response.text == "body { margin: 0 }"


def test_hook_registered_twice_runs_twice(app, steps):
    """Flask does not look for duplicates among the hooks."""

    def note(response):
        steps.append("note")
        return response

    app.after_request(note)
    app.after_request(note)
    app.test_client().get("/")
    assert steps == ["note", "note"]


def test_hook_cannot_be_registered_after_the_first_request(app):
    """Once a request has been handled, after_request refuses to register functions."""
    app.test_client().get("/")
    with pytest.raises(AssertionError, match="can no longer be called"):
        app.after_request(lambda response: response)


def test_hooks_are_kept_by_blueprint_name_not_by_method():
    """after_request_funcs maps a blueprint's name, or None for the app, to a list."""
    from snippets.after_request.blueprint_hooks import app as nested_app

    assert {
        name: [hook.__name__ for hook in hooks]
        for name, hooks in nested_app.after_request_funcs.items()
    } == {
        None: ["name_app"],
        "shop": ["name_shop"],
        "shop.orders": ["name_orders"],
    }


def test_after_request_is_a_method_and_not_importable_from_flask():
    """The app and blueprints have after_request; the flask package doesn't."""
    assert not hasattr(flask, "after_request")
    assert hasattr(flask.Flask, "after_request")
    assert hasattr(flask.Blueprint, "after_request")


def test_flask_keeps_no_start_time_of_a_request(app):
    """Neither the app nor the request knows when the request began."""
    with app.test_request_context():
        assert not hasattr(request, "start_time")
        assert not hasattr(app, "last_request_start_time")


def test_test_request_context_alone_runs_no_hooks(app, steps):
    """Pushing a request context by hand calls neither kind of hook."""
    app.before_request(lambda: steps.append("before"))
    app.after_request(lambda response: steps.append("after") or response)
    with app.test_request_context("/"):
        assert steps == []


def test_async_hook_is_awaited(app):
    """An async def function may be registered with after_request."""

    @app.after_request
    async def stamp(response):
        response.headers["X-Stamp"] = "async"
        return response

    assert app.test_client().get("/").headers["X-Stamp"] == "async"
