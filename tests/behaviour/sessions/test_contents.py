"""What is in a session cookie, and which changes reach it."""

import base64
import json
import zlib

import pytest
from flask import session

from snippets.reference import session_in_a_test, session_nested
from tests.behaviour.sessions.cookies import cookie


def test_session_cookie_can_be_read_without_the_key(basket):
    """It is signed and not encrypted: base64 of JSON, compressed if that is shorter."""
    value = cookie(basket.test_client().get("/add/tea"))[1]
    payload = value.partition(".")[0]
    assert json.loads(base64.urlsafe_b64decode(payload + "==")) == {"tea": 1}

    long = cookie(basket.test_client().get("/add/" + "a" * 200))[1]
    payload = long.split(".")[1]
    decoded = zlib.decompress(base64.urlsafe_b64decode(payload + "=="))
    assert json.loads(decoded) == {"a" * 200: 1}


@pytest.mark.parametrize(
    "change",
    [
        lambda cart: cart["list"].append("tea"),
        lambda cart: cart["list"].sort(),
        lambda cart: cart["list"].clear(),
        lambda cart: cart["dict"].update(tea=1),
        lambda cart: cart["dict"]["inner"].pop("cup"),
    ],
)
def test_change_inside_a_list_or_dict_of_the_session_is_not_saved(app, change):
    """Only the session's own methods notice; modified = True saves it."""
    app.secret_key = "tea"
    kept = {"list": ["milk", "cup"], "dict": {"inner": {"cup": 1}}}

    @app.get("/<int:marked>")
    def index(marked):
        change(session)
        session.modified = bool(marked)
        return "Changed"

    client = app.test_client()
    for marked in False, True:
        with client.session_transaction() as stored:
            stored.update(kept)
        client.get(f"/{marked:d}")
        with client.session_transaction() as stored:
            assert (dict(stored) != kept) is marked


def test_value_assigned_again_is_saved():
    """The session notices each key that is set."""
    app = session_nested.app
    client = app.test_client()
    with client.session_transaction() as stored:
        stored["cart"] = ["tea"]
    with client.session_transaction() as stored:
        stored["cart"] = [*stored["cart"], "milk"]
    assert client.get("/").json == ["tea", "milk"]


def test_session_transaction_sets_what_the_next_request_finds():
    """And what the request has set is there in the next block."""
    client = session_in_a_test.app.test_client()
    with client.session_transaction() as stored:
        stored["user"] = "berta"
    assert client.get("/orders").text == "Orders of berta"
    with client.session_transaction() as stored:
        assert dict(stored) == {"user": "berta", "seen": True}


@pytest.mark.parametrize("value", [{"tea", "milk"}, object()], ids=["set", "object"])
def test_session_value_that_is_no_json_fails_when_the_session_is_saved(
    app, steps, value
):
    """After the hooks: they run again for the 500."""
    app.secret_key = "only for tests"
    app.after_request(lambda response: steps.append(response.status_code) or response)
    app.add_url_rule("/", "index", lambda: session.update(cart=value) or "Tea")
    assert app.test_client().get("/").status_code == 500
    assert steps == [200, 500]
    app.testing = True
    with pytest.raises(TypeError) as told:
        app.test_client().get("/")
    assert str(told.value) == (
        f"Object of type {type(value).__name__} is not JSON serializable"
    )
