"""The other ways to change a response early, and their limits."""

import pytest
from flask import after_this_request, g, make_response, request

HTTPS = {"base_url": "https://localhost"}


@pytest.fixture
def blog_app(app):
    """An app that returns a response from before_request, to set a cookie on it."""

    @app.before_request
    def set_visited_cookie():
        if "visited" in request.cookies:
            return None
        response = make_response()
        response.set_cookie("visited", "yes", secure=True, httponly=True)
        return response

    app.add_url_rule("/", view_func=lambda: "Newest post: Hello", endpoint="index")
    return app


def test_response_made_in_before_request_sets_the_cookie_but_loses_the_page(blog_app):
    """The cookie arrives; the view was never called, and the page is empty."""
    response = blog_app.test_client().get("/")
    assert response.headers["Set-Cookie"].startswith("visited=yes; ")
    assert (response.status_code, response.data) == (200, b"")


def test_second_request_with_the_cookie_gets_the_page(blog_app):
    """The before_request function returns None, and the view is called."""
    client = blog_app.test_client()
    client.get("/", **HTTPS)
    assert client.get("/", **HTTPS).text == "Newest post: Hello"


@pytest.fixture
def theme_app(app):
    """An app that decides before the view, and sets the cookie in a hook."""

    @app.before_request
    def return_health_check():
        return "ok" if request.path == "/health" else None

    @app.before_request
    def choose_theme():
        g.theme = "dark" if request.args.get("theme") == "dark" else "light"

    @app.after_request
    def set_theme_cookie(response):
        response.set_cookie("theme", g.theme)
        return response

    app.add_url_rule("/", view_func=lambda: f"Blog in {g.theme}", endpoint="index")
    return app


def test_decision_kept_on_g_can_be_used_by_a_hook(theme_app):
    """before_request decides, after_request sets the cookie."""
    response = theme_app.test_client().get("/?theme=dark")
    assert response.text == "Blog in dark"
    assert response.headers["Set-Cookie"] == "theme=dark; Path=/"


def test_hook_misses_the_value_on_g_after_an_early_answer(theme_app):
    """The function that sets g.theme was skipped; the hook was not."""
    theme_app.testing = True
    with pytest.raises(AttributeError, match=r"^theme$"):
        theme_app.test_client().get("/health")


def test_hook_misses_the_value_on_g_as_a_500_page_in_production(theme_app):
    """The early return is lost as well: the health check gets a 500."""
    response = theme_app.test_client().get("/health")
    assert response.status_code == 500
    assert response.text != "ok"


def test_callback_is_simply_not_deferred_after_an_early_answer(app):
    """With after_this_request nothing runs that was not registered."""
    app.testing = True
    app.before_request(lambda: "ok")

    @app.before_request
    def choose_language():
        g.language = "de"

        @after_this_request
        def remember_language(response):
            response.set_cookie("language", g.language)
            return response

    response = app.test_client().get("/")
    assert response.text == "ok"
    assert "Set-Cookie" not in response.headers


def test_missing_value_on_g_can_be_asked_for_with_get(app):
    """g.get gives None, so a hook that may come too early can test for it."""

    @app.after_request
    def remember_language(response):
        if g.get("language"):
            response.set_cookie("language", g.language)
        return response

    response = app.test_client().get("/")
    assert "Set-Cookie" not in response.headers


def test_after_this_request_changes_the_body_before_any_hook_counts_it(app):
    """The same app with after_this_request counts all characters."""

    @app.after_request
    def count_characters(response):
        characters = len(response.get_data(as_text=True))
        response.headers["X-Characters"] = characters
        return response

    @app.get("/score")
    def show_score():
        @after_this_request
        def add_period(response):
            score = response.get_data(as_text=True)
            response.set_data(f"{score} (half-time)")
            return response

        return "Home 2 : 1 Away"

    assert app.test_client().get("/score").headers["X-Characters"] == "27"
