"""Claims about sessions and logins that are in circulation, refuted."""

from urllib.parse import urlsplit

import pytest
from flask import Flask, redirect, request, session


def make_app(key):
    """Start the app once more, as a restart or another worker does."""
    app = Flask("shop", static_folder=None)
    app.secret_key = key
    app.add_url_rule("/", "index", lambda: session.get("user", "stranger"))
    app.add_url_rule("/login", "login", lambda: session.update(user="anna") or "in")
    return app


@pytest.mark.parametrize(
    ("keys", "greeting"),
    [((b"1" * 24, b"2" * 24), "stranger"), ((b"1" * 24, b"1" * 24), "anna")],
)
def test_key_made_at_the_start_logs_everybody_out_at_the_next_one(keys, greeting):
    """os.urandom(24) gives each process a different key."""
    before, after = (make_app(key) for key in keys)
    cookie = before.test_client().get("/login").headers["Set-Cookie"].partition(";")[0]
    client = after.test_client(use_cookies=False)
    assert client.get("/", headers={"Cookie": cookie}).text == greeting


def test_session_outlives_a_restart_with_the_same_key():
    """The values are in the cookie, and the new process can read it."""
    client = make_app("tea").test_client()
    client.get("/login")
    restarted = make_app("tea")
    client.application = restarted
    assert client.get("/").text == "anna"


def starts_with_a_slash(target):
    return target.startswith("/")


def has_no_host(target):
    return not urlsplit(target).netloc


@pytest.mark.parametrize(
    ("check", "target", "location"),
    [
        (starts_with_a_slash, "//evil.example", "//evil.example"),
        (has_no_host, "https:///evil.example", "https:///evil.example"),
    ],
)
def test_simple_check_of_next_lets_another_site_through(app, check, target, location):
    """Flask redirects to //evil.example and to https:///evil.example, another host."""

    def login():
        goal = request.args["next"]
        return redirect(goal if check(goal) else "/")

    app.add_url_rule("/login", "login", login)
    client = app.test_client()
    response = client.get("/login", query_string={"next": target})
    assert response.location == location
    outside = client.get("/login", query_string={"next": "https://evil.example"})
    assert outside.location == "/"
