"""Registering routes, and what a view function may bring along."""

from io import BytesIO

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import create_environ

from tests.behaviour.versions import FLASK


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "patch"])
def test_shortcut_of_a_method_allows_that_method_only(app, method):
    """app.get, app.post and so on are route() with one method."""

    @getattr(app, method)("/")
    def index():
        return [request.method]

    client = app.test_client()
    assert getattr(client, method)("/").json == [method.upper()]
    allowed = {"get", "post", "put", "delete", "patch"} - {method}
    assert {getattr(client, other)("/").status_code for other in allowed} == {405}


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "patch"])
def test_shortcut_of_a_method_refuses_methods(app, method):
    """The message names route()."""
    with pytest.raises(TypeError) as caught:
        getattr(app, method)("/", methods=["GET"])
    assert str(caught.value) == (
        "Use the 'route' decorator to use the 'methods' argument."
    )


def test_shortcut_of_a_method_takes_the_options_of_a_rule(app):
    """An endpoint, defaults, and whatever a rule knows."""

    @app.get("/", endpoint="home", defaults={"cup": "green"})
    def index(cup):
        return [request.endpoint, cup]

    assert app.test_client().get("/").json == ["home", "green"]


def test_route_decorators_give_the_function_back(app):
    """A view may have several rules, one above the other."""

    def index():
        return "Tea"

    assert app.get("/")(app.route("/tea")(app.post("/")(index))) is index
    client = app.test_client()
    for response in client.get("/"), client.get("/tea"), client.post("/"):
        assert response.text == "Tea"


def test_route_answers_get_head_and_options_unless_told(app):
    """The methods of a rule without methods."""
    app.add_url_rule("/", view_func=lambda: "Tea")
    client = app.test_client()
    assert client.get("/").text == "Tea"
    assert client.head("/").status_code == 200
    assert sorted(client.options("/").allow) == ["GET", "HEAD", "OPTIONS"]
    assert client.post("/").status_code == 405


def test_methods_of_a_route_may_be_written_in_lower_case(app):
    """And in any order."""
    app.add_url_rule("/", view_func=lambda: request.method, methods=["post", "Put"])
    assert app.test_client().post("/").text == "POST"
    assert app.test_client().put("/").text == "PUT"
    assert app.test_client().get("/").status_code == 405


def test_methods_of_a_route_must_not_be_a_string(app):
    """A string would count as a list of letters: the message shows a list."""
    with pytest.raises(TypeError) as caught:
        app.add_url_rule("/", view_func=lambda: "", methods="POST")
    assert str(caught.value) == (
        "Allowed methods must be a list of strings, for example: @app.route(..., "
        'methods=["POST"])'
    )


def test_view_that_lists_options_in_lower_case_answers_it(app):
    """The automatic response is off, as for methods=["OPTIONS"]."""
    app.add_url_rule("/", view_func=lambda: "mine", methods=["get", "options"])
    assert app.test_client().options("/").text == "mine"


def test_view_function_may_name_its_methods(app):
    """The attribute methods counts if the rule has none."""

    def view():
        return request.method

    view.methods = ["DELETE"]
    app.add_url_rule("/", view_func=view)
    app.add_url_rule("/told", view_func=view, methods=["PUT"])
    client = app.test_client()
    assert client.delete("/").text == "DELETE"
    assert client.get("/").status_code == 405
    assert client.delete("/told").status_code == 405
    assert client.put("/told").text == "PUT"


def test_view_function_may_require_a_method(app):
    """required_methods are added to those of every rule."""

    def view():
        return request.method

    view.required_methods = ["PATCH"]
    app.add_url_rule("/", view_func=view, methods=["PUT"])
    assert app.test_client().patch("/").text == "PATCH"
    assert app.test_client().put("/").text == "PUT"


@pytest.mark.parametrize(("wanted", "status"), [(True, 200), (False, 405)])
def test_view_function_may_decide_about_automatic_options(app, wanted, status):
    """Its attribute provide_automatic_options counts if the rule is silent."""

    def view():
        return "Tea"

    view.provide_automatic_options = wanted
    view.required_methods = ["OPTIONS"] if wanted else []
    app.add_url_rule("/", view_func=view)
    response = app.test_client().options("/")
    assert (response.status_code, response.text) == (status, "") or status == 405
    assert response.status_code == status


def test_automatic_options_can_be_turned_off_for_the_app_since_3_1(app):
    """PROVIDE_AUTOMATIC_OPTIONS = False; older versions do not look at it."""
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.add_url_rule("/", view_func=lambda: "Tea")
    response = app.test_client().options("/")
    assert response.status_code == (405 if FLASK >= (3, 1) else 200)


def test_automatic_options_do_not_answer_for_a_view_that_lists_the_method(app):
    """required_methods count less: there the view lists OPTIONS itself."""

    def view():
        return "mine"

    app.add_url_rule("/", view_func=view, methods=["OPTIONS"])
    assert app.test_client().options("/").text == "mine"
    assert app.test_client().get("/").status_code == 405


def test_two_views_of_one_endpoint_are_refused(app):
    """The message names the endpoint; the same view is fine."""

    def index():
        return "Tea"

    app.add_url_rule("/", view_func=index)
    app.add_url_rule("/tea", view_func=index)
    with pytest.raises(AssertionError) as caught:
        app.add_url_rule("/other", "index", lambda: "Other")
    assert str(caught.value) == (
        "View function mapping is overwriting an existing endpoint function: index"
    )
    assert app.test_client().get("/").text == "Tea"


def test_rule_may_come_before_its_view(app):
    """endpoint() adds the function; the rule names only the endpoint."""
    app.add_url_rule("/", endpoint="home")

    def home():
        return "Tea"

    assert app.endpoint("home")(home) is home
    assert app.test_client().get("/").text == "Tea"


def test_rule_without_endpoint_and_view_is_refused(app):
    """There is no name that Flask could use."""
    with pytest.raises(AssertionError, match=r"^expected view func if endpoint is not"):
        app.add_url_rule("/")


def test_rule_may_be_added_to_the_url_map_by_hand(app):
    """It has its own methods, so OPTIONS also reaches the view."""
    app.url_map.add(Rule("/", endpoint="home", methods=["GET", "OPTIONS"]))
    app.endpoint("home")(lambda: request.method)
    assert app.test_client().get("/").text == "GET"
    assert app.test_client().options("/").text == "OPTIONS"


def test_rule_class_of_the_app_is_used(app):
    """url_rule_class makes every rule, with the methods of the route."""
    made = []

    class Noted(app.url_rule_class):
        def __init__(self, *arguments, **options):
            made.append((arguments, sorted(options["methods"]), options["endpoint"]))
            super().__init__(*arguments, **options)

    app.url_rule_class = Noted
    app.add_url_rule("/tea", "tea", lambda: "", methods=["PUT"])
    assert made == [(("/tea",), ["OPTIONS", "PUT"], "tea")]


def test_test_client_of_an_app_may_be_replaced(app):
    """test_client_class and the arguments of test_client()."""

    class Client(FlaskClient):
        def __init__(self, *arguments, leaf=None, **options):
            super().__init__(*arguments, **options)
            self.leaf = leaf

    assert type(app.test_client()) is FlaskClient
    app.test_client_class = Client
    client = app.test_client(leaf="mint")
    assert (type(client), client.leaf) == (Client, "mint")


def test_test_client_keeps_cookies_unless_told(app):
    """use_cookies=False starts every request without them."""
    app.add_url_rule("/", view_func=lambda: ("", {"Set-Cookie": "cup=1; Path=/"}))
    app.add_url_rule("/ask", "ask", lambda: request.cookies.get("cup", "none"))
    for options, expected in ({}, "1"), ({"use_cookies": False}, "none"):
        client = app.test_client(**options)
        client.get("/")
        assert client.get("/ask").text == expected


def test_response_of_the_test_client_has_the_class_of_the_app(app):
    """What a response class adds can be used in tests."""

    class Tea(app.response_class):
        @property
        def cups(self):
            return self.text.count("cup")

    app.response_class = Tea
    app.add_url_rule("/", view_func=lambda: "cup cup")
    assert app.test_client().get("/").cups == 2


def test_test_request_context_makes_the_request_it_is_told_to(app):
    """Path, method, headers, data and query, as the test client takes them."""
    with app.test_request_context(
        "/tea", method="POST", data={"cup": "1"}, headers={"X-Leaf": "mint"}
    ):
        assert (request.method, request.path) == ("POST", "/tea")
        assert (request.form["cup"], request.headers["X-Leaf"]) == ("1", "mint")


def test_files_given_to_test_request_context_are_closed(app):
    """Their content is in the request already."""
    file = BytesIO(b"Tea")
    with app.test_request_context(method="POST", data={"cup": (file, "cup.txt")}):
        assert file.closed
        assert request.files["cup"].read() == b"Tea"
        request.files["cup"].close()


def test_request_context_is_made_of_an_environment(app):
    """request_context takes the WSGI environment as a server builds it."""
    with app.request_context(create_environ("/tea", "http://pot.example")):
        assert request.url == "http://pot.example/tea"


def test_app_is_a_wsgi_application(app):
    """Called with an environment and start_response it gives the body."""
    told = []
    app.add_url_rule("/", view_func=lambda: "Tea")
    body = app(create_environ("/"), lambda *arguments: told.append(arguments))
    assert b"".join(body) == b"Tea"
    assert told[0][0] == "200 OK"
    assert ("Content-Length", "3") in told[0][1]


def test_middleware_wraps_wsgi_app(app):
    """Assigning to wsgi_app leaves the app object itself in place."""
    inner = app.wsgi_app

    def middleware(environ, start_response):
        environ["tea.cup"] = "green"
        return inner(environ, start_response)

    app.wsgi_app = middleware
    app.add_url_rule("/", view_func=lambda: request.environ["tea.cup"])
    assert app.test_client().get("/").text == "green"


def test_name_of_the_app_is_its_import_name():
    """It is in messages, in the log and in the repr."""
    assert repr(Flask("shop")) == "<Flask 'shop'>"


def test_view_that_names_options_gets_these_requests_and_no_allow_header(app):
    """Flask doesn't make the response then."""

    @app.route("/orders", methods=["GET", "OPTIONS"])
    def show_orders():
        return f"the view, for {request.method}"

    response = app.test_client().options("/orders")
    assert response.text == "the view, for OPTIONS"
    assert "Allow" not in response.headers


def test_automatic_options_turned_off_for_one_route_are_a_405(app):
    """provide_automatic_options is an option of the route; others keep theirs."""

    @app.get("/orders", provide_automatic_options=False)
    def show_orders():
        return "Orders"

    app.add_url_rule("/", "index", lambda: "Shop")
    client = app.test_client()
    assert client.get("/orders").status_code == 200
    assert client.options("/orders").status_code == 405
    assert client.options("/").status_code == 200
