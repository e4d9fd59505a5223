"""What hooks see of the client behind a proxy."""

import pytest
from flask import request, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

SENT = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}


@pytest.fixture
def shop(app, steps):
    """An app whose before_request function notes what it sees of the client."""

    @app.before_request
    def note():
        steps.append(
            (request.remote_addr, request.scheme, url_for("index", _external=True))
        )

    app.add_url_rule("/", "index", lambda: "Shop")
    return app


def test_hook_behind_a_proxy_sees_the_proxy(shop, steps):
    """Flask doesn't read the X-Forwarded headers."""
    shop.test_client().get("/", headers=SENT)
    assert steps == [("127.0.0.1", "http", "http://localhost/")]


def test_hook_behind_proxy_fix_sees_the_client(shop, steps):
    """It changes the WSGI environment before Flask makes the request."""
    shop.wsgi_app = ProxyFix(shop.wsgi_app, x_for=1, x_proto=1)
    shop.test_client().get("/", headers=SENT)
    assert steps == [("203.0.113.7", "https", "https://localhost/")]


def test_proxy_fix_without_a_proxy_believes_the_client(shop, steps):
    """The header may then come from anyone."""
    shop.wsgi_app = ProxyFix(shop.wsgi_app)
    shop.test_client().get("/", headers={"X-Forwarded-For": "198.51.100.1"})
    assert steps[0][0] == "198.51.100.1"


def test_proxy_fix_takes_the_value_of_the_proxy_and_not_of_the_client(shop, steps):
    """With one proxy it is the last value: earlier ones came with the request."""
    shop.wsgi_app = ProxyFix(shop.wsgi_app, x_for=1)
    forged = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}
    shop.test_client().get("/", headers=forged)
    assert steps[0][0] == "203.0.113.7"
