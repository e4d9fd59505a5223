"""What abort raises, what it takes, and errors that are returned instead of raised."""

import pytest
from flask import abort, redirect
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import HTTPException, NotFound, Unauthorized

from hookbook.corpus.phrases import as_released
from tests.behaviour.errors.handlers import answer
from tests.behaviour.versions import REDIRECT

PLACES = ["view", "before_request"]
FOR_NOT_FOUND = [404, NotFound, HTTPException, Exception]


def run_in(app, place, function):
    """Have the view of / or a before_request function call it."""
    app.add_url_rule("/", "index", function if place == "view" else lambda: "Tea")
    if place == "before_request":
        app.before_request(function)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("handled", FOR_NOT_FOUND)
def test_abort_inside_try_is_caught_by_except_exception(app, place, handled):
    """abort raises: no error handler is called, and the code goes on."""

    def find():
        try:
            abort(404)
        except Exception as error:
            return f"caught {type(error).__name__}"

    run_in(app, place, find)
    app.register_error_handler(handled, answer("handled", 404))
    response = app.test_client().get("/")
    assert (response.status_code, response.text) == (200, "caught NotFound")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("handled", FOR_NOT_FOUND)
def test_abort_inside_try_gets_out_through_except_httpexception(app, place, handled):
    """except HTTPException: raise, before except Exception."""

    def find():
        try:
            abort(404)
        except HTTPException:
            raise
        except Exception:
            return "caught"

    run_in(app, place, find)
    app.register_error_handler(handled, answer("handled", 404))
    response = app.test_client().get("/")
    assert (response.status_code, response.text) == (404, "handled")


@pytest.mark.parametrize("place", PLACES)
def test_abort_with_a_redirect_redirects_from_a_helper(app, steps, place):
    """The code after it doesn't run, and no error handler is called."""

    def require_login():
        abort(redirect("/login"))

    def run():
        require_login()
        steps.append("after the helper")

    run_in(app, place, run)
    for what in HTTPException, Exception, 404, 500:
        app.register_error_handler(what, answer("handled", 418))
    response = app.test_client().get("/")
    assert (response.status_code, response.location) == (REDIRECT, "/login")
    assert steps == []


@pytest.mark.parametrize("place", PLACES)
def test_redirect_in_a_helper_that_is_not_returned_does_nothing(app, place):
    """It only makes a response."""

    def require_login():
        redirect("/login")

    def run():
        require_login()
        return "Orders"

    run_in(app, place, run)
    response = app.test_client().get("/")
    assert (response.status_code, response.text) == (200, "Orders")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("handled", FOR_NOT_FOUND)
@pytest.mark.parametrize("wrap", [lambda error: error, lambda error: (error, 404)])
def test_http_error_that_is_returned_calls_no_error_handler(app, place, handled, wrap):
    """The client gets Werkzeug's page, with the error's status."""
    run_in(app, place, lambda: wrap(NotFound("no such product")))
    app.register_error_handler(handled, answer("handled", 418))
    response = app.test_client().get("/")
    assert response.status_code == 404
    assert "<p>no such product</p>" in response.text


@pytest.mark.parametrize("place", PLACES)
def test_class_of_an_http_error_that_is_returned_is_a_500(app, place):
    """It's no response, and no exception was raised but Flask's TypeError."""
    run_in(app, place, lambda: NotFound)
    app.register_error_handler(404, answer("handled", 404))
    assert app.test_client().get("/").status_code == 500
    app.testing = True
    with pytest.raises(TypeError):
        app.test_client().get("/")


@pytest.mark.parametrize("setting", [None, "TESTING", "DEBUG", "PROPAGATE_EXCEPTIONS"])
@pytest.mark.parametrize("place", PLACES)
def test_abort_500_calls_the_handler_for_500_without_an_original_exception(
    app, place, setting
):
    """In production, in debug mode and with TESTING, unlike a crash."""
    if setting:
        app.config[setting] = True
    seen = []

    @app.errorhandler(500)
    def show_sorry(error):
        seen.append(error.original_exception)
        return "Sorry", 500

    run_in(app, place, lambda: abort(500))
    assert app.test_client().get("/").text == "Sorry"
    assert seen == [None]


KEYWORDS = {
    "503": (503, {"retry_after": 120}, "Retry-After", "120"),
    "429": (429, {"retry_after": 120}, "Retry-After", "120"),
    "405": (405, {"valid_methods": ["GET"]}, "Allow", "GET"),
    "401": (
        401,
        {"www_authenticate": WWWAuthenticate("basic", {"realm": "shop"})},
        "WWW-Authenticate",
        "Basic realm",
    ),
}


@pytest.mark.parametrize(
    ("code", "values", "header", "wanted"), KEYWORDS.values(), ids=KEYWORDS
)
def test_abort_passes_keyword_arguments_to_the_error(app, code, values, header, wanted):
    """Some become a header: retry_after, www_authenticate and valid_methods."""
    app.add_url_rule("/", "index", lambda: abort(code, description="later", **values))
    response = app.test_client().get("/")
    assert response.status_code == code
    assert response.headers[header].startswith(wanted)
    assert "later" in response.text


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 429, 500, 503])
def test_abort_takes_no_headers(app, code):
    """It's a TypeError, and a 500 for the client."""
    app.add_url_rule("/", "index", lambda: abort(code, headers={"X-Shop": "tea"}))
    assert app.test_client().get("/").status_code == 500
    app.testing = True
    with pytest.raises(TypeError, match="unexpected keyword argument 'headers'"):
        app.test_client().get("/")


@pytest.mark.parametrize("what", ["404", "NotFound"])
def test_errorhandler_takes_no_code_as_text(app, what):
    """The message is that of a list."""
    with pytest.raises(TypeError, match=r"issubclass.. arg 1 must be a class"):
        app.errorhandler(what)(answer("handled"))


@pytest.mark.parametrize("what", [SystemExit, KeyboardInterrupt, BaseException])
def test_errorhandler_takes_no_class_outside_exception(app, what):
    """Such as SystemExit, which sys.exit raises."""
    with pytest.raises(ValueError, match=f"'{what.__name__}' is not a subclass of"):
        app.errorhandler(what)(answer("handled"))


@pytest.mark.parametrize("code", [200, 201, 204, 301, 302, 303, 307, 308, 402, 407])
def test_errorhandler_takes_no_code_that_has_no_exception(app, code):
    """A success, a redirect, and 402 and 407, for which Werkzeug has no class."""
    with pytest.raises(ValueError, match=f"'{code}' is not a recognized HTTP error"):
        app.errorhandler(code)(answer("handled"))


@pytest.mark.parametrize("place", PLACES)
def test_httpexception_takes_no_status_code_and_no_detail(app, place):
    """It is a TypeError; the client gets a 500, not the 401."""

    def refuse():
        raise HTTPException(status_code=401, detail="Log in first")

    run_in(app, place, refuse)
    app.register_error_handler(401, answer("of 401", 401))
    assert app.test_client().get("/").status_code == 500
    app.testing = True
    with pytest.raises(TypeError, match="unexpected keyword argument 'status_code'"):
        app.test_client().get("/")


@pytest.mark.parametrize("place", PLACES)
def test_number_given_to_httpexception_is_its_text(app, place):
    """HTTPException(401) has no code: the client gets a 200."""

    def refuse():
        raise HTTPException(401)

    run_in(app, place, refuse)
    app.register_error_handler(401, answer("of 401", 401))
    response = app.test_client().get("/")
    assert response.status_code == 200
    assert "None Unknown Error" in as_released(response.text)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("way", [lambda: abort(401, "Log in"), Unauthorized("Log in")])
def test_abort_and_the_class_of_an_error_take_a_text(app, place, way):
    """It is the description of the error."""

    def refuse():
        if isinstance(way, Unauthorized):
            raise way
        way()

    run_in(app, place, refuse)
    response = app.test_client().get("/")
    assert (response.status_code, "<p>Log in</p>" in response.text) == (401, True)
