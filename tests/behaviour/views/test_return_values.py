"""What a view may return, and what Flask makes of it."""

from dataclasses import dataclass
from http import HTTPStatus

import pytest
from flask import Flask, Response, jsonify, make_response, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import Gone
from werkzeug.wrappers import Response as WerkzeugResponse

from hookbook.corpus.phrases import as_released


@pytest.fixture
def get(app):
    """Get the response to a view that returns a given value."""

    def get(value):
        app.testing = True
        app.add_url_rule("/", view_func=lambda: value, endpoint="index")
        return app.test_client().get("/")

    return get


def complaint(value):
    """Return the message of the TypeError that a view's value leads to."""
    app = Flask(__name__)
    app.testing = True
    app.add_url_rule("/", view_func=lambda: value, endpoint="index")
    with pytest.raises(TypeError) as caught:
        app.test_client().get("/")
    return str(caught.value)


class Shelf:
    def __init__(self, number):
        self.number = number


@dataclass
class Cup:
    leaf: str


ANY = (
    "The view function did not return a valid response. The return type must be a "
    "string, dict, list, tuple with headers or status, Response instance, or WSGI "
    "callable, but it was a {}."
)


@pytest.mark.parametrize("body", ["Tea", b"Tea", bytearray(b"Tea"), iter(["T", "ea"])])
def test_text_bytes_or_an_iterator_from_a_view_is_the_body(get, body):
    """A str, bytes, a bytearray or an iterator of chunks: an HTML page, status 200."""
    response = get(body)
    assert response.status == "200 OK"
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.text == "Tea"


def test_generator_from_a_view_is_streamed(app):
    """The chunks are produced while the response is read, not before."""
    produced = []

    @app.get("/")
    def index():
        for chunk in "T", "ea":
            produced.append(chunk)
            yield chunk

    response = app.test_client().get("/", buffered=False)
    chunks = response.iter_encoded()
    assert next(chunks) == b"T"
    assert produced == ["T"]
    assert b"".join(chunks) == b"ea"


@pytest.mark.parametrize("data", [{"tea": 1}, ["tea", 1], {}, []])
def test_dict_or_list_from_a_view_is_json(get, data):
    """A dict or a list becomes a JSON document."""
    response = get(data)
    assert response.headers["Content-Type"] == "application/json"
    assert response.json == data


@pytest.mark.parametrize("value", [{"tea"}, b"tea", Shelf(1)])
def test_set_bytes_or_an_object_of_your_own_is_no_json(get, value):
    """Flask has nothing to convert them to: a TypeError."""
    with pytest.raises(TypeError, match="is not JSON serializable"):
        get({"stock": value})


def test_dataclass_in_json_is_a_dict(get):
    """Flask writes its fields."""
    assert get({"stock": Cup("tea")}).json == {"stock": {"leaf": "tea"}}


def test_status_in_a_tuple_with_a_dict_applies_to_the_json(get):
    """Body and status, whatever becomes of the body."""
    response = get(({"tea": 1}, 201))
    assert (response.status_code, response.json) == (201, {"tea": 1})


@pytest.mark.parametrize("status", [418, "418 I'M A TEAPOT", HTTPStatus.IM_A_TEAPOT])
def test_second_item_of_a_tuple_is_the_status(get, status):
    """A number, a whole status line or a member of HTTPStatus."""
    response = get(("Tea", status))
    assert as_released(response.status) == "418 I'M A TEAPOT"
    assert response.text == "Tea"


def test_status_line_in_a_tuple_may_have_words_of_its_own(get):
    """A str is sent as it is: the reason phrase is the view's."""
    assert get(({"tea": 1}, "210 Steeping")).status == "210 Steeping"


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Leaf": "green"},
        [("X-Leaf", "green")],
        (("X-Leaf", "green"),),
        Headers({"X-Leaf": "green"}),
    ],
    ids=lambda headers: type(headers).__name__,
)
@pytest.mark.parametrize("body", ["Tea", {"tea": 1}], ids=["text", "json"])
def test_second_item_of_a_tuple_may_be_the_headers(get, body, headers):
    """A dict, a list, a tuple or Headers there are not taken for a status."""
    response = get((body, headers))
    assert response.status_code == 200
    assert response.headers["X-Leaf"] == "green"


@pytest.mark.parametrize("body", ["Tea", {"tea": 1}, Response("Tea")])
def test_tuple_of_three_is_body_status_and_headers(get, body):
    """In this order, for every kind of body."""
    response = get((body, 202, {"X-Leaf": "green"}))
    assert (response.status_code, response.headers["X-Leaf"]) == (202, "green")
    assert response.text.strip() in ("Tea", '{"tea":1}', '{"tea": 1}')


def test_status_of_a_tuple_replaces_the_status_of_a_response(get):
    """The rest of the tuple is applied to the response inside."""
    assert get((Response("Tea", status=201), 202)).status_code == 202


def test_headers_of_a_tuple_replace_those_of_a_response(get):
    """A header that both name is sent once, with the value of the tuple."""
    body = Response("Tea", headers={"X-Leaf": "black", "X-Cup": "large"})
    response = get((body, {"X-Leaf": "green"}))
    assert response.headers.getlist("X-Leaf") == ["green"]
    assert response.headers["X-Cup"] == "large"


def test_empty_headers_of_a_tuple_change_nothing(get):
    """The headers that Flask sets for the body are kept."""
    response = get((Response("Tea", headers={"X-Cup": "large"}), 200, {}))
    assert response.headers["X-Cup"] == "large"


def test_header_named_twice_in_a_tuple_is_sent_twice_with_text(get):
    """A list of pairs can do this; a dict can't."""
    response = get(("Tea", [("X-Leaf", "green"), ("X-Leaf", "mint")]))
    assert response.headers.getlist("X-Leaf") == ["green", "mint"]


def test_header_named_twice_in_a_tuple_is_sent_once_with_json(get):
    """There the headers update those of a response: the last of a list wins."""
    response = get(({"tea": 1}, [("X-Leaf", "green"), ("X-Leaf", "mint")]))
    assert response.headers.getlist("X-Leaf") == ["mint"]


def test_content_type_in_the_headers_of_a_tuple_wins(get):
    """It replaces text/html."""
    response = get(("Tea", {"Content-Type": "text/plain"}))
    assert response.headers.getlist("Content-Type") == ["text/plain"]


def test_response_from_a_view_is_the_very_response_of_the_hooks(app):
    """An instance of the app's response class is not copied."""
    made = Response("Tea")
    seen = []
    app.after_request(lambda response: seen.append(response) or response)
    app.add_url_rule("/", view_func=lambda: made, endpoint="index")
    app.test_client().get("/")
    assert seen[0] is made


def test_response_of_a_subclass_from_a_view_keeps_its_class(app):
    """An instance of a subclass is an instance of the response class."""

    class Tea(Response):
        pass

    seen = []
    app.after_request(lambda response: seen.append(type(response)) or response)
    app.add_url_rule("/", view_func=lambda: Tea("Tea"))
    app.test_client().get("/")
    assert seen == [Tea]


def test_response_of_werkzeug_from_a_view_is_converted(app):
    """Hooks get an instance of Flask's response class, with the same content."""
    seen = []
    app.after_request(lambda response: seen.append(response) or response)
    made = WerkzeugResponse("Tea", status=203, headers={"X-Leaf": "green"})
    app.add_url_rule("/", view_func=lambda: made, endpoint="index")
    response = app.test_client().get("/")
    assert isinstance(seen[0], Response)
    assert (response.status_code, response.text) == (203, "Tea")
    assert response.headers["X-Leaf"] == "green"


def test_wsgi_application_from_a_view_is_called(get):
    """What can be called as a WSGI application makes the response."""

    def pour(environ, start_response):
        start_response("203 POURED", [("X-Path", environ["PATH_INFO"])])
        return [b"Tea"]

    response = get(pour)
    assert (response.status, response.text) == ("203 POURED", "Tea")
    assert response.headers["X-Path"] == "/"


def test_http_error_may_be_returned_in_place_of_raised(get):
    """An HTTPException is a WSGI application; no error handler sees it."""
    response = get(Gone("Drunk"))
    assert response.status_code == 410
    assert "Drunk" in response.text


def test_text_from_a_view_is_put_into_the_response_class_of_the_app(app):
    """A subclass given as response_class is used for every converted value."""

    class Tea(Response):
        default_mimetype = "text/x-tea"

    app.response_class = Tea
    app.add_url_rule("/", view_func=lambda: "Tea", endpoint="index")
    response = app.test_client().get("/")
    assert response.headers["Content-Type"] == "text/x-tea; charset=utf-8"


def test_view_that_returns_none_is_named_in_the_error(get):
    """The message names the endpoint and guesses at a missing return."""
    assert complaint(None) == (
        "The view function for 'index' did not return a valid response. The function "
        "either returned None or ended without a return statement."
    )


def test_view_that_returns_none_in_a_tuple_is_named_in_the_error():
    """A status does not make a body of None valid."""
    assert complaint((None, 200)).startswith("The view function for 'index' did not")


@pytest.mark.parametrize("items", [(), ("Tea",), ("Tea", 200, {}, "more")])
def test_tuple_of_another_length_is_no_response(items):
    """No item, one or four: the message shows the three valid forms."""
    assert complaint(items) == (
        "The view function did not return a valid response tuple. The tuple must have "
        "the form (body, status, headers), (body, status), or (body, headers)."
    )


@pytest.mark.parametrize("value", [42, 1.5, {"tea"}, object()])
def test_value_of_another_type_is_no_response(value):
    """A number or a set isn't valid: the message names all types that are."""
    assert complaint(value) == ANY.format(type(value).__name__)


def test_callable_that_is_no_wsgi_application_is_no_response():
    """It is called with environ and start_response; its TypeError is shown first."""
    first, _, rest = complaint(lambda: "Tea").partition("\n")
    assert "takes 0 positional arguments but 2 were given" in first
    assert rest == ANY.format("function")


def test_other_exception_of_a_wsgi_application_from_a_view_is_left_alone(app):
    """Only a TypeError is taken for a wrong return type."""
    app.testing = True

    def pour(environ, start_response):
        raise LookupError("cup")

    app.add_url_rule("/", view_func=lambda: pour, endpoint="index")
    with pytest.raises(LookupError, match="cup"):
        app.test_client().get("/")


def test_traceback_of_a_failing_wsgi_application_is_kept(app):
    """The TypeError of Flask leads on to the line that failed."""
    app.testing = True

    def pour(environ, start_response):
        return None + 1

    app.add_url_rule("/", view_func=lambda: pour, endpoint="index")
    with pytest.raises(TypeError) as caught:
        app.test_client().get("/")
    assert caught.traceback[-1].name == "pour"
    assert caught.value.__cause__ is None


def test_make_response_without_arguments_is_an_empty_response(app):
    """flask.make_response() gives a response to fill."""
    with app.test_request_context():
        response = make_response()
    assert (response.status_code, response.data) == (200, b"")


def test_make_response_with_one_argument_converts_it(app):
    """make_response accepts everything that a view may return."""
    with app.test_request_context():
        assert make_response({"tea": 1}).json == {"tea": 1}
        assert make_response(("Tea", 201)).status_code == 201


def test_make_response_with_more_arguments_takes_them_as_a_tuple(app):
    """make_response(body, status) does the same as returning the tuple."""
    with app.test_request_context():
        response = make_response("Tea", 202, {"X-Leaf": "green"})
    assert (response.data, response.status_code) == (b"Tea", 202)
    assert response.headers["X-Leaf"] == "green"


def test_make_response_hands_back_a_response_as_it_is(app):
    """So a view can set headers on whatever another view returned."""
    with app.test_request_context():
        response = jsonify(tea=1)
        assert make_response(response) is response


def test_arguments_of_the_url_reach_the_view_by_name(app):
    """Each converter's value is passed as a keyword argument."""
    app.add_url_rule("/<int:cup>/<leaf>", view_func=lambda leaf, cup: f"{leaf} {cup!r}")
    assert app.test_client().get("/3/green").text == "green 3"


def test_options_is_answered_with_the_allowed_methods(app):
    """Flask's own response lists the methods of all the URL's rules; no view runs."""
    app.add_url_rule("/", view_func=lambda: 1 / 0, endpoint="read")
    app.add_url_rule("/", view_func=lambda: 1 / 0, endpoint="w", methods=["put"])
    response = app.test_client().options("/")
    assert (response.status_code, response.data) == (200, b"")
    assert sorted(response.allow) == ["GET", "HEAD", "OPTIONS", "PUT"]


def test_view_answers_options_itself_when_it_lists_the_method(app):
    """methods=["OPTIONS"] on a route turns the automatic response off."""
    methods = ["GET", "OPTIONS"]
    app.add_url_rule("/", view_func=lambda: request.method, methods=methods)
    assert app.test_client().options("/").text == "OPTIONS"


def test_view_answers_options_itself_without_automatic_options(app):
    """provide_automatic_options=False: the method is refused if it is not listed."""
    app.add_url_rule("/", view_func=lambda: "Tea", provide_automatic_options=False)
    response = app.test_client().options("/")
    assert response.status_code == 405
    assert sorted(response.allow) == ["GET", "HEAD"]
