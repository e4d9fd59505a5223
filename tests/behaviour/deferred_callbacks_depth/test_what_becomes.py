"""What becomes of deferred callbacks when responses are replaced or fail."""

import logging

from flask import after_this_request

from snippets.deferred_callbacks_depth.grown_list import app as list_app
from snippets.deferred_callbacks_depth.lost_cookie import app as paragraph_app
from snippets.deferred_callbacks_depth.session_from_callback import app as reading_app
from snippets.deferred_callbacks_depth.stream_first_row import app as stream_app


def test_new_response_of_a_callback_drops_the_cookies_of_earlier_ones():
    """They were set on the old response; the session's comes later, and is there."""
    response = paragraph_app.test_client().get("/posts/hello")
    cookies = response.headers.getlist("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == ["session"]
    assert response.text == "<p>Hello from the shop</p>"


def test_callback_registered_by_a_callback_stands_twice_in_the_second_pass():
    """Flask leaves it on the list, and the run for the 500 adds it once more."""
    response = list_app.test_client().get("/posts/hello")
    assert response.status_code == 500
    assert response.headers.getlist("X-Called") == [
        "first_callback",
        "added_callback",
        "added_callback",
    ]


def test_second_pass_starts_with_a_response_without_marks_of_the_first():
    """The 500 is new: the callback has marked it once, not twice."""
    response = list_app.test_client().get("/posts/hello")
    assert response.headers.getlist("X-Called").count("first_callback") == 1


def test_error_handler_for_500_may_defer_for_the_response_that_it_makes(app):
    """It runs before the callbacks, so its own callback changes its page."""

    @app.errorhandler(500)
    def sorry(error):
        @after_this_request
        def add_help(response):
            response.headers["X-Help"] = "/help"
            return response

        return "Sorry", 500

    @app.get("/")
    def index():
        raise ValueError

    response = app.test_client().get("/")
    assert (response.text, response.headers["X-Help"]) == ("Sorry", "/help")


def test_handler_for_500_defers_in_vain_when_a_callback_before_it_raises_again(app):
    """On the 500, Flask stops at the failing callback; those after it never run."""

    @app.errorhandler(500)
    def sorry(error):
        @after_this_request
        def add_help(response):
            response.headers["X-Help"] = "/help"
            return response

        return "Sorry", 500

    @app.get("/")
    def index():
        @after_this_request
        def fail(response):
            raise ValueError

        return "Home"

    response = app.test_client().get("/")
    assert (response.status_code, response.text) == (500, "Sorry")
    assert "X-Help" not in response.headers


def test_failures_of_callbacks_in_both_passes_are_logged(app, caplog):
    """The first as an exception of the request, the second while finalizing."""

    @app.get("/")
    def index():
        @after_this_request
        def fail(response):
            raise ValueError(response.status_code)

        return "Home"

    with caplog.at_level(logging.ERROR):
        app.test_client().get("/")
    assert [
        (record.getMessage(), str(record.exc_info[1])) for record in caplog.records
    ] == [
        ("Exception on / [GET]", "200"),
        ("Request finalizing failed with an error while handling an error", "500"),
    ]


def test_session_value_put_by_a_callback_is_there_in_the_next_request():
    """The cookie is written after the callbacks, with what they put in."""
    client = reading_app.test_client()
    pages = [client.get("/posts/hello").text for _ in range(3)]
    assert [page[6:] for page in pages] == [
        "(read 0 times)",
        "(read 1 times)",
        "(read 2 times)",
    ]


def test_callback_deferred_before_the_stream_runs_and_one_inside_it_does_not():
    """The headers are made when the generator has not started."""
    response = stream_app.test_client().get("/orders.csv")
    assert response.text == "1,lamp\n2,desk\n"
    assert response.headers["X-Shop"] == "north"
    assert "X-Rows" not in response.headers


def test_callback_that_always_defers_itself_never_lets_the_request_end(app):
    """The list grows as fast as Flask walks it; here a counter ends it."""
    calls = []

    @app.get("/")
    def index():
        @after_this_request
        def again(response):
            calls.append(len(calls))
            if len(calls) < 1000:
                after_this_request(again)
            return response

        return "Home"

    assert app.test_client().get("/").status_code == 200
    assert len(calls) == 1000
