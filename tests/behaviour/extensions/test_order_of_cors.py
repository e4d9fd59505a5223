"""Flask-CORS before or after the blueprints."""

import pytest
from flask import Blueprint, Flask

pytestmark = pytest.mark.extensions

SHOP = "https://shop.example"


@pytest.mark.parametrize("first", ["cors", "blueprint"])
def test_cors_may_come_before_or_after_the_blueprints(first):
    """Its after_request function belongs to the app."""
    from flask_cors import CORS

    app = Flask("shop", static_folder=None)
    api = Blueprint("api", __name__, url_prefix="/api")
    api.add_url_rule("/orders", "orders", lambda: "Orders")
    steps = [lambda: CORS(app, origins=[SHOP]), lambda: app.register_blueprint(api)]
    for step in steps if first == "cors" else reversed(steps):
        step()
    client = app.test_client()
    for method in "GET", "OPTIONS":
        response = client.open("/api/orders", method=method, headers={"Origin": SHOP})
        assert response.headers["Access-Control-Allow-Origin"] == SHOP
