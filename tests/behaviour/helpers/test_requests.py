"""What Flask's request and response add to Werkzeug's."""

import json
from importlib.metadata import version

import pytest
from flask import Blueprint, Request, Response, g, request
from packaging.version import Version
from werkzeug.exceptions import BadRequest

from tests.behaviour.versions import FLASK

WERKZEUG = Version(version("werkzeug")).release
LIMITS = "MAX_CONTENT_LENGTH", "MAX_FORM_MEMORY_SIZE", "MAX_FORM_PARTS"
FORM = {"tea": "green", "cups": "2"}


@pytest.fixture
def shop(app):
    """An app that says what matched, and reads forms and JSON."""
    inner = Blueprint("inner", __name__, url_prefix="/inner")
    outer = Blueprint("outer", __name__, url_prefix="/outer")

    def tell():
        return [request.endpoint, request.blueprint, request.blueprints]

    for place in (app, inner, outer):
        place.add_url_rule("/tell", "tell", tell)
    outer.register_blueprint(inner)
    app.register_blueprint(outer)
    app.add_url_rule("/form", "form", lambda: dict(request.form), methods=["POST"])
    app.add_url_rule("/data", "data", lambda: [request.json], methods=["POST"])
    app.add_url_rule(
        "/file", "file", lambda: request.files["file"].filename, methods=["POST"]
    )
    return app


def test_request_knows_its_endpoint_and_blueprints(shop):
    """The innermost blueprint first."""
    client = shop.test_client()
    assert client.get("/tell").json == ["tell", None, []]
    assert client.get("/outer/tell").json == ["outer.tell", "outer", ["outer"]]
    nested = ["outer.inner.tell", "outer.inner", ["outer.inner", "outer"]]
    assert client.get("/outer/inner/tell").json == nested


def test_request_that_matched_nothing_has_no_endpoint(shop):
    """No rule, no arguments, no blueprint; the error is on the request."""
    with shop.test_request_context("/nowhere"):
        assert request.endpoint is None
        assert (request.url_rule, request.view_args) == (None, None)
        assert (request.blueprint, request.blueprints) == (None, [])
        assert request.routing_exception.code == 404


def test_request_of_its_own_has_matched_nothing():
    """Outside an app there are no routes."""
    own = Request.from_values("/tell", method="POST", data=FORM)
    assert own.form.to_dict() == FORM
    assert (own.endpoint, own.blueprint, own.blueprints) == (None, None, [])
    assert own.routing_exception is None


@pytest.mark.skipif(FLASK < (3, 1), reason="Before Flask 3.1 only one can be set.")
@pytest.mark.parametrize("setting", LIMITS)
def test_limit_can_be_set_for_one_request(shop, setting):
    """Before a function reads the body; the configuration is for the others."""
    name = setting.lower()
    shop.config[setting] = 1

    @shop.before_request
    def allow():
        if "more" in request.args:
            setattr(request, name, 1000)
        g.limit = getattr(request, name)

    @shop.after_request
    def tell(response):
        response.headers["X-Limit"] = g.limit
        return response

    def post(url):
        return shop.test_client().post(
            url, data=FORM, content_type="multipart/form-data"
        )

    refused, taken = post("/form"), post("/form?more=1")
    assert (refused.status_code, refused.headers["X-Limit"]) == (413, "1")
    assert (taken.json, taken.headers["X-Limit"]) == (FORM, "1000")


@pytest.mark.skipif(FLASK < (3, 1), reason="Before Flask 3.1 only one can be set.")
def test_limit_of_zero_for_one_request_counts(shop):
    """It isn't the same as no limit."""
    with shop.test_request_context(method="POST", data="tea"):
        for setting in LIMITS:
            setattr(request, setting.lower(), 0)
            assert getattr(request, setting.lower()) == 0


@pytest.mark.skipif(FLASK < (3, 1), reason="Before Flask 3.1 only one can be set.")
def test_limits_without_an_app_are_those_of_werkzeug():
    """None for the body, 500,000 bytes and 1,000 parts for a form."""
    own = Request.from_values("/")
    found = [getattr(own, setting.lower()) for setting in LIMITS]
    assert found == [None, 500_000, 1_000]


def test_limit_of_the_body_without_an_app_is_none():
    """It is the app's setting."""
    assert Request.from_values("/").max_content_length is None


def test_bad_json_is_a_400_that_tells_nothing_in_production(shop):
    """In debug mode the message says where the JSON ends."""
    client = shop.test_client()
    bad = {"data": "{", "content_type": "application/json"}
    quiet = client.post("/data", **bad)
    assert quiet.status_code == 400
    assert "Failed to decode JSON" not in quiet.text
    shop.debug = True
    told = client.post("/data", **bad)
    assert told.status_code == 400
    assert "Failed to decode JSON" in told.text


def test_body_of_another_type_is_no_bad_json(shop):
    """A 415 since Werkzeug 2.3, and a 400 before."""
    response = shop.test_client().post("/data", data="1", content_type="text/plain")
    assert response.status_code == (415 if WERKZEUG >= (2, 3) else 400)


def test_bad_json_without_an_app_tells_nothing():
    """The error that says what is wrong is its cause."""
    own = Request.from_values("/", data="{", content_type="application/json")
    with pytest.raises(BadRequest) as caught:
        _ = own.json
    assert caught.value.description == BadRequest.description
    assert isinstance(caught.value.__cause__, BadRequest)


def test_request_and_response_use_the_json_of_the_app(shop):
    """Its provider reads bodies, and those of responses in tests."""

    class Provider(type(shop.json)):
        def loads(self, text, **options):
            return ["own", json.loads(text)]

    shop.json = Provider(shop)
    response = shop.test_client().post("/data", json=1)
    with shop.app_context():
        assert Response("2").get_json(force=True) == ["own", 2]
        made = Request.from_values(data="3", content_type="application/json")
        assert made.json == ["own", 3]
    assert response.text.split() == ['[["own",1]]']


def test_form_that_lacks_its_encoding_is_explained_in_debug_mode(shop):
    """The form sent only the name of a file: it needs multipart/form-data."""
    client = shop.test_client()
    assert client.post("/file", data={"file": "tea.txt"}).status_code == 400
    shop.debug = True
    with pytest.raises(KeyError, match="enctype"):
        client.post("/file", data={"file": "tea.txt"})
    # Where it can be nothing else, the error is an ordinary one.
    with pytest.raises(KeyError) as other:
        client.post("/file", data={"other": "tea.txt"})
    assert "enctype" not in str(other.value)
    with pytest.raises(KeyError) as encoded:
        client.post(
            "/file", data={"file": "tea.txt"}, content_type="multipart/form-data"
        )
    assert "enctype" not in str(encoded.value)


def test_response_is_html_and_its_location_stays_relative(app):
    """Werkzeug's is plain text."""
    app.add_url_rule("/", view_func=lambda: Response("x", 302, {"Location": "/tea"}))
    response = app.test_client().get("/")
    assert response.content_type == "text/html; charset=utf-8"
    assert response.headers["Location"] == "/tea"


def test_largest_cookie_is_the_apps_setting(app):
    """Without an app 4093 bytes; a larger one brings a warning."""
    assert Response().max_cookie_size == 4093
    app.config["MAX_COOKIE_SIZE"] = 20
    with app.app_context():
        response = Response()
        assert response.max_cookie_size == 20
        with pytest.warns(UserWarning, match="cookie is too large"):
            response.set_cookie("tea", "x" * 20)
