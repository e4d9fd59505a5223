"""What Flask's list of changes dates to 2.2.0, as it works on every version since."""

import json

from flask import (
    Flask,
    abort,
    has_request_context,
    redirect,
    request,
    stream_with_context,
    url_for,
)  # fmt: skip
from flask.json.provider import DefaultJSONProvider


def test_redirect_of_flask_calls_the_method_of_the_app(steps):
    """An override is called with what the view gave."""

    class Shop(Flask):
        def redirect(self, location, code=302):
            steps.append((location, code))
            return super().redirect(location, code)

    app = Shop(__name__)
    app.add_url_rule("/", "index", lambda: redirect("/orders", 307))
    response = app.test_client().get("/")
    assert (response.location, steps) == ("/orders", [("/orders", 307)])


def test_abort_of_flask_calls_the_aborter_of_the_app(steps):
    """abort() and app.aborter() refuse a request in the same way."""
    app = Flask(__name__)
    raising = app.aborter

    def noting(code, *args, **kwargs):
        steps.append(code)
        raising(code, *args, **kwargs)

    app.aborter = noting
    app.add_url_rule("/", "index", lambda: abort(403))
    assert app.test_client().get("/").status_code == 403
    assert steps == [403]


def test_url_for_of_flask_calls_the_method_of_the_app(steps):
    """With the endpoint and the values."""

    class Shop(Flask):
        def url_for(self, endpoint, **values):
            steps.append(endpoint)
            return super().url_for(endpoint, **values)

    app = Shop(__name__)
    app.add_url_rule("/orders/<int:number>", "order", lambda number: "")
    with app.test_request_context():
        assert url_for("order", number=7) == "/orders/7"
    assert steps == ["order"]


def test_json_of_views_and_requests_goes_through_the_provider_of_the_app():
    """For the responses of jsonify and of dicts, and for request.get_json()."""

    class Upper(DefaultJSONProvider):
        def dumps(self, obj, **kwargs):
            return json.dumps(obj).upper()

    app = Flask(__name__)
    app.json = Upper(app)
    app.add_url_rule("/", "index", lambda: {"cup": "tea"})
    assert app.test_client().get("/").text.strip() == '{"CUP": "TEA"}'


def test_stream_keeps_its_context_beside_that_of_a_client_block(app):
    """It ends when the body is closed; the block's context, when the block ends."""

    @app.get("/")
    def index():
        def pieces():
            yield request.path

        return stream_with_context(pieces())

    with app.test_client() as client:
        response = client.get("/")
        assert response.text == "/"
        response.close()
        assert has_request_context()
    assert not has_request_context()


def test_context_that_a_test_keeps_does_not_keep_teardown_functions_waiting(app, steps):
    """They run at the end of the request."""
    app.teardown_request(lambda error: steps.append("teardown"))
    app.add_url_rule("/", "index", lambda: "Tea")
    with app.test_client() as client:
        client.get("/")
        assert steps == ["teardown"]
