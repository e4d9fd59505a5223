"""A cookie on a response that shared caches may keep."""

from datetime import timedelta

import pytest
from flask import (
    after_this_request,
    jsonify,
    make_response,
    session,
)

from hookbook.explain.findings import findings

from .running import found, recorded

# Cookies in shared caches


def cached(value, **cookie):
    def make(app):
        @app.get("/")
        def page():
            response = make_response("page")
            response.headers["Cache-Control"] = value
            return response

        @app.after_request
        def set_theme(response):
            response.set_cookie("theme", "dark", **cookie)
            return response

    return make


SHARED = ["public", "max-age=60", "public, max-age=60", "max-age=0, s-maxage=60",
          "Public, Max-Age=60", "must-revalidate, max-age=60"]  # fmt: skip
NOT_SHARED = ["private, max-age=60", "no-store", "no-cache", "max-age=0", "s-maxage=0",
              "public, max-age=0", 'max-age=60, no-cache="Set-Cookie"', "immutable",
              "private, s-maxage=60", "max-age=nonsense"]  # fmt: skip


@pytest.mark.parametrize("value", SHARED)
def test_a_cookie_that_a_shared_cache_may_keep(value):
    assert found(cached(value)) == [("cookie-in-shared-cache", "set_theme")]


@pytest.mark.parametrize("value", NOT_SHARED)
def test_a_cookie_that_no_shared_cache_keeps(value):
    assert found(cached(value)) == []


def deleted(app):
    @app.get("/")
    def sign_out():
        response = make_response("bye")
        response.cache_control.public = True
        response.delete_cookie("token")
        return response


def session_set_and_cached(app):
    @app.get("/")
    def sign_out():
        session["user"] = "ann"
        return "page", {"Cache-Control": "public, max-age=60"}


def refreshed(app):
    @app.get("/")
    def sign_out():
        session["user"] = "ann"
        session.permanent = True
        return "page", {"Cache-Control": "no-store"}

    @app.get("/news")
    def news():
        return "news", {"Cache-Control": "public, max-age=60"}

    app.permanent_session_lifetime = timedelta(days=1)


def by_a_callback_of_the_view(app):
    @app.get("/")
    def page():
        @after_this_request
        def sign_out(response):
            response.set_cookie("theme", "dark")
            return response

        return jsonify([]), {"Cache-Control": "s-maxage=60"}


@pytest.mark.parametrize(
    "make", [deleted, session_set_and_cached, by_a_callback_of_the_view]
)
def test_whose_cookie_it_is(make):
    assert found(make) == [("cookie-in-shared-cache", "sign_out")]


def test_a_cookie_that_is_deleted():
    (one,) = findings(recorded(deleted))
    assert one.sentence == (
        "The view function `sign_out` deletes the cookie `token` on a response with"
        " `Cache-Control: public`, so a shared cache may repeat it to other clients."
    )


def posted(app):
    @app.post("/")
    def page():
        response = make_response("page")
        response.set_cookie("theme", "dark")
        response.cache_control.public = True
        return response


def varies_on_everything(app):
    @app.get("/")
    def page():
        response = make_response("page")
        response.set_cookie("theme", "dark")
        response.cache_control.public = True
        response.headers["Vary"] = "*"
        return response


def no_cookie(app):
    @app.get("/")
    def page():
        return "page", {"Cache-Control": "public, max-age=60"}


@pytest.mark.parametrize("make", [posted, varies_on_everything, no_cookie])
def test_no_cookie_that_a_cache_repeats(make):
    assert found(make, "GET /", "POST /") == []


def test_a_session_that_is_refreshed_on_a_public_page():
    first, second = recorded(refreshed, "/", "/news")
    assert findings([first]) == []
    found_in = findings([first, second])
    told = [(one.kind, one.function, one.request) for one in found_in]
    assert told == [("cookie-in-shared-cache", "news", 2)]
