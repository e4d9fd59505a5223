"""What readers asked about signals, tests and URLs, and a run answers."""

import flask
import pytest
from flask import Blueprint, got_request_exception, request, request_started, url_for
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.routing import BuildError

from snippets.recipes import login_page


@pytest.mark.parametrize(
    ("caught", "sent"),
    [(Exception, []), (HTTPException, [KeyError]), (InternalServerError, [KeyError])],
)
def test_handler_of_exception_keeps_a_crash_from_got_request_exception(
    app, steps, caught, sent
):
    """With a handler for 500 or HTTPException, a tool such as Sentry still sees it."""

    def note(sender, exception, **extra):
        steps.append(type(exception))

    app.register_error_handler(caught, lambda error: ("Sorry", 500))
    app.add_url_rule("/", "index", lambda: {}["tea"])
    with got_request_exception.connected_to(note, app):
        assert app.test_client().get("/").text == "Sorry"
    assert steps == sent


def test_login_posted_without_its_query_string_leads_to_the_start():
    """next is in the form's address, not in its fields."""
    client = login_page.app.test_client()
    shown = client.get("/orders", follow_redirects=True)
    assert "action" not in shown.text
    assert client.post("/login").location == "/"
    assert client.post(shown.request.full_path).location == "/orders"


def test_setting_changed_between_two_requests_counts_for_the_second(app):
    """Flask reads most settings for each request, so a test may replace one."""
    app.secret_key = "only for tests"
    app.add_url_rule("/", "index", lambda: flask.session.update(cup="tea") or "Tea")
    client = app.test_client()
    names = []
    for name in "session", "other":
        app.config["SESSION_COOKIE_NAME"] = name
        names.append(client.get("/").headers["Set-Cookie"].partition("=")[0])
    assert names == ["session", "other"]


def test_sender_of_a_request_of_a_blueprint_is_the_app(app, steps):
    """Blueprints send no signals; request.blueprint tells them apart."""
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", "index", lambda: "Shop")
    app.register_blueprint(shop)

    def note(sender, **extra):
        steps.append((sender is app, request.blueprint))

    with request_started.connected_to(note, app):
        app.test_client().get("/")
    assert steps == [(True, "shop")]


def test_receiver_connected_twice_is_called_once_and_two_equal_ones_are_two(app, steps):
    """A function defined inside create_app is a new function for each app."""

    def make():
        return lambda sender, **extra: steps.append("called")

    first, second = make(), make()
    for receiver in first, first, second:
        request_started.connect(receiver, app)
    app.test_client().get("/")
    request_started.disconnect(second, app)
    app.test_client().get("/")
    request_started.disconnect(first, app)
    assert steps == ["called"] * 3


def test_relative_endpoint_in_an_app_wide_function_is_that_of_the_request(app, steps):
    """A dot in front means the blueprint of the request, not of the function."""
    auth = Blueprint("auth", __name__)
    auth.add_url_rule("/login", "log_in", lambda: "Log in")
    blog = Blueprint("blog", __name__)
    blog.add_url_rule("/blog", "index", lambda: "Blog")

    @auth.before_app_request
    def note_login():
        try:
            steps.append(url_for(".log_in"))
        except BuildError as error:
            steps.append(error.endpoint)

    app.register_blueprint(auth)
    app.register_blueprint(blog)
    for path in "/login", "/blog", "/nothing":
        app.test_client().get(path)
    assert steps == ["/login", "blog.log_in", "log_in"]
