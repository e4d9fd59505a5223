"""Which error handler is called in a blueprint."""

import pytest
from flask import Blueprint, abort

from tests.behaviour.errors.handlers import answer


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
    """It isn't called for the app's views or for unknown URLs below its prefix."""
    house[1].register_error_handler(404, answer("house"))
    client = build(house)
    assert client.get("/house/404").text == "house"
    assert client.get("/404").status_code == 404
    assert client.get("/house/nowhere").status_code == 404


def test_error_handler_of_a_blueprint_wins_over_the_app(house):
    """For the same code; the app's is called for everything else."""
    house[0].register_error_handler(404, answer("app"))
    house[1].register_error_handler(404, answer("house"))
    client = build(house)
    assert client.get("/house/404").text == "house"
    assert client.get("/404").text == "app"


def test_wide_handler_of_a_blueprint_wins_over_a_narrow_one_of_the_app(house):
    """The blueprint's handlers come first, however specific the app's class is."""
    house[0].register_error_handler(ValueError, answer("app"))
    house[1].register_error_handler(Exception, answer("house"))
    house[1].add_url_rule("/value", "value", lambda: int("tea"))
    house[0].add_url_rule("/value", "value", lambda: int("tea"))
    client = build(house)
    assert client.get("/house/value").text == "house"
    assert client.get("/value").text == "app"


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
    """Flask first looks at all handlers for the code, from the inside out."""
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
    """app_errorhandler registers the function on the app, and returns it."""

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
