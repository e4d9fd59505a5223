"""Messages that one request leaves for the next."""

import pytest
from flask import flash, get_flashed_messages, message_flashed

from tests.behaviour.versions import FLASK


@pytest.fixture
def kitchen(app):
    """An app that flashes messages and shows them."""
    app.secret_key = "tea"

    @app.get("/boil")
    def boil():
        flash("Water boils")
        flash("Tea is ready", "done")
        return "Boiling"

    @app.get("/show")
    def show():
        return get_flashed_messages()

    @app.get("/show-twice")
    def show_twice():
        return [get_flashed_messages(), get_flashed_messages(with_categories=True)]

    return app


def test_flashed_messages_are_shown_by_the_next_request(kitchen):
    """Once: the session then no longer has them."""
    client = kitchen.test_client()
    client.get("/boil")
    assert client.get("/show").json == ["Water boils", "Tea is ready"]
    assert client.get("/show").json == []


def test_flashed_messages_can_be_asked_for_twice_in_a_request(kitchen):
    """They are kept until it ends, with their categories."""
    client = kitchen.test_client()
    client.get("/boil")
    assert client.get("/show-twice").json == [
        ["Water boils", "Tea is ready"],
        [["message", "Water boils"], ["done", "Tea is ready"]],
    ]


def test_filtered_messages_are_a_list(kitchen):
    """With categories as without: it can be counted and read twice."""
    with kitchen.test_request_context():
        flash("Water boils")
        flash("Tea is ready", "done")
        wanted = {"with_categories": True, "category_filter": ["done", "other"]}
        assert get_flashed_messages(**wanted) == [("done", "Tea is ready")]
        assert get_flashed_messages(category_filter=["done"]) == ["Tea is ready"]
        assert get_flashed_messages(category_filter=["other"]) == []


@pytest.mark.skipif(FLASK < (2, 3), reason="Flask 2.2 awaits no receivers.")
def test_async_receiver_of_message_flashed_is_awaited(kitchen, steps):
    """Flask hands ensure_sync to the signal."""

    async def note(sender, message, category):
        steps.append((message, category))

    with message_flashed.connected_to(note, kitchen):
        kitchen.test_client().get("/boil")
    assert steps == [("Water boils", "message"), ("Tea is ready", "done")]


def test_request_without_flashed_messages_shows_none(kitchen):
    """And its session is left alone."""
    response = kitchen.test_client().get("/show")
    assert response.json == []
    assert "Set-Cookie" not in response.headers
