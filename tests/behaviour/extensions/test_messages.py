"""The errors of extensions that the page has: what raises each, and what fixes it."""

import re
from pathlib import Path

import pytest

from .entries import ENTRIES

pytestmark = pytest.mark.extensions


def test_page_of_extensions_has_an_entry_for_each_of_these_errors():
    """Each heading is compared with what was raised."""
    folder = Path(__file__).parent
    asked = {
        anchor
        for text in folder.glob("test_*.py")
        for anchor in re.findall(r'ENTRIES\["(\S+?)"\]', text.read_text("utf-8"))
    }
    assert len(asked) == 11
    assert set(ENTRIES) == asked


@pytest.fixture
def protected(app):
    """An app with the CSRF protection of Flask-WTF; / gives a token."""
    from flask_wtf import CSRFProtect
    from flask_wtf.csrf import CSRFError, generate_csrf

    app.secret_key = "only for tests"
    CSRFProtect(app)
    app.register_error_handler(CSRFError, lambda error: (error.description, 400))
    app.add_url_rule("/", "token", lambda: generate_csrf())
    app.add_url_rule("/save", "save", lambda: "saved", methods=["POST"])
    return app


def test_csrf_token_may_be_in_the_form_or_in_a_header(protected):
    """csrf_token of a form, X-CSRFToken of a script; without either it's missing."""
    client = protected.test_client()
    token = client.get("/").text
    assert client.post("/save").text == ENTRIES["csrf-token-missing"]
    assert client.post("/save", json={"csrf_token": token}).status_code == 400
    assert client.post("/save", data={"csrf_token": token}).text == "saved"
    assert client.post("/save", headers={"X-CSRFToken": token}).text == "saved"


def test_csrf_token_without_the_session_cookie_is_refused(protected):
    """The session holds the other half of it."""
    token = {"csrf_token": protected.test_client().get("/").text}
    response = protected.test_client().post("/save", data=token)
    assert response.status_code == 400
    assert response.text == ENTRIES["csrf-session-token-missing"]


def test_csrf_token_ends_after_its_time_limit(protected):
    """An hour, unless WTF_CSRF_TIME_LIMIT says otherwise."""
    assert protected.config["WTF_CSRF_TIME_LIMIT"] == 3600
    client = protected.test_client()
    token = {"csrf_token": client.get("/").text}
    assert client.post("/save", data=token).text == "saved"
    protected.config["WTF_CSRF_TIME_LIMIT"] = -1
    assert client.post("/save", data=token).text == "The CSRF token has expired."
    protected.config["WTF_CSRF_TIME_LIMIT"] = None
    assert client.post("/save", data=token).text == "saved"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/login"), ("GET", "/nothing"), ("OPTIONS", "/")]
)
def test_after_request_function_cannot_ask_for_a_token_that_was_not_checked(
    app, method, path
):
    """At a public view, at an unknown URL and for OPTIONS none was."""
    from flask import request
    from flask_jwt_extended import JWTManager, get_jwt, verify_jwt_in_request

    app.config.update(JWT_SECRET_KEY="x" * 32, TESTING=True)
    JWTManager(app)

    @app.before_request
    def require_token():
        if request.endpoint not in {"login", None}:
            verify_jwt_in_request()

    @app.after_request
    def renew(response):
        get_jwt()
        return response

    app.add_url_rule("/", "index", lambda: "shop")
    app.add_url_rule("/login", "login", lambda: "log in")
    with pytest.raises(RuntimeError) as raised:
        app.test_client().open(path, method=method)
    assert str(raised.value) == ENTRIES["jwt-not-checked"]


def test_flask_cors_refuses_an_asterisk_with_credentials(app):
    """With send_wildcard; otherwise it sends the origin back."""
    from flask_cors import CORS

    with pytest.raises(ValueError, match="supports_credentials") as raised:
        CORS(app, supports_credentials=True, send_wildcard=True)
    assert str(raised.value).startswith(ENTRIES["cors-credentials"])
