"""Short questions about hooks that no other test answers."""

import threading
from io import BytesIO

import pytest
from flask import (
    Blueprint,
    Flask,
    current_app,
    g,
    has_app_context,
    redirect,
    request,
    send_file,
)

from snippets.questions import exempt_a_view, log_the_body, read_the_body, skip_static


def test_teardown_appcontext_runs_with_each_request_and_each_block(app, steps):
    """Not when the server stops: an app itself has no end."""
    app.teardown_appcontext(lambda error: steps.append("teardown"))
    app.add_url_rule("/", "index", lambda: "Tea")
    client = app.test_client()
    client.get("/")
    client.get("/")
    with app.app_context():
        pass
    assert steps == ["teardown"] * 3


def test_registering_method_returns_the_function_and_no_handle(app):
    """Flask has no method that removes it."""

    def load_user():
        return None

    assert app.before_request(load_user) is load_user
    assert [name for name in dir(app) if "unregister" in name or "remove" in name] == []


def test_hook_taken_out_of_its_list_is_not_called(app, steps):
    """The lists are public, and read for each request."""

    def load_user():
        steps.append("load_user")

    app.before_request(load_user)
    app.add_url_rule("/", "index", lambda: "Tea")
    client = app.test_client()
    client.get("/")
    app.before_request_funcs[None].remove(load_user)
    client.get("/")
    assert steps == ["load_user"]


def test_hook_can_ask_the_view_whether_it_is_exempt():
    """An attribute of the view function, found by its endpoint."""
    client = exempt_a_view.app.test_client()
    assert "X-Served-By" in client.get("/").headers
    assert "X-Served-By" not in client.get("/health").headers


def test_body_read_by_a_hook_is_there_for_the_view():
    """get_data keeps what it has read."""
    client = read_the_body.app.test_client()
    assert client.post("/orders", json={"tea": 1}).json == {"tea": 1}


def test_stream_read_by_a_hook_is_gone_for_the_view(app):
    """request.stream can be read once."""
    app.before_request(lambda: request.stream.read() and None)
    app.add_url_rule("/", "index", lambda: request.get_data(), methods=["POST"])
    assert app.test_client().post("/", data=b"tea").data == b""


def test_form_read_by_a_hook_leaves_no_data_for_get_data(app):
    """Parsing the form consumes the body; the form itself stays."""
    app.before_request(lambda: request.form.get("tea") and None)

    @app.post("/")
    def index():
        return f"{request.form['tea']} {request.get_data()}"

    assert app.test_client().post("/", data={"tea": "green"}).text == "green b''"


def test_form_and_files_are_there_after_get_data_which_keeps_the_body(app):
    """After the form was read first, get_data finds nothing."""

    @app.post("/")
    def index():
        body = request.get_data()
        return [len(body) > 0, request.form.get("tea"), list(request.files)]

    client = app.test_client()
    assert client.post("/", data={"tea": "green"}).json == [True, "green", []]
    upload = {"tea": "green", "photo": (BytesIO(b"a cup"), "cup.png")}
    assert client.post("/", data=upload).json == [True, "green", ["photo"]]


@pytest.mark.parametrize("name", ["form", "files", "values"])
def test_form_files_and_values_leave_no_data_for_get_data(app, name):
    """Each of them parses the body of a form."""

    @app.post("/")
    def index():
        first = getattr(request, name)
        return [len(first), request.form["tea"], request.get_data(as_text=True)]

    read = app.test_client().post("/", data={"tea": "green"}).json
    assert read == [0 if name == "files" else 1, "green", ""]


def test_get_data_without_cache_leaves_no_form_and_no_json(app):
    """cache=False keeps nothing."""

    @app.post("/")
    def index():
        request.get_data(cache=False)
        return [request.form.to_dict(), request.get_json(silent=True)]

    client = app.test_client()
    assert client.post("/", data={"tea": "green"}).json == [{}, None]
    assert client.post("/", json={"tea": "green"}).json == [{}, None]


def test_json_read_first_leaves_the_data_for_get_data(app):
    """get_json keeps the body as get_data does."""

    @app.post("/")
    def index():
        return [request.get_json(), request.get_data(as_text=True)]

    read = app.test_client().post("/", data="[1]", content_type="application/json")
    assert read.json == [[1], "[1]"]


def test_before_request_function_knows_endpoint_arguments_and_rule(app, steps):
    """The URL is matched before it runs."""
    app.before_request(
        lambda: steps.append(
            (request.endpoint, request.view_args, request.url_rule.rule)
        )
    )
    app.add_url_rule("/orders/<int:number>", "order", lambda number: "")
    app.test_client().get("/orders/7")
    assert steps == [("order", {"number": 7}, "/orders/<int:number>")]


def test_before_request_function_may_change_the_arguments_of_the_view(app):
    """request.view_args is the dict that the view is called with."""

    @app.before_request
    def shift():
        request.view_args["number"] += 1

    app.add_url_rule("/<int:number>", "order", lambda number: str(number))
    assert app.test_client().get("/7").text == "8"


def test_dict_from_before_request_is_the_json_of_the_response(app):
    """Its return value is converted like a view's."""
    app.before_request(lambda: ({"error": "closed"}, 503))
    response = app.test_client().get("/")
    assert (response.status_code, response.json) == (503, {"error": "closed"})


def test_dict_from_after_request_is_no_response(app):
    """Nothing converts what it returns."""
    app.testing = True
    app.after_request(lambda response: {"error": "closed"})
    app.add_url_rule("/", "index", lambda: "Tea")
    with pytest.raises(TypeError, match="'dict' object is not callable"):
        app.test_client().get("/")


def test_redirect_from_after_request_replaces_the_response(app):
    """The headers that the view has set are lost with its response."""
    app.after_request(lambda response: redirect("/moved"))
    app.add_url_rule("/", "index", lambda: ("Tea", {"X-Shop": "corner"}))
    response = app.test_client().get("/")
    assert response.location == "/moved"
    assert "X-Shop" not in response.headers


def test_etag_added_in_a_hook_makes_a_304(app):
    """add_etag computes it from the body; make_conditional compares it."""

    @app.after_request
    def add_etag(response):
        response.add_etag()
        return response.make_conditional(request)

    app.add_url_rule("/", "index", lambda: "Tea")
    client = app.test_client()
    etag = client.get("/").headers["ETag"]
    assert client.get("/", headers={"If-None-Match": etag}).status_code == 304


def test_value_on_g_reaches_view_hooks_and_teardown(app, steps):
    """It is kept for one request."""

    @app.before_request
    def load_user():
        assert "user" not in g
        g.user = "Ada"

    app.add_url_rule("/", "index", lambda: g.user)
    app.after_request(lambda response: steps.append(g.user) or response)
    app.teardown_request(lambda error: steps.append(g.user))
    client = app.test_client()
    assert client.get("/").text + client.get("/").text == "AdaAda"
    assert steps == ["Ada"] * 4


def test_thread_needs_the_app_itself_for_a_context(app):
    """current_app is empty there: hand _get_current_object() over."""
    seen = []

    def work(shop):
        seen.append(has_app_context())
        with shop.app_context():
            seen.append(current_app.name)

    @app.get("/")
    def index():
        shop = current_app._get_current_object()
        thread = threading.Thread(target=work, args=[shop])
        thread.start()
        thread.join()
        return "Tea"

    app.test_client().get("/")
    assert seen == [False, app.name]


def test_command_calls_no_hooks_but_teardown_appcontext(app, steps):
    """It has an app context, but no request."""
    app.before_request(lambda: steps.append("before_request"))
    app.teardown_request(lambda error: steps.append("teardown_request"))
    app.teardown_appcontext(lambda error: steps.append("teardown_appcontext"))
    app.cli.command("tidy")(lambda: steps.append("tidy"))
    app.test_cli_runner().invoke(args=["tidy"])
    assert steps == ["tidy", "teardown_appcontext"]


def test_hook_sees_the_headers_of_the_client_and_cannot_change_them(app):
    """request.headers is read-only."""
    app.testing = True

    @app.before_request
    def change():
        request.headers["X-Shop"] = "corner"

    with pytest.raises(TypeError):
        app.test_client().get("/")


def test_hook_can_skip_static_files_of_the_app_and_of_blueprints(tmp_path, steps):
    """Their endpoint is static, or ends with .static; an unknown URL has none."""
    (tmp_path / "shop.css").write_text("")
    app = Flask("shop", static_folder=tmp_path, static_url_path="/static")
    blog = Blueprint(
        "blog", __name__, static_folder=tmp_path, static_url_path="/blog/static"
    )
    app.register_blueprint(blog)
    app.add_url_rule("/", "index", lambda: "Shop")

    @app.before_request
    def note():
        if not skip_static.is_static():
            steps.append(request.path)

    client = app.test_client()
    paths = "/", "/static/shop.css", "/blog/static/shop.css", "/nowhere"
    found = [client.get(path) for path in paths]
    for response in found:
        response.close()
    assert [response.status_code for response in found] == [200, 200, 200, 404]
    assert steps == ["/", "/nowhere"]


def test_hook_that_looks_first_logs_no_stream_and_no_file(app, capsys, tmp_path):
    """They reach the client as they were."""
    (tmp_path / "tea.txt").write_text("green")
    app.after_request(log_the_body.log_body)
    app.add_url_rule("/", "index", lambda: {"tea": 2})
    app.add_url_rule("/stream", "stream", lambda: iter(["a", "b"]))
    app.add_url_rule("/file", "file", lambda: send_file(tmp_path / "tea.txt"))
    client = app.test_client()
    texts = []
    for path in "/", "/stream", "/file":
        with client.get(path) as response:
            texts.append(response.text)
    assert texts == ['{"tea":2}\n', "ab", "green"]
    assert capsys.readouterr().out.splitlines() == ["'/' b'{\"tea\":2}\\n'"]
