"""What the browser writes into its console about CORS, and asks before a request."""

import re

import pytest
from flask import Flask, abort, redirect, request

from .pages import DOCS
from .two_sites import OTHER, SHOP, served, table

pytestmark = pytest.mark.browser

PAGE = DOCS / "errors" / "cors.md"
MESSAGES = dict(
    re.findall(r"^\((\S+)\)=\n## `(.+)`$", PAGE.read_text("utf-8"), re.MULTILINE)
)
# What each entry asks for: how the script asks, and where.
ASKED = {
    "cors-missing": ("/plain", {}),
    "cors-preflight-status": ("/refused", {"method": "PUT"}),
    "cors-preflight-redirect": ("/moved", {"method": "PUT"}),
    "cors-twice": ("/twice", {}),
    "cors-method": ("/once", {"method": "PUT"}),
    "cors-header": ("/once", {"headers": {"authorization": "Bearer tea"}}),
    "cors-wildcard": ("/once", {"credentials": "include"}),
}
ASK = """async ([address, options]) => {
    try { await fetch(address, options) } catch (error) { return error.name }
}"""


def make_shop():
    app = Flask(__name__)
    app.add_url_rule("/other", "other", lambda: "the other site")
    for name in "plain", "once", "twice":
        view = "orders".format
        app.add_url_rule(f"/{name}", name, view, methods=["GET", "PUT"])
    for name, view in ("refused", lambda: abort(401)), ("moved", lambda: redirect("/")):
        app.add_url_rule(f"/{name}", name, view, methods=["PUT", "OPTIONS"])

    @app.after_request
    def allow(response):
        times = {"plain": 0, "twice": 2}.get(request.endpoint, 1)
        for _ in range(times):
            response.headers.add("Access-Control-Allow-Origin", "*")
        return response

    return app


@pytest.fixture(scope="module")
def said(browser):
    """Return what the console says when a script asks a path."""
    with served(make_shop()) as port:
        page = browser.new_page()
        lines = []
        page.on("console", lambda message: lines.append(message.text))

        def ask(path, options):
            lines.clear()
            page.goto(f"http://{OTHER}:{port}/other")
            address = f"http://{SHOP}:{port}{path}"
            assert page.evaluate(ASK, [address, options]) == "TypeError"
            return "\n".join(lines)

        yield ask
        page.close()


def test_each_entry_of_the_page_is_tried():
    assert list(MESSAGES) == list(ASKED)


@pytest.mark.parametrize("entry", ASKED)
def test_the_browser_says_what_the_heading_of_the_entry_has(said, entry):
    assert MESSAGES[entry] in said(*ASKED[entry])


JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
REQUESTS = {
    "`GET`": {},
    "a form, by `POST`": {"method": "POST", "headers": FORM, "body": "tea=1"},
    "JSON, by `POST`": {"method": "POST", "headers": JSON, "body": "{}"},
    "`PUT`": {"method": "PUT"},
    "`DELETE`": {"method": "DELETE"},
    "an `Authorization` header": {"headers": {"authorization": "Bearer tea"}},
}


def test_the_table_has_the_requests_that_are_tried():
    _, rows = table(PAGE, "cors-json-post")
    assert [request for request, _ in rows] == list(REQUESTS)


@pytest.mark.parametrize("row", REQUESTS)
def test_a_request_has_a_preflight_where_the_table_says_so(browser, row):
    methods = []
    app = Flask(__name__)
    app.add_url_rule("/other", "other", lambda: "the other site")

    @app.before_request
    def note():
        if request.path == "/orders":
            methods.append(request.method)
            return "orders"

    with served(app) as port:
        page = browser.new_page()
        page.goto(f"http://{OTHER}:{port}/other")
        address = f"http://{SHOP}:{port}/orders"
        assert page.evaluate(ASK, [address, REQUESTS[row]]) == "TypeError"
        page.close()
    asked = REQUESTS[row].get("method", "GET")
    said = dict(table(PAGE, "cors-json-post")[1])[row]
    assert methods == {"yes": ["OPTIONS"], "no": [asked]}[said]
