"""Flask-Login: what a visitor gets who isn't logged in, and whom it logs in."""

import pytest
from flask import Blueprint, request
from werkzeug.routing import BuildError

from .entries import ENTRIES

pytestmark = pytest.mark.extensions

PLACES = ["view", "hook", "blueprint hook"]


@pytest.fixture
def shop(app):
    """An app with Flask-Login, two login pages, and a handler for 401."""
    from flask_login import LoginManager

    app.secret_key = "only for tests"
    app.manager = LoginManager(app)
    app.manager.user_loader(lambda name: None)
    app.errorhandler(401)(lambda error: ("page for 401", 401))
    for name in "auth", "admin":
        blueprint = Blueprint(name, __name__, url_prefix=f"/{name}")
        blueprint.add_url_rule("/login", "log_in", lambda: "log in")
        app.register_blueprint(blueprint)
    return app


def protect(app, place):
    """Let login_required protect /api/orders in one of three ways."""
    from flask_login import login_required

    api = Blueprint("api", __name__, url_prefix="/api")
    view = login_required(lambda: "orders") if place == "view" else lambda: "orders"
    api.add_url_rule("/orders", "orders", view)
    if place != "view":
        registered = app if place == "hook" else api
        registered.before_request(login_required(lambda: None))
    app.register_blueprint(api)
    return app.test_client()


@pytest.mark.parametrize("place", PLACES)
def test_login_required_without_a_login_view_is_a_401_for_its_handler(shop, place):
    """On a view and on a before_request function: it calls abort(401)."""
    response = protect(shop, place).get("/api/orders")
    assert (response.status_code, response.text) == (401, "page for 401")


@pytest.mark.parametrize("place", ["view", "blueprint hook"])
def test_login_view_is_an_endpoint_with_the_name_of_its_blueprint(shop, place):
    """Without that name, each visitor who isn't logged in gets a 500."""
    client = protect(shop, place)
    shop.manager.login_view = "auth.log_in"
    response = client.get("/api/orders")
    assert response.location == "/auth/login?next=%2Fapi%2Forders"
    shop.manager.login_view = "log_in"
    assert client.get("/api/orders").status_code == 500
    shop.testing = True
    with pytest.raises(BuildError, match=r"endpoint 'log_in'\. Did you mean '"):
        client.get("/api/orders")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("login_view", [None, "auth.log_in"])
def test_unauthorized_handler_decides_alone_over_the_response(shop, place, login_view):
    """No error handler is called, and nothing is redirected."""
    shop.manager.login_view = login_view
    shop.manager.unauthorized_handler(lambda: ({"error": "log in"}, 401))
    response = protect(shop, place).get("/api/orders")
    assert (response.status_code, response.json) == (401, {"error": "log in"})


def test_unauthorized_handler_may_tell_an_api_from_pages(shop):
    """JSON for one blueprint, a redirect for everything else."""
    from flask import redirect, url_for
    from flask_login import login_required

    @shop.manager.unauthorized_handler
    def refuse():
        if request.blueprint == "api":
            return {"error": "log in"}, 401
        return redirect(url_for("auth.log_in"))

    shop.add_url_rule("/cart", "cart", login_required(lambda: "cart"))
    client = protect(shop, "view")
    assert client.get("/api/orders").status_code == 401
    assert client.get("/api/orders").json == {"error": "log in"}
    assert client.get("/cart").location == "/auth/login"


@pytest.mark.parametrize("named", [True, False])
def test_each_blueprint_may_have_a_login_page_of_its_own(shop, named):
    """Those without one use login_view."""
    shop.manager.login_view = "auth.log_in"
    shop.manager.blueprint_login_views = {"api": "admin.log_in"} if named else {}
    location = protect(shop, "view").get("/api/orders").location
    assert location.startswith("/admin/login?" if named else "/auth/login?")


def test_class_without_user_mixin_cannot_log_in(shop):
    """The message names the first attribute that login_user asks for."""
    from flask_login import UserMixin, login_user

    class User:
        id = "ada"

    class Fixed(UserMixin, User):
        """The same, with what Flask-Login needs."""

    with shop.test_request_context():
        with pytest.raises(AttributeError) as raised:
            login_user(User())
        assert str(raised.value) == ENTRIES["no-user-mixin"]
        assert login_user(Fixed())


def test_user_needs_an_id_or_get_id(shop):
    """UserMixin takes the ID from the attribute id."""
    from flask_login import UserMixin, login_user

    class User(UserMixin):
        name = "ada"

    class Named(User):
        def get_id(self):
            return self.name

    with shop.test_request_context():
        with pytest.raises(NotImplementedError) as raised:
            login_user(User())
        assert str(raised.value) == "No `id` attribute - override `get_id`"
        assert login_user(Named())


@pytest.mark.parametrize("force", [True, False])
def test_login_user_returns_false_for_a_user_who_is_not_active(shop, force):
    """It raises nothing, and the session has no user."""
    from flask import session
    from flask_login import UserMixin, login_user

    class User(UserMixin):
        id = "ada"
        is_active = False

    with shop.test_request_context():
        assert login_user(User(), force=force) is force
        assert ("_user_id" in session) is force


def test_flask_login_registers_no_before_request_function(shop):
    """Nor does anything else load the user, before something asks for it."""
    assert not shop.before_request_funcs
    assert not shop.url_value_preprocessors
    assert len(shop.after_request_funcs[None]) == 1


def test_nested_blueprint_has_the_login_page_of_its_own_name_only(app):
    """Its name has that of its parent in front, as in its endpoints."""
    from flask_login import LoginManager, login_required

    app.config.update(SECRET_KEY="only for tests", TESTING=True)
    manager = LoginManager(app)
    manager.user_loader(lambda name: None)
    admin = Blueprint("admin", __name__, url_prefix="/admin")
    reports = Blueprint("reports", __name__, url_prefix="/reports")
    for blueprint in admin, reports:
        blueprint.add_url_rule("/", "index", login_required(lambda: "Orders"))
    admin.register_blueprint(reports)
    app.register_blueprint(admin)
    app.add_url_rule("/login", "log_in", lambda: "Login")
    app.add_url_rule("/admin-login", "log_in_admin", lambda: "Login of admins")
    manager.login_view = "log_in"
    manager.blueprint_login_views = {"admin": "log_in_admin"}
    client = app.test_client()
    assert client.get("/admin/").location.startswith("/admin-login?")
    assert client.get("/admin/reports/").location.startswith("/login?")
    manager.blueprint_login_views["admin.reports"] = "log_in_admin"
    assert client.get("/admin/reports/").location.startswith("/admin-login?")
