"""What moves all routes of an app below a path, and what only seems to."""

import pytest
from flask import request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.test import Client

from tests.behaviour.advice.test_changes_of_responses import serving


@pytest.fixture
def shop(app, steps):
    """An app whose hook and view tell which URL they see."""

    @app.before_request
    def note_path():
        steps.append(request.path)

    @app.get("/orders")
    def orders():
        return f"{request.path} {request.script_root} {url_for('orders')}"

    return app


@pytest.mark.parametrize("name", ["APPLICATION_ROOT", "SCRIPT_NAME"])
def test_application_root_moves_no_route_on_a_server(shop, name):
    """Nor does a setting SCRIPT_NAME; url_for leaves it out as well."""
    shop.config[name] = "/shop"
    with serving(shop) as connection:
        connection.request("GET", "/orders")
        assert connection.getresponse().read() == b"/orders  /orders"
    with serving(shop) as connection:
        connection.request("GET", "/shop/orders")
        assert connection.getresponse().status == 404


def test_test_client_takes_its_prefix_from_application_root(shop):
    """Flask's client tells the app of a prefix that no server would."""
    shop.config["APPLICATION_ROOT"] = "/shop"
    page = shop.test_client().get("/orders")
    assert page.text == "/orders /shop /shop/orders"
    assert Client(shop).get("/orders").text == "/orders  /orders"


def test_application_root_is_for_urls_outside_a_request_and_the_session(shop):
    """The session cookie is then for the path only."""
    shop.config.update(APPLICATION_ROOT="/shop", SERVER_NAME="shop.example")
    with shop.app_context():
        assert url_for("orders") == "http://shop.example/shop/orders"
    assert shop.session_interface.get_cookie_path(shop) == "/shop"


def test_dispatcher_middleware_of_one_app_moves_all_its_routes(shop, steps):
    """Hooks see the path without the prefix; elsewhere no hook runs."""
    shop.wsgi_app = DispatcherMiddleware(NotFound(), {"/shop": shop.wsgi_app})
    client = Client(shop)
    assert client.get("/shop/orders").text == "/orders /shop /shop/orders"
    assert steps == ["/orders"]
    assert client.get("/orders").status_code == 404
    assert steps == ["/orders"]


def test_proxy_that_takes_a_prefix_away_says_so_with_x_prefix(shop):
    """It sends the rest of the path, and the prefix in a header."""
    sent = {"X-Forwarded-Prefix": "/shop"}
    assert Client(shop).get("/orders", headers=sent).text == "/orders  /orders"
    shop.wsgi_app = ProxyFix(shop.wsgi_app, x_prefix=1)
    page = Client(shop).get("/orders", headers=sent)
    assert page.text == "/orders /shop /shop/orders"
