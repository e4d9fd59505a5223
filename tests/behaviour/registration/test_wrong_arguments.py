"""Routes and blueprints that are registered with the wrong thing."""

from importlib.metadata import version
from types import ModuleType

import pytest
from flask import Blueprint
from packaging.version import Version

NO_SLASH = (
    "URL rule {!r} must start with a slash."
    if Version(version("werkzeug")).release >= (2, 3)
    else "urls must start with a leading slash"
)


def test_module_registered_as_a_blueprint_has_no_register(app):
    """Flask calls the register method of what it gets; its blueprint works."""
    views = ModuleType("views")
    views.bp = Blueprint("views", __name__)
    views.bp.add_url_rule("/", "index", lambda: "Tea")
    with pytest.raises(AttributeError) as caught:
        app.register_blueprint(views)
    assert str(caught.value) == "module 'views' has no attribute 'register'"
    app.register_blueprint(views.bp)
    assert app.test_client().get("/").text == "Tea"


@pytest.mark.parametrize("owner", ["app", "blueprint"])
def test_route_with_method_is_a_type_error(app, owner):
    """That of a blueprint is raised where the blueprint is registered."""
    group = Blueprint("shop", __name__)

    def register():
        target = app if owner == "app" else group
        target.route("/", method="POST")(list_orders)
        assert target is group
        app.register_blueprint(group)

    with pytest.raises(TypeError) as caught:
        register()
    assert str(caught.value).endswith(
        "__init__() got an unexpected keyword argument 'method'"
    )


def list_orders():
    return "Orders"


@pytest.mark.parametrize("rule", ["orders", "orders/", "", "<name>"])
@pytest.mark.parametrize("owner", ["app", "blueprint"])
def test_url_without_its_first_slash_is_a_value_error(app, owner, rule):
    """In a blueprint without a prefix, too, once it is registered."""
    if owner == "app":
        with pytest.raises(ValueError, match="slash") as caught:
            app.get(rule)(list_orders)
    else:
        group = Blueprint("shop", __name__)
        group.get(rule)(list_orders)
        with pytest.raises(ValueError, match="slash") as caught:
            app.register_blueprint(group)
    assert str(caught.value) == NO_SLASH.format(rule)


@pytest.mark.parametrize("where", ["Blueprint", "register_blueprint"])
def test_url_prefix_without_its_first_slash_is_a_value_error(app, where):
    """The message comes where the blueprint is registered, and names both parts."""
    prefix = {"url_prefix": "shop"}
    group = Blueprint("shop", __name__, **(prefix if where == "Blueprint" else {}))
    group.get("/orders")(list_orders)
    with pytest.raises(ValueError, match="slash") as caught:
        app.register_blueprint(group, **({} if where == "Blueprint" else prefix))
    assert str(caught.value) == NO_SLASH.format("shop/orders")


def test_url_below_a_prefix_gets_its_slash_from_flask(app):
    """Only what begins the whole URL needs one."""
    group = Blueprint("shop", __name__, url_prefix="/shop")
    group.get("orders")(list_orders)
    app.register_blueprint(group)
    assert app.test_client().get("/shop/orders").text == "Orders"
