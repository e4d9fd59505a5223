"""What a session keeps of a value, and an ID that you give it yourself."""

from datetime import datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from flask import Flask, session
from markupsafe import Markup


@pytest.fixture
def kept():
    """Return a function: what the next request finds of a value in the session."""
    app = Flask("shop", static_folder=None)
    app.secret_key = "only for tests"
    app.testing = True
    found = []
    client = app.test_client()

    def keep(value):
        app.view_functions["save"] = lambda: session.update(value=value) or "saved"
        assert client.get("/save").text == "saved"
        assert client.get("/show").text == "shown"
        return found.pop()

    app.add_url_rule("/save", "save")
    app.add_url_rule("/show", "show", lambda: found.append(session["value"]) or "shown")
    return keep


@pytest.mark.parametrize(
    "value",
    [
        "tea", 3, 2.5, None, True, ["tea"], {"tea": 1}, ("tea", 3), b"tea",
        UUID("12345678123456781234567812345678"), Markup("<b>tea</b>"),
    ],
)  # fmt: skip
def test_session_keeps_tuples_bytes_uuids_and_markup_as_they_are(kept, value):
    """Besides what JSON has; the type is the same in the next request."""
    found = kept(value)
    assert (type(found), found) == (type(value), value)


def test_session_keeps_a_time_in_utc_and_without_microseconds(kept):
    """A time without a time zone is taken for UTC."""
    berlin = timezone(timedelta(hours=2))
    assert kept(datetime(2026, 5, 4, 12, 30, 15, 999, berlin)) == datetime(
        2026, 5, 4, 10, 30, 15, tzinfo=timezone.utc
    )
    assert kept(datetime(2026, 5, 4, 12)).utcoffset() == timedelta(0)


def test_session_makes_texts_of_the_keys_of_a_dict(kept):
    """As JSON does, so the number is not found in the next request."""
    assert kept({1: "tea"}) == {"1": "tea"}


def test_session_id_of_your_own_lasts_as_long_as_the_session():
    """Flask's session has none; a random value in it is as good."""
    app = Flask("shop", static_folder=None)
    app.secret_key = "only for tests"
    app.add_url_rule("/", "index", lambda: session.setdefault("id", uuid4().hex))
    client, other = app.test_client(), app.test_client()
    first = client.get("/").text
    assert len(first) == 32
    assert client.get("/").text == first
    assert other.get("/").text != first


def test_request_inside_session_transaction_does_not_see_its_values():
    """They are saved at the end of the block, and the next request finds them."""
    app = Flask("shop", static_folder=None)
    app.secret_key = "only for tests"
    app.add_url_rule("/", "index", lambda: session.get("user", "nobody"))
    client = app.test_client()
    with client.session_transaction() as stored:
        stored["user"] = "ada"
        assert client.get("/").text == "nobody"
    assert client.get("/").text == "ada"


def test_time_in_the_session_comes_back_with_a_time_zone(kept):
    """So it can't be subtracted from a time without one."""
    found = kept(datetime(2026, 5, 4, 12))
    with pytest.raises(TypeError, match="subtract offset-naive and offset-aware"):
        datetime(2026, 5, 4, 13) - found
    assert datetime(2026, 5, 4, 13, tzinfo=timezone.utc) - found == timedelta(hours=1)
