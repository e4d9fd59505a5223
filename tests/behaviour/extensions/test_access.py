"""Extensions that let requests in: Flask-Login, Flask-Limiter and Flask-WTF."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Blueprint, g, request

from tests.behaviour.versions import FLASK

pytestmark = pytest.mark.extensions


@pytest.fixture
def shop(app, steps):
    """An app with Flask-Login, a page for everybody and one for users."""
    from flask_login import LoginManager, UserMixin, login_required, login_user

    class User(UserMixin):
        id = "ada"

    def load(name):
        steps.append("load")
        return User()

    app.secret_key = "only for tests"
    LoginManager(app).user_loader(load)
    app.add_url_rule("/login", "login", lambda: str(login_user(User())))
    app.add_url_rule("/", "index", lambda: steps.append("view") or "shop")
    orders = login_required(lambda: "orders")
    app.add_url_rule("/orders", "orders", orders, methods=["GET", "OPTIONS"])
    return app


def logged_in(app, steps):
    """Return a client that is logged in, with nothing noted yet."""
    client = app.test_client()
    assert client.get("/login").text == "True"
    steps.clear()
    return client


def asked():
    """Tell whether the current user is logged in."""
    from flask_login import current_user

    return current_user.is_authenticated


def test_current_user_is_none_in_a_thread_with_an_app_context(shop, steps):
    """The user's ID, passed as an argument, loads the user there."""
    from flask_login import current_user

    def work(name):
        with shop.app_context():
            loaded = shop.login_manager._user_callback(name)
            return bool(current_user), loaded.id

    def hand_over():
        with ThreadPoolExecutor(1) as pool:
            found = pool.submit(work, current_user.get_id()).result()
        steps.append(found)
        return "done"

    shop.add_url_rule("/work", "work", hand_over)
    client = logged_in(shop, steps)
    assert client.get("/work").text == "done"
    assert steps[-1] == (False, "ada")


def test_flask_login_loads_the_user_on_first_use(shop, steps):
    """A page that doesn't use current_user costs no query."""

    @shop.before_request
    def load_twice():
        if request.args:
            steps.append((asked(), asked()))

    client = logged_in(shop, steps)
    assert client.get("/").text == "shop"
    assert steps == ["view"]
    steps.clear()
    assert client.get("/?ask=1").text == "shop"
    assert steps == ["load", (True, True), "view"]


def test_current_user_is_there_in_every_hook_of_the_request(shop, steps):
    """Also in an after_request function and in a teardown_request function."""
    shop.before_request(lambda: steps.append(f"before {asked()}"))
    shop.after_request(lambda response: steps.append(f"after {asked()}") or response)
    shop.teardown_request(lambda error: steps.append(f"teardown {asked()}"))
    client = logged_in(shop, steps)
    assert client.get("/").text == "shop"
    assert steps == ["load", "before True", "view", "after True", "teardown True"]
    steps.clear()
    assert shop.test_client().get("/").text == "shop"
    assert steps == ["before False", "view", "after False", "teardown False"]


def test_current_user_is_none_in_teardown_appcontext(shop, steps):
    """The request has ended, and with it the user; an app context alone has no user."""
    from flask_login import current_user

    shop.teardown_appcontext(lambda error: steps.append(bool(current_user)))
    client = logged_in(shop, steps)
    assert client.get("/").text == "shop"
    assert steps == ["view", False]
    with shop.app_context():
        assert not current_user


@pytest.mark.parametrize(("method", "status"), [("GET", 401), ("OPTIONS", 200)])
def test_login_required_lets_options_through(shop, method, status):
    """A preflight has no cookies; the view itself is called for it."""
    response = shop.test_client().open("/orders", method=method)
    assert response.status_code == status
    assert ("orders" in response.text) == (method == "OPTIONS")


def test_client_of_flask_login_is_logged_in_from_the_start(shop, steps):
    """FlaskLoginClient puts the ID of its user into the session."""
    from flask_login import FlaskLoginClient, UserMixin

    class Ada(UserMixin):
        id = "ada"

    shop.test_client_class = FlaskLoginClient
    assert shop.test_client(user=Ada()).get("/orders").text == "orders"
    assert steps == ["load"]
    assert shop.test_client().get("/orders").status_code == 401


def test_session_with_the_id_of_flask_login_is_a_login(shop, steps):
    """_user_id is a string; no special client class is needed."""
    client = shop.test_client()
    with client.session_transaction() as stored:
        stored["_user_id"] = "ada"
    assert client.get("/orders").text == "orders"
    assert steps == ["load"]


def test_login_disabled_lets_everybody_in_and_logs_nobody_in(shop):
    """It's Flask-Login's setting for tests: current_user stays anonymous."""
    shop.config["LOGIN_DISABLED"] = True
    shop.add_url_rule("/me", "me", lambda: str(asked()))
    client = shop.test_client()
    assert client.get("/orders").text == "orders"
    assert client.get("/me").text == "False"


def test_login_user_in_a_test_request_context_logs_no_client_in(shop):
    """It changes the session of that context, which nothing saves."""
    from flask_login import UserMixin, login_user

    class Ada(UserMixin):
        id = "ada"

    with shop.test_request_context():
        assert login_user(Ada())
        assert asked()
    assert shop.test_client().get("/orders").status_code == 401


@pytest.mark.skipif(FLASK >= (3, 2), reason="each request has a g of its own")
def test_user_stays_in_an_app_context_that_a_fixture_keeps_open(shop):
    """Flask-Login keeps the user on g, which all requests of the block share."""
    shop.add_url_rule("/me", "me", lambda: str(asked()))
    with shop.app_context():
        shop.test_client().get("/login")
        assert shop.test_client().get("/me").text == "True"
    assert shop.test_client().get("/me").text == "False"


def test_flask_login_sends_signals_of_logins_with_the_app(shop, steps):
    """user_logged_in carries the user; it is sent by login_user."""
    from flask_login import user_logged_in

    def note(sender, user, **extra):
        steps.append((sender.name, user.id))

    with user_logged_in.connected_to(note, shop):
        shop.test_client().get("/login")
    assert steps == [(shop.name, "ada")]


def test_unauthorized_handler_of_flask_login_sees_the_whole_url(shop):
    """Its own redirect to the login page keeps the query string in next."""
    shop.login_manager.login_view = "login"
    response = shop.test_client().get("/orders?page=2")
    assert response.status_code == 302
    query = parse_qs(urlsplit(response.location).query)
    assert query == {"next": ["/orders?page=2"]}


@pytest.fixture
def limited(app, steps):
    """An app with Flask-Limiter between two before_request functions."""
    from flask_limiter import Limiter

    app.before_request(lambda: steps.append("first"))
    Limiter(
        lambda: "visitor", app=app, default_limits=["1 per day"],
        storage_uri="memory://", headers_enabled=True,
    )  # fmt: skip
    app.before_request(lambda: steps.append("second"))

    @app.after_request
    def note(response):
        steps.append(("X-RateLimit-Limit" in response.headers, response.status_code))
        return response

    app.add_url_rule("/", "index", lambda: steps.append("view") or "shop")
    return app


def test_limit_skips_before_request_functions_registered_after_the_limiter(
    limited, steps
):
    """The 429 comes from its before_request function; after_request functions run."""
    limited.register_error_handler(429, lambda error: ("Slow down", 429))
    client = limited.test_client()
    assert client.get("/").text == "shop"
    assert steps == ["first", "second", "view", (False, 200)]
    steps.clear()
    assert client.get("/").text == "Slow down"
    assert steps == ["first", (False, 429)]


def test_headers_of_the_limiter_come_after_functions_registered_later(limited, steps):
    """Its after_request function was registered first, so it runs last."""
    response = limited.test_client().get("/")
    assert response.headers["X-RateLimit-Limit"] == "1"
    assert steps[-1] == (False, 200)


@pytest.fixture
def limiter(app, steps):
    """A limiter whose key function notes whether load_user has run."""
    from flask_limiter import Limiter

    def key():
        steps.append(("key", g.get("user")))
        return "visitor"

    limiter = Limiter(key, app=app, storage_uri="memory://")

    @app.before_request
    def load_user():
        steps.append("load_user")
        g.user = "ada"

    app.after_request(lambda response: steps.append("after") or response)
    return limiter


def test_limit_of_a_view_is_checked_after_all_before_request_functions(
    app, limiter, steps
):
    """The 429 comes from the decorator, so its key function finds what they set."""

    @app.get("/")
    @limiter.limit("1 per day")
    def index():
        steps.append("view")
        return "shop"

    client = app.test_client()
    assert client.get("/").text == "shop"
    assert steps == ["load_user", ("key", "ada"), "view", "after"]
    steps.clear()
    assert client.get("/").status_code == 429
    assert steps == ["load_user", ("key", "ada"), "after"]


def test_limit_of_a_blueprint_is_checked_in_before_request(app, limiter, steps):
    """As default limits are: later before_request functions are skipped."""
    orders = Blueprint("orders", __name__)
    orders.add_url_rule("/", "index", lambda: "orders")
    limiter.limit("1 per day")(orders)
    app.register_blueprint(orders)
    client = app.test_client()
    assert client.get("/").text == "orders"
    assert steps == [("key", None), "load_user", "after"]
    steps.clear()
    assert client.get("/").status_code == 429
    assert steps == [("key", None), "after"]


def test_default_limit_counts_options_and_no_unknown_urls(limited):
    """A preflight uses up the limit of the request that it is for."""
    client = limited.test_client()
    assert [client.get("/nothing").status_code for _ in range(3)] == [404] * 3
    assert client.options("/").status_code == 200
    assert client.get("/").status_code == 429


@pytest.fixture
def protected(app, steps):
    """An app with the CSRF protection of Flask-WTF, between two functions."""
    from flask_wtf import CSRFProtect

    @app.before_request
    def first():
        steps.append("first")
        if request.path == "/webhook":
            return "received"

    app.secret_key = "only for tests"
    CSRFProtect(app)
    app.before_request(lambda: steps.append("second"))
    app.after_request(lambda response: steps.append("after") or response)
    view = {"view_func": lambda: steps.append("view") or "shop"}
    app.add_url_rule("/", "index", methods=["GET", "POST"], **view)
    app.add_url_rule("/webhook", "webhook", methods=["POST"], **view)
    return app


def test_csrf_check_is_a_before_request_function_in_its_place(protected, steps):
    """Those registered before it run, later ones do not; after_request functions do."""
    client = protected.test_client()
    assert client.get("/").text == "shop"
    assert steps == ["first", "second", "view", "after"]
    steps.clear()
    response = client.post("/")
    assert (response.status_code, "CSRF token" in response.text) == (400, True)
    assert steps == ["first", "after"]


def test_response_of_an_earlier_before_request_function_skips_the_csrf_check(
    protected, steps
):
    """So nothing that changes data belongs in a function registered before it."""
    assert protected.test_client().post("/webhook").text == "received"
    assert steps == ["first", "after"]


def test_csrf_check_leaves_out_unknown_urls(protected, steps):
    """A POST to one is a 404, not a 400."""
    assert protected.test_client().post("/nothing").status_code == 404
    assert steps == ["first", "second", "after"]
