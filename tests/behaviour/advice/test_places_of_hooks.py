"""Where hooks are registered, and for which requests they run."""

import asyncio
import io
import sys

import pytest
from asgiref.wsgi import WsgiToAsgi
from flask import (
    Blueprint,
    Flask,
    abort,
    appcontext_pushed,
    current_app,
    g,
    redirect,
    request,
)
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from snippets.errors import decorator_above_route
from snippets.questions import (
    open_for_the_request,
    report_crashes,
)
from snippets.recipes import admin_only, fake_user
from snippets.reference import change_path
from tests.behaviour import asgi
from tests.behaviour.versions import FLASK


def test_hook_put_first_into_the_list_runs_before_those_registered_earlier(app, steps):
    """Flask calls the functions of app.before_request_funcs[None] in their order."""
    app.before_request(lambda: steps.append("extension"))
    functions = app.before_request_funcs.setdefault(None, [])
    functions.insert(0, lambda: steps.append("mine"))
    app.add_url_rule("/", "index", lambda: "Tea")
    app.test_client().get("/")
    assert steps == ["mine", "extension"]


def test_hooks_of_one_kind_are_as_many_as_you_register(app, steps):
    """A function name may be used again: the decorator has kept the first function."""

    @app.before_request
    def load():
        steps.append("user")

    @app.before_request
    def load():  # noqa: F811 (the claim is about one name)
        steps.append("cart")

    app.add_url_rule("/", "index", lambda: "Tea")
    app.test_client().get("/")
    assert steps == ["user", "cart"]


def test_hook_can_look_at_method_and_blueprint(app, steps):
    """request.blueprint is the blueprint's full name, None outside one."""
    shop, blog = Blueprint("shop", __name__), Blueprint("blog", __name__)

    @app.before_request
    def note():
        steps.append((request.method, request.blueprint))

    for place in shop, blog, app:
        place.add_url_rule(f"/{place.name}", "index", lambda: "", methods=["POST"])
    app.register_blueprint(shop, url_prefix="/a")
    shop_and_blog = Blueprint("both", __name__)
    shop_and_blog.register_blueprint(blog)
    app.register_blueprint(shop_and_blog)
    client = app.test_client()
    for path in "/a/shop", "/blog", f"/{app.name}":
        client.post(path)
    assert steps == [("POST", "shop"), ("POST", "both.blog"), ("POST", None)]


def test_changed_path_calls_no_other_view(app):
    """The URL was matched before the first hook."""

    @app.before_request
    def change():
        request.path = "/new"
        request.environ["PATH_INFO"] = "/new"

    app.add_url_rule("/old", "old", lambda: "old")
    app.add_url_rule("/new", "new", lambda: "new")
    assert app.test_client().get("/old").text == "old"


def test_redirect_that_is_not_returned_skips_nothing(app):
    """Without return, the function returns None, and Flask goes on."""
    app.add_url_rule("/login", "log_in", lambda: "Log in")

    @app.before_request
    def require_login():
        redirect("/login")

    app.add_url_rule("/", "index", lambda: "Orders")
    response = app.test_client().get("/")
    assert (response.status_code, response.text) == (200, "Orders")


def test_middleware_that_changes_the_path_calls_another_view():
    """Flask matches what it finds in PATH_INFO."""
    client = change_path.app.test_client()
    assert client.get("/old/orders").text == "Orders at /new/orders"


def test_hook_finds_the_error_of_an_untrusted_host_since_flask_3_1(app, steps):
    """request.routing_exception is the 400 that TRUSTED_HOSTS makes of the host."""
    app.config["TRUSTED_HOSTS"] = ["shop.example"]
    app.before_request(lambda: steps.append(request.routing_exception))
    app.add_url_rule("/", "index", lambda: "Tea")
    client = app.test_client()
    assert client.get("/", base_url="http://shop.example").text == "Tea"
    response = client.get("/", base_url="http://evil.example")
    codes = [getattr(error, "code", None) for error in steps]
    refused = FLASK >= (3, 1)
    assert response.status_code == (400 if refused else 200)
    assert codes == [None, 400 if refused else None]


def test_hook_finds_the_error_of_routing_before_flask_raises_it(app, steps):
    """request.routing_exception; None for a URL with a view."""
    app.before_request(lambda: steps.append(type(request.routing_exception)))
    app.add_url_rule("/", "index", lambda: "Tea")
    app.add_url_rule("/orders/", "orders", lambda: "Orders")
    client = app.test_client()
    for path in "/", "/nothing", "/orders":
        client.get(path)
    client.delete("/")
    assert steps == [type(None), NotFound, RequestRedirect, MethodNotAllowed]


def test_decorator_below_before_request_may_end_the_request(app):
    """What the decorator returns instead of the function is the response."""

    def login_required(view):
        return lambda: redirect("/login")

    shop = Blueprint("shop", __name__)

    @shop.before_request
    @login_required
    def require_login():
        pass

    shop.add_url_rule("/", "index", lambda: "Orders")
    app.register_blueprint(shop)
    assert app.test_client().get("/").location == "/login"


def test_decorator_above_the_route_is_not_part_of_the_view():
    """The route has registered the function below it."""
    client = decorator_above_route.app.test_client()
    assert client.get("/orders").status_code == 200
    assert client.get("/orders/fixed").status_code == 401


@pytest.mark.parametrize("testing", [False, True])
def test_block_kept_open_ends_with_the_request_even_after_a_crash(
    monkeypatch, capsys, testing
):
    """The teardown function closes it."""
    app = open_for_the_request.app
    monkeypatch.setitem(app.config, "TESTING", testing)
    monkeypatch.setitem(app.view_functions, "index", lambda: 1 / 0)
    if testing:
        with pytest.raises(ZeroDivisionError):
            app.test_client().get("/")
    else:
        app.test_client().get("/")
    assert capsys.readouterr().out.splitlines() == ["lock taken", "lock freed"]


@pytest.mark.parametrize(
    ("handled", "given"), [(False, "ZeroDivisionError"), (True, "None")]
)
def test_block_kept_open_gets_the_exception_that_no_handler_caught(
    app, steps, monkeypatch, handled, given
):
    """As if the request were inside of it, so that a transaction is rolled back."""

    class Block:
        def __enter__(self):
            return self

        def __exit__(self, kind, error, traceback):
            steps.append(type(error).__name__ if kind else "None")

    monkeypatch.setattr(open_for_the_request, "take_lock", Block)
    app.before_request(open_for_the_request.enter)
    app.teardown_request(open_for_the_request.leave)
    app.add_url_rule("/", "index", lambda: 1 / 0)
    if handled:
        app.register_error_handler(ZeroDivisionError, lambda error: ("Sorry", 500))
    assert app.test_client().get("/").status_code == 500
    assert steps == [given]


@pytest.mark.parametrize("testing", [False, True])
def test_crash_is_reported_once_and_no_http_error_is(monkeypatch, capsys, testing):
    """got_request_exception is sent with TESTING and in debug mode, too."""
    app = report_crashes.app
    monkeypatch.setitem(app.config, "TESTING", testing)
    client = app.test_client()
    assert client.get("/forbidden").status_code == 403
    if testing:
        with pytest.raises(ZeroDivisionError):
            client.get("/crash")
    else:
        client.get("/crash")
    assert capsys.readouterr().out.count("mail:") == 1


def test_hook_of_a_blueprint_protects_nested_ones_and_no_unknown_urls():
    """Below the prefix an unknown URL is a 404 for everyone."""
    client = admin_only.app.test_client()
    paths = "orders", "reports/daily", "nothing"
    statuses = [client.get(f"/admin/{path}").status_code for path in paths]
    assert statuses == [403, 403, 404]


def test_hook_of_a_blueprint_runs_for_its_static_files(app, steps, tmp_path):
    """Their URL belongs to the blueprint."""
    (tmp_path / "shop.css").write_text("")
    shop = Blueprint(
        "shop", __name__, static_folder=tmp_path, static_url_path="/static"
    )
    shop.before_request(lambda: steps.append(request.endpoint))
    app.register_blueprint(shop, url_prefix="/shop")
    app.test_client().get("/shop/static/shop.css").close()
    assert steps == ["shop.static"]


def test_error_handler_of_a_parent_wins_over_the_one_of_the_app(app):
    """Flask asks the innermost blueprint first, then its parents, then the app."""
    parent, child = Blueprint("parent", __name__), Blueprint("child", __name__)
    parent.register_error_handler(404, lambda error: ("parent", 404))
    app.register_error_handler(404, lambda error: ("app", 404))
    child.add_url_rule("/", "index", lambda: abort(404))
    parent.register_blueprint(child)
    app.register_blueprint(parent)
    assert app.test_client().get("/").text == "parent"


def test_user_set_when_the_context_is_pushed_is_there_for_the_first_hook():
    """appcontext_pushed is sent before the request begins."""

    def set_user(sender, **extra):
        g.user = "ada"

    client = fake_user.app.test_client()
    with appcontext_pushed.connected_to(set_user, fake_user.app):
        assert client.get("/").text == "Hello, ada"
    assert client.get("/").text == "Hello, stranger"


def test_job_with_an_app_context_calls_teardown_appcontext_and_no_hook(app, steps):
    """As Celery and schedulers do it: a job isn't a request."""
    app.before_request(lambda: steps.append("before_request"))
    app.after_request(lambda response: steps.append("after_request") or response)
    app.teardown_request(lambda error: steps.append("teardown_request"))
    app.teardown_appcontext(lambda error: steps.append(f"teardown with {error}"))

    def job():
        with app.app_context():
            raise OSError("no tea")

    with pytest.raises(OSError, match="no tea"):
        job()
    assert steps == ["teardown with no tea"]


def test_attribute_set_on_request_lasts_as_long_as_the_request(app):
    """As on g, but the request belongs to Flask, so a name may already be in use."""
    app.before_request(lambda: setattr(request, "user", "ada"))
    app.add_url_rule("/", "index", lambda: request.user)
    assert app.test_client().get("/").text == "ada"
    with app.test_request_context():
        assert not hasattr(request, "user")


def test_teardown_functions_get_a_system_exit(app, steps):
    """They receive what sys.exit in a view raises; no hook and no handler sees it."""
    app.after_request(lambda response: steps.append("after_request") or response)
    app.register_error_handler(Exception, lambda error: "handled")
    app.teardown_request(lambda error: steps.append(type(error)))
    app.add_url_rule("/", "index", lambda: sys.exit(1))
    with pytest.raises(SystemExit):
        app.test_client().get("/")
    assert steps == [SystemExit]


def test_hooks_run_in_the_same_order_under_an_asgi_server(app, steps):
    """WsgiToAsgi calls the app as a WSGI server does."""
    app.before_request(lambda: steps.append("before_request"))
    app.after_request(lambda response: steps.append("after_request") or response)
    app.teardown_request(lambda error: steps.append("teardown_request"))
    app.add_url_rule("/", "index", lambda: "Tea")
    assert asyncio.run(asgi.get(WsgiToAsgi(app))) == 200
    assert steps == ["before_request", "after_request", "teardown_request"]


def test_body_that_middleware_has_read_is_missing_in_the_form(app):
    """wsgi.input can be read only once; put back what you have read."""
    app.add_url_rule("/", "order", lambda: request.form["tea"], methods=["POST"])
    inner = app.wsgi_app

    def reading(put_back):
        def middleware(environ, start_response):
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            if put_back:
                environ["wsgi.input"] = io.BytesIO(body)
            return inner(environ, start_response)

        return middleware

    statuses = []
    for put_back in False, True:
        app.wsgi_app = reading(put_back)
        response = app.test_client().post("/", data={"tea": "green"})
        statuses.append(response.status_code)
    assert statuses == [400, 200]


def test_current_app_in_a_hook_is_the_app_of_the_request(app, steps):
    """A module that doesn't have the app uses it."""
    app.before_request(lambda: steps.append(current_app._get_current_object()))
    app.add_url_rule("/", "index", lambda: "Tea")
    app.test_client().get("/")
    assert steps == [app]


def test_current_app_equals_the_app_and_is_another_object(app, steps):
    """It's a proxy: type() tells, isinstance() and == don't."""
    app.before_request(
        lambda: steps.extend(
            [
                current_app == app,
                isinstance(current_app, Flask),
                current_app is app,
                type(current_app).__name__,
                current_app._get_current_object() is app,
            ]
        )
    )
    app.test_client().get("/")
    assert steps == [True, True, False, "LocalProxy", True]
