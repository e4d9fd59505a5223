"""What the reference says of view classes, middleware and methods of the app."""

import pytest
from flask import Flask, after_this_request, request, session
from flask.sessions import SecureCookieSessionInterface
from flask.views import MethodView, View

from tests.behaviour.reference.overridden import noting_class


def test_async_methods_of_a_view_class_are_awaited(app):
    """Of View and of MethodView."""

    class Page(View):
        async def dispatch_request(self):
            return "page"

    class Order(MethodView):
        async def get(self):
            return "order"

    app.add_url_rule("/page", view_func=Page.as_view("page"))
    app.add_url_rule("/order", view_func=Order.as_view("order"))
    client = app.test_client()
    assert client.get("/page").text + client.get("/order").text == "pageorder"


def test_before_request_function_runs_before_the_decorators_of_a_view_class(app, steps):
    """As for a view function."""

    def note(view):
        def wrapped():
            steps.append("decorator")
            return view()

        return wrapped

    class Page(View):
        decorators = (note,)

        def dispatch_request(self):
            return ""

    app.before_request(lambda: steps.append("before_request"))
    app.add_url_rule("/", "page", Page.as_view("page"))
    app.test_client().get("/")
    assert steps == ["before_request", "decorator"]


def test_overridden_full_dispatch_request_surrounds_all_functions(steps):
    """Except teardown functions, which run later."""

    class Shop(Flask):
        def full_dispatch_request(self, *ctx):
            steps.append("begin")
            response = super().full_dispatch_request(*ctx)
            steps.append("end")
            return response

    app = Shop(__name__)
    app.before_request(lambda: steps.append("before_request"))

    @app.after_request
    def note(response):
        steps.append("after_request")
        return response

    app.teardown_request(lambda error: steps.append("teardown_request"))
    app.test_client().get("/")
    expected = "begin before_request after_request end teardown_request"
    assert steps == expected.split()


def test_overridden_dispatch_request_is_called_for_the_view_only(steps):
    """An early return skips it."""

    class Shop(Flask):
        def dispatch_request(self, *ctx):
            steps.append("dispatch")
            return super().dispatch_request(*ctx)

    app = Shop(__name__)

    @app.before_request
    def close_shop():
        if request.path == "/closed":
            return "Closed", 503
        return None

    client = app.test_client()
    assert client.get("/closed").status_code == 503
    assert steps == []
    client.get("/")
    assert steps == ["dispatch"]


def test_overridden_make_response_gets_the_value_of_the_view():
    """And what error handlers and early returns give."""

    class Shop(Flask):
        def make_response(self, rv):
            if isinstance(rv, set):
                rv = sorted(rv)
            return super().make_response(rv)

    app = Shop(__name__)
    app.add_url_rule("/", "index", lambda: {"tea", "coffee"})
    app.register_error_handler(404, lambda error: {"b", "a"})
    app.before_request(lambda: {"early"} if request.path == "/early" else None)
    client = app.test_client()
    assert client.get("/").json == ["coffee", "tea"]
    assert client.get("/early").json == ["early"]
    assert client.get("/nowhere").json == ["a", "b"]


def test_overridden_log_exception_is_called_for_a_crash(steps):
    """It gets the type of the exception first in its exc_info."""

    class Shop(Flask):
        def log_exception(self, *ctx):
            steps.append(ctx[-1][0].__name__)

    app = Shop(__name__)
    app.add_url_rule("/", "index", lambda: {}["order"])
    assert app.test_client().get("/").status_code == 500
    assert steps == ["KeyError"]


METHODS = (
    "wsgi_app", "full_dispatch_request", "preprocess_request", "dispatch_request",
    "make_response", "process_response", "handle_user_exception", "handle_exception",
    "log_exception", "do_teardown_request", "do_teardown_appcontext",
)  # fmt: skip


def noting_shop(steps):
    """Return an app that notes where each method begins and ends, and each callback."""
    app = noting_class(METHODS, steps)(__name__)
    app.config["SECRET_KEY"] = "for a test"

    def noting(name, returned=None):
        def function(*args):
            steps.append(name)
            return returned

        return function

    app.url_value_preprocessor(noting("url_value_preprocessor"))
    app.before_request(noting("before_request"))
    app.after_request(lambda response: [steps.append("after_request"), response][1])
    app.teardown_request(noting("teardown_request"))
    app.teardown_appcontext(noting("teardown_appcontext"))
    app.register_error_handler(LookupError, noting("error handler", "handled"))
    app.register_error_handler(500, noting("handler of 500", ("failed", 500)))

    @app.get("/")
    def index():
        steps.append("view")

        @after_this_request
        def defer(response):
            steps.append("after_this_request")
            return response

        session["seen"] = True
        return "Shop"

    app.add_url_rule("/order", "order", lambda: {}["order"])
    app.add_url_rule("/crash", "crash", lambda: 1 / 0)
    return app


def inside(steps, name):
    """Return the callbacks that ran while a method did."""
    part = steps[steps.index(f"<{name}") + 1 : steps.index(f"{name}>")]
    return [step for step in part if "<" not in step and ">" not in step]


def test_methods_of_the_app_surround_the_callbacks_of_a_request(steps):
    """In a request without errors, no method for exceptions is called."""
    noting_shop(steps).test_client().get("/")
    first = ["url_value_preprocessor", "before_request"]
    last = ["after_this_request", "after_request"]
    ends = {
        "do_teardown_request": ["teardown_request"],
        "do_teardown_appcontext": ["teardown_appcontext"],
    }
    called = {
        "wsgi_app": [*first, "view", *last, "teardown_request", "teardown_appcontext"],
        "full_dispatch_request": [*first, "view", *last],
        "preprocess_request": first,
        "dispatch_request": ["view"],
        "make_response": [],
        "process_response": last,
        **ends,
    }
    assert {name: inside(steps, name) for name in called} == called
    assert not [step for step in steps if "exception" in step]
    assert steps.index("<make_response") > steps.index("dispatch_request>")


def test_methods_for_exceptions_surround_error_handlers_and_the_log(steps):
    """handle_user_exception comes first; handle_exception logs, and makes the 500."""
    client = noting_shop(steps).test_client()
    assert client.get("/order").text == "handled"
    assert inside(steps, "handle_user_exception") == ["error handler"]
    assert "<handle_exception" not in steps
    steps.clear()
    response = client.get("/crash")
    assert (response.status_code, response.text) == (500, "failed")
    assert inside(steps, "handle_user_exception") == []
    within = steps[steps.index("<handle_exception") : steps.index("handle_exception>")]
    assert "<log_exception" in within
    assert inside(steps, "handle_exception") == ["handler of 500", "after_request"]


def test_process_response_saves_the_session(steps):
    """After the functions, so that what they change is saved."""
    app = noting_shop(steps)

    class Noting(SecureCookieSessionInterface):
        def save_session(self, app, session, response):
            steps.append("saved")

    app.session_interface = Noting()
    app.test_client().get("/")
    expected = ["after_this_request", "after_request", "saved"]
    assert inside(steps, "process_response") == expected


def test_outermost_middleware_is_assigned_last(app, steps):
    """Each wraps what wsgi_app was."""

    def wrap(name, inner):
        def middleware(environ, start_response):
            steps.append(name)
            return inner(environ, start_response)

        return middleware

    app.wsgi_app = wrap("first", app.wsgi_app)
    app.wsgi_app = wrap("last", app.wsgi_app)
    app.before_request(lambda: steps.append("before_request"))
    app.test_client().get("/")
    assert steps == ["last", "first", "before_request"]


def test_test_client_calls_the_middleware_of_wsgi_app(app):
    """It calls the app object, as a server does."""
    called = []
    inner = app.wsgi_app

    def middleware(environ, start_response):
        called.append(environ["PATH_INFO"])
        return inner(environ, start_response)

    app.wsgi_app = middleware
    app.test_client().get("/orders")
    assert called == ["/orders"]


def test_test_request_context_calls_no_middleware(app):
    """It makes a context and calls nothing."""
    called = []
    inner = app.wsgi_app

    def middleware(environ, start_response):
        called.append("called")
        return inner(environ, start_response)

    app.wsgi_app = middleware
    with app.test_request_context("/"):
        assert called == []


def test_exception_of_a_middleware_meets_no_error_handler(app):
    """Flask isn't called yet, or has finished."""

    def middleware(environ, start_response):
        raise KeyError("middleware")

    app.register_error_handler(KeyError, lambda error: "handled")
    app.wsgi_app = middleware
    with pytest.raises(KeyError):
        app.test_client().get("/")


def test_task_of_an_async_view_sees_the_request(app):
    """asyncio copies the context variables to each task."""
    import asyncio

    async def path():
        return request.path

    @app.get("/orders")
    async def orders():
        return await asyncio.create_task(path())

    assert app.test_client().get("/orders").text == "/orders"


def test_has_context_functions_agree_in_all_three_places(app):
    """Outside, in an app context, in a request."""
    from flask import has_app_context, has_request_context

    def both():
        return has_app_context(), has_request_context()

    assert both() == (False, False)
    with app.app_context():
        assert both() == (True, False)
    app.add_url_rule("/", "index", lambda: list(both()))
    assert app.test_client().get("/").json == [True, True]


def test_has_request_context_does_not_fail_where_request_would(app):
    """Outside a request, the request object is false, and reading attributes fails."""
    from flask import has_request_context

    assert not request
    assert not has_request_context()
    with pytest.raises(RuntimeError):
        _ = request.path


def test_session_interface_gets_app_request_session_and_response(app, steps):
    """Opening gets two of them, saving three."""

    class Interface(type(app.session_interface)):
        def open_session(self, *given):
            steps.append([type(value).__name__ for value in given])
            return super().open_session(*given)

        def save_session(self, *given):
            steps.append([type(value).__name__ for value in given])

    app.secret_key = "secret"
    app.session_interface = Interface()
    app.test_client().get("/")
    assert steps == [
        ["Flask", "Request"],
        ["Flask", "SecureCookieSession", "Response"],
    ]


@pytest.mark.parametrize("handler", [True, False])
def test_full_dispatch_request_ends_before_the_500_of_a_crash_is_made(steps, handler):
    """handle_exception makes it, and calls the after_request functions itself."""

    class Shop(Flask):
        def full_dispatch_request(self, *ctx):
            try:
                return super().full_dispatch_request(*ctx)
            finally:
                steps.append("end")

    app = Shop(__name__)
    app.add_url_rule("/", "index", lambda: 1 / 0)
    app.after_request(lambda response: steps.append("after_request") or response)
    if handler:
        app.register_error_handler(500, lambda error: ("Sorry", 500))
    assert app.test_client().get("/").status_code == 500
    assert steps == ["end", "after_request"]
