"""Checks of a login that let too many in, or fail for those who aren't."""

import pytest
from flask import flash, redirect, request, session

from snippets.recipes import api_key


@pytest.fixture
def shop(app):
    app.secret_key = "test"
    app.add_url_rule("/login", "log_in", lambda: "Log in")
    app.add_url_rule("/orders", "list_orders", lambda: "Orders")
    return app


def test_session_in_brackets_is_a_key_error_for_a_visitor_without_a_login(shop):
    """session.get returns None instead."""
    shop.testing = True

    @shop.before_request
    def load_user():
        assert session.get("user_id") is None
        return f"user {session['user_id']}"

    with pytest.raises(KeyError, match="'user_id'"):
        shop.test_client().get("/orders")


def test_path_that_starts_with_login_exempts_more_than_the_login(shop):
    """Such as /login-history; the endpoint is that of one view."""
    shop.add_url_rule("/login-history", "list_logins", lambda: "Logins of anna")

    @shop.before_request
    def require_login():
        if not request.path.startswith("/login") and "user" not in session:
            return redirect("/login")

    client = shop.test_client()
    assert client.get("/orders").location == "/login"
    assert client.get("/login-history").text == "Logins of anna"


def test_login_in_a_variable_of_a_module_lets_every_client_in(shop):
    """All clients of the process share it."""
    state = {"logged_in": False}

    @shop.post("/login")
    def check_password():
        state["logged_in"] = True
        return "Welcome"

    @shop.before_request
    def require_login():
        if request.endpoint == "list_orders" and not state["logged_in"]:
            return redirect("/login")

    anna, stranger = shop.test_client(), shop.test_client()
    assert stranger.get("/orders").location == "/login"
    anna.post("/login")
    assert stranger.get("/orders").text == "Orders"


def test_message_of_a_login_check_is_flashed_for_each_request_that_it_stops(shop):
    """For the page and for each file that it names."""

    @shop.before_request
    def require_login():
        if request.endpoint != "log_in":
            flash("Please log in")
            return redirect("/login")

    client = shop.test_client()
    for path in "/orders", "/static/shop.css", "/favicon.ico":
        client.get(path)
    with client.session_transaction() as stored:
        assert [text for _, text in stored["_flashes"]] == ["Please log in"] * 3


def test_key_of_the_api_is_needed_at_its_start_and_not_beside_it():
    """At /api as well, and not at /api-docs."""
    client = api_key.app.test_client()
    for path, status in ("/api", 401), ("/api/", 401), ("/api-docs", 404):
        assert client.get(path).status_code == status


@pytest.mark.parametrize("make", ["response_class", "make_response"])
def test_header_of_a_response_is_the_same_however_it_was_made(app, make):
    """The class of the response is the same; an error page has no such header."""

    @app.get("/")
    def index():
        response = getattr(app, make)("Tea")
        response.headers["Access-Control-Allow-Origin"] = "https://shop.example"
        return response

    client = app.test_client()
    name = "Access-Control-Allow-Origin"
    assert client.get("/").headers[name] == "https://shop.example"
    for other in client.options("/"), client.get("/nothing"):
        assert name not in other.headers


def test_password_change_that_a_hook_demands_leaves_a_way_out(app):
    """The form, the logout, files and unknown URLs are let through."""
    app.secret_key = "test"
    exempt = {"change_password", "log_out", "static", None}
    for name in "change_password", "log_out", "orders":
        app.add_url_rule(f"/{name}", name, lambda: "A page")

    @app.before_request
    def require_new_password():
        if request.endpoint in exempt or request.method == "OPTIONS":
            return None
        if session.get("must_change_password"):
            return redirect("/change_password")

    client = app.test_client()
    assert client.get("/orders").status_code == 200
    with client.session_transaction() as stored:
        stored["must_change_password"] = True
    assert client.get("/orders").location == "/change_password"
    for path in "/change_password", "/log_out":
        assert client.get(path).status_code == 200
    assert client.get("/nothing").status_code == 404
    assert client.options("/orders").status_code == 200
