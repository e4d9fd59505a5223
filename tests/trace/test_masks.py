"""What differs from run to run is masked; what a reader needs is not."""

from pathlib import Path
from tempfile import gettempdir

import pytest
from flask import Flask, session

from hookbook.trace.masks import mask
from hookbook.trace.values import excerpt, show


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Sat, 21 Nov 2026 09:33:17 GMT", "<date>"),
        # In the Expires of a cookie of old Werkzeug versions.
        (
            "x; Expires=Sat, 21-Nov-2026 09:33:17 GMT; Path=/",
            "x; Expires=<date>; Path=/",
        ),
        ("<object object at 0x7f4f77571610>", "<object object at 0x…>"),
        ("Werkzeug/3.1.9", "Werkzeug/<version>"),
        ("werkzeug/2.2.3", "Werkzeug/<version>"),
        ('"1795253597.0-8-3170966"', '"<etag>"'),
        ("id 0779b8f565ec436cb81066b54d473b1a", "id <random id>"),
        ("g.started = 4392.371500434", "g.started = <time>"),
        ("bakery;dur=0.406", "bakery;dur=<time>"),
        # A browser's clock has three decimals, and drops a zero at their end.
        ("wrote_at=1795770416.38", "wrote_at=<time>"),
        ("app;dur=125.0", "app;dur=125.0"),
        (f"open {Path.cwd()}/snippets/a.py", "open snippets/a.py"),
        (f"{Path(__file__).parents[2]}/x", "x"),
        (f"sent {gettempdir()}/tmpk3_1x.csv.", "sent <temporary file>."),
    ],
)
def test_what_differs_is_masked(text, masked):
    assert mask(text) == masked


def test_a_signed_cookie_is_masked():
    app = Flask(__name__)
    app.secret_key = "only for the test"
    with app.test_request_context():
        session["user"] = "ada"
        response = app.make_response("")
        app.session_interface.save_session(app, session, response)
    cookie = response.headers["Set-Cookie"]
    assert mask(cookie) == "session=<signed>; HttpOnly; Path=/"


@pytest.mark.parametrize(
    "text",
    [
        "21 Nov 2026",
        "0x1f",
        "text/html; charset=utf-8",
        '"a-tag-of-the-authors"',
        "language=fr; Path=/; SameSite=Lax",
        "/static/app.min.js",
        "one.two.three",
        "KeyError: 'user'",
        "48.856613, 2.352222",
    ],
)
def test_what_is_stable_stays(text):
    assert mask(text) == text


def test_an_excerpt_is_bounded():
    assert excerpt("x" * 200) == "x" * 200
    assert excerpt("x" * 201) == "x" * 199 + "…"


class Broken:
    def __repr__(self):
        raise LookupError


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("ada", "'ada'"),
        ({"b", "a", "c"}, "{'a', 'b', 'c'}"),
        ([frozenset("ba")], "[frozenset({'a', 'b'})]"),
        ({"b": 1, "a": {2, 1}}, "{'b': 1, 'a': {1, 2}}"),
        ({}, "{}"),
        (("x",) * 30, repr(("x",) * 30)),
        (10**30, str(10**30)),
        (Broken(), "<tests.trace.test_masks.Broken object at 0x…>"),
        ([Broken()], "[<tests.trace.test_masks.Broken object at 0x…>]"),
    ],
)
def test_a_value_is_shown_in_a_fixed_order(value, text):
    assert show(value) == text


def test_a_value_that_contains_itself_is_shown():
    value = {}
    value["self"] = value
    assert "…" in show(value)
