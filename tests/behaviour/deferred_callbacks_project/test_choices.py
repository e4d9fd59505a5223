"""The zine archive remembers what visitors choose, and tells caches so."""

import pytest
from flask import request
from werkzeug.middleware.proxy_fix import ProxyFix

from snippets.deferred_callbacks_project.remembered_choices import app as choosing_app
from snippets.deferred_callbacks_project.two_languages import app as plain_app
from snippets.deferred_callbacks_project.vary_where_read import app as varying_app
from snippets.deferred_callbacks_project.zine_archive import app as archive_app


def set_cookies(response):
    return [
        cookie.partition(";")[0] for cookie in response.headers.getlist("Set-Cookie")
    ]


def test_archive_speaks_the_language_that_the_browser_asks_for():
    """The best match among its own; English if there is none."""
    client = plain_app.test_client()
    pages = {
        wish: client.get("/", headers={"Accept-Language": wish}).text[:15]
        for wish in ("de", "de-AT", "fr", "en;q=0.5, de;q=0.7")
    }
    assert pages == {
        "de": '<html lang="de"',
        "de-AT": '<html lang="de"',
        "fr": '<html lang="en"',
        "en;q=0.5, de;q=0.7": '<html lang="de"',
    }


def test_choice_made_once_is_remembered_in_a_cookie():
    """One cookie for each choice, and none as long as nobody chooses."""
    client = choosing_app.test_client()
    assert set_cookies(client.get("/")) == []
    response = client.get("/?language=de&theme=dark")
    assert set_cookies(response) == ["language=de", "theme=dark"]
    assert 'lang="de" class="dark"' in client.get("/").text


def test_helper_keeps_each_callback_its_own_name_and_value():
    """The closure is made in a call of its own, not in the body of the loop."""
    client = choosing_app.test_client()
    response = client.get("/?theme=dark&language=de")
    assert set_cookies(response) == ["language=de", "theme=dark"]


@pytest.mark.parametrize("value", ["klingon", "", "de; Domain=evil.example"])
def test_unknown_choice_is_neither_used_nor_remembered(value):
    """The archive compares with its own values; what it does not know is dropped."""
    client = choosing_app.test_client()
    response = client.get("/", query_string={"language": value})
    assert set_cookies(response) == []
    assert 'lang="en"' in response.text


def test_forged_cookie_falls_back_to_the_default():
    """A cookie is input as well: only known values count."""
    client = choosing_app.test_client()
    client.set_cookie("theme", "neon")
    assert 'class="light"' in client.get("/").text


def test_cookies_of_the_archive_are_kept_from_scripts_and_other_sites():
    """HttpOnly and SameSite always; Secure when the request came over HTTPS."""
    client = choosing_app.test_client()
    plain = client.get("/?theme=dark").headers["Set-Cookie"]
    secure = client.get("/?theme=dark", base_url="https://localhost").headers[
        "Set-Cookie"
    ]
    assert "; HttpOnly; " in plain
    assert "SameSite=Lax" in plain
    assert "; Secure; " not in plain
    assert "; Secure; " in secure


def test_choice_is_remembered_on_an_error_page_too():
    """It was deferred before the 404 was raised."""
    response = choosing_app.test_client().get("/nowhere?theme=dark")
    assert (response.status_code, set_cookies(response)) == (404, ["theme=dark"])


def test_page_that_reads_a_choice_varies_and_one_that_does_not_is_left_alone():
    """The lookup defers the header, so a page cannot forget it."""
    client = varying_app.test_client()
    assert client.get("/").headers["Vary"] == "Accept-Language, Cookie"
    assert "Vary" not in client.get("/opening-hours.txt").headers


def test_vary_names_each_header_once_however_often_a_choice_is_read():
    """The set on the response drops duplicates; the callbacks need not know."""
    response = varying_app.test_client().get("/")
    assert response.headers.getlist("Vary") == ["Accept-Language, Cookie"]


def test_error_pages_of_the_archive_have_language_theme_and_vary():
    """The error handler renders with the same lookups as a view."""
    client = archive_app.test_client()
    response = client.get("/nowhere?language=de&theme=dark")
    assert response.text == '<html lang="de" class="dark"> 404'
    assert response.headers["Vary"] == "Accept-Language, Cookie"


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/"), ("GET", "/zines/lamp/loans")]
)
def test_error_page_of_the_archive_keeps_the_headers_of_the_error(method, path):
    """A 405 names the methods that are allowed."""
    response = archive_app.test_client().open(path, method=method)
    assert response.status_code == 405
    assert response.headers["Allow"]
    assert response.text == '<html lang="en" class="light"> 405'


def test_request_is_secure_behind_a_proxy_only_with_proxy_fix(app):
    """request.is_secure sees the proxy's own connection, unless ProxyFix is told."""
    app.add_url_rule("/", view_func=lambda: str(request.is_secure), endpoint="index")
    forwarded = {"X-Forwarded-Proto": "https"}
    assert app.test_client().get("/", headers=forwarded).text == "False"
    app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1)
    assert app.test_client().get("/", headers=forwarded).text == "True"
