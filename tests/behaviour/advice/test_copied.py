"""Claims of code that is copied from page to page, refuted."""

import time
from datetime import timedelta

import pytest
from flask import (
    abort,
    redirect,
    render_template_string,
    request,
    send_file,
    session,
    url_for,
)
from werkzeug.middleware.proxy_fix import ProxyFix

from tests.behaviour.advice.test_changes_of_responses import serving


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize(
    ("code", "method", "form"),
    [
        (None, "GET", {}),
        (301, "GET", {}),
        (302, "GET", {}),
        (303, "GET", {}),
        (307, "POST", {"tea": "2"}),
        (308, "POST", {"tea": "2"}),
    ],
)
def test_redirect_of_a_before_request_function_loses_a_form_unless_it_is_a_307_or_308(
    app, code, method, form, debug
):
    """A client repeats the request as a GET without a body, or sends it again."""
    app.debug = debug

    @app.before_request
    def redirect_old_address():
        if request.path == "/old":
            return redirect("/new", **({"code": code} if code else {}))

    @app.route("/new", methods=["GET", "POST"])
    def new():
        return {"method": request.method, "form": request.form}

    sent = {"data": {"tea": "2"}, "follow_redirects": True}
    response = app.test_client().post("/old", **sent)
    assert response.json == {"method": method, "form": form}


@pytest.fixture
def preferring(app):
    """An app that prefers https, and says what it takes a request for."""
    app.config["PREFERRED_URL_SCHEME"] = "https"

    @app.get("/")
    def index():
        return {"url": url_for("index", _external=True), "secure": request.is_secure}

    return app


def test_preferred_url_scheme_means_nothing_in_a_request_on_a_server(preferring):
    """Behind a proxy either; ProxyFix reads the proxy's header."""
    sent = {"Host": "shop.example", "X-Forwarded-Proto": "https"}
    with serving(preferring) as connection:
        connection.request("GET", "/", headers=sent)
        page = connection.getresponse().read()
    assert page.split() == b'{"secure":false,"url":"http://shop.example/"}'.split()
    preferring.wsgi_app = ProxyFix(preferring.wsgi_app, x_proto=1)
    with serving(preferring) as connection:
        connection.request("GET", "/", headers=sent)
        page = connection.getresponse().read()
    assert page.split() == b'{"secure":true,"url":"https://shop.example/"}'.split()


def test_test_client_takes_its_scheme_from_preferred_url_scheme(preferring):
    """So a test sees https; base_url asks as a server does."""
    client = preferring.test_client()
    assert client.get("/").json == {"url": "https://localhost/", "secure": True}
    plain = client.get("/", base_url="http://localhost").json
    assert plain == {"url": "http://localhost/", "secure": False}


def test_preferred_url_scheme_is_for_urls_outside_a_request(preferring):
    """With SERVER_NAME, in a command or a job."""
    preferring.config["SERVER_NAME"] = "shop.example"
    with preferring.app_context():
        assert url_for("index") == "https://shop.example/"
        preferring.config["PREFERRED_URL_SCHEME"] = "http"
    with preferring.app_context():
        assert url_for("index") == "http://shop.example/"


def test_proxy_fix_takes_no_number_of_proxies(app):
    """One count for each header took its place."""
    with pytest.raises(TypeError, match="unexpected keyword argument 'num_proxies'"):
        ProxyFix(app.wsgi_app, num_proxies=2)
    assert ProxyFix(app.wsgi_app, x_for=2, x_proto=2).x_for == 2


def test_header_that_is_assigned_again_has_the_last_value(app):
    """So no-store is gone, and public says that every cache may keep the page."""

    @app.after_request
    def add_header(response):
        response.headers["Cache-Control"] = "no-cache, no-store, must-revalidate"
        response.headers["Cache-Control"] = "public, max-age=0"
        return response

    app.add_url_rule("/", "index", lambda: "Orders of ada")
    headers = app.test_client().get("/").headers
    assert headers.getlist("Cache-Control") == ["public, max-age=0"]


@pytest.fixture
def by_role(app, monkeypatch):
    """Return a function that says who is logged in at a minute; admins have five."""
    app.secret_key = "tea"
    start = time.time()

    @app.before_request
    def limit_session():
        minutes = 5 if session.get("role") == "admin" else 60
        app.permanent_session_lifetime = timedelta(minutes=minutes)

    @app.get("/login/<role>")
    def log_in(role):
        session["role"] = role
        return role

    app.add_url_rule("/", "index", lambda: session.get("role", "stranger"))
    clients = {role: app.test_client() for role in ("user", "admin", "other")}

    def visit(minutes, who, path="/"):
        monkeypatch.setattr(time, "time", lambda: start + 60 * minutes)
        return clients[who].get(path).text

    return visit


def test_session_lifetime_that_a_hook_sets_is_that_of_the_next_request(by_role):
    """Of anybody: the session is opened before the hook, with the app's setting."""
    by_role(0, "user", "/login/user")
    by_role(0, "admin", "/login/admin")
    assert by_role(1, "user") == "user"
    assert by_role(10, "admin") == "admin"
    by_role(10, "other", "/login/admin")
    assert by_role(10, "other") == "admin"
    assert by_role(10, "user") == "stranger"


@pytest.mark.parametrize("kind", ["text", "template", "error", "file"])
def test_content_type_of_a_page_has_a_charset_and_its_mimetype_has_none(
    app, tmp_path, kind
):
    """So a comparison with text/html is never true."""
    tmp_path.joinpath("page.html").write_text("<p>Tea</p>")
    views = {
        "text": lambda: "<p>Tea</p>",
        "template": lambda: render_template_string("<p>Tea</p>"),
        "error": lambda: abort(404),
        "file": lambda: send_file(tmp_path / "page.html"),
    }
    app.add_url_rule("/", "index", views[kind])
    with app.test_client().get("/") as response:
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        assert response.mimetype == "text/html"
