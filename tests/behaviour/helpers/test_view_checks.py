"""Checks around the methods of a view class, and one class at several URLs."""

import pytest
from flask import request
from flask.views import MethodView

from snippets.reference import view_checks

METHODS = ["get", "post", "put", "patch", "delete"]


def test_dispatch_request_of_a_base_class_runs_before_each_method():
    """It is called for every method, and super() calls the method itself."""
    client = view_checks.app.test_client()
    assert client.get("/orders/7").status_code == 401
    assert client.delete("/orders/7").status_code == 401
    with client.session_transaction() as session:
        session["user"] = "anna"
    assert client.get("/orders/7").text == "Order 7"
    assert client.delete("/orders/7").status_code == 204


@pytest.mark.parametrize("method", METHODS)
def test_value_of_dispatch_request_skips_the_method(app, steps, method):
    """What it returns is the response; the view's method isn't called."""

    class Checked(MethodView):
        def dispatch_request(self, **values):
            steps.append(values)
            if "stop" in request.args:
                return "stopped", 403
            return super().dispatch_request(**values)

    def answer(self, number):
        steps.append(method)
        return "done"

    Order = type("Order", (Checked,), {method: answer})
    app.add_url_rule("/<int:number>", view_func=Order.as_view("order"))
    client = app.test_client()
    assert client.open("/7?stop", method=method).status_code == 403
    assert steps == [{"number": 7}]
    assert client.open("/7", method=method).text == "done"
    assert steps == [{"number": 7}, {"number": 7}, method]


def test_method_view_calls_no_method_called_before_request(app, steps):
    """Flask looks for no such method in a view class."""

    class Order(MethodView):
        def before_request(self):
            steps.append("before_request")

        def get(self):
            return "order"

    app.add_url_rule("/", view_func=Order.as_view("order"))
    assert app.test_client().get("/").text == "order"
    assert steps == []


def test_two_views_made_of_one_class_need_two_names_or_are_made_once(app):
    """Each call of as_view makes another function."""

    class Order(MethodView):
        def get(self):
            return request.endpoint

    app.add_url_rule("/one", view_func=Order.as_view("order"))
    with pytest.raises(AssertionError) as caught:
        app.add_url_rule("/two", view_func=Order.as_view("order"))
    assert str(caught.value) == (
        "View function mapping is overwriting an existing endpoint function: order"
    )
    made = Order.as_view("made")
    app.add_url_rule("/three", view_func=made)
    app.add_url_rule("/four", view_func=made)
    app.add_url_rule("/five", view_func=Order.as_view("other"))
    client = app.test_client()
    found = [client.get(url).text for url in ("/one", "/three", "/four", "/five")]
    assert found == ["order", "made", "made", "other"]


@pytest.mark.parametrize("check", ["decorators", "dispatch_request"])
def test_checks_of_a_view_class_run_for_head_and_not_for_options_or_a_405(
    app, steps, check
):
    """Flask responds to these two itself, and calls no view."""

    class Checked(MethodView):
        def dispatch_request(self, **values):
            steps.append(request.method)
            return super().dispatch_request(**values)

    def checked(view):
        def call(**values):
            steps.append(request.method)
            return view(**values)

        return call

    class Order(Checked if check == "dispatch_request" else MethodView):
        decorators = (checked,) if check == "decorators" else ()

        def get(self):
            return "order"

    app.add_url_rule("/", view_func=Order.as_view("order"))
    client = app.test_client()
    found = [
        client.open("/", method=method).status_code
        for method in ("GET", "HEAD", "OPTIONS", "PUT")
    ]
    assert found == [200, 200, 200, 405]
    assert steps == ["GET", "HEAD"]


@pytest.mark.parametrize("every", [True, False])
def test_arguments_of_as_view_are_shared_by_all_requests(app, every):
    """A list grows with each request, also with a new instance for each."""

    class Cart(MethodView):
        init_every_request = every

        def __init__(self, teas):
            self.teas = teas

        def get(self):
            self.teas.append("green")
            return self.teas

    app.add_url_rule("/", view_func=Cart.as_view("cart", teas=[]))
    found = [app.test_client().get("/").json for _ in range(3)]
    assert found == [["green"], ["green"] * 2, ["green"] * 3]
