"""When a session is opened, and what runs if that fails."""

import pytest
from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface


class Broken(SecureCookieSessionInterface):
    """Its store is down."""

    def open_session(self, app, request):
        raise ConnectionError("store is down")


def test_session_that_cannot_be_opened_meets_the_500_handler_and_no_other(app, steps):
    """No before_request function runs; after_request and teardown functions do."""
    app.session_interface = Broken()
    app.before_request(lambda: steps.append("before_request"))
    app.register_error_handler(ConnectionError, lambda error: ("handled", 503))
    app.register_error_handler(500, lambda error: ("sorry", 500))

    @app.after_request
    def note(response):
        steps.append("after_request")
        return response

    app.teardown_request(lambda error: steps.append(("request", type(error))))
    app.teardown_appcontext(lambda error: steps.append(("app", type(error))))
    response = app.test_client().get("/")
    assert (response.status_code, response.text) == (500, "sorry")
    assert steps == [
        "after_request",
        ("request", ConnectionError),
        ("app", ConnectionError),
    ]


@pytest.fixture
def steps():
    """Have the path of each session that was opened."""
    return []


@pytest.fixture
def shop(tmp_path, steps):
    """An app with a static file that opens no session for it, if told."""

    class Noting(SecureCookieSessionInterface):
        def open_session(self, app, request):
            if app.config.get("LEAVE_OUT") and request.path.startswith("/static/"):
                return self.make_null_session(app)
            steps.append(request.path)
            return super().open_session(app, request)

    (tmp_path / "shop.css").write_text("a {}", encoding="utf-8")
    shop = Flask("shop", static_folder=tmp_path, static_url_path="/static")
    shop.secret_key = "tea"
    shop.session_interface = Noting()

    @shop.get("/login")
    def log_in():
        session.permanent = True
        return session.setdefault("user", "ada")

    return shop


def test_session_is_opened_for_static_files_and_unknown_urls(shop, steps):
    """Before Flask knows which view will run."""
    for path, status in ("/static/shop.css", 200), ("/nowhere", 404):
        with shop.test_client().get(path) as response:
            assert response.status_code == status
    assert steps == ["/static/shop.css", "/nowhere"]


def test_open_session_may_return_the_null_session_for_static_files(shop, steps):
    """Nothing is looked up or saved for them, and pages keep their session."""
    shop.config["LEAVE_OUT"] = True
    client = shop.test_client()
    client.get("/login")
    with client.get("/static/shop.css") as response:
        assert response.text == "a {}"
        assert "Set-Cookie" not in response.headers
    assert client.get("/login").text == "ada"
    assert steps == ["/login", "/login"]
