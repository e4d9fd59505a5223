"""What the Back button shows after the logout: the page's table, tried."""

import pytest
from flask import Flask, make_response, request
from playwright.sync_api import expect

from .pages import DOCS
from .two_sites import SHOP, served, table

pytestmark = pytest.mark.browser

PAGE = DOCS / "errors" / "login-symptoms.md"
RULES = {
    "not set": None,
    "`no-cache`": "no-cache",
    "`private`": "private",
    "`no-store`": "no-store",
}


def make_shop(rule):
    app = Flask(__name__)

    @app.route("/login")
    def log_in():
        response = make_response("Welcome")
        response.set_cookie("user", "ada")
        return response

    @app.route("/orders")
    def show_orders():
        return "the private page" if "user" in request.cookies else "the login page"

    @app.route("/logout")
    def log_out():
        response = make_response("Bye")
        response.delete_cookie("user")
        return response

    @app.after_request
    def set_rule(response):
        if rule:
            response.headers["Cache-Control"] = rule
        return response

    return app


def said():
    """Return what the page says, by the rule of the private page."""
    return dict(table(PAGE, "back-button")[1])


def test_the_table_has_the_rules_that_are_tried():
    assert list(said()) == list(RULES)


@pytest.mark.parametrize("row", RULES)
def test_the_back_button_shows_what_the_table_says(browser, row):
    with served(make_shop(RULES[row])) as port:
        context = browser.new_context()
        page = context.new_page()
        for path in "/login", "/orders", "/logout":
            page.goto(f"http://{SHOP}:{port}{path}")
        page.go_back(wait_until="commit")
        expect(page.locator("body")).to_have_text(said()[row])
        context.close()
