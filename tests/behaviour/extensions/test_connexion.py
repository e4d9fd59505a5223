"""Connexion 3: what it does before Flask sees a request, and to Flask's errors."""

import warnings

import pytest
from flask import abort, request

pytestmark = pytest.mark.extensions

NOTED = []
BODY = {"application/json": {"schema": {"type": "object", "required": ["number"]}}}
DONE = {"responses": {"200": {"description": "done"}}}
SPECIFICATION = {
    "openapi": "3.0.0",
    "info": {"title": "Shop", "version": "1"},
    "paths": {
        "/orders": {
            "post": {**DONE, "operationId": "add", "requestBody": {"content": BODY}}
        },
        "/mine": {"get": {**DONE, "operationId": "mine", "security": [{"key": []}]}},
        "/crash": {"get": {**DONE, "operationId": "crash"}},
        "/gone": {"get": {**DONE, "operationId": "gone"}},
    },
    "components": {
        "securitySchemes": {
            "key": {
                "type": "apiKey", "in": "header", "name": "X-Key",
                "x-apikeyInfoFunc": f"{__name__}.check_key",
            }
        }
    },
}  # fmt: skip


def check_key(key, required_scopes=None):
    NOTED.append("security")
    return {"sub": "ada"} if key == "ada" else None


@pytest.fixture
def shop(steps, monkeypatch):
    """An API of Connexion, whose functions and hooks note that they ran."""
    with warnings.catch_warnings():
        # It imports names that other packages deprecate.
        warnings.simplefilter("ignore")
        import connexion

    monkeypatch.setitem(globals(), "NOTED", steps)
    views = {
        "add": lambda body: steps.append("view") or "added",
        "mine": lambda: steps.append("view") or "mine",
        "crash": lambda: 1 / 0,
        "gone": lambda: abort(410),
    }
    shop = connexion.FlaskApp("shop")

    @shop.app.before_request
    def before():
        steps.append("before")
        if "early" in request.args:
            return "early"
        if "refuse" in request.args:
            abort(403)

    shop.app.after_request(lambda response: steps.append("after") or response)
    shop.app.teardown_request(lambda error: steps.append("teardown"))
    shop.add_api(SPECIFICATION, resolver=connexion.resolver.Resolver(views.get))
    return shop


@pytest.fixture
def client(shop):
    with shop.test_client() as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "ran"),
    [
        ("GET", "/mine", {}, 401, []),
        ("GET", "/mine", {"headers": {"X-Key": "bob"}}, 401, ["security"]),
        ("POST", "/orders", {"json": {}}, 400, []),
        ("GET", "/orders", {}, 405, []),
    ],
)
def test_connexion_refuses_requests_before_flask_sees_them(
    client, steps, method, path, options, status, ran
):
    """A 401, a 400 for the body and a 405 run no hook at all, not even teardown."""
    assert client.request(method, path, **options).status_code == status
    assert steps == ran


def test_security_function_of_connexion_runs_before_before_request(client, steps):
    """So it finds nothing on g; the view runs after both."""
    assert client.get("/mine", headers={"X-Key": "ada"}).status_code == 200
    assert steps == ["security", "before", "view", "after", "teardown"]
    steps.clear()
    response = client.get("/mine?early", headers={"X-Key": "ada"})
    assert response.text == "early"
    assert steps == ["security", "before", "after", "teardown"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nothing", 404), ("/gone", 410), ("/gone?refuse", 403), ("/crash", 500)],
)
def test_error_without_a_handler_leaves_flask_below_connexion(
    client, steps, path, status
):
    """No after_request function runs; teardown functions do."""
    client._transport.raise_server_exceptions = False
    response = client.get(path)
    assert response.status_code == status
    assert response.json()["status"] == status
    assert steps == ["before", "teardown"]


def test_error_handler_of_flask_makes_the_response_below_connexion(shop, steps):
    """For its status or its class; then after_request functions run."""
    for what in 404, 410, ZeroDivisionError:
        shop.app.register_error_handler(what, lambda error: ("own page", 418))
    with shop.test_client() as client:
        for path in "/nothing", "/gone", "/crash":
            steps.clear()
            assert client.get(path).text == "own page"
            assert steps == ["before", "after", "teardown"]


ORDER = {"json": {"number": 7}}


def test_client_of_the_flask_app_cannot_call_a_view_of_connexion(shop, client):
    """The test client of the Connexion app can."""
    assert client.post("/orders", **ORDER).text == '"added"\n'
    shop.app.testing = True
    with pytest.raises(RuntimeError, match="Working outside of operation context"):
        shop.app.test_client().post("/orders", **ORDER)


def test_view_of_connexion_is_unknown_to_flask_before_the_start(shop):
    """The Connexion app adds its routes when it starts: until then there's a 404."""
    from starlette.exceptions import HTTPException

    with pytest.raises(HTTPException, match="404"):
        shop.app.test_client().post("/orders", **ORDER)
