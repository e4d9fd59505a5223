"""Flask-CORS before or after the blueprints."""

import pytest
from flask import Blueprint, Flask

pytestmark = pytest.mark.extensions

SHOP = "https://shop.example"


@pytest.mark.parametrize("first", ["cors", "blueprint"])
def test_cors_may_come_before_or_after_the_blueprints(first):
    """Its after_request function belongs to the app, also for nested ones."""
    from flask_cors import CORS

    app = Flask("shop", static_folder=None)
    api = Blueprint("api", __name__, url_prefix="/api")
    inner = Blueprint("inner", __name__, url_prefix="/v2")
    for blueprint in api, inner:
        blueprint.add_url_rule("/orders", "orders", lambda: "Orders")
        blueprint.add_url_rule("/crash", "crash", lambda: 1 / 0)
    api.register_blueprint(inner)
    steps = [lambda: CORS(app, origins=[SHOP]), lambda: app.register_blueprint(api)]
    for step in steps if first == "cors" else reversed(steps):
        step()
    client = app.test_client()
    seen = []
    for place in "/api", "/api/v2":
        for path in "/orders", "/crash", "/unknown":
            for method in "GET", "OPTIONS":
                response = client.open(
                    place + path, method=method, headers={"Origin": SHOP}
                )
                assert response.headers["Access-Control-Allow-Origin"] == SHOP
                seen.append(response.status_code)
    assert seen == 2 * [200, 200, 500, 200, 404, 404]


def test_cors_of_a_blueprint_must_come_before_it_is_registered():
    """It is an after_request function of the blueprint, which Flask then refuses."""
    from flask_cors import CORS

    app = Flask("shop", static_folder=None)
    api = Blueprint("api", __name__, url_prefix="/api")
    app.register_blueprint(api)
    with pytest.raises(AssertionError, match="'after_request' can no longer be called"):
        CORS(api, origins=[SHOP])
