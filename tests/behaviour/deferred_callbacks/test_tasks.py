"""What the tasks about deferred callbacks come to."""

from flask import after_this_request, request

from snippets.deferred_callbacks_tasks.a_cookie_for_each_start import (
    app as newsletter,
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
    client.post("/basket/roses")
    assert client.get("/basket").json == {"basket": "roses"}
    assert client.post("/checkout", data={"card": "valid"}).json == {"paid": "roses"}
    assert client.get("/basket").json == {"basket": None}


def test_header_assigned_by_several_callbacks_has_the_value_of_the_last(app):
    """Each callback receives the response with the header of the one before."""

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
    """They run after the loop, and its variable is one for all of them."""
    response = newsletter.test_client().post("/newsletter", data=TOPICS)
    assert cookies(response) == ["travel", "travel", "travel"]


def test_callback_can_keep_the_value_of_its_turn_as_a_default_argument(app):
    """A default is computed when the function is defined: in each turn anew."""

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
    """The loop may as well stand inside the callback."""

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
