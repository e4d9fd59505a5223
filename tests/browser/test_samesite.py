"""Which requests from another site have the session cookie: the page's table, tried."""

import threading
from contextlib import contextmanager

import pytest
from flask import Flask, session
from playwright.sync_api import expect
from werkzeug.serving import make_server

from .pages import DOCS

pytestmark = pytest.mark.browser

PAGE = DOCS / "errors" / "symptoms.md"
SETTINGS = {"not set": None, "Lax": "Lax", "Strict": "Strict", "None": "None"}
# Two sites for a browser, though one server.
SHOP, OTHER = "localhost", "127.0.0.1"


def make_shop(samesite):
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY="only for tests",
        SESSION_COOKIE_SAMESITE=samesite,
        SESSION_COOKIE_SECURE=samesite == "None",
    )

    @app.route("/set")
    def set_user():
        session["user"] = "ada"
        return "set"

    @app.route("/back", methods=["GET", "POST"])
    def come_back():
        return session.get("user", "nobody")

    @app.route("/other")
    def show_other():
        return ""

    @app.after_request
    def allow_other(response):
        response.headers["Access-Control-Allow-Origin"] = f"http://{OTHER}:{app.port}"
        response.headers["Access-Control-Allow-Credentials"] = "true"
        return response

    return app


@contextmanager
def served(app):
    # A browser opens more connections than it uses.
    server = make_server(OTHER, 0, app, threaded=True)
    app.port = server.port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def by_link(page, back):
    page.set_content(f'<a href="{back}">Back</a>')
    page.get_by_role("link").click()
    page.wait_for_url(back)
    return page.locator("body").inner_text()


def by_form(page, back):
    page.set_content(
        f'<form method="post" action="{back}"><button>Back</button></form>'
    )
    page.get_by_role("button").click()
    page.wait_for_url(back)
    return page.locator("body").inner_text()


def in_a_frame(page, back):
    page.set_content(f'<iframe src="{back}"></iframe>')
    body = page.frame_locator("iframe").locator("body")
    expect(body).not_to_be_empty()
    return body.inner_text()


def by_fetch(page, back):
    ask = 'back => fetch(back, {credentials: "include"}).then((told) => told.text())'
    return page.evaluate(ask, back)


WAYS = {
    "a link or a redirect": by_link,
    'a form with `method="post"`': by_form,
    "a frame": in_a_frame,
    '`fetch` with `credentials: "include"`': by_fetch,
}


def table():
    """Return the cells of the page's table, by its row and its column."""
    section = PAGE.read_text("utf-8").partition("(session-after-another-site)=")[2]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    (_, *columns), _, *body = rows[: 2 + len(WAYS)]
    names = [column.strip("`") for column in columns]
    return {way: dict(zip(names, cells, strict=True)) for way, *cells in body}


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_session_comes_back_as_the_table_says(browser, setting):
    told = {}
    with served(make_shop(SETTINGS[setting])) as port:
        for way, come_back in WAYS.items():
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"http://{SHOP}:{port}/set")
            page.goto(f"http://{OTHER}:{port}/other")
            told[way] = come_back(page, f"http://{SHOP}:{port}/back") == "ada"
            context.close()
    said = {way: cells[setting] for way, cells in table().items()}
    # Browsers may block what is a cookie of another site, whatever the app sets.
    sure = {way: cell for way, cell in said.items() if not cell.startswith("if ")}
    assert len(sure) == (2 if setting == "None" else len(WAYS))
    assert {way: told[way] for way in sure} == {
        way: {"yes": True, "no": False}[cell[:3].strip(",")]
        for way, cell in sure.items()
    }
