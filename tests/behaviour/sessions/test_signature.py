"""Which session cookies are read: signatures and secret keys."""

import hashlib
from datetime import timedelta

import pytest
from flask import Flask

from tests.behaviour.sessions.cookies import cookie, send
from tests.behaviour.versions import FLASK

# Written by Flask 2.2 with the secret key "tea".
OLD_COOKIE = "eyJjdXAiOiJncmVlbiJ9.awFsoQ.X8Cf-7To9ppVFbInQn5YcXB2pmQ"


def visit(app, value):
    return send(app, "/show", value).json


def test_session_cookie_with_a_wrong_signature_is_an_empty_session(basket):
    """It is no error: the visitor starts with an empty session."""
    value = cookie(basket.test_client().get("/add/tea"))[1]
    assert visit(basket, value) == {"tea": 1}
    assert visit(basket, value[:-2]) == {}
    assert visit(basket, "x" + value) == {}
    assert visit(basket, "nonsense") == {}
    assert visit(basket, "") == {}


def test_refused_session_cookie_is_neither_logged_nor_deleted(basket, caplog):
    """Nothing is raised either; the cookie stays until the session is written."""
    value = cookie(basket.test_client().get("/add/tea"))[1]
    basket.testing = True
    response = send(basket, "/show", value[:-2])
    assert (response.status_code, response.json) == (200, {})
    assert "Set-Cookie" not in response.headers
    assert caplog.records == []


def test_signed_session_cookie_that_cannot_be_read_is_a_crash(basket):
    """Only someone with the secret key can make one, so it's no visitor's mistake."""
    serializer = basket.session_interface.get_signing_serializer(basket)
    signed = serializer.make_signer(serializer.salt).sign(b"nonsense").decode()
    assert send(basket, "/show", signed).status_code == 500


@pytest.mark.parametrize("key_derivation", ["hmac", "concat", "django-concat"])
def test_secret_key_counts_in_every_way_of_signing(basket, key_derivation):
    """A session signed with another key isn't read."""
    interface = type(Flask.session_interface)
    basket.session_interface = type(
        "Other", (interface,), {"key_derivation": key_derivation}
    )()
    value = cookie(basket.test_client().get("/add/tea"))[1]
    assert visit(basket, value) == {"tea": 1}
    basket.secret_key = "coffee"
    assert visit(basket, value) == {}


def test_session_cookie_of_another_secret_key_is_an_empty_session(basket):
    """A new secret key logs everyone out."""
    value = cookie(basket.test_client().get("/add/tea"))[1]
    basket.secret_key = "coffee"
    assert visit(basket, value) == {}


def test_session_cookie_of_an_older_flask_is_read(basket):
    """Salt, digest and key derivation stay: an upgrade logs no one out."""
    basket.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=36500)
    assert visit(basket, OLD_COOKIE) == {"cup": "green"}


def test_secret_key_may_be_bytes(basket):
    """The same key as str signs the same."""
    value = cookie(basket.test_client().get("/add/tea"))[1]
    basket.secret_key = b"tea"
    assert visit(basket, value) == {"tea": 1}


def test_old_secret_keys_are_accepted_as_fallbacks_since_flask_3_1(basket):
    """SECRET_KEY_FALLBACKS: cookies of an older key are read, and signed again."""
    old = cookie(basket.test_client().get("/add/tea"))[1]
    basket.config["SECRET_KEY_FALLBACKS"] = ["milk", "tea"]
    basket.secret_key = "coffee"
    expected = {"tea": 1} if FLASK >= (3, 1) else {}
    assert visit(basket, old) == expected
    new = cookie(basket.test_client().get("/add/cup"))[1]
    basket.config["SECRET_KEY_FALLBACKS"] = None
    assert visit(basket, new) == {"cup": 1}


def test_session_interface_may_sign_in_another_way(basket):
    """salt, key_derivation and digest_method are the attributes to change."""
    value = cookie(basket.test_client().get("/add/tea"))[1]
    for changed in (
        {"salt": "other"},
        {"key_derivation": "concat"},
        {"digest_method": staticmethod(hashlib.sha256)},
    ):
        basket.session_interface = type(
            "Other", (type(Flask.session_interface),), changed
        )()
        assert visit(basket, value) == {}
        other = cookie(basket.test_client().get("/add/cup"))[1]
        assert visit(basket, other) == {"cup": 1}
