"""Missing form fields, and the settings that make crashes of HTTP errors."""

from importlib.metadata import version

import pytest
from flask import abort, request
from packaging.version import Version
from werkzeug.exceptions import BadRequestKeyError, NotFound

from snippets.errors import body_too_large
from tests.behaviour.errors.handlers import answer, body
from tests.behaviour.versions import FLASK

WERKZEUG = Version(version("werkzeug")).release


@pytest.fixture
def cups(app):
    """An app whose one view needs a form field."""
    app.add_url_rule(
        "/", view_func=lambda: request.form["cup"], methods=["POST"], endpoint="cups"
    )
    return app


def test_missing_form_field_is_a_400_that_does_not_name_it(cups):
    """In production the client isn't told the key."""
    response = cups.test_client().post("/")
    assert response.status_code == 400
    assert "KeyError" not in response.text


def test_missing_form_field_meets_the_handler_of_400(cups):
    """BadRequestKeyError is a BadRequest: the handler for the code answers."""
    cups.register_error_handler(400, answer("bad request"))
    assert cups.test_client().post("/").text == "bad request"


def test_missing_form_field_is_raised_in_debug_mode(cups):
    """In debug mode it counts as a crash, and names the key."""
    cups.config["DEBUG"] = True
    with pytest.raises(BadRequestKeyError, match="KeyError: 'cup'"):
        cups.test_client().post("/")


def test_missing_form_field_is_not_raised_in_testing_mode(cups):
    """Only debug mode turns it into a crash."""
    cups.testing = True
    assert cups.test_client().post("/").status_code == 400


def test_missing_form_field_meets_a_handler_of_its_class_in_debug_mode(cups):
    """Before Flask raises the exception, it looks for a handler for its class."""
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
    """A 404 is also raised in testing mode."""
    app.config.update(TRAP_HTTP_EXCEPTIONS=True, TESTING=True)
    with pytest.raises(NotFound):
        app.test_client().get("/nowhere")


def test_missing_form_field_in_debug_mode_meets_a_handler_of_400(cups):
    """A handler for 400 is called in debug mode as well: nothing is raised."""
    cups.debug = True
    cups.register_error_handler(400, answer("which cup?"))
    assert cups.test_client().post("/").text == "which cup?"


def test_trapped_http_error_meets_its_handler(app):
    """Trapping changes what happens without a handler, not with one."""
    app.config["TRAP_HTTP_EXCEPTIONS"] = True
    app.register_error_handler(404, answer("not found"))
    assert body(app, "/nowhere") == "not found"


BODY = {"cup": "x" * 100}


@pytest.mark.parametrize("reader", ["before_request", "view"])
def test_body_over_the_limit_is_a_413_where_it_is_read(app, steps, reader):
    """Later before_request functions and the view are skipped; the others run."""
    app.config["MAX_CONTENT_LENGTH"] = 10
    app.before_request(lambda: steps.append("first") or read_if(reader, "before"))
    app.before_request(lambda: steps.append("second"))
    app.teardown_request(lambda error: steps.append(error))

    @app.after_request
    def note(response):
        steps.append(response.status_code)
        return response

    @app.post("/")
    def view():
        steps.append("view")
        read_if(reader, "view")
        return "ok"

    assert app.test_client().post("/", data=BODY).status_code == 413
    skipped = [] if reader == "before_request" else ["second", "view"]
    assert steps == ["first", *skipped, 413, None]
    assert app.test_client().post("/", data={"cup": "1"}).text == "ok"


def read_if(reader, place):
    """Read the form if this is where it is to be read."""
    if reader.startswith(place):
        list(request.form)


def test_body_over_the_limit_that_nobody_reads_is_no_error(app):
    """The length is compared when something reads the body."""
    app.config["MAX_CONTENT_LENGTH"] = 10
    app.add_url_rule("/", "view", lambda: "ok", methods=["POST"])
    assert app.test_client().post("/", data=BODY).status_code == 200


@pytest.mark.parametrize("read", ["get_json", "get_data"])
def test_limit_is_for_json_and_other_data_since_werkzeug_2_3(app, read):
    """Before, Werkzeug compares the length of forms only."""
    app.config["MAX_CONTENT_LENGTH"] = 10

    @app.post("/")
    def view():
        return {"read": len(getattr(request, read)())}

    status = 413 if WERKZEUG >= (2, 3) else 200
    assert app.test_client().post("/", json=BODY).status_code == status


def test_form_over_the_limit_that_an_after_request_function_reads_is_a_500(app):
    """There Flask looks for no 413 handler, and the error counts as a crash."""
    app.config["MAX_CONTENT_LENGTH"] = 10
    app.add_url_rule("/", "view", lambda: "ok", methods=["POST"])
    app.register_error_handler(413, answer("too large"))

    @app.after_request
    def log_fields(response):
        response.headers["X-Fields"] = str(len(request.form))
        return response

    client = app.test_client()
    assert client.post("/", data={"a": "1"}).headers["X-Fields"] == "1"
    assert client.post("/", data=BODY).status_code == 500


def test_error_handler_of_413_may_answer_and_gets_its_headers():
    """Error handlers and after_request functions work as for any other error."""
    client = body_too_large.app.test_client()
    response = client.post("/order", data={"tea": "x" * 2000})
    assert response.status_code == 413
    assert response.text == "At most 1024 bytes, please."
    assert response.headers["X-Shop"] == "corner"


def test_field_over_500_kb_of_a_multipart_form_is_a_413_with_werkzeug_3_1(app):
    """Without any setting; since Flask 3.1 MAX_FORM_MEMORY_SIZE raises the limit."""
    app.add_url_rule("/", "view", lambda: request.form["tea"][:3], methods=["POST"])
    client = app.test_client()

    def send(size):
        head = b'Content-Disposition: form-data; name="tea"'
        data = b"--cut\r\n%s\r\n\r\n%s\r\n--cut--\r\n" % (head, b"x" * size)
        kind = "multipart/form-data; boundary=cut"
        return client.post("/", data=data, content_type=kind)

    assert send(490_000).status_code == 200
    limited = Version(version("werkzeug")) >= Version("3.1")
    assert send(600_000).status_code == (413 if limited else 200)
    app.config["MAX_FORM_MEMORY_SIZE"] = 700_000
    raised = not limited or FLASK >= (3, 1)
    assert send(600_000).status_code == (200 if raised else 413)


@pytest.mark.parametrize("fields", [1, 600])
def test_urlencoded_form_over_500_kb_is_a_413_up_to_werkzeug_3_1_8(app, fields):
    """Of 3.1, and in the development version: the whole body counts, but not JSON."""
    app.add_url_rule("/", "view", lambda: str(len(request.form)), methods=["POST"])
    app.add_url_rule("/json", "json", lambda: request.json[:3], methods=["POST"])
    client = app.test_client()

    def send(size):
        form = {f"tea{number}": "x" * (size // fields) for number in range(fields)}
        return client.post("/", data=form).status_code

    assert send(480_000) == 200
    release = Version(version("werkzeug")).release
    limited = (3, 1) <= release < (3, 1, 9) or release >= (3, 2)
    assert send(600_000) == (413 if limited else 200)
    assert client.post("/json", json="x" * 600_000).text == "xxx"
    app.config["MAX_FORM_MEMORY_SIZE"] = 700_000
    raised = not limited or FLASK >= (3, 1)
    assert send(600_000) == (200 if raised else 413)


def test_multipart_form_of_more_than_1000_parts_is_a_413(app):
    """Since Werkzeug 2.2.3; a urlencoded form may have more, and 3.1 has a setting."""
    app.add_url_rule("/", "view", lambda: str(len(request.form)), methods=["POST"])
    client = app.test_client()

    def send(count, kind="multipart/form-data"):
        form = {f"tea{number}": "1" for number in range(count)}
        return client.post("/", data=form, content_type=kind).status_code

    limited = Version(version("werkzeug")) >= Version("2.2.3")
    assert (send(1000), send(1001)) == (200, 413 if limited else 200)
    assert send(1001, "application/x-www-form-urlencoded") == 200
    app.config["MAX_FORM_PARTS"] = 2000
    raised = not limited or FLASK >= (3, 1)
    assert send(1001) == (200 if raised else 413)


def test_before_request_function_can_limit_fields_since_werkzeug_3_1(app):
    """It sets request.max_form_memory_size; before, a large field got through."""

    @app.before_request
    def limit():
        if request.path == "/small":
            request.max_form_memory_size = 200_000

    for path in "/", "/small":
        app.add_url_rule(path, path, lambda: str(len(request.form)), methods=["POST"])

    def send(path, size):
        kind = "multipart/form-data"
        data = {"tea": "x" * size}
        return app.test_client().post(path, data=data, content_type=kind).status_code

    limited = Version(version("werkzeug")) >= Version("3.1")
    assert send("/small", 100) == 200
    assert send("/small", 300_000) == (413 if limited else 200)
    assert send("/", 300_000) == 200
