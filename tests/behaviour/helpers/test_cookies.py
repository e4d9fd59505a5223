"""Cookies of a view and of a hook, and when the request has them."""

import pytest
from flask import after_this_request, make_response, redirect, request

from snippets.questions import cookie_in_a_view

HTTPS = {"base_url": "https://shop.example"}


@pytest.mark.parametrize("kind", ["view", "after_request", "after_this_request"])
def test_cookie_that_was_just_set_is_not_in_request_cookies(app, steps, kind):
    """request.cookies is what the browser sent: the next request has it."""

    def set_cookie(response):
        response.set_cookie("lang", "de")
        steps.append(request.cookies.get("lang"))
        return response

    if kind == "after_request":
        app.after_request(set_cookie)

    @app.get("/")
    def index():
        if kind == "after_this_request":
            after_this_request(set_cookie)
        response = make_response("Tea")
        return set_cookie(response) if kind == "view" else response

    client = app.test_client()
    client.get("/")
    client.get("/")
    assert steps == [None, "de"]


@pytest.mark.parametrize("value", ["page", "redirect"])
def test_view_sets_a_cookie_on_the_response_that_it_returns(app, value):
    """On that of a template and on a redirect."""
    client = cookie_in_a_view.app.test_client()
    response = client.get("/" if value == "page" else "/choose/de", **HTTPS)
    assert response.headers["Set-Cookie"].startswith(
        "visited=yes" if value == "page" else "lang=de"
    )


@pytest.mark.parametrize("value", ["page", "redirect"])
def test_cookie_set_on_another_response_is_not_sent(app, value):
    """make_response makes a new one with each call."""

    @app.get("/")
    def index():
        make_response("Tea").set_cookie("lang", "de")
        return "Tea" if value == "page" else redirect("/login")

    assert "Set-Cookie" not in app.test_client().get("/").headers


@pytest.mark.parametrize("kind", ["after_request", "after_this_request"])
def test_cookie_set_by_view_and_hook_is_sent_twice_and_the_later_counts(app, kind):
    """Two Set-Cookie lines, in this order; the test client keeps the later."""

    def set_cookie(response):
        response.set_cookie("lang", "fr")
        return response

    if kind == "after_request":
        app.after_request(set_cookie)

    @app.get("/")
    def index():
        if kind == "after_this_request":
            after_this_request(set_cookie)
        response = make_response(str(request.cookies.get("lang")))
        response.set_cookie("lang", "de")
        return response

    client = app.test_client()
    lines = client.get("/").headers.getlist("Set-Cookie")
    assert lines == ["lang=de; Path=/", "lang=fr; Path=/"]
    assert client.get("/").text == "fr"
