"""How a session gets lost between two requests."""

from importlib.metadata import version

import pytest
from flask import Flask, redirect, session
from packaging.version import Version

from snippets.questions import api_without_session
from tests.behaviour.sessions.cookies import cookie, send


def test_session_cookie_of_one_host_is_not_sent_to_another(basket):
    """It names no domain, so 127.0.0.1 and localhost, two hosts, each have one."""
    client = basket.test_client()
    response = client.get("/add/tea", base_url="http://127.0.0.1")
    assert response.headers["Set-Cookie"].startswith("session=")
    assert "domain" not in response.headers["Set-Cookie"].lower()
    assert client.get("/show", base_url="http://127.0.0.1").json == {"tea": 1}
    # The client of Werkzeug 2.2 gives each cookie to every host.
    if Version(version("werkzeug")) >= Version("2.3"):
        assert client.get("/show", base_url="http://localhost").json == {}


def test_two_apps_on_one_host_replace_each_others_session_cookie(basket):
    """A port doesn't make another host. SESSION_COOKIE_NAME keeps them apart."""
    other = Flask("other", static_folder=None)
    other.secret_key = "coffee"
    other.add_url_rule("/", "index", lambda: session.update(cake=1) or "Cake")

    def visit_both():
        mine, theirs = basket.test_client(), other.test_client()
        _, first, _ = cookie(mine.get("/add/tea"))
        name, second, _ = cookie(theirs.get("/"))
        jar = {"session": first, name: second}
        sent = "; ".join("=".join(pair) for pair in jar.items())
        headers = {"Cookie": sent}
        return basket.test_client(use_cookies=False).get("/show", headers=headers).json

    assert visit_both() == {}
    other.config["SESSION_COOKIE_NAME"] = "other"
    assert visit_both() == {"tea": 1}


def test_of_two_requests_at_a_time_the_last_response_decides_the_session(basket):
    """Each begins with the session that the client sent, and sends all of it back."""
    _, start, _ = cookie(basket.test_client().get("/add/tea"))
    _, first, _ = cookie(send(basket, "/add/milk", start))
    _, second, _ = cookie(send(basket, "/add/sugar", start))
    assert send(basket, "/show", first).json == {"tea": 1, "milk": 1}
    assert send(basket, "/show", second).json == {"tea": 1, "sugar": 1}


@pytest.mark.parametrize(
    ("setting", "sent"), [(None, None), ("None", "None"), ("Lax", "Lax")]
)
def test_samesite_is_left_out_for_none_and_sent_for_the_text(basket, setting, sent):
    """For SameSite=None, the setting is the text "None"."""
    basket.config["SESSION_COOKIE_SAMESITE"] = setting
    _, _, attributes = cookie(basket.test_client().get("/add/tea"))
    assert attributes.get("samesite") == sent


def test_another_secret_key_ends_every_session(basket):
    """Every cookie then has a wrong signature."""
    clients = [basket.test_client() for _ in range(2)]
    for client in clients:
        client.get("/add/tea")
    basket.secret_key = "coffee"
    assert [client.get("/show").json for client in clients] == [{}, {}]


def test_copy_of_the_cookie_outlives_the_logout(basket):
    """Flask keeps no list of sessions: clear deletes the cookie in one browser."""
    client = basket.test_client()
    _, copy, _ = cookie(client.get("/add/tea"))
    client.get("/clear")
    assert client.get("/show").json == {}
    assert send(basket, "/show", copy).json == {"tea": 1}


def test_session_interface_that_saves_nothing_sends_no_cookie_and_no_vary():
    """save_session sets both."""
    client = api_without_session.app.test_client()
    https = {"base_url": "https://shop.example"}
    client.post("/login", **https)
    headers = client.get("/api/orders", **https).headers
    assert ("Set-Cookie" in headers, "Vary" in headers) == (False, False)
    assert "Set-Cookie" in client.get("/", **https).headers


def test_session_cookie_with_a_path_is_not_sent_elsewhere(basket):
    """Only to URLs at that path and below it."""
    basket.config["SESSION_COOKIE_PATH"] = "/add"
    client = basket.test_client()
    response = client.get("/add/tea")
    assert cookie(response)[2]["path"] == "/add"
    # The client of Werkzeug 2.2 gives each cookie to every path.
    if Version(version("werkzeug")) >= Version("2.3"):
        assert client.get("/show").json == {}


@pytest.mark.parametrize("lost", [False, True])
def test_login_elsewhere_redirects_without_end_if_the_session_is_lost(lost):
    """The page sends to the login, which knows the user and sends back at once."""
    shop = Flask("shop", static_folder=None)
    shop.config.update(SECRET_KEY="tea")

    @shop.get("/")
    def index():
        return "Tea" if "user" in session else redirect("/login")

    @shop.get("/login")
    def come_back():
        session["user"] = "ada"
        return redirect("/")

    client = shop.test_client()
    if not lost:
        assert client.get("/", follow_redirects=True).text == "Tea"
        return
    for number in range(5):
        shop.secret_key = f"key of worker {number}"
        assert client.get("/").location == "/login"
        assert client.get("/login").location == "/"
