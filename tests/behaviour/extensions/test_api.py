"""Extensions for APIs: Flask-RESTX, whose errors are its own."""

from functools import wraps

import pytest
from flask import abort, request

pytestmark = pytest.mark.extensions

HANDLED = [404, 500, KeyError, Exception]


@pytest.fixture
def shop(app, steps):
    """An app with handlers of its own, one view, and an API of Flask-RESTX."""
    from flask_restx import Resource

    for what in HANDLED:
        name = what if isinstance(what, int) else what.__name__
        app.register_error_handler(what, handler(f"own {name}"))

    @app.before_request
    def check():
        if "early" in request.args:
            raise KeyError("early")

    @app.after_request
    def note(response):
        steps.append(response.status_code)
        return response

    class ShowOrder(Resource):
        def get(self, number):
            if number == 404:
                abort(404)
            return {7: "tea"}[number]

    class Crash(Resource):
        def get(self):
            return 1 / 0

    api = make_api(app)
    api.add_resource(ShowOrder, "/api/orders/<int:number>")
    api.add_resource(Crash, "/api/crash")
    app.add_url_rule("/page", "page", lambda: {7: "tea"}[8])
    app.api = api
    return app


def make_api(app):
    from flask_restx import Api

    return Api(app, doc=False)


def handler(text):
    return lambda error: (text, 418)


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/api/orders/8", 500, "Internal Server Error"),
        ("/api/crash", 500, "Internal Server Error"),
        ("/api/orders/404", 404, "The requested URL was not found on the server."),
        ("/api/orders/7?early", 500, "Internal Server Error"),
    ],
)
def test_flask_restx_makes_the_errors_of_its_urls_and_asks_no_handler_of_the_app(
    shop, steps, path, status, text
):
    """Neither those for a class nor those for 404 or 500; after_request runs."""
    response = shop.test_client().get(path)
    assert response.status_code == status
    assert response.json["message"].startswith(text)
    assert steps == [status]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/page", "own KeyError"),
        ("/page?early", "own KeyError"),
        ("/api/nothing", "own 404"),
        ("/nothing", "own 404"),
    ],
)
def test_handlers_of_the_app_go_on_for_other_urls_beside_flask_restx(shop, path, text):
    """For its other views, and for each URL that has no view, below /api, too."""
    response = shop.test_client().get(path)
    assert (response.status_code, response.text) == (418, text)


def test_error_handler_of_the_api_gets_the_exceptions_of_flask_restx(shop):
    """Of the class that it names; without a class, the others."""

    @shop.api.errorhandler(KeyError)
    def return_sold_out(error):
        return {"message": "sold out"}, 409

    @shop.api.errorhandler
    def return_failed(error):
        return {"message": type(error).__name__}, 503

    client = shop.test_client()
    for path in ("/api/orders/8", "/api/orders/7?early"):
        response = client.get(path)
        assert (response.status_code, response.json["message"]) == (409, "sold out")
    response = client.get("/api/crash")
    assert (response.status_code, response.json["message"]) == (
        503,
        "ZeroDivisionError",
    )


@pytest.mark.parametrize("setting", ["PROPAGATE_EXCEPTIONS", "TESTING", "DEBUG"])
def test_flask_restx_leaves_exceptions_to_the_app_where_they_propagate(shop, setting):
    """So the app's handlers of a class work in debug mode and with TESTING only."""
    shop.config[setting] = True
    response = shop.test_client().get("/api/orders/8")
    assert (response.status_code, response.text) == (418, "own KeyError")
    response = shop.test_client().get("/api/orders/404")
    assert response.status_code == 404
    assert response.json["message"].startswith("The requested URL was not found")


def test_propagated_exception_without_a_handler_of_its_class_leaves_flask(app, steps):
    """The handler of 500 isn't called, and no after_request function runs."""
    app.config["PROPAGATE_EXCEPTIONS"] = True
    app.register_error_handler(500, lambda error: steps.append("handler"))
    app.after_request(lambda response: steps.append("after") or response)
    app.teardown_request(lambda error: steps.append(type(error)))
    app.add_url_rule("/", "index", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        app.test_client().get("/")
    assert steps == [ZeroDivisionError]


def noted(steps, name):
    """Make a decorator that notes its name when the view is called."""

    def decorate(view):
        @wraps(view)
        def call(*args, **values):
            steps.append(name)
            return view(*args, **values)

        return call

    return decorate


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_decorators_of_flask_restx_run_after_hooks_from_the_last_to_the_first(
    app, steps, method
):
    """Those of the Api, of the namespace, then method_decorators."""
    from flask_restx import Api, Namespace, Resource

    def decorators(name):
        return [noted(steps, f"{name} {number}") for number in (1, 2)]

    def show(self):
        steps.append("method")
        return {}

    names = {method: show, "method_decorators": decorators("method")}
    orders = Namespace("orders", decorators=decorators("namespace"))
    orders.add_resource(type("Orders", (Resource,), names), "/")
    Api(app, doc=False, decorators=decorators("api")).add_namespace(orders)
    app.before_request(lambda: steps.append("before_request"))
    app.after_request(lambda response: steps.append("after_request") or response)
    app.test_client().open("/orders/", method=method)
    assert steps == [
        "before_request", "api 2", "api 1", "namespace 2", "namespace 1",
        "method 2", "method 1", "method", "after_request",
    ]  # fmt: skip


def test_method_decorators_of_flask_restx_are_no_dict(app, steps):
    """It takes the keys for decorators; the request fails."""
    from flask_restx import Resource

    class Orders(Resource):
        method_decorators = {"get": [noted(steps, "get")]}

        def get(self):
            return {}

    app.testing = True
    make_api(app).add_resource(Orders, "/orders")
    with pytest.raises(TypeError, match=r"^'str' object is not callable$"):
        app.test_client().get("/orders")
    assert steps == []
