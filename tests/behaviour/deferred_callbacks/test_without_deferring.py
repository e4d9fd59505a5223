"""The other ways to set a cookie from before_request, and their limits."""

import pytest
from flask import Flask, after_this_request, g

from snippets.deferred_callbacks.awkward_after_request import app as departures_app
from snippets.deferred_callbacks.before_after_this_request import (
    app as score_app,
)
from snippets.deferred_callbacks.cookie_in_after_request import app as theme_app
from snippets.deferred_callbacks.no_response_yet import app as museum_app
from tests.behaviour.versions import FLASK


def test_response_made_in_before_request_sets_the_cookie_but_loses_the_page():
    """The cookie arrives; the view was never called, and the page is empty."""
    response = museum_app.test_client().get("/")
    assert response.headers["Set-Cookie"] == "visited=yes; Path=/"
    assert (response.status_code, response.data) == (200, b"")


def test_second_request_with_the_cookie_gets_the_page():
    """The before_request function returns None, and the view is called."""
    client = museum_app.test_client()
    client.get("/")
    assert client.get("/").text == "On show: Dutch masters"


def test_decision_kept_on_g_can_be_used_by_a_hook():
    """before_request decides, after_request sets the cookie."""
    client = theme_app.test_client()
    first = client.get("/?theme=dark")
    assert first.headers["Set-Cookie"] == "theme=dark; Path=/"
    second = client.get("/")
    assert second.text == "Chapter 1 on dark"
    assert "Set-Cookie" not in second.headers


def test_unknown_theme_is_not_remembered():
    """The app chooses among its own values, not whatever the URL says."""
    response = theme_app.test_client().get("/?theme=plaid")
    assert response.headers["Set-Cookie"] == "theme=light; Path=/"


def test_hook_misses_the_value_on_g_after_an_early_answer():
    """The function that sets g.language was skipped; the hook was not."""
    with pytest.raises(AttributeError, match=r"^language$"):
        departures_app.test_client().get("/health")


def test_hook_misses_the_value_on_g_as_a_500_page_in_production(monkeypatch):
    """The early answer is lost as well: the health check sees a crash."""
    monkeypatch.setitem(departures_app.config, "TESTING", False)
    response = departures_app.test_client().get("/health")
    assert response.status_code == 500
    assert response.text != "ok"


def test_callback_is_simply_not_deferred_after_an_early_answer(app):
    """With after_this_request nothing runs that was not registered."""
    app.testing = True
    app.before_request(lambda: "ok")

    @app.before_request
    def choose_language():
        g.language = "de"

        @after_this_request
        def remember_language(response):
            response.set_cookie("language", g.language)
            return response

    response = app.test_client().get("/")
    assert response.text == "ok"
    assert "Set-Cookie" not in response.headers


def test_missing_value_on_g_can_be_asked_for_with_get(app):
    """g.get gives None, so a hook that may come too early can test for it."""

    @app.after_request
    def remember_language(response):
        if g.get("language"):
            response.set_cookie("language", g.language)
        return response

    response = app.test_client().get("/")
    assert "Set-Cookie" not in response.headers


def test_old_pattern_runs_at_the_place_of_its_own_hook():
    """A hook registered after it runs before it and misses its changes."""
    response = score_app.test_client().get("/score")
    assert response.text == "Home 2 : 1 Away (half-time)"
    assert (response.headers["X-Characters"], len(response.text)) == ("15", 27)


def test_after_this_request_changes_the_body_before_any_hook_counts_it(app):
    """The same app with after_this_request counts all characters."""

    @app.after_request
    def count_characters(response):
        characters = len(response.get_data(as_text=True))
        response.headers["X-Characters"] = characters
        return response

    @app.get("/score")
    def show_score():
        @after_this_request
        def add_period(response):
            score = response.get_data(as_text=True)
            response.set_data(f"{score} (half-time)")
            return response

        return "Home 2 : 1 Away"

    assert app.test_client().get("/score").headers["X-Characters"] == "27"


def old_pattern():
    """An app that keeps its callbacks on g and defers one more for each request."""
    app = Flask(__name__)

    @app.before_request
    def defer_note():
        g.setdefault("deferred", []).append(note)

    def note(response):
        response.headers.add("X-Note", "noted")
        return response

    @app.after_request
    def run_deferred(response):
        for callback in g.get("deferred", []):
            response = callback(response)
        return response

    return app


def test_old_pattern_keeps_callbacks_on_g_for_the_next_request():
    """Where requests share an app context, the list on g outlives its request."""
    app = old_pattern()
    with app.app_context():
        client = app.test_client()
        notes = [client.get("/").headers.getlist("X-Note") for _ in range(2)]
    # Flask 3.2 pushes a new context for each request; up to 3.1 a request uses
    # the app context, and with it the g, that is already there.
    assert [len(note) for note in notes] == ([1, 1] if FLASK >= (3, 2) else [1, 2])


def test_old_pattern_accepts_callbacks_outside_a_request_and_forgets_them():
    """Nothing tells that the callback waits for a response that never comes."""
    from snippets.deferred_callbacks.before_after_this_request import (
        add_period,
        defer,
    )

    with score_app.app_context():
        defer(add_period)
        assert g.deferred == [add_period]
