"""Flask-Login: where a visitor without a login is sent, and users it can't log in."""

import pytest
from flask import Blueprint, redirect, request

from tests.behaviour.versions import REDIRECT

from .entries import ENTRIES

pytestmark = pytest.mark.extensions


@pytest.fixture
def shop(app):
    """Pages that need a login: of the app, of two blueprints and of a nested one."""
    from flask_login import LoginManager, UserMixin, login_required

    def show_order():
        return "Order"

    app.config.update(SECRET_KEY="only for tests", TESTING=True)
    LoginManager(app).user_loader(lambda name: UserMixin())
    app.register_error_handler(401, lambda error: ("Log in, please", 401))
    reports = Blueprint("reports", __name__, url_prefix="/reports")
    admin = Blueprint("admin", __name__, url_prefix="/admin")
    api = Blueprint("api", __name__, url_prefix="/api")
    for group in app, reports, admin:
        group.add_url_rule("/order", "order", login_required(show_order))
    api.before_request(login_required(lambda: None))
    api.add_url_rule("/order", "order", show_order)
    auth = Blueprint("auth", __name__)
    auth.add_url_rule("/login", "log_in", lambda: "Login")
    admin.add_url_rule("/login", "log_in", lambda: "Login of admins")
    admin.register_blueprint(reports)
    for group in admin, api, auth:
        app.register_blueprint(group)
    return app


PATHS = ["/order", "/admin/order", "/admin/reports/order", "/api/order"]


@pytest.mark.parametrize("path", PATHS)
def test_login_required_without_a_login_view_calls_the_handler_of_401(shop, path):
    """It's a plain abort(401)."""
    response = shop.test_client().get(path)
    assert (response.status_code, response.text) == (401, "Log in, please")


@pytest.mark.parametrize("path", PATHS)
def test_login_view_of_a_blueprint_needs_its_full_endpoint(shop, path):
    """url_for builds the URL when the first visitor is sent there."""
    shop.login_manager.login_view = "log_in"
    with pytest.raises(Exception, match="Could not build url") as raised:
        shop.test_client().get(path)
    assert type(raised.value).__name__ == "BuildError"
    assert str(raised.value).startswith("Could not build url for endpoint 'log_in'.")
    shop.login_manager.login_view = "auth.log_in"
    response = shop.test_client().get(path)
    assert response.status_code == REDIRECT
    assert response.location.startswith("/login?next=")


def test_build_error_of_a_login_view_proposes_the_full_endpoint(app):
    """It names the endpoint that is most like it."""
    from flask_login import LoginManager, login_required

    app.config.update(SECRET_KEY="only for tests", TESTING=True)
    LoginManager(app).login_view = "log_in"
    auth = Blueprint("auth", __name__)
    auth.add_url_rule("/login", "log_in", lambda: "Login")
    app.register_blueprint(auth)
    app.add_url_rule("/", "index", login_required(lambda: "Order"))
    app.login_manager.user_loader(lambda name: None)
    with pytest.raises(Exception, match="Could not build url") as raised:
        app.test_client().get("/")
    assert str(raised.value) == (
        "Could not build url for endpoint 'log_in'. Did you mean 'auth.log_in' instead?"
    )


def test_blueprint_login_views_are_for_the_views_of_that_blueprint(shop):
    """A nested one is looked up by its own full name; all others use login_view."""
    manager = shop.login_manager
    manager.login_view = "auth.log_in"
    manager.blueprint_login_views = {"admin": "admin.log_in"}
    client = shop.test_client()
    places = [client.get(path).location.partition("?")[0] for path in PATHS]
    assert places == ["/login", "/admin/login", "/login", "/login"]
    manager.blueprint_login_views["admin.reports"] = "admin.log_in"
    assert client.get("/admin/reports/order").location.startswith("/admin/login?")


@pytest.mark.parametrize("path", PATHS)
def test_unauthorized_handler_bypasses_login_view_and_handler_of_401(shop, path):
    """What it returns is sent, also if it is a 401."""
    shop.login_manager.login_view = "auth.log_in"
    shop.login_manager.unauthorized_handler(lambda: ({"error": "log in first"}, 401))
    response = shop.test_client().get(path)
    assert (response.status_code, response.json) == (401, {"error": "log in first"})


def test_unauthorized_handler_may_send_json_to_an_api_and_redirect_pages(shop):
    """It's called in the request, so it can look at the path."""

    @shop.login_manager.unauthorized_handler
    def refuse():
        if request.path.startswith("/api/"):
            return {"error": "log in first"}, 401
        return redirect("/login")

    client = shop.test_client()
    response = client.get("/api/order")
    assert (response.status_code, response.json) == (401, {"error": "log in first"})
    assert client.get("/order").location == "/login"


@pytest.mark.parametrize("way", ["none", "login_view", "blueprint", "handler"])
def test_login_required_on_a_hook_follows_the_same_rules(shop, way):
    """The view of the blueprint has no decorator, and isn't called."""
    manager = shop.login_manager
    if way in {"login_view", "blueprint"}:
        manager.login_view = "auth.log_in"
    if way == "blueprint":
        manager.blueprint_login_views = {"api": "admin.log_in"}
    if way == "handler":
        manager.unauthorized_handler(lambda: ("No", 401))
    response = shop.test_client().get("/api/order")
    place = (response.location or response.text).partition("?")[0]
    assert (
        place
        == {
            "none": "Log in, please",
            "login_view": "/login",
            "blueprint": "/admin/login",
            "handler": "No",
        }[way]
    )


def logged_in(shop, user):
    """Return what login_user returns, and the names in the session afterwards."""
    from flask import session
    from flask_login import login_user

    shop.add_url_rule("/in", "in", lambda: [login_user(user), session.get("_user_id")])
    return shop.test_client().get("/in").json


def test_login_user_returns_false_for_a_user_who_is_not_active(shop):
    """Nothing is raised and nothing is in the session."""
    from flask_login import UserMixin

    class User(UserMixin):
        id = "ada"
        is_active = False

    assert logged_in(shop, User()) == [False, None]


def test_user_without_usermixin_has_no_is_active(shop):
    """It's the first thing that login_user asks for."""
    User = type("User", (), {"id": "ada"})
    with pytest.raises(AttributeError) as raised:
        logged_in(shop, User())
    assert str(raised.value) == ENTRIES["user-without-is-active"]


def test_user_with_usermixin_and_id_is_logged_in(shop):
    """Its id, as text, is in the session."""
    from flask_login import UserMixin

    User = type("User", (UserMixin,), {"id": 7})
    assert logged_in(shop, User()) == [True, "7"]


def test_usermixin_without_an_id_needs_get_id(shop):
    """The method may return another key."""
    from flask_login import UserMixin

    User = type("User", (UserMixin,), {"number": 7})
    with pytest.raises(NotImplementedError) as raised:
        logged_in(shop, User())
    assert str(raised.value) == "No `id` attribute - override `get_id`"


def test_usermixin_with_get_id_needs_no_id(shop):
    """What it returns is in the session."""
    from flask_login import UserMixin

    User = type("User", (UserMixin,), {"get_id": lambda self: "7"})
    assert logged_in(shop, User()) == [True, "7"]
