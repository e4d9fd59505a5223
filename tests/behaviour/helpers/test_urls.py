"""URLs that url_for builds, in a request and outside of one."""

import pytest
from flask import Blueprint, redirect, request, url_for
from werkzeug.routing import BaseConverter, BuildError

from tests.behaviour.versions import REDIRECT


@pytest.fixture
def shop(app):
    """An app with a view at the root, one with a product, and a blueprint."""
    orders = Blueprint("orders", __name__, url_prefix="/orders")

    @app.get("/")
    def index():
        return "Index"

    @app.get("/products/<int:number>")
    def show_product(number):
        return f"Product {number}"

    @app.post("/products/<int:number>/save")
    def save_product(number):
        return f"Saved {number}"

    orders.add_url_rule("/", "index", lambda: "Orders")
    orders.add_url_rule("/url", "url", lambda: url_for(request.args["of"]))
    app.add_url_rule("/url", "url", lambda: url_for(request.args["of"]))
    app.register_blueprint(orders)
    return app


@pytest.fixture
def built(shop):
    """A function that builds a URL as a view of the app does."""

    def build(endpoint, **values):
        with shop.test_request_context():
            return url_for(endpoint, **values)

    return build


def test_value_that_the_rule_does_not_name_is_a_query(built):
    """Each of a list; none for None."""
    url = built("show_product", number=7, colour=["red", "blue"], size=None)
    assert url == "/products/7?colour=red&colour=blue"


def test_url_has_an_anchor_if_told(built):
    """Quoted where a URL needs it."""
    assert built("index", _anchor="how much?") == "/#how%20much?"
    assert built("index", _anchor="a/b") == "/#a/b"
    assert built("index") == "/"


def test_scheme_makes_a_url_external(built):
    """There is no path with a scheme."""
    assert built("index", _scheme="https") == "https://localhost/"
    assert built("index", _scheme="https", _external=True) == "https://localhost/"


def test_scheme_of_a_url_that_must_not_be_external_is_refused(built):
    """The path would lose it."""
    with pytest.raises(
        ValueError, match=r"^When specifying '_scheme', '_external' must be True\.$"
    ):
        built("index", _scheme="https", _external=False)


@pytest.mark.parametrize("first", ["GET", "POST"])
@pytest.mark.parametrize("current", ["GET", "POST"])
def test_method_chooses_among_the_rules_of_an_endpoint(app, first, current):
    """Without _method it is that of the current request, not the first rule's."""
    urls = {"GET": "/read", "POST": "/write"}
    for method in sorted(urls, key=lambda method: method != first):
        app.add_url_rule(urls[method], "page", methods=[method])
    with app.test_request_context(method=current):
        assert url_for("page") == urls[current]
        assert url_for("page", _method="GET") == "/read"
        assert url_for("page", _method="POST") == "/write"


def test_endpoint_with_a_dot_in_front_is_of_the_same_blueprint(shop):
    """Outside of a blueprint it is one of the app."""
    client = shop.test_client()
    assert client.get("/orders/url?of=.index").text == "/orders/"
    assert client.get("/url?of=.index").text == "/"
    assert client.get("/orders/url?of=index").text == "/"
    assert client.get("/url?of=orders.index").text == "/orders/"


def test_app_context_keeps_the_server_name_that_it_began_with(shop):
    """url_for doesn't read the configuration again."""
    shop.config["SERVER_NAME"] = "shop.example"
    with shop.app_context():
        shop.config["SERVER_NAME"] = "other.example"
        assert url_for("index") == "http://shop.example/"
    assert shop.url_for("index") == "http://other.example/"


def test_other_exception_of_a_url_meets_no_build_error_handler(shop, steps):
    """A converter that raises has found the rule."""

    class Colour(BaseConverter):
        def to_url(self, value):
            raise LookupError(value)

    shop.url_map.converters["colour"] = Colour
    shop.add_url_rule("/<colour:name>", "colour", lambda name: name)
    shop.url_build_error_handlers.append(lambda *arguments: steps.append("asked"))
    with shop.test_request_context(), pytest.raises(LookupError, match="blue"):
        url_for("colour", name="blue")
    assert steps == []


def test_url_for_of_the_app_needs_no_context(shop):
    """It reads the configuration itself."""
    shop.config["SERVER_NAME"] = "shop.example"
    assert shop.url_for("index") == "http://shop.example/"
    assert shop.url_for("show_product", number=7).endswith("/products/7")


def test_url_for_calls_the_method_of_the_app(shop, monkeypatch):
    """With all that it was given."""
    given = []

    def build(endpoint, **values):
        given.append((endpoint, values))
        return "/built"

    monkeypatch.setattr(shop, "url_for", build)
    with shop.test_request_context():
        url = url_for(
            "index", _anchor="a", _method="GET", _scheme="https", _external=True, page=2
        )
    assert url == "/built"
    assert given == [
        (
            "index",
            {
                "_anchor": "a",
                "_method": "GET",
                "_scheme": "https",
                "_external": True,
                "page": 2,
            },
        )
    ]


def test_build_error_handler_gets_the_options_beside_the_values(shop):
    """So it can build what it was asked for."""
    given = []

    def handle(error, endpoint, values):
        given.append((type(error), endpoint, dict(values)))
        return "/instead"

    shop.url_build_error_handlers.append(handle)
    with shop.test_request_context():
        url = url_for("nowhere", _anchor="a", _method="GET", _scheme="https", page=2)
    assert url == "/instead"
    expected = {
        "_anchor": "a",
        "_method": "GET",
        "_scheme": "https",
        "_external": True,
        "page": 2,
    }
    assert given == [(BuildError, "nowhere", expected)]


def test_empty_url_of_a_build_error_handler_is_a_url(shop, steps):
    """Only None asks the next one."""
    shop.url_build_error_handlers.append(lambda *arguments: "")
    shop.url_build_error_handlers.append(lambda *arguments: steps.append("second"))
    with shop.test_request_context():
        assert url_for("nowhere") == ""
    assert steps == []


def test_url_for_raises_the_last_build_error(shop):
    """That of a handler, if one raised."""
    other = BuildError("other", {}, "GET")

    def handle(error, endpoint, values):
        raise other

    with shop.test_request_context():
        with pytest.raises(BuildError, match="Could not build url for endpoint 'no'"):
            url_for("no")
        shop.url_build_error_handlers.append(handle)
        with pytest.raises(BuildError) as caught:
            url_for("no")
    assert caught.value is other


def test_build_error_can_be_handled_by_hand(shop):
    """Outside of the except block the error that is passed is raised."""
    error = BuildError("other", {}, "GET")
    with pytest.raises(BuildError) as caught:
        shop.handle_url_build_error(error, "other", {})
    assert caught.value is error


def test_redirect_goes_to_a_built_url(shop):
    """With 302, or 303 since Flask 3.2, unless told otherwise."""
    shop.add_url_rule("/old", "old", lambda: redirect(url_for("index")))
    shop.add_url_rule("/gone", "gone", lambda: redirect(url_for("index"), 308))
    client = shop.test_client()
    response = client.get("/old")
    assert response.status_code == REDIRECT
    assert response.location == "/"
    assert client.get("/gone").status_code == 308
