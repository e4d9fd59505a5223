"""What the tasks about deferred callbacks come to."""

import pytest
from flask import after_this_request, request

from snippets.deferred_callbacks_tasks import (
    a_cookie_for_each,
    a_cookie_for_each_start,
    every_warning,
    every_warning_start,
)
from snippets.deferred_callbacks_tasks.after_the_login_start import app as login
from snippets.deferred_callbacks_tasks.empty_the_basket import app as flowers

TOPICS = {"topic": ["garden", "kitchen", "travel"]}


def cookies(response):
    """Return the names of the cookies that a response sets."""
    headers = response.headers.getlist("Set-Cookie")
    return [header.partition("=")[0] for header in headers]


def test_form_field_that_is_missing_aborts_with_400_after_a_callback_was_deferred():
    """What was deferred before request.form aborted runs on the 400."""
    response = login.test_client().post("/login", data={"name": "ada"})
    assert response.status_code == 400
    assert cookies(response) == ["name"]


def test_cookie_deleted_in_a_callback_is_gone_with_the_next_request():
    """The client sends the cookie until a callback has deleted it."""
    client = flowers.test_client()
    https = {"base_url": "https://localhost"}
    client.post("/basket/roses", **https)
    assert client.get("/basket", **https).json == {"basket": "roses"}
    paid = client.post("/checkout", data={"card": "valid"}, **https)
    assert paid.json == {"paid": "roses"}
    assert client.get("/basket", **https).json == {"basket": None}


def test_header_assigned_by_several_callbacks_has_the_value_of_the_last(app):
    """Each callback replaces the header that the one before has set."""

    @app.get("/")
    def index():
        for text in "first", "second":
            after_this_request(assign(text))
        return ""

    def assign(text):
        def set_header(response):
            response.headers["X-Warning"] = text
            return response

        return set_header

    response = app.test_client().get("/")
    assert response.headers.getlist("X-Warning") == ["second"]


def test_header_added_by_several_callbacks_is_sent_for_each(app):
    """headers.add leaves the headers that other callbacks have added."""

    @app.get("/")
    def index():
        for text in "first", "second":
            after_this_request(add(text))
        return ""

    def add(text):
        def add_header(response):
            response.headers.add("X-Warning", text)
            return response

        return add_header

    response = app.test_client().get("/")
    assert response.headers.getlist("X-Warning") == ["first", "second"]


def test_callbacks_deferred_in_a_loop_all_see_its_last_value():
    """They run after the loop, and share its variable."""
    client = a_cookie_for_each_start.app.test_client()
    response = client.post("/newsletter", data=TOPICS)
    assert cookies(response) == ["travel", "travel", "travel"]


def test_callback_can_keep_the_value_of_its_turn_as_a_default_argument(app):
    """A default is computed when the function is defined, so again in each turn."""

    @app.post("/")
    def subscribe():
        for topic in request.form.getlist("topic"):

            @after_this_request
            def remember(response, topic=topic):
                response.set_cookie(topic, "yes")
                return response

        return ""

    response = app.test_client().post("/", data=TOPICS)
    assert cookies(response) == TOPICS["topic"]


def test_one_callback_can_set_several_cookies(app):
    """The loop may be inside the callback."""

    @app.post("/")
    def subscribe():
        topics = request.form.getlist("topic")

        @after_this_request
        def remember(response):
            for topic in topics:
                response.set_cookie(topic, "yes")
            return response

        return ""

    response = app.test_client().post("/", data=TOPICS)
    assert cookies(response) == TOPICS["topic"]


@pytest.fixture
def trusting(app):
    """An app that takes the name of a cookie from the client."""

    @app.post("/")
    def subscribe():
        topic = request.form["topic"]

        @after_this_request
        def set_topic_cookie(response):
            response.set_cookie(topic, "yes")
            return response

        return ""

    return app


FORGED = ["session", "session=stolen; x", "a; Domain=evil.example; x"]


@pytest.mark.parametrize("name", FORGED)
def test_name_of_a_cookie_is_sent_as_the_client_chose_it(trusting, name):
    """set_cookie doesn't check it: any cookie, any value, any attribute."""
    response = trusting.test_client().post("/", data={"topic": name})
    assert response.headers.getlist("Set-Cookie") == [f"{name}=yes; Path=/"]


@pytest.mark.parametrize("app", [a_cookie_for_each.app, a_cookie_for_each_start.app])
@pytest.mark.parametrize("name", [*FORGED, "a\r\nb", "\u5319"])
def test_topic_that_is_not_on_the_list_sets_no_cookie(app, name):
    """The newsletter compares topics with its own before it defers anything."""
    response = app.test_client().post("/newsletter", data={"topic": [name, "music"]})
    assert (response.status_code, response.text) == (200, "Topics: 1")
    assert cookies(response) == ["music"]


@pytest.mark.parametrize("app", [every_warning.app, every_warning_start.app])
@pytest.mark.parametrize("unit", ["a\r\nb", "\u5319", "x" * 9999])
def test_warning_names_the_place_of_a_unit_and_not_its_text(app, unit):
    """Whatever the client calls it, the header is the same."""
    response = app.test_client().get("/recipe", query_string={"unit": unit})
    assert response.status_code == 200
    assert response.headers.getlist("X-Warning") == ["unit 1 unknown"]


def test_header_with_a_newline_of_the_client_makes_a_500(app):
    """Werkzeug refuses it, in the callback: the view has long succeeded."""

    @app.get("/")
    def index():
        @after_this_request
        def add_warning(response):
            response.headers["X-Warning"] = request.args["unit"]
            return response

        return "Home"

    client = app.test_client()
    assert client.get("/?unit=cup").status_code == 200
    assert client.get("/?unit=a%0d%0ab").status_code == 500
