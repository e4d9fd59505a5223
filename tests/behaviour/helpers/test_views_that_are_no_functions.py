"""Classes, partials and other objects in the place of a view function."""

from functools import partial, wraps

import pytest
from flask.views import MethodView, View

NO_RESPONSE = (
    r"^The view function did not return a valid response\..* it was a Orders\.$"
)
BASES = [View, MethodView]


def any_arguments(view):
    @wraps(view)
    def call(*args, **values):
        return view(*args, **values)

    return call


def named_arguments(view):
    @wraps(view)
    def call(**values):
        return view(**values)

    return call


class Shout:
    """An object that can be called."""

    def __call__(self, name="nobody"):
        return name.upper()


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("decorate", [any_arguments, named_arguments])
def test_decorated_view_class_is_a_function_without_as_view(base, decorate):
    """The decorator returns a function, also with functools.wraps."""
    Orders = decorate(type("Orders", (base,), {}))
    with pytest.raises(AttributeError) as caught:
        Orders.as_view("orders")
    assert str(caught.value) == "'function' object has no attribute 'as_view'"


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(
    ("path", "message"),
    [("/", NO_RESPONSE), ("/7", r"^Orders\(\) takes no arguments$")],
)
def test_view_class_below_route_fails_in_each_request(app, base, path, message):
    """Flask makes an instance and takes it for the response."""

    @app.route("/")
    @app.route("/<number>")
    class Orders(base):
        def dispatch_request(self, **values):
            return "orders"

    client = app.test_client()
    assert [client.get(path).status_code for _ in range(2)] == [500, 500]
    app.testing = True
    with pytest.raises(TypeError, match=message):
        client.get(path)


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_decorator_of_a_method_must_pass_self_on(app, method):
    """With named arguments only it refuses self; in decorators it gets no self."""

    def show(self, **values):
        return f"order {values}"

    decorated = {
        "/any": {method: any_arguments(show)},
        "/named": {method: named_arguments(show)},
        "/class": {method: show, "decorators": [named_arguments]},
    }
    for path, names in decorated.items():
        view = type("Orders", (MethodView,), names).as_view(path[1:])
        app.add_url_rule(f"{path}/<number>", view_func=view)
    app.testing = True
    client = app.test_client()
    for path in "/any/7", "/class/7":
        assert client.open(path, method=method).text == "order {'number': '7'}"
    with pytest.raises(TypeError) as caught:
        client.open("/named/7", method=method)
    assert "takes 0 positional arguments but 1 " in str(caught.value)


@pytest.mark.parametrize("view", [partial(Shout(), name="tea"), Shout()])
@pytest.mark.parametrize("decorator", ["route", "get", "post"])
def test_view_without_a_name_needs_an_endpoint(app, view, decorator):
    """A partial and an instance have no __name__."""
    kind = "functools.partial" if isinstance(view, partial) else "Shout"
    with pytest.raises(AttributeError) as caught:
        getattr(app, decorator)("/")(view)
    assert str(caught.value) == f"'{kind}' object has no attribute '__name__'"
    getattr(app, decorator)("/", endpoint="named")(view)
    app.add_url_rule("/rule", endpoint="rule", view_func=view)
    method = "POST" if decorator == "post" else "GET"
    client = app.test_client()
    expected = "TEA" if isinstance(view, partial) else "NOBODY"
    assert client.open("/", method=method).text == expected
    assert client.get("/rule").text == expected


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_method_of_a_view_class_gets_no_request(app, method):
    """It gets the arguments of the URL by name, and nothing else."""
    names = {
        method: lambda self, *args, **values: f"{args} {values}",
    }
    view = type("Orders", (MethodView,), names).as_view("orders")
    app.add_url_rule("/<number>", view_func=view)
    names = {method: lambda self, request: "never"}
    view = type("Asking", (MethodView,), names).as_view("asking")
    app.add_url_rule("/asking", view_func=view)
    app.testing = True
    client = app.test_client()
    assert client.open("/7", method=method).text == "() {'number': '7'}"
    with pytest.raises(TypeError, match=r"missing 1 .* argument: 'request'$"):
        client.open("/asking", method=method)
