"""What hooks skip, change and are called with; blueprints; callbacks kept by hand."""

from importlib.metadata import version

import pytest
from flask import (
    Blueprint,
    Flask,
    abort,
    after_this_request,
    g,
    has_request_context,
    request,
)
from packaging.version import Version
from werkzeug.exceptions import NotFound

from snippets.recipes import admin_login
from tests.behaviour.errors.handlers import answer
from tests.behaviour.versions import FLASK


def test_app_wide_functions_of_two_blueprints_run_in_order_of_register_blueprint(
    app, steps
):
    """Not in the order in which they were written; the app's take their own place."""
    first, second = Blueprint("first", __name__), Blueprint("second", __name__)
    second.before_app_request(lambda: steps.append("second"))
    first.before_app_request(lambda: steps.append("first"))
    app.before_request(lambda: steps.append("app, early"))
    app.register_blueprint(first)
    app.register_blueprint(second)
    app.before_request(lambda: steps.append("app, late"))
    app.test_client().get("/nowhere")
    assert steps == ["app, early", "first", "second", "app, late"]


@pytest.mark.parametrize("upper", ["before_request", "after_request"])
def test_one_function_may_be_registered_as_several_kinds_of_hook(app, steps, upper):
    """Each decorator returns the function; it's called as each kind is called."""
    lower = {"before_request", "after_request"} - {upper}

    def note(*given):
        steps.append(len(given))
        return given[0] if given else None

    assert getattr(app, upper)(getattr(app, lower.pop())(note)) is note
    app.add_url_rule("/", "index", lambda: "Tea")
    assert app.test_client().get("/").text == "Tea"
    assert steps == [0, 1]


@pytest.mark.parametrize("raised", [LookupError("cup"), NotFound()])
@pytest.mark.parametrize("handled", [False, True])
def test_before_request_function_that_raises_skips_later_ones_and_the_view(
    app, steps, raised, handled
):
    """The after_request functions run, on the response that the error became."""

    @app.before_request
    def fail():
        raise raised

    app.before_request(lambda: steps.append("later"))
    app.add_url_rule("/", "index", lambda: steps.append("view") or "Tea")
    if handled:
        app.register_error_handler(type(raised), answer("handled", 418))

    @app.after_request
    def note(response):
        steps.append(response.status_code)
        return response

    app.test_client().get("/")
    unhandled = getattr(raised, "code", 500)
    assert steps == [418 if handled else unhandled]


def test_request_without_json_is_a_415_and_broken_json_a_400(app):
    """The 415 came with Werkzeug 2.3; before, both are a 400."""
    since_2_3 = Version(version("werkzeug")) >= Version("2.3")
    app.before_request(lambda: request.get_json() and None)
    app.add_url_rule("/", "index", lambda: "Tea", methods=["GET", "POST"])
    client = app.test_client()
    assert client.get("/").status_code == (415 if since_2_3 else 400)
    broken = client.post("/", data="{", content_type="application/json")
    assert broken.status_code == 400


@pytest.fixture
def with_files(tmp_path):
    """An app whose files are at /assets and /shop/files, and that skips /static."""
    (tmp_path / "shop.css").write_text("p {}")
    app = Flask("shop", static_folder=str(tmp_path), static_url_path="/assets")
    shop = Blueprint(
        "shop", "shop", url_prefix="/shop",
        static_folder=str(tmp_path), static_url_path="/files",
    )  # fmt: skip
    app.register_blueprint(shop)
    app.add_url_rule("/static-report", "report", lambda: "Secret")

    @app.before_request
    def require_login():
        if not request.path.startswith("/static"):
            abort(401)

    return app.test_client()


def test_path_that_starts_with_static_is_no_test_for_static_files(with_files):
    """It opens a view of such a path, and meets files at other paths."""
    assert with_files.get("/static-report").text == "Secret"
    assert with_files.get("/assets/shop.css").status_code == 401
    assert with_files.get("/shop/files/shop.css").status_code == 401


@pytest.mark.parametrize("change", ["header", "status", "body"])
@pytest.mark.parametrize("register", ["teardown_request", "teardown_appcontext"])
def test_response_changed_in_a_teardown_function_reaches_nobody_changed(
    app, register, change
):
    """A header, the status and the body have been given to the server before."""

    @app.after_request
    def keep(response):
        g.response = response
        return response

    @getattr(app, register)
    def change_it(error):
        response = g.response
        if change == "header":
            response.headers["X-Late"] = "1"
        if change == "status":
            response.status_code = 503
        if change == "body":
            response.set_data("changed")

    app.add_url_rule("/", "index", lambda: "Tea")
    response = app.test_client().get("/")
    assert (response.status_code, response.text) == (200, "Tea")
    assert "X-Late" not in response.headers


def test_hooks_of_a_blueprint_with_an_empty_name_do_not_run_in_flask_2_2(app, steps):
    """Flask 2.2 accepts the name and loses the hooks; later it's refused."""
    if FLASK >= (2, 3):
        with pytest.raises(ValueError, match=r"^'name' may not be empty\.$"):
            Blueprint("", __name__)
        return
    shop = Blueprint("", __name__)
    shop.before_request(lambda: steps.append("hook"))
    shop.add_url_rule("/", "index", lambda: "Tea")
    app.register_blueprint(shop)
    assert app.test_client().get("/").text == "Tea"
    assert steps == []


def test_request_blueprints_names_the_parents_too(app):
    """request.blueprint is the innermost, with the names of its parents."""
    shop, orders = Blueprint("shop", __name__), Blueprint("orders", __name__)
    found = []

    @app.before_request
    def note():
        found.append((request.blueprint == "shop", "shop" in request.blueprints))

    shop.add_url_rule("/shop", "index", lambda: "Shop")
    orders.add_url_rule("/orders", "index", lambda: "Orders")
    shop.register_blueprint(orders)
    app.register_blueprint(shop)
    for path in "/shop", "/orders", "/nowhere":
        app.test_client().get(path)
    assert found == [(True, True), (False, True), (False, False)]


def test_login_page_in_the_blueprint_that_it_protects_can_be_exempt():
    """The hook compares request.endpoint with the full name of the page."""
    client = admin_login.app.test_client()
    assert client.get("/admin/orders").headers["Location"] == "/admin/login"
    assert client.get("/admin/login").status_code == 200


@pytest.mark.parametrize("owner", [Flask("shop"), Blueprint("shop", "shop")])
def test_after_this_request_is_no_method(owner):
    """Neither an app nor a blueprint has it: it's a function of flask."""
    with pytest.raises(AttributeError, match="no attribute 'after_this_request'"):
        owner.after_this_request  # noqa: B018 - looking it up is the mistake


def by_hand(app):
    """Add the pattern from the time before after_this_request."""

    @app.after_request
    def call_callbacks(response):
        for callback in g.pop("callbacks", ()):
            callback(response)
        return response

    return lambda callback: g.setdefault("callbacks", []).append(callback)


def test_callbacks_kept_by_hand_run_among_the_after_request_functions(app, steps):
    """after_this_request runs before all of them, wherever it's called."""
    app.after_request(lambda response: steps.append("registered before") or response)
    defer = by_hand(app)
    app.after_request(lambda response: steps.append("registered after") or response)

    @app.get("/")
    def index():
        defer(lambda response: steps.append("by hand"))
        after_this_request(lambda response: steps.append("Flask's") or response)
        return "Tea"

    app.test_client().get("/")
    assert steps == ["Flask's", "registered after", "by hand", "registered before"]


def test_callbacks_kept_by_hand_do_not_run_if_a_later_hook_fails_twice(app, steps):
    """Those of after_this_request have run before."""
    defer = by_hand(app)
    app.after_request(lambda response: 1 / 0)

    @app.get("/")
    def index():
        defer(lambda response: steps.append("by hand"))
        after_this_request(lambda response: steps.append("Flask's") or response)
        return "Tea"

    assert app.test_client().get("/").status_code == 500
    assert "by hand" not in steps
    assert steps[0] == "Flask's"


def test_server_that_only_calls_the_app_gets_its_hooks_run(app, steps):
    """The app pushes the request context itself; a WSGI server needn't know of it."""
    app.before_request(lambda: steps.append(request.path))
    app.add_url_rule("/orders", "orders", lambda: "Orders")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/orders",
        "SERVER_NAME": "shop.example",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
    }
    assert not has_request_context()
    body = app(environ, lambda status, headers: steps.append(status))
    assert b"".join(body) == b"Orders"
    assert steps == ["/orders", "200 OK"]
