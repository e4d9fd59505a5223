"""One need, with and without a hook, and what other tools are for."""

import ast
import runpy
from pathlib import Path

import pytest
from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    g,
    make_response,
    render_template_string,
)
from werkzeug.exceptions import HTTPException
from werkzeug.test import Client

from snippets.after_request import close_in_a_hook, hand_over_slow_work
from snippets.after_request import forbid_in_time as in_time
from snippets.after_request import forbid_too_late as too_late
from snippets.after_request.decorate_one_view import app as feed_app
from snippets.after_request.forget_return import app as forgetful
from snippets.after_request.headers_in_response_class import SecureResponse
from snippets.after_request.headers_in_response_class import app as response_class_app
from snippets.after_request.wrap_wsgi_app import app as wrapped

SNIPPETS = Path(close_in_a_hook.__file__).parent
WITHOUT, WITH = "headers_in_every_view.py", "headers_in_a_hook.py"
REQUESTS = {
    "page": ("GET", "/"),
    "page with an argument": ("GET", "/products/teapot"),
    "redirect of a view": ("GET", "/catalogue"),
    "404": ("GET", "/products/lamp"),
    "redirect to the slash": ("GET", "/orders"),
    "OPTIONS": ("OPTIONS", "/"),
    "405": ("POST", "/"),
    "500": ("GET", "/sales"),
    "static file": ("GET", "/static/style.css"),
}
HEADERS = "X-Frame-Options", "X-Content-Type-Options"


@pytest.fixture
def build(tmp_path):
    """Load a fresh app from a snippet's file, with a style sheet to serve."""
    (tmp_path / "style.css").write_text("h1 {}")

    def load(name):
        names = runpy.run_path(str(SNIPPETS / name))
        names["app"].static_folder = str(tmp_path)
        return names

    return load


def ask(app, what):
    method, path = REQUESTS[what]
    with app.test_client().open(path, method=method) as response:
        response.get_data()
        return response


def unprotected(app):
    found = []
    for what in REQUESTS:
        headers = ask(app, what).headers
        values = [headers.get(name) for name in HEADERS]
        assert values in ([None, None], ["DENY", "nosniff"])
        if values == [None, None]:
            found.append(what)
    return found


def test_headers_set_in_views_miss_what_no_view_returns(build):
    """The slash redirect, OPTIONS, 405, 500 and static files lack them."""
    assert unprotected(build(WITHOUT)["app"]) == [
        "redirect to the slash",
        "OPTIONS",
        "405",
        "500",
        "static file",
    ]


def test_headers_set_in_a_hook_miss_none_of_the_same_requests(build):
    """Nine kinds of requests, and each response has both headers."""
    assert len(REQUESTS) == 9
    assert unprotected(build(WITH)["app"]) == []


def test_apps_with_and_without_the_hook_differ_in_the_headers_only(build):
    """The same requests: each status and each body is the same."""
    without, with_hook = build(WITHOUT)["app"], build(WITH)["app"]
    statuses = []
    for what in REQUESTS:
        first, second = ask(without, what), ask(with_hook, what)
        assert (first.status, first.data) == (second.status, second.data), what
        statuses.append(first.status_code)
    assert statuses == [200, 200, 302, 404, 308, 200, 405, 500, 200]


def test_helper_is_named_in_six_functions_and_the_hook_in_none():
    """Without the hook, five views and the error handler call the helper."""
    callers = {}
    for name in WITHOUT, WITH:
        tree = ast.parse((SNIPPETS / name).read_text(encoding="utf-8"))
        callers[name] = [
            function.name
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef)
            for call in ast.walk(function)
            if isinstance(call, ast.Call)
            and ast.unparse(call.func) == "add_security_headers"
        ]
    assert sorted(callers[WITHOUT]) == [
        "index",
        "list_orders",
        "not_found",
        "old_catalogue",
        "show_product",
        "show_sales",
    ]
    assert callers[WITH] == []


def test_view_added_later_needs_to_know_of_the_helper_but_not_of_the_hook(build):
    """The same new view, added to both apps: only the hook protects it."""
    found = {}
    for name in WITHOUT, WITH:
        app = build(name)["app"]
        app.add_url_rule("/tickets", "tickets", lambda: "Adults: 8")
        response = app.test_client().get("/tickets")
        found[name] = response.headers.get("X-Frame-Options")
    assert found == {WITHOUT: None, WITH: "DENY"}


def test_handler_of_httpexception_protects_405_and_500_and_no_more(build):
    """Three kinds lack them: they aren't errors, or don't come from the app's views."""
    names = build(WITHOUT)

    @names["app"].errorhandler(HTTPException)
    def any_error(error):
        return names["add_security_headers"](error)

    assert unprotected(names["app"]) == [
        "redirect to the slash",
        "OPTIONS",
        "static file",
    ]


def frame(client, method, path):
    return client.open(path, method=method).headers.get("X-Frame-Options")


def test_default_of_a_response_class_is_missing_on_error_pages():
    """An HTTPException makes its own response, which is only converted."""
    client = Client(response_class_app)
    assert frame(client, "GET", "/") == "DENY"
    assert frame(client, "GET", "/catalogue") == "DENY"
    assert frame(client, "OPTIONS", "/") == "DENY"
    assert frame(client, "GET", "/lamps") is None
    assert frame(client, "POST", "/") is None
    assert frame(client, "GET", "/orders") is None


def test_default_of_a_response_class_is_missing_on_other_response_objects():
    """A flask.Response from a view changes its class, and is not made again."""

    class Gallery(Flask):
        response_class = SecureResponse

    app = Gallery(__name__, static_folder=None)
    received = []

    @app.after_request
    def look(response):
        received.append((type(response), "X-Frame-Options" in response.headers))
        return response

    app.add_url_rule("/", "label", lambda: Response("Amber"))
    Client(app).get("/")
    assert received == [(SecureResponse, False)]


def test_test_client_adds_the_default_of_the_response_class_itself():
    """It uses the app's class: a test sees a header that isn't sent."""
    assert frame(Client(response_class_app), "GET", "/lamps") is None
    assert frame(response_class_app.test_client(), "GET", "/lamps") == "DENY"


def test_decorator_changes_the_response_of_its_own_view_only():
    """The view beside it, without the decorator, is as it was."""
    client = feed_app.test_client()
    assert client.get("/feed").mimetype == "application/rss+xml"
    assert client.get("/posts").mimetype == "text/html"


def test_decorator_of_a_view_misses_its_errors(app):
    """abort() raises past the decorator: the error page is not changed."""

    def stamp(view):
        def stamped():
            response = make_response(view())
            response.headers["X-Stamp"] = "yes"
            return response

        return stamped

    app.add_url_rule("/open", "open", stamp(lambda: "Open"))
    app.add_url_rule("/shut", "shut", stamp(lambda: abort(403)))
    client = app.test_client()
    assert client.get("/open").headers["X-Stamp"] == "yes"
    assert client.get("/shut").status_code == 403
    assert "X-Stamp" not in client.get("/shut").headers


def test_connection_closed_in_a_hook_stays_open_when_another_hook_fails():
    """Also in production: if an earlier one fails, the closing hook doesn't run."""
    still_open = close_in_a_hook.still_open
    client = close_in_a_hook.app.test_client()
    still_open.clear()
    assert client.get("/authors/ada").status_code == 200
    assert still_open == set()
    assert client.get("/authors/bob").status_code == 500
    assert still_open == {"closed in the hook"}


def test_connection_closed_in_a_hook_is_closed_too_early_for_hooks_before_it(app):
    """Registered last, it runs first: the other hook finds a closed connection."""
    steps = []
    app.after_request(lambda response: steps.append("query") or response)
    app.after_request(lambda response: steps.append("close") or response)
    app.teardown_request(lambda error: steps.append("close in teardown"))
    app.test_client().get("/")
    assert steps == ["close", "query", "close in teardown"]


def test_hook_does_not_reach_a_mounted_wsgi_application():
    """Flask never sees the request; middleware around both sees every one."""
    client = Client(wrapped)
    page, archive = client.get("/"), client.get("/archive/2009")
    assert (page.headers["X-Hook"], page.headers["X-Wrap"]) == ("seen", "seen")
    assert archive.text == "Posts of 2009"
    assert archive.headers["X-Wrap"] == "seen"
    assert "X-Hook" not in archive.headers


def test_wsgi_middleware_can_answer_for_a_forgotten_return():
    """The TypeError leaves Flask, and code that called Flask can catch it."""

    def rescue(environ, start_response):
        try:
            return forgetful.wsgi_app(environ, start_response)
        except TypeError as error:
            return Response(f"Caught: {error}", 500)(environ, start_response)

    response = Client(rescue).get("/account")
    assert response.status_code == 500
    assert response.text == "Caught: 'NoneType' object is not callable"


def test_hook_forbids_only_after_the_view_has_run():
    """The client gets a 401, but the post is gone."""
    too_late.posts[3] = "Hello"
    assert too_late.app.test_client().delete("/posts/3").status_code == 401
    assert too_late.posts == {}
    too_late.posts[3] = "Hello"


def test_before_request_forbids_before_the_view_runs():
    """The same 401, and nothing has happened."""
    client = in_time.app.test_client()
    assert client.delete("/posts/3").status_code == 401
    assert in_time.posts == {3: "Hello"}
    with client.session_transaction() as session:
        session["user"] = "ada"
    assert (client.delete("/posts/3").status_code, in_time.posts) == (200, {})
    in_time.posts[3] = "Hello"


def test_queued_job_has_not_run_when_the_client_has_its_response(capsys):
    """The view only hands the work over; the hook has run before the work starts."""
    response = hand_over_slow_work.app.test_client().post("/orders")
    assert response.text == "Thank you"
    assert capsys.readouterr().out == "hook: request logged\n"
    hand_over_slow_work.work_off()
    assert capsys.readouterr().out == "worker: confirmation mailed\n"


def test_hook_of_a_blueprint_does_not_reach_static_files_of_the_app(build):
    """They belong to the app: a blueprint's hook is one way to leave them out."""
    app = build(WITH)["app"]
    seen = []
    rooms = Blueprint("cellar", __name__)
    rooms.after_request(lambda response: seen.append(response.status) or response)
    rooms.add_url_rule("/cellar", "cellar", lambda: "Coins")
    app.register_blueprint(rooms)
    app.test_client().get("/cellar")
    assert ask(app, "static file").status_code == 200
    assert seen == ["200 OK"]


def test_context_processor_runs_for_an_error_page_before_the_user_is_loaded(app):
    """A value that no function has set yet needs a default."""
    shown = []

    @app.before_request
    def close_shop():
        abort(503)

    @app.before_request
    def load_user():
        g.user = "Ada"

    @app.context_processor
    def show_user():
        shown.append("user" in g)
        return {"user": g.get("user", "nobody")}

    app.register_error_handler(503, lambda error: render_template_string("{{ user }}"))
    assert app.test_client().get("/").text == "nobody"
    assert shown == [False]


def test_context_processor_is_not_called_without_a_template(app):
    """A view that returns text renders no template and needs no values."""
    asked = []

    @app.context_processor
    def opening_hours():
        asked.append("opening_hours")
        return {"hours": "10 to 5"}

    app.add_url_rule("/text", "text", lambda: "Welcome")
    app.add_url_rule("/page", "page", lambda: render_template_string("{{ hours }}"))
    client = app.test_client()
    assert (client.get("/text").text, asked) == ("Welcome", [])
    assert (client.get("/page").text, asked) == ("10 to 5", ["opening_hours"])
