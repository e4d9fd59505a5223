"""Static files that a hook redirects: the browser gets a page in their place."""

import pytest
from flask import Flask, redirect, request, session, url_for


@pytest.fixture
def shop(tmp_path):
    """An app with a login page and a style sheet, before its check is registered."""
    (tmp_path / "shop.css").write_text("body { color: green }", "utf-8")
    shop = Flask(__name__, static_folder=tmp_path, static_url_path="/static")
    shop.secret_key = "for a test"
    shop.add_url_rule("/login", "log_in", lambda: "<h1>Please log in</h1>")
    return shop


@pytest.mark.parametrize("exempt", [{"log_in"}, {"log_in", "static"}])
def test_style_sheet_that_a_login_check_redirects_is_a_page_of_html(shop, exempt):
    """The browser follows the redirect, and gets the login page as text/html."""

    @shop.before_request
    def require_login():
        if request.endpoint not in exempt and "user" not in session:
            return redirect(url_for("log_in"))
        return None

    client = shop.test_client()
    with client.get("/static/shop.css", follow_redirects=True) as response:
        found = response.status_code, response.mimetype
    assert found == (200, "text/css" if "static" in exempt else "text/html")
