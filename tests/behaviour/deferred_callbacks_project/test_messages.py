"""The zine archive flashes messages, and only after success."""

import pytest
from flask.cli import ScriptInfo

from snippets.deferred_callbacks_project import zine_archive
from snippets.deferred_callbacks_project.told_on_success import app as telling_app


@pytest.fixture(autouse=True)
def all_zines_are_there():
    yield
    telling_app.lent.clear()
    zine_archive.app.lent.clear()


def test_message_of_a_helper_is_shown_once_by_the_next_page():
    """The view doesn't know about it: the helper flashes it, and the page shows it."""
    client = telling_app.test_client()
    assert client.post("/zines/lamp/loans").status_code == 303
    assert "<p>The Lamp is yours.</p>" in client.get("/").text
    assert "<p>" not in client.get("/").text


def test_message_is_dropped_when_the_request_fails_after_all():
    """The callback sees the status that the helper could not know."""
    client = telling_app.test_client()
    client.post("/zines/tide/loans")
    other = telling_app.test_client()
    assert other.post("/zines/tide/loans").status_code == 409
    assert "<p>" not in other.get("/").text


def test_message_flashed_at_once_would_be_shown_after_a_failure(app):
    """The helper avoids this: the failed request's message is in the session."""
    from flask import abort, flash, get_flashed_messages

    app.secret_key = "for this test only"

    @app.post("/loans")
    def borrow():
        flash("It is yours.")
        abort(409)

    @app.get("/")
    def index():
        return ", ".join(get_flashed_messages())

    client = app.test_client()
    assert client.post("/loans").status_code == 409
    assert client.get("/").text == "It is yours."


def test_message_is_in_the_language_of_its_request():
    """The helper looks the language up, as a page does."""
    client = telling_app.test_client()
    client.post("/zines/tide/loans?language=de")
    assert "<p>Flut gehört dir.</p>" in client.get("/").text


def test_unknown_zine_is_a_404_without_a_message():
    """The view aborts before the helper flashes anything."""
    client = telling_app.test_client()
    assert client.post("/zines/none/loans").status_code == 404
    assert "<p>" not in client.get("/").text


def test_archive_can_be_started_by_its_import_name():
    """flask --app snippets.deferred_callbacks_project.zine_archive finds the app."""
    info = ScriptInfo("snippets.deferred_callbacks_project.zine_archive")
    assert info.load_app() is zine_archive.app
