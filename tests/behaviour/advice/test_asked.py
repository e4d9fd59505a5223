"""What readers asked, and a run answers."""

import pytest
from flask import (
    Blueprint,
    Flask,
    current_app,
    request,
    request_started,
    session,
    url_for,
)

from snippets.recipes import cors, login_page
from tests.behaviour.versions import REDIRECT


def test_form_sent_without_a_login_is_lost_after_it(app):
    """A redirect after the login is a GET, and has no form."""
    app.secret_key = "only for tests"
    app.before_request(login_page.require_login)
    app.add_url_rule("/", "index", lambda: "Blog")
    views = login_page.app.view_functions
    app.add_url_rule("/login", "log_in", views["log_in"], methods=["POST"])
    app.add_url_rule("/comments", "comment", lambda: "saved", methods=["POST"])
    client = app.test_client()
    form = client.post("/comments", data={"text": "Nice tea"})
    assert form.status_code == REDIRECT
    back = client.post(form.location)
    assert (back.status_code, back.location) == (303, "/comments")
    assert client.get(back.location).status_code == 405


def test_preflight_names_only_what_the_recipe_allows():
    """The browser refuses any other method or header that a script uses."""
    headers = {
        "Origin": "https://shop.example",
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "authorization",
    }
    response = cors.app.test_client().options("/api/orders/7", headers=headers)
    assert response.status_code == 200
    assert set(response.access_control_allow_methods) == {"GET", "DELETE"}
    assert set(response.access_control_allow_headers) == {"Content-Type"}


@pytest.mark.parametrize(
    ("endpoint", "ran"), [("orders", []), ("shop.orders", ["shop"])]
)
def test_endpoint_decides_whose_blueprint_hooks_run(app, steps, endpoint, ran):
    """Without the blueprint's name before a dot, request.blueprint is None."""
    shop = Blueprint("shop", __name__)
    shop.before_request(lambda: steps.append(request.blueprint))
    app.register_blueprint(shop)
    app.add_url_rule("/orders", endpoint, lambda: "Orders")
    assert app.test_client().get("/orders").text == "Orders"
    assert steps == ran


def test_request_context_in_middleware_runs_teardown_functions_and_no_other_hook(
    app, steps
):
    """request, session and url_for work in the block; the app still gets the body."""
    app.secret_key = "only for tests"
    app.before_request(lambda: steps.append("before_request"))
    app.teardown_request(lambda error: steps.append("teardown_request"))
    app.add_url_rule("/", "index", lambda: request.get_data(), methods=["POST"])
    inner = app.wsgi_app

    def middleware(environ, start_response):
        with app.request_context(environ):
            steps.append((request.path, session.get("user"), url_for("index")))
        return inner(environ, start_response)

    app.wsgi_app = middleware
    client = app.test_client()
    with client.session_transaction() as stored:
        stored["user"] = "anna"
    steps.clear()
    assert client.post("/", data="tea").text == "tea"
    seen = ("/", "anna", "/")
    torn_down = "teardown_request"
    assert steps == [seen, torn_down, "before_request", torn_down]


def test_attribute_of_the_app_is_shared_by_all_requests(app):
    """Also by those of other clients and threads."""

    @app.get("/<name>")
    def greet(name):
        shop = current_app._get_current_object()
        shop.seen = [*getattr(shop, "seen", []), name]
        return " ".join(shop.seen)

    assert app.test_client().get("/anna").text == "anna"
    assert app.test_client().get("/bea").text == "anna bea"


def test_receiver_without_a_sender_hears_every_app(app, steps):
    """Such as each app that a factory makes in tests."""

    def note(sender, **extra):
        steps.append(sender.name)

    other = Flask("other", static_folder=None)
    with request_started.connected_to(note):
        for one in app, other:
            one.test_client().get("/")
    assert steps == [app.name, other.name]
