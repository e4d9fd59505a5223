"""Flask-JWT-Extended: tokens in hooks, and its errors."""

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from flask import request

from .entries import ENTRIES

pytestmark = pytest.mark.extensions


@pytest.fixture
def jwt(app):
    from flask_jwt_extended import JWTManager

    app.config["JWT_SECRET_KEY"] = "only for tests, and long enough for them"
    return JWTManager(app)


@pytest.fixture
def bearer(app, jwt):
    """Return the headers with a token that lasts some seconds."""

    def make(seconds=600):
        from flask_jwt_extended import create_access_token

        with app.app_context():
            lasts = timedelta(seconds=seconds)
            token = create_access_token("ada", expires_delta=lasts)
        return {"Authorization": f"Bearer {token}"}

    return make


@pytest.fixture
def checked(app, jwt, steps):
    """An app whose before_request function asks for a token, except for /login."""
    from flask_jwt_extended import get_jwt_identity, verify_jwt_in_request

    @app.before_request
    def require_token():
        if request.endpoint not in {"login", "login-by-post", None}:
            verify_jwt_in_request()

    app.before_request(lambda: steps.append("second"))
    app.after_request(lambda response: steps.append(response.status_code) or response)
    app.add_url_rule("/login", "login", lambda: "log in")
    app.add_url_rule("/", "index", lambda: get_jwt_identity())
    return app


def test_token_checked_in_a_before_request_function_is_there_for_the_view(
    checked, bearer, steps
):
    """Without one the request is a 401: later functions and the view don't run."""
    client = checked.test_client()
    assert client.get("/", headers=bearer()).text == "ada"
    assert steps == ["second", 200]
    steps.clear()
    response = client.get("/")
    assert (response.status_code, response.json) == (401, NO_TOKEN)
    assert client.get("/", headers=bearer(-1)).json == {"msg": "Token has expired"}
    assert steps == [401, 401]
    assert client.get("/login").text == "log in"
    assert client.get("/nothing").status_code == 404


NO_TOKEN = {"msg": "Missing Authorization Header"}


@pytest.mark.parametrize("path", ["/", "/own"])
def test_verify_jwt_in_request_lets_options_through(checked, path):
    """So a preflight needs no token, and a view with OPTIONS of its own has none."""
    checked.add_url_rule("/own", "own", lambda: "own", methods=["OPTIONS"])
    response = checked.test_client().options(path)
    assert response.status_code == 200
    assert response.text == ("own" if path == "/own" else "")


def test_optional_token_lets_strangers_in_and_refuses_a_wrong_token(app, jwt, bearer):
    """Strangers have no identity; an expired token is a 401."""
    from flask_jwt_extended import get_jwt_identity, verify_jwt_in_request

    @app.before_request
    def load():
        verify_jwt_in_request(optional=True)

    app.add_url_rule("/", "index", lambda: [get_jwt_identity()])
    client = app.test_client()
    assert client.get("/").json == [None]
    assert client.get("/", headers=bearer()).json == ["ada"]
    assert client.get("/", headers=bearer(-1)).status_code == 401


@pytest.mark.parametrize("setting", [None, "PROPAGATE_EXCEPTIONS", "DEBUG"])
def test_errors_of_flask_jwt_extended_meet_its_own_handlers(checked, setting):
    """Also beside handlers of Exception and of 401, and in production."""
    from werkzeug.exceptions import HTTPException

    if setting:
        checked.config[setting] = True
    for what in (Exception, HTTPException, 401, 500):
        checked.register_error_handler(what, lambda error: ("own", 418))
    response = checked.test_client().get("/")
    assert (response.status_code, response.json) == (401, NO_TOKEN)


@pytest.mark.parametrize("verifies", [True, False])
@pytest.mark.parametrize("identity", [7, "7"])
def test_token_whose_identity_is_a_number_is_a_422(checked, identity, verifies):
    """It's made without an error, and accepted only with JWT_VERIFY_SUB off."""
    from flask_jwt_extended import create_access_token

    checked.config["JWT_VERIFY_SUB"] = verifies
    checked.add_url_rule("/any", "any", lambda: "any")
    with checked.app_context():
        token = create_access_token(identity=identity)
    headers = {"Authorization": f"Bearer {token}"}
    response = checked.test_client().get("/any", headers=headers)
    if isinstance(identity, str) or not verifies:
        assert (response.status_code, response.text) == (200, "any")
    else:
        assert (response.status_code, response.json) == (
            422, {"msg": ENTRIES["jwt-subject"]},
        )  # fmt: skip


def test_loaders_of_flask_jwt_extended_change_its_responses(checked, jwt, bearer):
    """One for a missing token, one for an expired token."""
    jwt.unauthorized_loader(lambda reason: ({"error": "log in"}, 401))
    jwt.expired_token_loader(lambda header, data: ({"error": "log in again"}, 401))
    client = checked.test_client()
    assert client.get("/").json == {"error": "log in"}
    assert client.get("/", headers=bearer(-1)).json == {"error": "log in again"}


@pytest.fixture
def guarded(app, jwt):
    """An API of Flask-RESTX with one resource that needs a token."""
    from flask_jwt_extended import jwt_required
    from flask_restx import Api, Resource

    class Orders(Resource):
        @jwt_required()
        def get(self):
            return "orders"

    app.api = Api(app, doc=False)
    app.api.add_resource(Orders, "/orders")
    return app


@pytest.mark.parametrize(
    ("setting", "status"),
    [(None, 500), ("DEBUG", 401), ("TESTING", 401), ("PROPAGATE_EXCEPTIONS", 401)],
)
def test_expired_token_is_a_500_below_flask_restx_in_production(
    guarded, bearer, setting, status
):
    """A missing one, too; in debug mode and with TESTING both are a 401."""
    if setting:
        guarded.config[setting] = True
    client = guarded.test_client()
    assert client.get("/orders", headers=bearer()).json == "orders"
    assert client.get("/orders", headers=bearer(-1)).status_code == status
    assert client.get("/orders").status_code == status


def test_error_handlers_of_the_api_make_the_401_below_flask_restx(guarded, bearer):
    """For the base classes of PyJWT and of Flask-JWT-Extended."""
    from flask_jwt_extended.exceptions import JWTExtendedException
    from jwt.exceptions import PyJWTError

    @guarded.api.errorhandler(JWTExtendedException)
    @guarded.api.errorhandler(PyJWTError)
    def return_unauthorized(error):
        return {"message": str(error)}, 401

    client = guarded.test_client()
    expired = client.get("/orders", headers=bearer(-1))
    assert (expired.status_code, expired.json["message"]) == (
        401, "Signature has expired",
    )  # fmt: skip
    assert client.get("/orders").status_code == 401
    assert client.get("/orders", headers=bearer()).json == "orders"


def test_token_in_a_cookie_needs_a_csrf_token_to_change_something(checked):
    """X-CSRF-TOKEN, which a second cookie holds; GET needs none."""
    from flask_jwt_extended import create_access_token, set_access_cookies

    checked.config["JWT_TOKEN_LOCATION"] = ["cookies"]

    @checked.post("/login", endpoint="login-by-post")
    def log_in():
        response = checked.make_response("hello")
        set_access_cookies(response, create_access_token("ada"))
        return response

    checked.add_url_rule("/add", "add", lambda: "added", methods=["POST"])
    client = checked.test_client()
    assert client.post("/login").text == "hello"
    assert client.get("/").text == "ada"
    refused = client.post("/add")
    assert (refused.status_code, refused.json["msg"]) == (401, "Missing CSRF token")
    token = client.get_cookie("csrf_access_token").value
    assert client.post("/add", headers={"X-CSRF-TOKEN": token}).text == "added"


@pytest.fixture
def renewed(app, jwt):
    """An app that sets a new token in a cookie with each response."""
    from flask_jwt_extended import (
        create_access_token,
        get_jwt_identity,
        set_access_cookies,
        unset_jwt_cookies,
        verify_jwt_in_request,
    )

    app.config["JWT_TOKEN_LOCATION"] = ["headers"]

    @app.before_request
    def require_token():
        verify_jwt_in_request()

    @app.after_request
    def renew(response):
        set_access_cookies(response, create_access_token(get_jwt_identity()))
        return response

    @app.get("/logout")
    def log_out():
        response = app.make_response("bye")
        unset_jwt_cookies(response)
        return response

    return app


def test_renewal_in_an_after_request_function_logs_in_after_the_logout(renewed, bearer):
    """It runs after the view, so its cookie is the last one, which counts."""
    response = renewed.test_client().get("/logout", headers=bearer())
    cookies = [SimpleCookie(one) for one in response.headers.getlist("Set-Cookie")]
    values = [
        one["access_token_cookie"].value
        for one in cookies
        if "access_token_cookie" in one
    ]
    assert (values[0], len(values)) == ("", 2)
    assert len(values[1]) > 100


def test_get_jwt_without_a_check_fails_in_an_after_request_function(renewed):
    """So a 401 for a missing token becomes a 500."""
    assert renewed.test_client().get("/logout").status_code == 500
