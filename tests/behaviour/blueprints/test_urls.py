"""The URLs and endpoints of a blueprint's views."""

from functools import partial

import pytest
from flask import Blueprint, Flask, request, url_for

from tests.behaviour.blueprints.views import ask, blueprint


def test_blueprint_puts_its_name_before_its_endpoints(app):
    """url_for and request.endpoint use name.endpoint."""
    app.register_blueprint(blueprint("shop"))
    assert ask(app, "/") == ["shop.index", {}]
    with app.test_request_context():
        assert url_for("shop.index") == "/"


def test_name_of_the_view_is_the_endpoint_of_a_blueprint_rule(app):
    """As on the app, without the endpoint argument."""
    shop = Blueprint("shop", __name__)

    @shop.get("/")
    def door():
        return [request.endpoint]

    app.register_blueprint(shop)
    assert ask(app, "/") == ["shop.door"]


@pytest.mark.parametrize("prefix", ["/shop", "/shop/"])
@pytest.mark.parametrize("rule", ["/cups", "cups"])
def test_prefix_of_a_blueprint_is_joined_with_one_slash(app, prefix, rule):
    """Whether or not prefix and rule have it."""
    shop = Blueprint("shop", __name__, url_prefix=prefix)
    shop.add_url_rule(rule, "cups", lambda: ["cups"])
    app.register_blueprint(shop)
    assert ask(app, "/shop/cups") == ["cups"]
    with app.test_request_context():
        assert url_for("shop.cups") == "/shop/cups"


def test_joining_takes_nothing_but_slashes_and_dots_away(app):
    """Names and prefixes keep all of their letters."""
    xmas = Blueprint("XMAS", __name__, url_prefix="/TAX")
    xmas.add_url_rule("/XXL", "size", lambda: [request.endpoint])
    app.register_blueprint(xmas)
    assert ask(app, "/TAX/XXL") == ["XMAS.size"]
    assert list(app.blueprints) == ["XMAS"]


def test_prefixes_are_joined_with_one_slash_where_slashes_count(app):
    """It is Flask that joins them, not URL matching that merges them."""
    app.url_map.merge_slashes = False
    outer = Blueprint("outer", __name__, url_prefix="/outer/")
    inner = Blueprint("inner", __name__, url_prefix="/inner/")
    inner.add_url_rule("/cups", "cups", lambda: ["cups"])
    outer.register_blueprint(inner)
    app.register_blueprint(outer)
    assert ask(app, "/outer/inner/cups") == ["cups"]


def test_empty_rule_of_a_blueprint_is_its_prefix(app):
    """Without a trailing slash."""
    shop = Blueprint("shop", __name__, url_prefix="/shop")
    shop.add_url_rule("", "door", lambda: ["door"])
    app.register_blueprint(shop)
    assert ask(app, "/shop") == ["door"]
    assert ask(app, "/shop/") == 404


def test_prefix_given_at_registration_replaces_that_of_the_blueprint(app):
    """The one who registers has the last word; an empty prefix counts too."""
    shop = blueprint("shop", url_prefix="/shop")
    app.register_blueprint(shop, url_prefix="/store")
    app.register_blueprint(shop, url_prefix="", name="root")
    assert ask(app, "/store/") == ["shop.index", {}]
    assert ask(app, "/") == ["root.index", {}]
    assert ask(app, "/shop/") == 404


def test_url_defaults_of_a_blueprint_are_arguments_of_its_views(app):
    """Those given at registration are added and win; a rule's own win over both."""
    shop = Blueprint("shop", __name__, url_defaults={"leaf": "mint", "cup": 1, "a": 1})
    shop.add_url_rule("/", "index", lambda **values: values, defaults={"a": 3})
    app.register_blueprint(shop, url_defaults={"cup": 2, "a": 2})
    assert ask(app, "/") == {"leaf": "mint", "cup": 2, "a": 3}


def test_url_defaults_of_a_registration_do_not_change_the_blueprint(app):
    """A second registration starts from the blueprint's own again."""
    shop = blueprint("shop", url_defaults={"cup": 1})
    app.register_blueprint(shop, url_prefix="/a", url_defaults={"cup": 2})
    app.register_blueprint(shop, url_prefix="/b", name="other")
    assert ask(app, "/a/") == ["shop.index", {"cup": 2}]
    assert ask(app, "/b/") == ["other.index", {"cup": 1}]


def test_blueprint_may_live_on_a_subdomain():
    """Given to the blueprint, at registration, or by the rule itself."""
    app = Flask("shop", subdomain_matching=True)
    app.config["SERVER_NAME"] = "tea.example"
    shop = blueprint("shop", subdomain="shop")
    app.register_blueprint(shop)
    app.register_blueprint(shop, name="store", subdomain="store")
    tea = Blueprint("tea", __name__, subdomain="tea")
    tea.add_url_rule("/own", "own", lambda: ["own"], subdomain="own")
    app.register_blueprint(tea)
    assert ask(app, "/", base_url="http://shop.tea.example") == ["shop.index", {}]
    assert ask(app, "/", base_url="http://store.tea.example") == ["store.index", {}]
    assert ask(app, "/own", base_url="http://own.tea.example") == ["own"]
    assert ask(app, "/", base_url="http://tea.example") == 404


def test_view_of_a_blueprint_needs_no_name_with_an_endpoint(app):
    """A callable object without __name__ can be a view."""
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", "door", partial(list, ["open"]))
    app.register_blueprint(shop)
    assert ask(app, "/") == ["open"]


def test_rule_of_a_blueprint_may_do_without_a_view(app):
    """endpoint() registers the view on its own, under the full name."""
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", "door")
    shop.add_url_rule("/back", "back")
    shop.endpoint("shop.door")(lambda: ["open"])
    shop.endpoint("shop.back")(lambda: ["closed"])
    app.register_blueprint(shop)
    assert ask(app, "/") == ["open"]
    assert ask(app, "/back") == ["closed"]


def test_view_of_a_blueprint_is_its_endpoint_without_one(app):
    """add_url_rule takes the name of the view function."""

    def door():
        return [request.endpoint]

    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", view_func=door)
    app.register_blueprint(shop)
    assert ask(app, "/") == ["shop.door"]


def test_view_of_a_blueprint_answers_options_when_it_lists_the_method(app):
    """As a view of the app does."""
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", "door", lambda: ["mine"], methods=["OPTIONS"])
    app.register_blueprint(shop)
    assert app.test_client().options("/").json == ["mine"]


def test_blueprint_may_turn_automatic_options_off(app):
    """provide_automatic_options of its rules reaches the app."""
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", "door", lambda: "", provide_automatic_options=False)
    app.register_blueprint(shop)
    assert app.test_client().options("/").status_code == 405


def test_rule_of_a_blueprint_takes_methods(app):
    """Options of the rule are passed on."""
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", "door", lambda: ["open"], methods=["POST"])
    app.register_blueprint(shop)
    assert app.test_client().post("/").json == ["open"]
    assert ask(app, "/") == 405
