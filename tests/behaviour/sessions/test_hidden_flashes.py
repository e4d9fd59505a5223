"""Why a flashed message does not show."""

import pytest
from flask import Flask, flash, get_flashed_messages, stream_template_string


@pytest.fixture
def kitchen(app):
    """An app that flashes in different places, and shows what there is."""
    app.secret_key = "tea"

    @app.get("/boil")
    def boil():
        flash("Water boils")
        return "Boiling"

    app.add_url_rule("/show", "show", lambda: get_flashed_messages())
    return app


def test_message_flashed_after_the_first_look_shows_in_the_next_request(kitchen):
    """get_flashed_messages looks into the session once in a request."""

    @kitchen.get("/late")
    def late():
        first = get_flashed_messages()
        flash("late")
        return [first, get_flashed_messages()]

    client = kitchen.test_client()
    assert client.get("/late").json == [[], []]
    assert client.get("/show").json == ["late"]


def test_message_is_shown_by_the_first_page_that_asks(kitchen):
    """Another page in another tab may be first."""
    client = kitchen.test_client()
    kitchen.add_url_rule("/other-tab", "other", lambda: get_flashed_messages())
    client.get("/boil")
    assert client.get("/other-tab").json == ["Water boils"]
    assert client.get("/show").json == []


def test_message_of_a_worker_with_another_key_is_lost(kitchen):
    """A key made at start-up, such as os.urandom(16), differs in each process."""
    other = Flask("other")
    other.secret_key = "coffee"
    other.add_url_rule("/show", "show", lambda: get_flashed_messages())
    sent = kitchen.test_client().get("/boil").headers["Set-Cookie"]
    value = sent.partition(";")[0]
    for app, shown in (other, []), (kitchen, ["Water boils"]):
        client = app.test_client(use_cookies=False)
        assert client.get("/show", headers={"Cookie": value}).json == shown


def test_secure_session_cookie_says_so_to_the_browser(kitchen):
    """Over plain HTTP the browser doesn't send it back, and the message is lost."""
    kitchen.config["SESSION_COOKIE_SECURE"] = True
    sent = kitchen.test_client().get("/boil").headers["Set-Cookie"]
    assert "; Secure;" in sent


def test_message_flashed_in_a_teardown_function_is_lost(kitchen, steps):
    """The session was saved before."""

    @kitchen.teardown_request
    def say_goodbye(error):
        if not steps:
            steps.append("said")
            flash("Goodbye")

    kitchen.add_url_rule("/", "index", lambda: "Tea")
    client = kitchen.test_client()
    client.get("/")
    assert steps == ["said"]
    assert client.get("/show").json == []


def test_message_waits_in_the_session_for_a_page_that_asks(kitchen):
    """However many pages come between."""
    kitchen.add_url_rule("/", "index", lambda: "Tea")
    client = kitchen.test_client()
    client.get("/boil")
    client.get("/")
    client.get("/")
    assert client.get("/show").json == ["Water boils"]


TEMPLATE = "{% for message in get_flashed_messages() %}{{ message }}{% endfor %}."


@pytest.mark.parametrize("first", [False, True])
def test_message_that_a_streamed_template_reads_is_shown_again(kitchen, first):
    """Unless the view calls get_flashed_messages before the stream begins."""

    @kitchen.get("/stream")
    def stream():
        if first:
            get_flashed_messages()
        return stream_template_string(TEMPLATE)

    client = kitchen.test_client()
    client.get("/boil")
    shown = [client.get("/stream").text for _ in range(3)]
    later = "." if first else "Water boils."
    assert shown == ["Water boils.", later, later]
