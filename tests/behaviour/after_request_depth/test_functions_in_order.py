"""Which of Flask's functions a request passes, and which hooks that selects."""

import sys
import threading

import flask.app
import pytest
from flask import Blueprint, Flask, Response, abort, has_request_context, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from snippets.after_request_depth.answers_without_a_view import app as orders_app
from snippets.after_request_depth.late_registration import app as late_app
from snippets.after_request_depth.where_hooks_are_kept import app as kept_app
from snippets.after_request_depth.whole_chain import app as chain_app

NAMES = {
    "wsgi_app",
    "full_dispatch_request",
    "preprocess_request",
    "dispatch_request",
    "handle_user_exception",
    "handle_http_exception",
    "handle_exception",
    "finalize_request",
    "make_response",
    "process_response",
    "do_teardown_request",
    "do_teardown_appcontext",
}


def flask_functions(app, path):
    """Return the names of Flask's functions that a GET request calls."""
    called = []

    def watch(frame, event, argument):
        code = frame.f_code
        ours = code.co_filename == flask.app.__file__ and code.co_name in NAMES
        if event == "call" and ours:
            called.append(code.co_name)

    earlier = sys.getprofile()
    sys.setprofile(watch)
    try:
        app.test_client().get(path)
    finally:
        sys.setprofile(earlier)
    return called


def test_functions_of_flask_for_a_view_that_answers(app):
    """Nine functions, from wsgi_app to do_teardown_appcontext, each once."""
    app.add_url_rule("/", view_func=lambda: "Here")
    assert flask_functions(app, "/") == [
        "wsgi_app",
        "full_dispatch_request",
        "preprocess_request",
        "dispatch_request",
        "finalize_request",
        "make_response",
        "process_response",
        "do_teardown_request",
        "do_teardown_appcontext",
    ]


def test_functions_of_flask_for_an_http_error(app):
    """The two handlers are called between dispatching and finalizing, once."""
    app.add_url_rule("/", view_func=lambda: abort(403))
    assert flask_functions(app, "/")[3:8] == [
        "dispatch_request",
        "handle_user_exception",
        "handle_http_exception",
        "finalize_request",
        "make_response",
    ]


def test_functions_of_flask_for_a_view_that_crashes(app):
    """finalize_request is reached once, from handle_exception."""
    app.add_url_rule("/", view_func=lambda: 1 // 0)
    assert flask_functions(app, "/") == [
        "wsgi_app",
        "full_dispatch_request",
        "preprocess_request",
        "dispatch_request",
        "handle_user_exception",
        "handle_exception",
        "finalize_request",
        "make_response",
        "process_response",
        "do_teardown_request",
        "do_teardown_appcontext",
    ]


def test_functions_of_flask_for_a_hook_that_raises(app):
    """handle_user_exception is not called: finalizing leads to handle_exception."""
    app.add_url_rule("/", view_func=lambda: "Here")
    app.after_request(lambda response: 1 // 0)
    assert flask_functions(app, "/") == [
        "wsgi_app",
        "full_dispatch_request",
        "preprocess_request",
        "dispatch_request",
        "finalize_request",
        "make_response",
        "process_response",
        "handle_exception",
        "finalize_request",
        "make_response",
        "process_response",
        "do_teardown_request",
        "do_teardown_appcontext",
    ]


def test_functions_of_flask_for_an_early_answer(app):
    """dispatch_request is the only function that an early return skips."""
    app.before_request(lambda: "Closed")
    app.add_url_rule("/", view_func=lambda: "Here")
    assert "dispatch_request" not in flask_functions(app, "/")
    assert flask_functions(app, "/")[2:4] == ["preprocess_request", "finalize_request"]


def test_one_response_passes_deferred_nested_app_and_signal_in_this_order():
    """Deferred first to last, child, parent, app last to first, request_finished."""
    response = chain_app.test_client().get("/shop/orders/1")
    assert response.headers.getlist("X-Passed") == [
        "set_language",
        "remember_order",
        "orders",
        "shop",
        "app, registered last",
        "app, registered first",
        "request_finished",
    ]


def test_hooks_run_by_the_blueprints_of_the_matched_endpoint():
    """request.blueprints, from the inside out, and then None, are the keys."""
    client = kept_app.test_client()
    assert (
        client.get("/shop/orders/").headers["X-Blueprints"] == "['shop.orders', 'shop']"
    )
    assert client.get("/shop/").headers["X-Blueprints"] == "['shop']"
    assert client.get("/shop/nowhere/").headers["X-Blueprints"] == "[]"


@pytest.mark.parametrize(
    ("method", "path", "status", "hooks"),
    [
        ("GET", "/orders/", 200, ["orders", "app"]),
        ("HEAD", "/orders/", 200, ["orders", "app"]),
        ("OPTIONS", "/orders/", 200, ["orders", "app"]),
        ("PUT", "/orders/", 405, ["app"]),
        ("GET", "/orders", 308, ["app"]),
        ("GET", "/orders/42", 404, ["app"]),
    ],
)
def test_blueprint_hooks_need_a_matched_url_not_a_view(method, path, status, hooks):
    """They run for HEAD and OPTIONS, but not for a 404, a 405 or a slash redirect."""
    response = orders_app.test_client().open(path, method=method)
    assert response.status_code == status
    assert response.headers.getlist("X-Hook") == hooks


def test_blueprint_hooks_run_on_a_404_that_its_view_raises(app):
    """abort(404) in a view comes after the match: the blueprint is known."""
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/<item>", view_func=lambda item: abort(404), endpoint="item")

    @shop.after_request
    def sign(response):
        response.headers["X-Shop"] = "yes"
        return response

    app.register_blueprint(shop)
    response = app.test_client().get("/hat")
    assert (response.status_code, response.headers["X-Shop"]) == (404, "yes")


def test_hook_cannot_be_registered_during_the_first_request():
    """The mark is set before request_started: a view is already too late."""
    text = late_app.test_client().get("/").text
    assert text == (
        "The setup method 'after_request' can no longer be called on the"
        " application. It has already handled its first request, any changes"
        " will not be applied consistently.\nMake sure all imports, decorators,"
        " functions, etc. needed to set up the application are done before"
        " running it."
    )


def test_hooks_are_looked_up_anew_for_every_request(app):
    """A hook put into after_request_funcs by hand isn't checked, and runs."""
    app.add_url_rule("/", view_func=lambda: "Here")
    client = app.test_client()
    assert client.get("/").status_code == 200

    def mark(response):
        response.headers["X-Marked"] = "yes"
        return response

    app.after_request_funcs.setdefault(None, []).append(mark)
    assert client.get("/").headers["X-Marked"] == "yes"


def test_hook_appended_by_a_view_runs_in_its_request(app):
    """Flask looks into after_request_funcs when the view has returned."""

    def mark(response):
        response.headers["X-Marked"] = "yes"
        return response

    @app.get("/")
    def index():
        app.after_request_funcs.setdefault(None, []).append(mark)
        return "Here"

    assert app.test_client().get("/").headers["X-Marked"] == "yes"


def test_hook_put_under_a_name_of_no_blueprint_never_runs(app, steps):
    """A key such as ('GET',) is never looked up."""
    app.add_url_rule("/", view_func=lambda: "Here")
    app.after_request_funcs[("GET",)] = [lambda r: steps.append("tuple") or r]
    app.after_request_funcs["GET"] = [lambda r: steps.append("method") or r]
    app.after_request_funcs[None] = [lambda r: steps.append("app") or r]
    assert app.test_client().get("/").status_code == 200
    assert steps == ["app"]


def test_before_view_hook_and_receiver_run_in_one_thread(app, steps):
    """The thread is that of the server's call; Flask starts none for them."""

    def note():
        steps.append(threading.get_ident())

    app.before_request(note)
    app.add_url_rule("/", view_func=lambda: note() or "Here")
    app.after_request(lambda response: note() or response)
    app.teardown_request(lambda error: note())
    worker = threading.Thread(target=lambda: app.test_client().get("/"))
    worker.start()
    identity = worker.ident
    worker.join()
    assert steps == [identity] * 4


def test_server_is_given_the_headers_before_teardown_and_the_body_after(app, steps):
    """start_response is called inside the contexts, the body is read outside."""
    app.teardown_request(lambda error: steps.append("teardown"))

    def body():
        steps.append(f"body, request: {has_request_context()}")
        yield "Here"

    app.add_url_rule("/", view_func=body)

    def start_response(status, headers, exc_info=None):
        steps.append(f"{status}, request: {has_request_context()}")

    with app.test_request_context() as context:
        environ = dict(context.request.environ)
    steps.clear()
    chunks = list(app(environ, start_response))
    assert chunks == [b"Here"]
    assert steps == ["200 OK, request: True", "teardown", "body, request: False"]


def test_hooks_of_a_mounted_app_stay_with_its_requests(app):
    """A dispatcher hands each request to one app; an unknown mount to the first."""
    app.add_url_rule("/", view_func=lambda: "Front")
    shop = Flask("shop", static_folder=None)
    shop.add_url_rule("/", view_func=lambda: f"Shop {request.root_path}")

    def signer(name):
        def sign(response):
            response.headers.add("X-Signed", name)
            return response

        return sign

    app.after_request(signer("front"))
    shop.after_request(signer("shop"))
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/shop": shop})
    client = app.test_client()
    assert client.get("/").headers.getlist("X-Signed") == ["front"]
    response = client.get("/shop/")
    assert (response.text, response.headers.getlist("X-Signed")) == (
        "Shop /shop",
        ["shop"],
    )


def test_after_request_hooks_run_once_in_a_client_block(app, steps):
    """For the kept context, teardown functions run a second time, and hooks don't."""
    app.add_url_rule("/", view_func=lambda: "Here")
    app.after_request(lambda response: steps.append("hook") or response)
    app.teardown_request(lambda error: steps.append("teardown"))
    with app.test_client() as client:
        client.get("/")
        assert steps == ["hook", "teardown"]
    assert steps == ["hook", "teardown", "teardown"]


def test_answer_of_a_middleware_meets_no_hook(app, steps):
    """It wraps wsgi_app: what it does not pass on, Flask never sees."""
    app.add_url_rule("/", view_func=lambda: "Here")
    app.after_request(lambda response: steps.append(response.status_code) or response)
    inner = app.wsgi_app

    def guard(environ, start_response):
        if environ["PATH_INFO"] == "/closed":
            return Response("Closed", 503)(environ, start_response)
        return inner(environ, start_response)

    app.wsgi_app = guard
    client = app.test_client()
    assert client.get("/closed").status_code == 503
    assert steps == []
    assert client.get("/").status_code == 200
    assert steps == [200]
