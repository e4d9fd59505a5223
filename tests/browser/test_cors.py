"""What a script of another site may read: the table of the page, tried."""

import pytest
from flask import Flask

from .pages import DOCS
from .two_sites import OTHER, SHOP, served, table

pytestmark = pytest.mark.browser

PAGE = DOCS / "recipes" / "cors.md"
# What is allowed: the origin, credentials, the methods; and how the script asks.
ROWS = {
    "`*`": ("*", False, "GET"),
    "`*`, and credentials": ("*", True, "GET"),
    "the origin": ("origin", False, "GET"),
    "the origin, and credentials": ("origin", True, "GET"),
    "the origin, credentials, and `*` as methods of a `PUT`": ("origin", True, "PUT"),
}
ASK = """async ([address, options]) => {
    try { return await (await fetch(address, options)).text() }
    catch (error) { return error.name }
}"""


def make_shop(allowed, credentials):
    app = Flask(__name__)

    @app.route("/other")
    @app.route("/orders", methods=["GET", "PUT"])
    def show_orders():
        return "orders"

    @app.after_request
    def allow(response):
        origin = f"http://{OTHER}:{app.port}" if allowed == "origin" else allowed
        response.access_control_allow_origin = origin
        response.access_control_allow_credentials = credentials
        response.access_control_allow_methods = ["*"]
        return response

    return app


def said():
    """Return the cells of the page's table, by its first column."""
    _, rows = table(PAGE, "cors-with-cookies")
    return {allowed: cells for allowed, *cells in rows}


def test_the_table_has_the_rows_that_are_tried():
    assert list(said()) == list(ROWS)


@pytest.mark.parametrize("row", ROWS)
def test_a_script_of_another_site_reads_what_the_table_says(browser, row):
    allowed, credentials, method = ROWS[row]
    told = []
    with served(make_shop(allowed, credentials)) as port:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"http://{OTHER}:{port}/other")
        for mode in ("omit", "include"):
            options = {"method": method, "credentials": mode}
            told.append(page.evaluate(ASK, [f"http://{SHOP}:{port}/orders", options]))
        context.close()
    words = {"orders": "yes", "TypeError": "no"}
    assert [words[answer] for answer in told] == said()[row]
