"""``flask hooks``: what is registered, in the order of the calls."""

import json
import re

import pytest

from .conftest import SHOP

ALL = """\
before_request
  1  load_user  app, {name}.py:10
  2  check_login  blueprint orders, {name}.py:26
  3  only_admins  blueprint admin, {name}.py:31
"""
AFTER = """\
after_request, last registered first
  1  log_request  app, {name}.py:21
  2  add_security_headers  app, {name}.py:15
"""


def groups(output):
    """Return the names of the functions by the heading above them."""
    found, heading = {}, ""
    for line in output.splitlines():
        if match := re.match(r" +\d+  (\w+)", line):
            found[heading].append(match[1])
        elif line:
            heading = line.partition(",")[0]
            found[heading] = []
    return {heading: names for heading, names in found.items() if names}


def test_everything_in_the_order_of_the_calls(run):
    told = run(SHOP, "hooks")
    assert (told.exit_code, told.stderr) == (0, "")
    (name,) = set(re.findall(r"(shop\d+)\.py", told.stdout))
    assert ALL.format(name=name) in told.stdout
    assert AFTER.format(name=name) in told.stdout
    found = groups(told.stdout)
    assert list(found) == [
        "before_request", "view", "errorhandler", "after_request", "teardown_request"
    ]  # fmt: skip
    assert found["view"] == ["static", "login", "echo", "broken", "show_order"]
    assert "not_found for 404" in told.stdout
    assert "show_order GET /orders/<int:number>  blueprint orders" in told.stdout


def test_what_applies_to_a_url(run):
    told = run(SHOP, "hooks", "/orders/7")
    assert told.exit_code == 0
    assert "GET /orders/7: endpoint orders.show_order" in told.stdout
    found = groups(told.stdout)
    assert found["before_request"] == ["load_user", "check_login"]
    assert found["view"] == ["show_order"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["/nowhere"], "GET /nowhere: 404 Not Found"),
        (["/login"], "GET /login: 405 Method Not Allowed"),
        (["/login", "--method", "post"], "POST /login: endpoint login"),
        (["https://localhost/echo?a=1"], "endpoint echo"),
    ],
)
def test_what_the_routing_says_of_a_url(run, arguments, told):
    result = run(SHOP, "hooks", *arguments)
    assert result.exit_code == 0
    assert told in result.stdout
    applied = groups(result.stdout)["before_request"]
    assert applied == ["load_user"]


def test_a_redirect_of_the_routing_is_told(run):
    source = SHOP.replace('@app.get("/echo")', '@app.get("/echo/")')
    assert (
        "308 redirect to http://localhost/echo/" in run(source, "hooks", "/echo").stdout
    )


MIDDLEWARE = """\
import functools
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from werkzeug.middleware.proxy_fix import ProxyFix

class Sessions(SecureCookieSessionInterface):
    pass

def add_header(inner, environ, start_response):
    return inner(environ, start_response)

def create_app():
    app = Flask(__name__)
    app.session_interface = Sessions()
    app.wsgi_app = ProxyFix(app.wsgi_app)
    app.wsgi_app = functools.partial(add_header, app.wsgi_app)
    return app
"""


def test_middleware_and_session_interface_are_named(run):
    told = run(MIDDLEWARE, "hooks")
    assert told.exit_code == 0
    (name,) = set(re.findall(r"add_header \((shop\d+)\)", told.stdout))
    assert re.search(
        rf"WSGI middleware: add_header \({name}\), then ProxyFix \(Werkzeug [\w.]+\)\n",
        told.stdout,
    )
    assert f"Session interface: Sessions ({name})\n" in told.stdout


NESTED = """\
from flask import Flask, Blueprint
app = Flask(__name__)
shop, cart = Blueprint("shop", __name__), Blueprint("cart", __name__)

@shop.before_request
def open_shop(): pass

@cart.before_request
def find_cart(): pass

@cart.get("/cart")
def show_cart(): return "cart"

@app.get("/")
def index(): return "index"

shop.register_blueprint(cart)
app.register_blueprint(shop)
"""


def test_blueprints_in_blueprints(run, write):
    write(NESTED, "nested")
    told = run(None, "hooks", "/cart", path="nested")
    assert groups(told.stdout)["before_request"] == ["open_shop", "find_cart"]
    assert "blueprint shop.cart" in told.stdout
    assert groups(run(None, "hooks", "/", path="nested").stdout) == {"view": ["index"]}


def test_json_has_the_same(run):
    told = run(SHOP, "hooks", "/orders/7", "--json")
    assert told.exit_code == 0
    (app,) = json.loads(told.stdout)["applications"]
    assert app["request"] == {
        "method": "GET", "url": "/orders/7", "endpoint": "orders.show_order",
        "outcome": "matched",
    }  # fmt: skip
    names = [one["name"] for one in app["functions"]]
    assert names == groups_in_order(run(SHOP, "hooks", "/orders/7").stdout)
    assert app["session_interface"]["name"] == "SecureCookieSessionInterface"
    assert app["wsgi"] == []


def groups_in_order(output):
    return [name for names in groups(output).values() for name in names]


def test_nothing_of_the_application_runs(run):
    source = SHOP + "\n@app.before_request\ndef refuse():\n    raise SystemExit(3)\n"
    assert run(source, "hooks", "/orders/7").exit_code == 0
