"""Values that a header, a cookie or a response doesn't take."""

import json
import warnings
from importlib.metadata import version
from urllib.parse import quote

import pytest
from flask import jsonify, make_response, redirect, request
from packaging.version import Version

WERKZEUG = Version(version("werkzeug")).release
NEWLINE = (
    "Header values must not contain newline characters."
    if WERKZEUG >= (2, 3)
    else "Detected newline in header value.  This is a potential security problem"
)


def expected(value):
    """Return how the message about a cookie's value begins."""
    if WERKZEUG >= (2, 3):
        return "expected string or bytes-like object"
    return "'NoneType' object is not iterable" if value is None else "Expected bytes"


def changed(app, change, body="Tea"):
    """Return the response to a request whose after_request function calls `change`."""
    app.testing = True
    app.add_url_rule("/", "index", lambda: body)

    @app.after_request
    def hook(response):
        change(response)
        return response

    return app.test_client().get("/")


@pytest.mark.parametrize("value", [5, 5.5, True, None, ["tea"], {"tea": 1}], ids=repr)
@pytest.mark.parametrize("place", ["view", "hook"])
def test_cookie_value_that_is_no_text_is_a_type_error(app, place, value):
    """Its message names the type on Python 3.11, and is older before Werkzeug 2.3."""
    if place == "hook":
        with pytest.raises(TypeError) as caught:
            changed(app, lambda response: response.set_cookie("visits", value))
    else:
        app.testing = True
        app.add_url_rule("/", "i", lambda: make_response("").set_cookie("v", value))
        with pytest.raises(TypeError) as caught:
            app.test_client().get("/")
    assert str(caught.value).startswith(expected(value))


def test_bytes_as_a_cookie_value_are_refused_since_werkzeug_3(app):
    """Before, they were decoded; Werkzeug 2.3 warned."""
    if WERKZEUG < (3, 0):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            response = changed(app, lambda r: r.set_cookie("tea", b"green"))
        assert response.headers["Set-Cookie"] == "tea=green; Path=/"
        return
    with pytest.raises(TypeError) as caught:
        changed(app, lambda response: response.set_cookie("tea", b"green"))
    assert str(caught.value) == "cannot use a string pattern on a bytes-like object"


@pytest.mark.parametrize(
    "value",
    [str(5), b"green".decode(), json.dumps({"tea": 1}), str(None)],
)
def test_cookie_value_that_was_made_text_comes_back(app, value):
    """As text: a number, bytes, a dict, and the word None."""
    app.add_url_rule("/read", "read", lambda: request.cookies["visits"])
    changed(app, lambda response: response.set_cookie("visits", value))
    client = app.test_client()
    client.get("/")
    assert client.get("/read").text == value


@pytest.mark.parametrize("value", ["tea\ncups", "tea\r\ncups", "tea\rcups", "tea\n"])
@pytest.mark.parametrize("way", ["set", "add", "tuple"])
def test_newline_in_a_header_is_a_value_error(app, way, value):
    """In a hook that sets or adds it, and in what a view returns."""
    body = ("Tea", {"X-Shop": value}) if way == "tuple" else "Tea"

    def change(response):
        if way == "set":
            response.headers["X-Shop"] = value
        elif way == "add":
            response.headers.add("X-Shop", value)

    with pytest.raises(ValueError, match="newline") as caught:
        changed(app, change, body)
    assert str(caught.value) == NEWLINE


def test_newline_in_a_redirect_is_an_error_since_werkzeug_2_3(app):
    """Before, it was percent-encoded."""
    if WERKZEUG < (2, 3):
        assert redirect("/tea\ncups").location == "/tea%0Acups"
        return
    with pytest.raises(ValueError, match="newline") as caught:
        redirect("/tea\ncups")
    assert str(caught.value) == NEWLINE


def test_newline_in_a_cookie_value_is_quoted(app):
    """And comes back as it was."""
    app.add_url_rule("/read", "read", lambda: [request.cookies["tea"]])
    response = changed(app, lambda response: response.set_cookie("tea", "a\nb"))
    assert "\n" not in response.headers["Set-Cookie"]
    client = app.test_client()
    client.get("/")
    assert client.get("/read").json == ["a\nb"]


@pytest.mark.parametrize(
    ("value", "sent"), [("1.2\n".strip(), "1.2"), (quote("tea\ncups"), "tea%0Acups")]
)
def test_text_that_is_stripped_or_quoted_may_be_in_a_header(app, value, sent):
    """It has no newline."""
    response = changed(app, lambda r: r.headers.__setitem__("X-Shop", value))
    assert response.headers["X-Shop"] == sent


@pytest.mark.parametrize("name", ["json", "cache_control"])
def test_response_takes_no_items_and_no_json(app, name):
    """Nor does it take a text as its cache_control."""
    with app.app_context():
        response = jsonify(total=1)
    with pytest.raises(AttributeError, match=name):
        setattr(response, name, "no-store")
    with pytest.raises(TypeError) as caught:
        response["X-Shop"] = "corner"
    assert str(caught.value) == "'Response' object does not support item assignment"


@pytest.mark.parametrize("read", ["json", "get_json"])
def test_json_that_a_response_returns_is_a_copy(app, read):
    """It's read from the body again with each call; request.get_json() keeps it."""

    def change(response):
        data = response.json if read == "json" else response.get_json()
        data["total"] = 2

    assert changed(app, change, {"total": 1}).json == {"total": 1}


def test_dict_as_the_data_of_a_response_fails_when_it_is_sent(app):
    """Since Werkzeug 2.3; before, it fails in the hook."""
    seen = []

    def change(response):
        response.data = {"total": 2}
        seen.append("hook went on")

    with pytest.raises(TypeError) as caught:
        _ = changed(app, change).data
    if WERKZEUG >= (2, 3):
        assert str(caught.value).endswith("expected a bytes-like object, dict found")
    assert seen == (["hook went on"] if WERKZEUG >= (2, 3) else [])


def test_headers_replaced_by_a_dict_lose_the_content_type(app):
    """The dict is all there is."""
    response = changed(app, lambda r: setattr(r, "headers", {"X-Shop": "corner"}))
    assert (response.status_code, response.headers["X-Shop"]) == (200, "corner")
    assert "Content-Type" not in response.headers


def test_header_set_to_none_is_the_text_none(app):
    """As each value, it's made text."""
    response = changed(app, lambda r: r.headers.__setitem__("X-Shop", None))
    assert response.headers["X-Shop"] == "None"


def test_status_of_a_word_has_the_code_0(app):
    """A status begins with its code."""
    response = changed(app, lambda r: setattr(r, "status", "Created"))
    assert (response.status, response.status_code) == ("0 Created", 0)


def test_lines_of_the_last_column_change_the_response(app):
    """Body, headers and status are what was set."""

    def change(response):
        response.data = json.dumps({"total": 2})
        response.headers["Cache-Control"] = "no-store"
        response.headers.update({"X-Tea": "green", "X-Shop": "corner"})
        response.headers.pop("X-Tea", None)
        response.status_code = 201

    response = changed(app, change, {"total": 1})
    assert (response.status_code, response.json) == (201, {"total": 2})
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Shop"] == "corner"
    assert response.headers["Content-Type"] == "application/json"
    assert "X-Tea" not in response.headers
