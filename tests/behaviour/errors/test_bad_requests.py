"""Missing form fields, and the settings that make crashes of HTTP errors."""

import pytest
from flask import abort, request
from werkzeug.exceptions import BadRequestKeyError, NotFound

from tests.behaviour.errors.handlers import answer, body


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
