"""The worked example: the visitor's language in a cookie."""

import pytest
from flask import Flask, after_this_request, make_response, request

from snippets.deferred_callbacks.remember_language import app as language_app


def greeting(accepted, client=None):
    """The response to a visitor whose browser asks for these languages."""
    client = client or language_app.test_client()
    headers = {"Accept-Language": accepted}
    return client.get("/", base_url="https://localhost", headers=headers)


@pytest.mark.parametrize(
    ("accepted", "text"),
    [
        ("fr", "Bonjour !"),
        ("en, de;q=0.5", "Hello!"),
        ("en;q=0.3, de;q=0.5", "Guten Tag!"),
        ("fr-CH", "Bonjour !"),
        ("es, pt;q=0.5", "Hello!"),
        ("", "Hello!"),
    ],
)
def test_first_visit_is_greeted_in_the_best_known_language(accepted, text):
    """Highest quality first; a region falls back to its language; else English."""
    assert greeting(accepted).text == text


def test_first_visit_without_accept_language_is_greeted_in_the_default():
    """A client that sends no Accept-Language gets English."""
    assert language_app.test_client().get("/").text == "Hello!"


def test_first_visit_sets_the_language_cookie():
    """The deferred callback sets the cookie on the response of the view."""
    cookie = greeting("fr, en;q=0.7").headers["Set-Cookie"]
    assert cookie.startswith("language=fr; ")


def test_language_cookie_lasts_a_year_and_is_kept_from_scripts():
    """It has Max-Age, Secure, HttpOnly and SameSite, none of which is the default."""
    parts = greeting("fr").headers["Set-Cookie"].split("; ")
    assert {"Max-Age=31536000", "Secure", "HttpOnly", "SameSite=Lax"} <= set(parts)


def test_cookie_without_settings_has_no_flags_and_ends_with_the_browser(app):
    """set_cookie(name, value) sends the path and nothing else."""

    @app.get("/")
    def index():
        response = make_response("Home")
        response.set_cookie("language", "fr")
        return response

    cookie = app.test_client().get("/").headers["Set-Cookie"]
    assert cookie == "language=fr; Path=/"


def test_page_in_the_language_of_a_visitor_varies_on_each_visit():
    """Caches are told what the page depends on, with the cookie and without."""
    client = language_app.test_client()
    first, second = greeting("fr", client), greeting("de", client)
    assert first.headers["Vary"] == second.headers["Vary"] == "Accept-Language, Cookie"


def test_before_request_function_runs_for_static_files(tmp_path):
    """So what it defers changes their responses, unless it checks the endpoint."""
    (tmp_path / "blog.css").write_text("h1 {}")
    app = Flask(__name__, static_folder=tmp_path, static_url_path="/static")

    @app.before_request
    def defer():
        asked.append(request.endpoint)

        @after_this_request
        def add_header(response):
            response.headers["X-Seen"] = "yes"
            return response

    asked = []
    with app.test_client().get("/static/blog.css") as response:
        assert (response.status_code, response.headers["X-Seen"]) == (200, "yes")
    assert asked == ["static"]


def test_static_files_get_no_language_cookie(monkeypatch, tmp_path):
    """The example returns before it defers anything."""
    (tmp_path / "blog.css").write_text("h1 {}")
    monkeypatch.setattr(language_app, "static_folder", str(tmp_path))
    with language_app.test_client().get("/static/blog.css") as response:
        assert response.status_code == 200
        assert "Set-Cookie" not in response.headers
        assert "Vary" not in response.headers


def test_second_visit_keeps_the_language_and_sets_no_cookie():
    """The cookie decides, whatever the browser now asks for."""
    client = language_app.test_client()
    greeting("fr, en;q=0.7", client)
    second = greeting("de", client)
    assert second.text == "Bonjour !"
    assert "Set-Cookie" not in second.headers


def test_language_cookie_of_an_unknown_language_is_replaced():
    """A cookie that names no known language counts as a first visit."""
    response = language_app.test_client().get(
        "/", headers={"Cookie": "language=tlh", "Accept-Language": "de"}
    )
    assert response.text == "Guten Tag!"
    assert response.headers["Set-Cookie"].startswith("language=de;")


def test_visitors_do_not_share_the_language():
    """Two clients, two cookies: nothing is kept in the application."""
    assert greeting("fr").text == "Bonjour !"
    assert greeting("de").text == "Guten Tag!"


def test_first_visit_to_an_unknown_url_sets_the_language_cookie_too():
    """before_request also runs for a 404, and so does what it deferred."""
    response = language_app.test_client().get("/nowhere")
    assert response.status_code == 404
    assert response.headers["Set-Cookie"].startswith("language=en;")


def test_exact_language_wins_over_a_preferred_one_with_a_region():
    """Werkzeug drops regions only if nothing matches exactly: de beats fr-CH here."""
    assert greeting("fr-CH, de;q=0.5").text == "Guten Tag!"
