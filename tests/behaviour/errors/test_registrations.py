"""Which of several error handlers counts, and how one is registered."""

import itertools

import pytest
from flask import Blueprint, Flask, abort
from werkzeug.exceptions import HTTPException, NotFound

from tests.behaviour.errors.handlers import answer, body, fails


def test_code_and_class_of_an_http_error_are_one_registration(app):
    """The later one replaces the earlier, in both orders."""
    other = Flask("other")
    app.register_error_handler(404, answer("code"))
    app.register_error_handler(NotFound, answer("class"))
    other.register_error_handler(NotFound, answer("class"))
    other.register_error_handler(404, answer("code"))
    assert (body(app, "/nowhere"), body(other, "/nowhere")) == ("class", "code")


def test_handler_of_notfound_of_a_blueprint_wins_over_404_of_the_app(app):
    """NotFound and 404 are one registration."""
    shop = Blueprint("shop", __name__)
    shop.register_error_handler(NotFound, answer("shop"))
    shop.add_url_rule("/", "index", lambda: abort(404))
    app.register_error_handler(404, answer("app"))
    app.register_blueprint(shop)
    assert body(app, "/") == "shop"


KINDS = [Exception, HTTPException, LookupError, KeyError, 404]


@pytest.mark.parametrize("order", list(itertools.permutations(KINDS)))
def test_order_of_registration_of_error_handlers_does_not_matter(app, order):
    """Each exception meets the same handler in every order."""
    for kind in order:
        app.register_error_handler(kind, answer(getattr(kind, "__name__", "404")))
    fails(app, KeyError("cup"), "/key")
    fails(app, IndexError("cup"), "/index")
    fails(app, ValueError("cup"), "/value")
    app.add_url_rule("/403", "forbidden", lambda: abort(403))
    paths = ["/key", "/index", "/value", "/403", "/nowhere"]
    found = [body(app, path) for path in paths]
    assert found == ["KeyError", "LookupError", "Exception", "HTTPException", "404"]


@pytest.mark.parametrize("early", [True, False])
def test_app_errorhandler_and_errorhandler_replace_each_other(app, early):
    """The blueprint's counts as registered when the blueprint is."""
    shop = Blueprint("shop", __name__)
    shop.app_errorhandler(404)(answer("blueprint"))
    if early:
        app.register_blueprint(shop)
    app.register_error_handler(404, answer("app"))
    if not early:
        app.register_blueprint(shop)
    assert body(app, "/nowhere") == ("app" if early else "blueprint")


def test_handler_of_500_of_a_blueprint_is_for_crashes_of_its_own_views(app):
    """A crash of another view meets the app's."""
    shop = Blueprint("shop", __name__)
    shop.register_error_handler(500, answer("shop"))
    shop.add_url_rule("/shop", "index", lambda: {}["cup"])
    app.register_error_handler(500, answer("app"))
    app.add_url_rule("/", "index", lambda: {}["cup"])
    app.register_blueprint(shop)
    assert (body(app, "/shop"), body(app, "/")) == ("shop", "app")


def test_wrong_method_below_a_blueprint_meets_the_handler_of_the_app(app):
    """A 405 comes from the routing, which has found no view of the blueprint."""
    shop = Blueprint("shop", __name__, url_prefix="/shop")
    shop.register_error_handler(405, answer("shop", 405))
    shop.add_url_rule("/orders", "orders", lambda: "Orders")
    app.register_error_handler(405, answer("app", 405))
    app.register_blueprint(shop)
    assert app.test_client().post("/shop/orders").text == "app"


@pytest.mark.parametrize("owner", [Flask("shop"), Blueprint("shop", "shop")])
def test_register_error_handler_is_no_decorator(owner):
    """It takes the function as its second argument."""
    with pytest.raises(
        TypeError, match=r"missing 1 required positional argument: 'f'$"
    ):
        owner.register_error_handler(404)
