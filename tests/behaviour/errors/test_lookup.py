"""Which error handler answers."""

import pytest
from flask import Blueprint, abort, redirect, request
from werkzeug.exceptions import (
    BadRequestKeyError,
    Forbidden,
    HTTPException,
    InternalServerError,
    NotFound,
)
from werkzeug.routing import RequestRedirect


def answer(name, status=200):
    """An error handler that answers with its name."""
    return lambda error: (name, status)


def fails(app, error, rule="/fails"):
    """Add a view that raises *error*."""

    def fail():
        raise error

    app.add_url_rule(rule, view_func=fail, endpoint=rule.strip("/"))


def body(app, url="/fails"):
    return app.test_client().get(url).text


def test_error_handler_of_a_code_answers(app):
    """What it returns is treated like the value of a view."""
    app.register_error_handler(403, lambda error: ({"error": error.description}, 403))
    fails(app, Forbidden("Members only"))
    response = app.test_client().get("/fails")
    assert (response.status_code, response.json) == (403, {"error": "Members only"})


def test_error_handler_of_a_code_answers_to_subclasses_of_its_error(app):
    """A class that inherits from the HTTP error has its code too."""

    class NoSuchCup(NotFound):
        pass

    app.register_error_handler(404, answer("no such thing"))
    fails(app, NoSuchCup())
    assert body(app) == "no such thing"


def test_error_handler_without_a_status_answers_with_200(app):
    """The code of the error is not taken over."""
    app.register_error_handler(404, lambda error: "Nothing here")
    assert app.test_client().get("/nowhere").status_code == 200


def test_error_handler_may_return_the_error_itself(app):
    """An HTTPException is a response as well."""
    app.register_error_handler(404, lambda error: error)
    assert app.test_client().get("/nowhere").status_code == 404


def test_most_specific_class_of_a_handler_wins(app):
    """The classes are tried in the order of the exception's own ancestry."""
    app.register_error_handler(Exception, answer("exception"))
    app.register_error_handler(LookupError, answer("lookup"))
    app.register_error_handler(KeyError, answer("key"))
    fails(app, KeyError("cup"))
    fails(app, IndexError("cup"), "/index")
    fails(app, ValueError("cup"), "/value")
    assert body(app) == "key"
    assert body(app, "/index") == "lookup"
    assert body(app, "/value") == "exception"


def test_exception_without_a_handler_is_a_500(app):
    """A handler for another class is not asked."""
    app.register_error_handler(LookupError, answer("lookup"))
    fails(app, ValueError("cup"))
    assert app.test_client().get("/fails").status_code == 500


def test_handler_of_exception_answers_http_errors_too(app):
    """404 is an exception: a handler for Exception swallows it."""
    app.register_error_handler(Exception, lambda error: type(error).__name__)
    assert body(app, "/nowhere") == "NotFound"


def test_handler_of_httpexception_answers_every_http_error(app):
    """But no other exception."""
    app.register_error_handler(HTTPException, lambda error: str(error.code))
    fails(app, ValueError("cup"))
    app.add_url_rule("/secret", view_func=lambda: abort(403), endpoint="secret")
    assert body(app, "/nowhere") == "404"
    assert body(app, "/secret") == "403"


def test_handler_of_httpexception_answers_a_crash_as_500(app):
    """An unhandled exception becomes an InternalServerError first."""
    app.register_error_handler(
        HTTPException, lambda error: f"{error.code} {error.original_exception!r}"
    )
    fails(app, ValueError("cup"))
    assert body(app) == "500 ValueError('cup')"


def test_handler_of_a_code_wins_over_the_handler_of_httpexception(app):
    """Whichever was registered first."""
    app.register_error_handler(HTTPException, answer("any"))
    app.register_error_handler(404, answer("not found"))
    assert body(app, "/nowhere") == "not found"


def test_last_error_handler_of_a_class_wins(app):
    """There is one handler for a class: a second registration replaces it."""
    app.register_error_handler(404, answer("first"))
    app.register_error_handler(404, answer("second"))
    assert body(app, "/nowhere") == "second"


def test_handler_of_500_answers_abort_500_too(app):
    """There, no exception lies behind: original_exception is None."""
    app.register_error_handler(500, lambda error: repr(error.original_exception))
    app.add_url_rule("/fails", view_func=lambda: abort(500))
    assert body(app) == "None"


def test_handler_of_500_receives_an_internal_server_error(app):
    """Not the exception of the view: that is its original_exception."""
    received = []
    app.register_error_handler(500, lambda error: received.append(error) or "Sorry")
    crash = ValueError("cup")
    fails(app, crash)
    assert body(app) == "Sorry"
    assert type(received[0]) is InternalServerError
    assert received[0].original_exception is crash


def test_http_error_with_a_code_of_its_own_finds_its_handler(app):
    """A subclass of HTTPException with a new code is registered as a class."""

    class Steeping(HTTPException):
        code = 425
        description = "Still steeping"

    app.register_error_handler(Steeping, lambda error: (error.description, error.code))
    fails(app, Steeping())
    response = app.test_client().get("/fails")
    assert (response.status_code, response.text) == (425, "Still steeping")


def test_http_error_without_a_code_meets_no_handler(app):
    """abort(response) raises one: the response is sent as it is."""
    app.register_error_handler(HTTPException, answer("handled"))
    app.register_error_handler(Exception, answer("handled"))
    app.add_url_rule("/fails", view_func=lambda: abort(redirect("/elsewhere")))
    response = app.test_client().get("/fails")
    assert response.headers["Location"] == "/elsewhere"


@pytest.mark.parametrize("handled", [HTTPException, Exception, RequestRedirect])
def test_redirect_to_a_trailing_slash_meets_no_handler(app, handled):
    """URL matching raises it, but it is no error."""
    app.register_error_handler(handled, answer("handled"))
    app.add_url_rule("/folder/", view_func=lambda: "Here", endpoint="folder")
    response = app.test_client().get("/folder")
    assert response.status_code == 308
    assert response.headers["Location"].endswith("/folder/")


def test_error_handler_sees_the_request(app):
    """The contexts are active: request, session and g can be used."""
    app.register_error_handler(404, lambda error: request.path)
    assert body(app, "/nowhere") == "/nowhere"


def test_error_in_an_error_handler_of_a_class_is_a_500(app):
    """The handler of 500 gets the exception that the first handler raised."""
    app.register_error_handler(LookupError, lambda error: 1 / 0)
    app.register_error_handler(500, lambda error: repr(error.original_exception))
    fails(app, KeyError("cup"))
    assert body(app) == "ZeroDivisionError('division by zero')"


def test_abort_in_an_error_handler_is_a_500(app):
    """An error handler cannot pass the request on to another one by abort()."""
    app.register_error_handler(LookupError, lambda error: abort(404))
    app.register_error_handler(404, answer("not found"))
    fails(app, KeyError("cup"))
    assert app.test_client().get("/fails").status_code == 500


def test_error_handler_may_raise_the_error_again(app):
    """raise in a handler: the exception counts as unhandled."""

    @app.errorhandler(LookupError)
    def handle(error):
        raise error

    app.register_error_handler(500, lambda error: repr(error.original_exception))
    fails(app, KeyError("cup"))
    assert body(app) == "KeyError('cup')"


# Blueprints.


@pytest.fixture
def house(app):
    """A room in a house, both blueprints, with a view of each that fails."""
    house = Blueprint("house", __name__, url_prefix="/house")
    room = Blueprint("room", __name__, url_prefix="/room")
    for blueprint in house, room:
        blueprint.add_url_rule("/404", "not_found", lambda: abort(404))
        blueprint.add_url_rule("/crash", "crash", lambda: {}["cup"])
    app.add_url_rule("/404", "not_found", lambda: abort(404))
    return app, house, room


def build(house):
    app, house, room = house
    house.register_blueprint(room)
    app.register_blueprint(house)
    return app.test_client()


def test_error_handler_of_a_blueprint_answers_for_its_views_only(house):
    """The app's views and unknown URLs below its prefix go past it."""
    house[1].register_error_handler(404, answer("house"))
    client = build(house)
    assert client.get("/house/404").text == "house"
    assert client.get("/404").status_code == 404
    assert client.get("/house/nowhere").status_code == 404


def test_error_handler_of_a_blueprint_wins_over_the_app(house):
    """For the same code; the app's answers for everything else."""
    house[0].register_error_handler(404, answer("app"))
    house[1].register_error_handler(404, answer("house"))
    client = build(house)
    assert client.get("/house/404").text == "house"
    assert client.get("/404").text == "app"


def test_innermost_error_handler_wins_in_nested_blueprints(house):
    """The view's own blueprint first, then its parent, then the app."""
    for owner, name in zip(house, ["app", "house", "room"], strict=True):
        owner.register_error_handler(404, answer(name))
    client = build(house)
    assert client.get("/house/room/404").text == "room"
    assert client.get("/house/404").text == "house"


def test_error_handler_of_a_parent_answers_for_its_child(house):
    """A child without a handler of its own falls back on its parent."""
    house[0].register_error_handler(404, answer("app"))
    house[1].register_error_handler(404, answer("house"))
    assert build(house).get("/house/room/404").text == "house"


def test_handler_of_a_code_of_the_app_wins_over_a_class_of_the_blueprint(house):
    """First all handlers of the code are asked, from the inside out."""
    house[0].register_error_handler(404, answer("app's 404"))
    house[1].register_error_handler(Exception, answer("house's exception"))
    assert build(house).get("/house/404").text == "app's 404"


def test_error_handler_of_a_blueprint_answers_exceptions_of_its_hooks(house):
    """before_request functions of the app run for the blueprint's request too."""
    house[0].before_request(lambda: [][1])
    house[1].register_error_handler(IndexError, answer("house"))
    client = build(house)
    assert client.get("/house/404").text == "house"
    assert client.get("/404").status_code == 500


def test_handler_of_500_of_a_blueprint_answers_its_crashes(house):
    """It gets the InternalServerError; other requests get the app's page."""
    house[1].register_error_handler(500, lambda e: type(e.original_exception).__name__)
    assert build(house).get("/house/crash").text == "KeyError"


def test_exception_handler_of_a_child_stays_with_the_child(house):
    """The parent's views crash as before."""
    house[2].register_error_handler(KeyError, answer("room"))
    client = build(house)
    assert client.get("/house/room/crash").text == "room"
    assert client.get("/house/crash").status_code == 500


def test_app_errorhandler_of_a_blueprint_answers_for_the_whole_app(house):
    """app_errorhandler hands the function on to the app, and gives it back."""

    def not_found(error):
        return "anywhere"

    assert house[1].app_errorhandler(404)(not_found) is not_found
    client = build(house)
    assert client.get("/404").text == "anywhere"
    assert client.get("/house/404").text == "anywhere"
    assert client.get("/nowhere").text == "anywhere"


def test_app_errorhandler_may_name_a_class(house):
    """Like errorhandler: a code or a class."""
    house[1].app_errorhandler(KeyError)(answer("no such key"))
    house[0].add_url_rule("/crash", "crash", lambda: {}["cup"])
    assert build(house).get("/crash").text == "no such key"


# Registering.


def test_errorhandler_gives_the_function_back(app):
    """The decorator only registers."""

    def handle(error):
        return "Sorry"

    assert app.errorhandler(404)(handle) is handle


def test_errorhandler_refuses_an_unknown_code(app):
    """The message says what to register instead."""
    with pytest.raises(ValueError, match="is not a recognized HTTP") as caught:
        app.errorhandler(999)(answer("unknown"))
    assert str(caught.value) == (
        "'999' is not a recognized HTTP error code. Use a subclass of HTTPException "
        "with that code instead."
    )
    assert caught.value.__suppress_context__


def test_errorhandler_refuses_an_instance(app):
    """abort() takes an exception, errorhandler its class."""
    with pytest.raises(TypeError) as caught:
        app.register_error_handler(KeyError("cup"), answer("key"))
    assert str(caught.value) == (
        "KeyError('cup') is an instance, not a class. Handlers can only be registered "
        "for Exception classes or HTTP error codes."
    )


@pytest.mark.parametrize("class_", [BaseException, KeyboardInterrupt, str])
def test_errorhandler_refuses_what_is_no_exception(app, class_):
    """Subclasses of Exception only: KeyboardInterrupt and SystemExit get through."""
    with pytest.raises(ValueError, match="is not a subclass") as caught:
        app.register_error_handler(class_, answer("any"))
    assert str(caught.value) == (
        f"'{class_.__name__}' is not a subclass of Exception. Handlers can only be "
        "registered for Exception classes or HTTP error codes."
    )


# Bad requests.


@pytest.fixture
def cups(app):
    """An app whose one view needs a form field."""
    app.add_url_rule(
        "/", view_func=lambda: request.form["cup"], methods=["POST"], endpoint="cups"
    )
    return app


def test_missing_form_field_is_a_400_that_does_not_name_it(cups):
    """In production the key is not told to the client."""
    response = cups.test_client().post("/")
    assert response.status_code == 400
    assert "KeyError" not in response.text


def test_missing_form_field_meets_the_handler_of_400(cups):
    """BadRequestKeyError is a BadRequest: the handler of the code answers."""
    cups.register_error_handler(400, answer("bad request"))
    assert cups.test_client().post("/").text == "bad request"


def test_missing_form_field_is_raised_in_debug_mode(cups):
    """There it counts as a crash, and names the key."""
    cups.config["DEBUG"] = True
    with pytest.raises(BadRequestKeyError, match="KeyError: 'cup'"):
        cups.test_client().post("/")


def test_missing_form_field_is_not_raised_in_testing_mode(cups):
    """Only debug mode makes a crash of it."""
    cups.testing = True
    assert cups.test_client().post("/").status_code == 400


def test_missing_form_field_meets_a_handler_of_its_class_in_debug_mode(cups):
    """Handlers are asked before the exception is raised, by class."""
    cups.config["DEBUG"] = True
    cups.register_error_handler(
        BadRequestKeyError, lambda error: (error.description, 400)
    )
    assert "KeyError: 'cup'" in cups.test_client().post("/").text


def test_untrapped_missing_form_field_in_debug_mode_is_a_400_that_names_it(cups):
    """TRAP_BAD_REQUEST_ERRORS = False brings the page back, with the key on it."""
    cups.config.update(DEBUG=True, TRAP_BAD_REQUEST_ERRORS=False)
    response = cups.test_client().post("/")
    assert response.status_code == 400
    assert "KeyError: &#39;cup&#39;" in response.text


@pytest.mark.parametrize("setting", ["TRAP_BAD_REQUEST_ERRORS", "TRAP_HTTP_EXCEPTIONS"])
def test_trapped_bad_request_is_a_crash(cups, setting):
    """With the setting a missing field is handled as any other exception."""
    cups.config[setting] = True
    cups.register_error_handler(500, lambda e: type(e.original_exception).__name__)
    assert cups.test_client().post("/").text == "BadRequestKeyError"


def test_trapped_missing_form_field_is_named(cups):
    """TRAP_BAD_REQUEST_ERRORS shows the key without debug mode."""
    cups.config.update(TRAP_BAD_REQUEST_ERRORS=True, TESTING=True)
    with pytest.raises(BadRequestKeyError, match="KeyError: 'cup'"):
        cups.test_client().post("/")


def test_trap_bad_request_errors_traps_abort_400(app):
    """All kinds of BadRequest, not only missing fields."""
    app.config["TRAP_BAD_REQUEST_ERRORS"] = True
    app.add_url_rule("/400", "bad", lambda: abort(400))
    app.add_url_rule("/403", "forbidden", lambda: abort(403))
    client = app.test_client()
    assert client.get("/400").status_code == 500
    assert client.get("/403").status_code == 403


def test_abort_400_is_not_trapped_in_debug_mode(app):
    """Debug mode traps missing fields only."""
    app.config["DEBUG"] = True
    app.add_url_rule("/400", "bad", lambda: abort(400))
    assert app.test_client().get("/400").status_code == 400


def test_trap_http_exceptions_makes_every_http_error_a_crash(app):
    """A 404, too, is raised in testing mode."""
    app.config.update(TRAP_HTTP_EXCEPTIONS=True, TESTING=True)
    with pytest.raises(NotFound):
        app.test_client().get("/nowhere")


def test_trapped_http_error_meets_its_handler(app):
    """Trapping changes what happens without a handler, not with one."""
    app.config["TRAP_HTTP_EXCEPTIONS"] = True
    app.register_error_handler(404, answer("not found"))
    assert body(app, "/nowhere") == "not found"
