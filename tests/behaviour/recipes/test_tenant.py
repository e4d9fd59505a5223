"""Tenants by subdomain, and sessions that are valid at each of them."""

import pytest
from flask import Flask, session

from snippets.recipes import tenant

TEA, COFFEE = "https://tea.example.com", "https://coffee.example.com"


def cookie_of(response):
    return {"Cookie": response.headers["Set-Cookie"].partition(";")[0]}


@pytest.mark.parametrize(
    ("host", "status", "body"),
    [
        ("tea.example.com", 200, "Tea House, nobody"),
        ("TEA.example.com:8000", 200, "Tea House, nobody"),
        ("coffee.example.com", 200, "Coffee Bar, nobody"),
        ("example.com", 404, None),
        ("milk.example.com", 404, None),
        ("tea.example.com.evil.example", 404, None),
    ],
)
def test_tenant_of_the_recipe_is_that_of_the_host_and_others_are_a_404(
    host, status, body
):
    """The host is looked up, whatever its port; an unknown one is refused."""
    response = tenant.app.test_client().get("/", base_url=f"http://{host}")
    assert response.status_code == status
    assert body in {None, response.text}


def test_session_cookie_of_one_host_is_valid_at_every_other(app):
    """The browser keeps it to its host; a user may send it to another one."""
    app.secret_key = "key"

    @app.post("/login")
    def log_in():
        session["user"] = "anna"
        return "Welcome"

    app.add_url_rule("/", "index", lambda: session.get("user", "nobody"))
    sent = cookie_of(app.test_client().post("/login", base_url=TEA))
    client = app.test_client(use_cookies=False)
    assert client.get("/", base_url=COFFEE, headers=sent).text == "anna"


def test_session_of_the_recipe_is_empty_at_another_tenant():
    """It has the tenant in it, and is cleared where the host is another one."""
    login = tenant.app.test_client().post("/login", base_url=TEA)
    client = tenant.app.test_client(use_cookies=False)
    texts = [
        client.get("/", base_url=host, headers=cookie_of(login)).text
        for host in (TEA, COFFEE)
    ]
    assert texts == ["Tea House, anna", "Coffee Bar, nobody"]


def test_subdomain_of_a_route_may_be_an_argument_of_its_view():
    """With subdomain_matching=True and SERVER_NAME; other hosts are a 404."""
    app = Flask("shop", static_folder=None, subdomain_matching=True)
    app.config["SERVER_NAME"] = "example.com"
    app.add_url_rule("/", "index", lambda tenant: tenant, subdomain="<tenant>")
    client = app.test_client()
    assert client.get("/", base_url=TEA).text == "tea"
    assert client.get("/", base_url="https://example.com").status_code == 404
