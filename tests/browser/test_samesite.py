"""Which requests from another site have the session cookie: the page's table, tried."""

import pytest
from flask import Flask, redirect, session
from playwright.sync_api import expect

from .pages import DOCS
from .two_sites import OTHER, SHOP, served, table

pytestmark = pytest.mark.browser

PAGE = DOCS / "errors" / "login-symptoms.md"
SETTINGS = {"not set": None, "Lax": "Lax", "Strict": "Strict", "None": "None"}


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

    @app.route("/leave")
    def leave():
        return redirect(f"http://{SHOP}:{app.port}/back")

    @app.after_request
    def allow_other(response):
        response.headers["Access-Control-Allow-Origin"] = f"http://{OTHER}:{app.port}"
        response.headers["Access-Control-Allow-Credentials"] = "true"
        return response

    return app


def by_link(page, back):
    page.set_content(f'<a href="{back}">Back</a>')
    page.get_by_role("link").click()
    page.wait_for_url(back)
    return page.locator("body").inner_text()


def by_redirect(page, back):
    page.set_content('<a href="/leave">Pay</a>')
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
    "a link": by_link,
    "a redirect": by_redirect,
    'a form with `method="post"`': by_form,
    "a frame": in_a_frame,
    '`fetch` with `credentials: "include"`': by_fetch,
}


def cells(setting):
    """Return what the page's table says of a setting, by the way back."""
    (_, *columns), rows = table(PAGE, "session-after-another-site")
    place = [column.strip("`") for column in columns].index(setting)
    return {way: said[place] for way, *said in rows}


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
    said = cells(setting)
    assert list(said) == list(WAYS)
    # Browsers may block what is a cookie of another site, whatever the app sets.
    sure = {way: cell for way, cell in said.items() if not cell.startswith("if ")}
    assert len(sure) == (3 if setting == "None" else len(WAYS))
    assert {way: told[way] for way in sure} == {
        way: {"yes": True, "no": False}[cell[:3].strip(",")]
        for way, cell in sure.items()
    }


@pytest.mark.parametrize(
    ("host", "told"),
    [(SHOP, "ada"), (OTHER, "ada"), ("shop.example", "nobody")],
)
def test_secure_cookie_over_plain_http_comes_back_to_this_computer_only(
    browser, host, told
):
    app = make_shop(None)
    app.config["SESSION_COOKIE_SECURE"] = True
    with served(app) as port:
        # As a proxy, the app gets requests for any host.
        proxy = {"server": f"http://{OTHER}:{port}"}
        context = browser.new_context(proxy=proxy if host == "shop.example" else None)
        page = context.new_page()
        page.goto(f"http://{host}:{port}/set")
        page.goto(f"http://{host}:{port}/back")
        assert page.locator("body").inner_text() == told
        context.close()
