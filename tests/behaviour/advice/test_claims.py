"""Claims that are in circulation, refuted."""

import pytest
from flask import Blueprint, Flask, after_this_request, request

from snippets.wrong_advice import exempt_by_path, teardown_before_sending


def test_teardown_functions_run_before_the_client_reads_the_response():
    """They are called when Flask has handed the response to the server."""
    teardown_before_sending.ran.clear()
    response = teardown_before_sending.app.test_client().get("/", buffered=False)
    assert teardown_before_sending.ran == ["teardown function"]
    response.close()
    teardown_before_sending.ran.clear()


def test_endpoint_is_the_name_of_the_view_and_no_path():
    """So a list of paths exempts nothing."""
    client = exempt_by_path.app.test_client()
    assert client.get("/admin").text == "stopped at endpoint show_admin"


def test_after_this_request_as_a_decorator_of_a_view_fails_at_import(app):
    """It wants a request, and there is none when the module is imported."""
    with pytest.raises(RuntimeError, match="'after_this_request' can only be used"):

        @app.get("/")
        @after_this_request
        def view():
            return "ok"


@pytest.mark.parametrize("name", ["start_time", "end_time"])
def test_request_has_no_time_of_its_own(app, name):
    """Keep the time of the start on g."""
    with app.test_request_context():
        assert not hasattr(request, name)


@pytest.mark.parametrize(
    "name", ["last_request_start_time", "before_configure", "lifecycle"]
)
def test_app_has_no_such_attribute(name):
    """No Flask since 2.2 has it."""
    assert not hasattr(Flask("app"), name)


def test_before_app_request_runs_for_views_of_the_app_and_unknown_urls(app, steps):
    """The app in its name means: for the whole app."""
    shop = Blueprint("shop", __name__)
    shop.before_app_request(lambda: steps.append(request.path))
    app.register_blueprint(shop)
    app.add_url_rule("/", "index", lambda: "ok")
    client = app.test_client()
    client.get("/")
    client.get("/nothing")
    assert steps == ["/", "/nothing"]
