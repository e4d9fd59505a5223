"""What hooks may do to a response, and what reaches the client of it."""

import http.client
import logging
import threading
from contextlib import contextmanager

import pytest
from flask import (
    Blueprint,
    Response,
    abort,
    jsonify,
    make_response,
    redirect,
    request,
    session,
)
from werkzeug.serving import WSGIRequestHandler, make_server

from snippets.questions import change_json
from snippets.recipes import slow_requests


class Quiet(WSGIRequestHandler):
    """The server's handler, which logs nothing here."""

    def log(self, *arguments, **named):
        """Keep the line to oneself."""


class Silent(Quiet):
    """One that names neither Werkzeug nor Python."""

    def version_string(self):
        return "shop"


@contextmanager
def serving(app, handler=Quiet):
    """Serve an app as `flask run` does, and yield a connection to it."""
    server = make_server("127.0.0.1", 0, app, request_handler=handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        yield connection
    finally:
        connection.close()
        server.shutdown()
        thread.join()
        server.server_close()


def over_http(app, handler=Quiet):
    """Return the response to one request."""
    with serving(app, handler) as connection:
        connection.request("GET", "/")
        response = connection.getresponse()
        response.read()
        return response


def change_server(response):
    response.headers["Server"] = "corner"
    return response


def test_server_header_is_no_header_of_the_response_in_a_hook(app):
    """The server adds it when the hooks have run."""
    seen = []
    app.after_request(lambda r: seen.append(r.headers.get("Server")) or r)
    app.add_url_rule("/", "index", lambda: "Tea")
    assert over_http(app).headers["Server"].startswith("Werkzeug/")
    assert seen == [None]


def test_server_header_set_in_a_hook_is_a_second_one_with_flask_run(app):
    """Werkzeug's server writes its own first."""
    app.after_request(change_server)
    app.add_url_rule("/", "index", lambda: "Tea")
    values = over_http(app).headers.get_all("Server")
    assert (values[0][:9], values[1:]) == ("Werkzeug/", ["corner"])


def test_request_handler_of_werkzeug_decides_over_the_server_header(app):
    """version_string is what it writes."""
    app.add_url_rule("/", "index", lambda: "Tea")
    assert over_http(app, Silent).headers.get_all("Server") == ["shop"]


def test_hook_removes_a_header_that_the_view_has_set(app):
    """With a default, so that a response without the header raises no error."""
    app.after_request(lambda r: (r.headers.pop("X-Debug", None) and r) or r)
    app.add_url_rule("/", "index", lambda: ("Tea", {"X-Debug": "1"}))
    client = app.test_client()
    assert "X-Debug" not in client.get("/").headers
    assert client.get("/nothing").status_code == 404


def test_hook_changes_the_data_of_json_and_its_length():
    """set_data sets Content-Length as well; other responses stay as they are."""
    client = change_json.app.test_client()
    response = client.get("/orders")
    assert response.json == {"data": [7, 8], "ok": True}
    assert response.headers["Content-Length"] == str(len(response.data))
    assert client.get("/").text == "Shop"


def test_hook_that_changes_json_leaves_an_empty_body_empty(app):
    """A response with status 204 and the type JSON has nothing to read."""
    app.after_request(change_json.add_envelope)
    empty = app.response_class(status=204, mimetype="application/json")
    app.add_url_rule("/", "delete", lambda: empty, methods=["DELETE"])
    response = app.test_client().delete("/")
    assert (response.status_code, response.data) == (204, b"")


@pytest.mark.parametrize("path", ["/", "/shop"])
def test_cookie_is_deleted_with_the_path_that_it_was_set_with(app, path):
    """Otherwise the browser treats it as a different cookie."""

    @app.get("/shop/in")
    def log_in():
        response = make_response("Hello")
        response.set_cookie("user", "ada", path="/shop")
        return response

    @app.get("/shop/out")
    def log_out():
        response = make_response("Bye")
        response.delete_cookie("user", path=path)
        return response

    app.add_url_rule("/shop", "show", lambda: request.cookies.get("user", "-"))
    client = app.test_client()
    client.get("/shop/in")
    client.get("/shop/out")
    assert client.get("/shop").text == {"/": "ada", "/shop": "-"}[path]


@pytest.mark.parametrize("way", ["assign", "add", "set_cookie"])
def test_assigned_set_cookie_removes_the_cookies_of_the_view(app, way):
    """The session's comes later; set_cookie and headers.add keep all of them."""
    app.secret_key = "only for tests"

    @app.get("/")
    def index():
        session["user"] = "ada"
        response = make_response("Hello")
        response.set_cookie("cart", "7")
        response.set_cookie("theme", "dark")
        return response

    @app.after_request
    def set_language(response):
        if way == "assign":
            response.headers["Set-Cookie"] = "language=en"
        elif way == "add":
            response.headers.add("Set-Cookie", "language=en")
        else:
            response.set_cookie("language", "en")
        return response

    sent = app.test_client().get("/").headers.getlist("Set-Cookie")
    kept = [] if way == "assign" else ["cart", "theme"]
    assert [one.split("=")[0] for one in sent] == [*kept, "language", "session"]


@pytest.mark.parametrize("name", ["__Host-cart", "__Secure-cart"])
@pytest.mark.parametrize("secure", [True, False])
def test_deleted_cookie_is_secure_only_if_told(app, name, secure):
    """The prefix of a name changes nothing in Flask."""
    told = {"secure": True} if secure else {}

    @app.after_request
    def forget(response):
        response.delete_cookie(name, **told)
        return response

    (sent,) = app.test_client().get("/").headers.getlist("Set-Cookie")
    assert sent.startswith(f"{name}=;")
    assert ("; Secure" in sent) == secure


def test_after_request_function_knows_endpoint_and_arguments(app, steps):
    """request is still the one that the view had."""

    def note(response):
        steps.append((request.endpoint, request.view_args))
        return response

    app.after_request(note)
    app.add_url_rule("/orders/<int:number>", "order", lambda number: "")
    app.test_client().get("/orders/7")
    assert steps == [("order", {"number": 7})]


def test_abort_with_a_response_sends_it_and_calls_no_error_handler(app):
    """abort with a code and a description calls the handler."""
    app.register_error_handler(400, lambda error: (error.description, 400))

    @app.get("/response")
    def with_response():
        abort(make_response(jsonify(error="no tea"), 400))

    app.add_url_rule("/code", "code", lambda: abort(400, "no tea"))
    client = app.test_client()
    response = client.get("/response")
    assert (response.status_code, response.json) == (400, {"error": "no tea"})
    assert client.get("/code").text == "no tea"


def test_client_that_goes_away_does_not_stop_the_view(app, steps):
    """Nothing tells Flask: view, hooks and teardown functions run to their end."""
    begun, gone, ended = (threading.Event() for _ in range(3))
    app.after_request(lambda response: steps.append("after_request") or response)
    app.teardown_request(lambda error: steps.append(error) or ended.set())

    @app.get("/")
    def index():
        begun.set()
        gone.wait(10)
        steps.append("view")
        return "Tea"

    with serving(app) as connection:
        connection.request("GET", "/")
        assert begun.wait(10)
        connection.close()
        gone.set()
        assert ended.wait(10)
    assert steps == ["view", "after_request", None]


def test_generator_that_waits_is_closed_when_it_yields_again(app, steps):
    """The server notices that the client has gone only when it sends a piece."""
    waits, gone, ended = (threading.Event() for _ in range(3))

    def pieces():
        try:
            yield b"a"
            waits.set()
            gone.wait(10)
            steps.append("yields again")
            while True:
                yield b"b" * 65_536
        finally:
            steps.append("closed")
            ended.set()

    app.add_url_rule("/", "index", lambda: Response(pieces()))
    with serving(app) as connection:
        connection.request("GET", "/")
        assert waits.wait(10)
        connection.close()
        gone.set()
        assert ended.wait(10)
    assert steps == ["yields again", "closed"]


def test_redirect_to_a_slash_is_the_response_to_a_preflight_too(app):
    """A browser follows no redirect for a preflight, so the request fails."""
    app.add_url_rule("/orders/", "orders", lambda: "Orders")
    response = app.test_client().options("/orders")
    assert (response.status_code, response.location) == (
        308,
        "http://localhost/orders/",
    )


def test_options_of_a_blueprint_has_its_hooks_and_its_404_has_not(app, steps):
    """The URL decides; a 404 and a 405 belong to no blueprint."""
    api = Blueprint("api", __name__, url_prefix="/api")

    @api.after_request
    def note(response):
        steps.append(f"{request.method} {request.path}")
        return response

    api.add_url_rule("/orders", "orders", lambda: "Orders")
    app.register_blueprint(api)
    client = app.test_client()
    client.options("/api/orders")
    client.get("/api/nothing")
    client.delete("/api/orders")
    assert steps == ["OPTIONS /api/orders"]


def test_script_that_follows_the_redirect_to_a_login_gets_a_200(app):
    """It would treat the login page as its data, so an API returns a 401."""
    app.secret_key = "key"

    @app.before_request
    def require_login():
        if request.endpoint != "log_in" and "user" not in session:
            return redirect("/login")

    app.add_url_rule("/login", "log_in", lambda: "<form>")
    client = app.test_client()
    response = client.get("/api/orders", follow_redirects=True)
    assert (response.status_code, response.text) == (200, "<form>")


def test_filter_of_the_server_logger_hides_one_path(app, caplog):
    """The server writes the access log, so a hook can't leave a line out."""

    def shows(record):
        return "/health " not in record.getMessage()

    for path in "/health", "/orders":
        app.add_url_rule(path, path[1:], lambda: "ok")
    logger = logging.getLogger("werkzeug")
    caplog.set_level(logging.INFO, "werkzeug")
    logger.addFilter(shows)
    try:
        with serving(app, WSGIRequestHandler) as connection:
            for path in "/health", "/orders":
                connection.request("GET", path)
                connection.getresponse().read()
    finally:
        logger.removeFilter(shows)
    lines = [record.getMessage() for record in caplog.records]
    assert [line.split('"')[1] for line in lines] == ["GET /orders HTTP/1.1"]


def test_time_until_a_stream_is_closed_includes_its_body(monkeypatch, capsys):
    """A call_on_close function runs when the last piece was sent."""
    monkeypatch.setitem(slow_requests.app.config, "SLOW_SECONDS", 0)
    response = slow_requests.app.test_client().get("/export", buffered=False)
    assert response.data == b"1,Tea\n2,Coffee\n"
    assert capsys.readouterr().out == ""
    response.close()
    assert capsys.readouterr().out == "slow: 'GET' '/export'\n"
