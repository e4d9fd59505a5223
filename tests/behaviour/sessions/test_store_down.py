"""What is left of a request whose session can't be opened."""

import pytest
from flask import (
    get_flashed_messages,
    render_template_string,
    request,
    session,
)
from flask.sessions import SecureCookieSessionInterface

from tests.behaviour.versions import FLASK, RELEASE

LATE = "Request finalizing failed with an error while handling an error"


class Broken(SecureCookieSessionInterface):
    """Its store is down."""

    def open_session(self, app, request):
        raise ConnectionError("store is down")


class Careful(SecureCookieSessionInterface):
    """It goes on without its store."""

    saved = 0

    def open_session(self, app, request):
        try:
            raise ConnectionError("store is down")
        except ConnectionError:
            return None

    def save_session(self, *args, **kwargs):
        self.saved += 1


@pytest.fixture
def broken(app):
    app.secret_key = "tea"
    app.session_interface = Broken()
    return app


def logged(caplog, start):
    return [
        record.exc_info[1]
        for record in caplog.records
        if record.getMessage().startswith(start)
    ]


def is_missing_session(error):
    """Whether the exception is the one of this Flask for a session that isn't there."""
    if FLASK >= (3, 2):  # It tries once more to open it.
        return isinstance(error, ConnectionError)
    if RELEASE >= (3, 1, 3):
        return str(error) == "The session has not yet been opened."
    return isinstance(error, AttributeError | TypeError) and "'NoneType'" in str(error)


READS = {
    "get": lambda: session.get("user"),
    "brackets": lambda: session["user"],
    "in": lambda: "user" in session,
    "flashes": get_flashed_messages,
    "set": lambda: session.update(user="ada"),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_after_request_function_finds_no_session_that_could_not_be_opened(
    broken, steps, caplog, read
):
    """Using it raises; the others are skipped, and the client gets the 500."""
    broken.after_request(lambda response: steps.append("first") or response)

    @broken.after_request
    def note_user(response):
        steps.append(request.path)
        read()
        return response

    response = broken.test_client().get("/")
    assert response.status_code == 500
    assert steps == ["/"]
    (error,) = logged(caplog, LATE)
    assert is_missing_session(error)


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_500_handler_that_uses_a_session_that_could_not_be_opened_leaves_flask(
    broken, read
):
    """The server gets the exception, and the client no page."""

    @broken.errorhandler(500)
    def show_sorry(error):
        return f"Sorry {read()}", 500

    with pytest.raises(Exception) as caught:  # noqa: PT011 (it differs by version)
        broken.test_client().get("/")
    assert is_missing_session(caught.value)


def test_500_page_that_shows_flashed_messages_fails_without_a_session(broken):
    """A layout with get_flashed_messages is enough."""
    broken.register_error_handler(
        500,
        lambda error: (render_template_string("{{ get_flashed_messages() }}"), 500),
    )
    with pytest.raises(Exception) as caught:  # noqa: PT011 (it differs by version)
        broken.test_client().get("/")
    assert is_missing_session(caught.value)


def test_session_that_could_not_be_opened_fails_again_when_it_is_saved(broken, caplog):
    """The 500 is sent, and a second exception is logged."""
    response = broken.test_client().get("/")
    assert response.status_code == 500
    (first,) = logged(caplog, "Exception on / [GET]")
    assert isinstance(first, ConnectionError)
    (second,) = logged(caplog, LATE)
    if FLASK >= (3, 2):
        assert isinstance(second, ConnectionError)
    else:
        assert str(second) == "'NoneType' object has no attribute 'accessed'"


def test_open_session_that_returns_none_when_its_store_is_down_keeps_pages(app):
    """The session is empty, nothing is saved, and no cookie is sent or deleted."""
    app.secret_key = "tea"
    app.session_interface = Careful()
    app.add_url_rule(
        "/",
        "index",
        lambda: f"{session.get('user')} {get_flashed_messages()} {'user' in session}",
    )
    app.add_url_rule("/login", "log_in", lambda: session.update(user="ada") or "in")
    client = app.test_client(use_cookies=False)
    response = client.get("/", headers={"Cookie": "session=old"})
    assert (response.status_code, response.text) == (200, "None [] False")
    assert "Set-Cookie" not in response.headers
    assert app.session_interface.saved == 0
    assert client.get("/login").status_code == 500
