"""What the browser writes into its console when a hook redirects static files."""

import pytest
from flask import Flask, redirect, request

from .pages import DOCS
from .two_sites import SHOP, served

pytestmark = pytest.mark.browser

PAGE = (
    '<!doctype html><link rel="stylesheet" href="/static/shop.css">'
    '<script src="/static/shop.js"></script><h1>Please log in</h1>'
)


def make_shop(nosniff):
    app = Flask(__name__)

    @app.before_request
    def require_login():
        return None if request.endpoint == "log_in" else redirect("/login")

    @app.after_request
    def add_header(response):
        if nosniff:
            response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    app.add_url_rule("/login", "log_in", lambda: PAGE)
    return app


@pytest.mark.parametrize("nosniff", [True, False])
def test_the_browser_says_what_the_symptom_has(browser, nosniff):
    section = (DOCS / "errors" / "symptoms.md").read_text("utf-8")
    section = section.partition("(style-sheet-is-html)=")[2].partition("\n(")[0]
    named = [line.split("`")[1] for line in section.splitlines() if line[:3] == "- `"]
    assert len(named) == 3
    lines = []
    page = browser.new_page()
    page.on("console", lambda message: lines.append(message.text))
    page.on("pageerror", lambda error: lines.append(f"{error.name}: {error.message}"))
    with served(make_shop(nosniff)) as port:
        page.goto(f"http://{SHOP}:{port}/login")
        page.wait_for_load_state("networkidle")
        page.close()
    expected = named[:2] if nosniff else named[2:]
    told = "\n".join(lines).replace(f"http://{SHOP}:{port}", "…")
    for message in expected:
        assert message.removeprefix("Uncaught ") in told
    assert len(lines) == len(expected)
