"""Hooks and handlers for several blueprints, and for those of a library."""

import pytest
from flask import Blueprint

NEEDS_LOGIN = ("Log in", 401)


def build(app, *names):
    """Give the app a view, and blueprints with a view each; return the blueprints."""
    app.add_url_rule("/", "index", lambda: "index")
    made = [Blueprint(name, __name__) for name in names]
    for blueprint in made:
        blueprint.add_url_rule(f"/{blueprint.name}", "index", lambda: "page")
    return made


@pytest.mark.parametrize("way", ["loop", "parent"])
def test_one_function_may_be_the_hook_of_several_blueprints(app, way):
    """Registered with each of them, or with a blueprint around them."""
    shop, admin, blog = build(app, "shop", "admin", "blog")
    if way == "loop":
        for blueprint in shop, admin:
            blueprint.before_request(lambda: NEEDS_LOGIN)
            app.register_blueprint(blueprint)
    else:
        private = Blueprint("private", __name__)
        private.before_request(lambda: NEEDS_LOGIN)
        private.register_blueprint(shop)
        private.register_blueprint(admin)
        app.register_blueprint(private)
    app.register_blueprint(blog)
    client = app.test_client()
    statuses = [client.get(path).status_code for path in ("/shop", "/admin", "/blog")]
    assert statuses == [401, 401, 200]


@pytest.mark.parametrize("path", ["/", "/shop", "/nowhere"])
def test_value_of_a_before_app_request_function_is_the_response(app, path):
    """For its own views, for those of the app, and for unknown URLs."""
    (shop,) = build(app, "shop")
    shop.before_app_request(lambda: ("closed", 503))
    app.register_blueprint(shop)
    response = app.test_client().get(path)
    assert (response.text, response.status_code) == ("closed", 503)


def test_hook_for_a_blueprint_that_is_registered_goes_into_the_list_of_the_app(app):
    """Before the first request; it runs for the views of this blueprint only."""
    (api,) = build(app, "api")
    app.register_blueprint(api)
    app.before_request_funcs.setdefault("api", []).append(lambda: NEEDS_LOGIN)
    client = app.test_client()
    assert client.get("/api").status_code == 401
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("raised_by", ["view", "hook", "hook of the app"])
def test_error_handler_of_a_blueprint_is_for_the_requests_of_its_views(app, raised_by):
    """And of nested ones, also if a hook raises; not for those of other blueprints."""
    shop, cart, blog = build(app, "shop", "cart", "blog")

    def fail():
        raise TypeError("no tea")

    if raised_by == "view":
        for blueprint in shop, cart, blog:
            blueprint.add_url_rule(f"/{blueprint.name}/fail", "fail", fail)
        app.add_url_rule("/fail", "fail", fail)
    elif raised_by == "hook":
        shop.before_request(fail)
        blog.before_request(fail)
    else:
        app.before_request(fail)
    shop.register_error_handler(TypeError, lambda error: ("of the shop", 418))
    shop.register_blueprint(cart)
    app.register_blueprint(shop)
    app.register_blueprint(blog)
    client = app.test_client()
    end = "/fail" if raised_by == "view" else ""
    names = "/shop", "/cart", "/blog"
    statuses = [client.get(name + end).status_code for name in names]
    assert statuses == [418, 418, 500]
    if raised_by != "hook":
        assert client.get(end or "/").status_code == 500


def test_app_errorhandler_is_for_the_views_of_other_blueprints_too(app):
    """And for those of the app."""
    shop, blog = build(app, "shop", "blog")
    app.add_url_rule("/fail", "fail", lambda: 1 / 0)
    blog.add_url_rule("/blog/fail", "fail", lambda: 1 / 0)
    shop.app_errorhandler(ZeroDivisionError)(lambda error: ("handled", 418))
    app.register_blueprint(shop)
    app.register_blueprint(blog)
    for path in "/fail", "/blog/fail":
        assert app.test_client().get(path).status_code == 418


@pytest.mark.parametrize("path", ["/blog", "/", "/nowhere"])
def test_error_in_a_before_app_request_function_meets_the_handler_of_the_request(
    app, path
):
    """The blueprint's handler for its own views, the app's for all others."""
    shop, blog = build(app, "shop", "blog")

    @shop.before_app_request
    def fail():
        raise TypeError("no tea")

    shop.register_error_handler(TypeError, lambda error: ("of the shop", 418))
    app.register_error_handler(TypeError, lambda error: ("of the app", 503))
    app.register_blueprint(shop)
    app.register_blueprint(blog)
    client = app.test_client()
    assert client.get("/shop").text == "of the shop"
    assert client.get(path).text == "of the app"


def test_blueprints_with_one_prefix_keep_their_hooks_apart(app, steps):
    """The app's own views and unknown URLs below the prefix have none of them."""
    for name in "shop", "stock":
        blueprint = Blueprint(name, __name__, url_prefix="/api")
        blueprint.before_request(lambda name=name: steps.append(name))
        blueprint.add_url_rule(f"/{name}", "index", lambda: "page")
        app.register_blueprint(blueprint)
    app.add_url_rule("/api/app", "own", lambda: "page")
    client = app.test_client()
    ran = {}
    for path in "/api/shop", "/api/stock", "/api/app", "/api/nowhere":
        client.get(path)
        ran[path] = steps.copy()
        steps.clear()
    assert list(ran.values()) == [["shop"], ["stock"], [], []]


@pytest.mark.parametrize("above", ["before_request", "route"])
def test_before_request_on_a_view_sends_its_page_for_every_url(app, above):
    """Whichever decorator is above; nothing raises."""

    def index():
        return "Shop"

    if above == "route":
        app.get("/")(app.before_request(index))
    else:
        app.before_request(app.get("/")(index))
    app.add_url_rule("/orders", "orders", lambda: "Orders")
    client = app.test_client()
    for path in "/", "/orders", "/nowhere":
        response = client.get(path)
        assert (response.status_code, response.text) == (200, "Shop")
