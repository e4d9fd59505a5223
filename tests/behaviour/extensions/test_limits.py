"""Flask-Limiter: its headers, its message, and where it keeps its counts."""

import pytest
from flask import Flask

pytestmark = pytest.mark.extensions


def limited(**options):
    """Return a client of an app that lets one request a day through."""
    from flask_limiter import Limiter

    app = Flask("shop", static_folder=None)
    Limiter(lambda: "visitor", app=app, default_limits=["1 per day"], **options)
    app.register_error_handler(429, lambda error: (error.description, 429))
    app.add_url_rule("/", "index", lambda: "shop")
    return app.test_client()


@pytest.mark.parametrize("enabled", [False, True])
def test_limiter_sends_its_headers_only_if_they_are_enabled(enabled):
    """X-RateLimit-Limit, -Remaining and -Reset, and Retry-After; also for a 429."""
    options = {"headers_enabled": True} if enabled else {}
    client = limited(storage_uri="memory://", **options)
    names = [f"X-RateLimit-{name}" for name in ("Limit", "Remaining", "Reset")]
    for status in 200, 429:
        response = client.get("/")
        assert response.status_code == status
        sent = [name for name in [*names, "Retry-After"] if name in response.headers]
        assert sent == ([*names, "Retry-After"] if enabled else [])


def test_handler_of_429_gets_the_limit_as_its_description():
    """Such as 1 per 1 day."""
    client = limited(storage_uri="memory://")
    assert client.get("/").text == "shop"
    assert client.get("/").text == "1 per 1 day"


def test_limiter_without_a_storage_warns_and_counts_in_memory():
    """Each app that is made, as in each worker, has counts of its own."""
    with pytest.warns(UserWarning, match="in-memory storage") as warned:
        clients = [limited() for _ in range(2)]
    assert len(warned) == 2
    statuses = [[client.get("/").status_code for _ in range(2)] for client in clients]
    assert statuses == [[200, 429]] * 2
