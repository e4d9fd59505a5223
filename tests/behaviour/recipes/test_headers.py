"""Headers that recipes add to responses of every kind."""

import pytest
from flask import redirect

from snippets.recipes import cors, security_headers
from tests.behaviour.versions import REDIRECT

POLICY = security_headers.SECURITY_HEADERS["Content-Security-Policy"]


def fresh(snippet, monkeypatch, **config):
    """Return the app of a snippet with other settings, for one test."""
    for name, value in config.items():
        monkeypatch.setitem(snippet.app.config, name, value)
    return snippet.app


def crash():
    raise KeyError("crash")


@pytest.fixture
def crashing(monkeypatch):
    """Make the view of a snippet raise."""

    def crashing(snippet, endpoint):
        monkeypatch.setitem(snippet.app.view_functions, endpoint, crash)
        return snippet.app

    return crashing


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("OPTIONS", "/", 200),
        ("POST", "/", 405),
        ("GET", "/nothing", 404),
        ("GET", "/static/nothing.css", 404),
    ],
)
def test_security_headers_are_on_every_kind_of_response(method, path, status):
    """Pages, errors, automatic responses and static files have them."""
    response = security_headers.app.test_client().open(path, method=method)
    assert response.status_code == status
    sent = {name: response.headers[name] for name in security_headers.SECURITY_HEADERS}
    assert sent == security_headers.SECURITY_HEADERS


def test_crash_in_production_has_the_security_headers(crashing):
    """The 500 page passes through after_request functions like any response."""
    response = crashing(security_headers, "index").test_client().get("/")
    assert response.status_code == 500
    assert response.headers["Content-Security-Policy"] == POLICY


def test_view_keeps_the_security_header_that_it_sets():
    """setdefault adds a header only where there is none."""
    headers = security_headers.app.test_client().get("/widget").headers
    assert headers["Content-Security-Policy"].endswith("https://partner.example")
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("setting", ["TESTING", "DEBUG", "PROPAGATE_EXCEPTIONS"])
def test_crash_that_propagates_has_no_response_for_headers(
    crashing, monkeypatch, setting
):
    """In debug mode and with TESTING the exception leaves Flask: nothing is sent."""
    crashing(security_headers, "index")
    app = fresh(security_headers, monkeypatch, **{setting: True})
    with pytest.raises(KeyError):
        app.test_client().get("/")


def test_setdefault_of_the_function_registered_last_wins(app):
    """after_request functions run in reverse order of registration."""

    @app.after_request
    def add_first(response):
        response.headers.setdefault("X-Frame-Options", "DENY")
        return response

    @app.after_request
    def add_last(response):
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        return response

    headers = app.test_client().get("/nothing").headers
    assert headers["X-Frame-Options"] == "SAMEORIGIN"


SHOP = {"Origin": "https://shop.example"}
PREFLIGHT = SHOP | {"Access-Control-Request-Method": "DELETE"}
ALLOWED = "Access-Control-Allow-Origin"


def test_automatic_options_response_is_a_preflight_response():
    """Flask responds to OPTIONS itself, and the hook adds what a browser asks for."""
    response = cors.app.test_client().options("/api/orders/7", headers=PREFLIGHT)
    assert response.status_code == 200
    assert response.headers[ALLOWED] == "https://shop.example"
    assert "DELETE" in response.headers["Access-Control-Allow-Methods"]
    assert response.headers["Access-Control-Allow-Headers"] == "Content-Type"


@pytest.mark.parametrize("headers", [{}, SHOP, {"Origin": "https://evil.example"}])
def test_cors_responses_vary_by_origin_whoever_asks(headers):
    """A cache must not serve what was made for another origin, or for none."""
    response = cors.app.test_client().get("/api/orders/7", headers=headers)
    assert response.headers["Vary"] == "Origin"
    assert (ALLOWED in response.headers) is (headers == SHOP)


def test_crash_in_production_has_the_cors_header(crashing):
    """So a script of the other origin can read the status."""
    app = crashing(cors, "show_order")
    response = app.test_client().get("/api/orders/7", headers=SHOP)
    assert response.status_code == 500
    assert response.headers[ALLOWED] == "https://shop.example"


def test_before_request_function_meets_the_preflight(app):
    """A preflight has no cookies: a function that requires a login rejects it."""
    app.add_url_rule("/api", view_func=lambda: "ok", endpoint="api")

    @app.before_request
    def require_login():
        return "Log in", 401

    response = app.test_client().options("/api", headers=PREFLIGHT)
    assert response.status_code == 401


def test_preflight_of_an_unknown_path_is_a_404():
    """OPTIONS is automatic for the URLs of routes only."""
    response = cors.app.test_client().options("/api/nothing", headers=PREFLIGHT)
    assert response.status_code == 404
    assert response.headers[ALLOWED] == "https://shop.example"


@pytest.mark.parametrize(
    "origin", [None, "https://evil.example", "https://shop.example"]
)
def test_view_runs_for_an_origin_that_is_not_allowed(origin, steps, monkeypatch):
    """Flask sends the response; a browser then keeps it from the script."""

    def note(number):
        steps.append(number)
        return "an order"

    monkeypatch.setitem(cors.app.view_functions, "show_order", note)
    headers = {"Origin": origin} if origin else {}
    response = cors.app.test_client().delete("/api/orders/7", headers=headers)
    assert (response.status_code, response.text, steps) == (200, "an order", [7])
    assert (ALLOWED in response.headers) is (headers == SHOP)


def test_preflight_of_a_view_for_post_only_is_a_200(app):
    """OPTIONS needs no view of its own."""
    app.add_url_rule("/orders", "orders", lambda: "", methods=["POST"])
    response = app.test_client().options("/orders", headers=SHOP)
    assert (response.status_code, sorted(response.allow)) == (200, ["OPTIONS", "POST"])
    assert app.test_client().get("/orders").status_code == 405


def test_redirect_to_a_login_is_the_response_to_a_preflight_too(app):
    """So a login check has to let OPTIONS through."""
    app.add_url_rule("/orders", "orders", lambda: "Orders")
    app.before_request(lambda: redirect("/login"))
    response = app.test_client().options("/orders", headers=PREFLIGHT)
    assert (response.status_code, response.location) == (REDIRECT, "/login")
