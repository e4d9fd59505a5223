"""What WSGI middleware gets, passes on and must not wrap, and how an app is found."""

import gc
import sys
import warnings

import pytest
from flask import Flask, Response, request, stream_with_context
from flask.cli import NoAppException, ScriptInfo
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from snippets.errors import middleware_of_itself, mounted_apps
from snippets.recipes import security_headers
from snippets.reference.wsgi_middleware import NoSniff
from tests.behaviour.versions import RELEASE


def test_middleware_around_the_app_itself_calls_itself_without_end():
    """app calls app.wsgi_app, which is the middleware: RecursionError."""
    with pytest.raises(RecursionError, match="maximum recursion depth exceeded"):
        middleware_of_itself.wrongly_wrapped().test_client().get("/")
    assert middleware_of_itself.wrapped().test_client().get("/").text == "Shop"


def test_value_that_middleware_puts_into_the_environ_reaches_every_hook(app, steps):
    """request.environ has it, in hooks, the view, error handlers and teardown."""
    inner = app.wsgi_app

    def middleware(environ, start_response):
        environ["shop.user"] = "anna"
        return inner(environ, start_response)

    def note(name):
        steps.append((name, request.environ["shop.user"]))

    app.wsgi_app = middleware
    app.before_request(lambda: note("before"))
    app.after_request(lambda response: note("after") or response)
    app.teardown_request(lambda error: note("teardown"))
    app.register_error_handler(404, lambda error: (note("handler") or "gone", 404))
    app.add_url_rule("/", "index", lambda: note("view") or "")
    client = app.test_client()
    client.get("/")
    names = [name for name, user in steps if user == "anna"]
    assert names == ["before", "view", "after", "teardown"]
    steps.clear()
    client.get("/nowhere", headers={"shop.user": "eve"})
    names = [name for name, user in steps if user == "anna"]
    assert names == ["before", "handler", "after", "teardown"]


def noting_app(app, steps, view):
    inner = app.wsgi_app

    def middleware(environ, start_response):
        body = inner(environ, start_response)
        steps.append("returned")
        return body

    app.wsgi_app = middleware
    app.after_request(lambda response: steps.append("after") or response)
    app.teardown_request(lambda error: steps.append("teardown"))
    app.add_url_rule("/", "index", view)
    return app.test_client()


@pytest.mark.parametrize("kind", ["text", "stream", "kept"])
def test_hooks_have_run_when_the_app_returns_to_its_middleware(app, steps, kind):
    """And teardown functions, unless stream_with_context keeps the request."""

    def body():
        steps.append("body")
        yield "Tea"

    views = {
        "text": lambda: "Tea",
        "stream": lambda: Response(body()),
        "kept": lambda: Response(stream_with_context(body())),
    }
    client = noting_app(app, steps, views[kind])
    assert client.get("/").text == "Tea"
    gc.collect()
    if kind == "text":
        assert steps == ["after", "teardown", "returned"]
    elif kind == "stream":
        assert steps == ["after", "teardown", "returned", "body"]
    elif (3, 1, 2) <= RELEASE < (3, 2):
        assert steps == ["after", "teardown", "returned", "body", "teardown"]
    else:
        assert steps == ["after", "returned", "body", "teardown"]


@pytest.mark.parametrize("by_hook", [True, False])
def test_header_that_middleware_sets_as_a_default_is_there_once(app, by_hook):
    """Also if an after_request function has set it."""
    if by_hook:
        app.after_request(security_headers.add_security_headers)
    app.wsgi_app = NoSniff(app.wsgi_app)
    response = app.test_client().get("/")
    assert response.headers.getlist("X-Content-Type-Options") == ["nosniff"]


@pytest.mark.parametrize("appended", [True, False])
def test_header_that_middleware_appends_is_there_twice(app, appended):
    """Where a hook has set it already."""
    inner = app.wsgi_app

    def middleware(environ, start_response):
        def start(status, headers, *rest):
            added = [("X-Shop", "tea")] if appended else []
            return start_response(status, headers + added, *rest)

        return inner(environ, start)

    @app.after_request
    def name_shop(response):
        response.headers["X-Shop"] = "tea"
        return response

    app.wsgi_app = middleware
    response = app.test_client().get("/")
    assert response.headers.getlist("X-Shop") == ["tea"] * (2 if appended else 1)


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Return a function that writes a module and lets Flask look for its app."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "served", raising=False)

    def write_and_load(name, *lines):
        head = (
            "from flask import Flask\n"
            "from werkzeug.middleware.dispatcher import DispatcherMiddleware\n"
            "from werkzeug.middleware.proxy_fix import ProxyFix\n"
        )
        (tmp_path / "served.py").write_text(head + "\n".join(lines), "utf-8")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ScriptInfo(app_import_path=name).load_app()

    yield write_and_load
    sys.modules.pop("served", None)


TWO = (
    "shop, admin = Flask('shop'), Flask('admin')",
    "app = DispatcherMiddleware(shop, {'/admin': admin})",
)


def test_flask_run_refuses_an_app_that_is_middleware(load):
    """flask --app served:app wants a Flask object, and says so."""
    with pytest.raises(NoAppException) as caught:
        load("served:app", *TWO)
    assert str(caught.value) == (
        "A valid Flask application was not obtained from 'served:app'."
    )


def test_flask_run_without_a_name_refuses_middleware_around_two_apps(load):
    """It finds both Flask objects, and cannot choose."""
    with pytest.raises(NoAppException, match=r"^Detected multiple Flask applications"):
        load("served", *TWO)


def test_flask_run_without_a_name_finds_no_app_where_middleware_took_its_name(load):
    """After app = ProxyFix(app) the module has no Flask object."""
    with pytest.raises(NoAppException, match=r"^Failed to find Flask application or"):
        load("served", "app = ProxyFix(Flask('shop'))")


def test_flask_run_without_a_name_runs_the_app_without_its_middleware(load):
    """If the module has one Flask object under another name, it takes that."""
    found = load("served", "shop = Flask('shop')", "app = ProxyFix(shop)")
    assert found.name == "shop"
    assert not hasattr(found.wsgi_app, "x_for")


def test_flask_run_finds_the_app_whose_wsgi_app_is_a_dispatcher(load):
    """The mounted app is called below its prefix."""
    found = load(
        "served:app",
        "app, admin = Flask('shop'), Flask('admin')",
        "admin.add_url_rule('/', 'index', lambda: 'Orders')",
        "mounts = {'/admin': admin.wsgi_app}",
        "app.wsgi_app = DispatcherMiddleware(app.wsgi_app, mounts)",
    )
    assert isinstance(found, Flask)
    assert found.test_client().get("/admin/").text == "Orders"
    assert mounted_apps.app.test_client().get("/admin/").text == "Orders"
    assert isinstance(mounted_apps.app.wsgi_app, DispatcherMiddleware)
