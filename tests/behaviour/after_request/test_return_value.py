"""What happens when a hook does not return a response object."""

import logging

import pytest
from flask import flash, got_request_exception, request_finished, session
from werkzeug.wrappers import Response as WerkzeugResponse

from snippets.after_request.forget_return import app as account_app
from snippets.after_request.no_parameter import app as orders_app
from snippets.errors.hook_returns_none_session import app as renewing_app

NOT_CALLABLE = "^'NoneType' object is not callable$"


def test_forgetting_to_return_the_response_raises_none_is_not_callable():
    """Flask calls the result as a WSGI application, and None can't be called.

    Question: Why does a forgotten return end in 'NoneType' object is not callable?
    """
    with pytest.raises(TypeError, match=NOT_CALLABLE):
        account_app.test_client().get("/account")


def test_forgotten_return_escapes_flask_without_a_500_page(app):
    """If the session isn't used, no error handler is called and no signal is sent."""
    handled = []
    app.register_error_handler(500, lambda error: handled.append(error) or "Sorry")
    app.after_request(lambda response: None)

    def receive(sender, exception):
        handled.append(exception)

    with (
        got_request_exception.connected_to(receive, app),
        pytest.raises(TypeError, match=NOT_CALLABLE),
    ):
        app.test_client().get("/")
    assert handled == []


def test_forgotten_return_is_not_logged_by_flask(app, caplog):
    """The traceback is for the WSGI server to log; the app's logger is silent."""
    app.after_request(lambda response: None)
    with caplog.at_level(logging.DEBUG), pytest.raises(TypeError):
        app.test_client().get("/")
    assert [r for r in caplog.records if r.name == app.logger.name] == []


def test_teardown_is_told_of_no_error_when_the_return_is_forgotten(app):
    """Teardown functions run, and receive None although the request failed."""
    received = []
    app.after_request(lambda response: None)
    app.teardown_request(received.append)
    with pytest.raises(TypeError):
        app.test_client().get("/")
    assert received == [None]


def test_next_hook_receives_none_when_a_return_is_forgotten(app):
    """The error then names the next hook, not the one with the missing return.

    Question: A hook forgets to return, and another hook follows. Which one does the
    error name?
    """
    app.testing = True

    @app.after_request
    def add_header(response):
        response.headers["X-Hello"] = "World"
        return response

    app.after_request(lambda response: None)
    with pytest.raises(
        AttributeError, match=r"^'NoneType' object has no attribute 'headers'$"
    ):
        app.test_client().get("/")


def test_forgotten_return_before_another_hook_is_a_500_page(app):
    """When the next hook fails on None, Flask handles that as a crash."""

    @app.after_request
    def add_header(response):
        response.headers["X-Hello"] = "World"
        return response

    app.after_request(lambda response: None)
    response = app.test_client().get("/")
    assert response.status_code == 500
    assert "Internal Server Error" in response.text
    assert "X-Hello" not in response.headers


USES = {
    "read": lambda: session.get("item"),
    "changed": lambda: session.update(item="apples"),
    "cleared": lambda: session.clear(),
    "flashed": lambda: flash("Saved"),
}


@pytest.fixture(params=USES)
def basket(request, app):
    """An app that uses the session in its view, and whose hook returns nothing."""
    app.secret_key = "test"
    app.after_request(lambda response: None)
    use = USES[request.param]
    app.add_url_rule("/", view_func=lambda: str(use()), endpoint="index")
    return app


def test_forgotten_return_fails_earlier_when_the_session_is_used(basket):
    """Saving a used session touches the response, and None has no vary."""
    basket.testing = True
    with pytest.raises(
        AttributeError, match=r"^'NoneType' object has no attribute 'vary'$"
    ):
        basket.test_client().get("/")


def test_forgotten_return_is_a_500_page_if_the_session_is_used(basket, caplog):
    """Flask saves the session where exceptions are handled, signalled and logged."""
    handled = []

    def receive(sender, exception):
        handled.append(str(exception))

    with got_request_exception.connected_to(receive, basket):
        response = basket.test_client().get("/")
    assert response.status_code == 500
    assert "Internal Server Error" in response.text
    assert handled == ["'NoneType' object has no attribute 'vary'"]
    assert [one.message for one in caplog.records if one.name == basket.name] == [
        "Exception on / [GET]",
        "Request finalizing failed with an error while handling an error",
    ]


@pytest.mark.parametrize("value", ["Hello", ("Hello", 200), {"hello": "world"}])
def test_value_that_is_no_response_fails_when_the_session_is_saved(app, value):
    """A text, a tuple and a dict have no vary either."""
    app.testing = True
    app.secret_key = "test"
    app.after_request(lambda response: value)
    app.add_url_rule("/", "index", lambda: str(session.get("item")))
    name = type(value).__name__
    with pytest.raises(
        AttributeError, match=f"^'{name}' object has no attribute 'vary'$"
    ):
        app.test_client().get("/")


def test_forgotten_return_fails_at_set_cookie_if_a_session_is_renewed():
    """A view that doesn't use a permanent session: Flask still sends its cookie."""
    client = renewing_app.test_client()
    assert client.get("/login").status_code == 200
    with pytest.raises(
        AttributeError, match=r"^'NoneType' object has no attribute 'set_cookie'$"
    ):
        client.get("/")


def test_request_finished_receives_none_when_the_return_is_forgotten(app):
    """Receivers of the signal get the result of the last hook, even None."""
    received = []

    def receive(sender, response):
        received.append(response)

    app.after_request(lambda response: None)
    with request_finished.connected_to(receive, app), pytest.raises(TypeError):
        app.test_client().get("/")
    assert received == [None]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("Hello", "^'str' object is not callable$"),
        (("Hello", 200), "^'tuple' object is not callable$"),
        ({"hello": "world"}, "^'dict' object is not callable$"),
    ],
)
def test_return_value_of_a_hook_is_not_converted_to_a_response(app, value, message):
    """A hook may not return what a view may: Flask doesn't convert its value.

    Question: May a hook return a string or a tuple?
    """
    app.after_request(lambda response: value)
    with pytest.raises(TypeError, match=message):
        app.test_client().get("/")


def test_hook_may_return_a_response_of_werkzeug(app):
    """Anything that is a WSGI application does, such as Werkzeug's own Response."""
    app.after_request(lambda response: WerkzeugResponse("plain", 202))
    response = app.test_client().get("/")
    assert (response.status_code, response.text) == (202, "plain")


def test_hook_without_a_parameter_is_called_with_one_argument():
    """An after_request hook gets the response: a function without parameter fails."""
    with pytest.raises(
        TypeError, match=r"^log_path\(\) takes 0 positional arguments but 1 was given$"
    ):
        orders_app.test_client().get("/orders")


def test_hook_without_a_parameter_is_a_500_page_in_production(monkeypatch, caplog):
    """Both runs fail, and Flask logs the crash and then the failure on its 500."""
    monkeypatch.setitem(orders_app.config, "TESTING", False)
    response = orders_app.test_client().get("/orders")
    assert response.status_code == 500
    assert [r.message for r in caplog.records if r.name == orders_app.logger.name] == [
        "Exception on /orders [GET]",
        "Request finalizing failed with an error while handling an error",
    ]


def test_before_request_function_is_called_without_arguments(app):
    """There is no response yet: a parameter in a before_request function fails."""
    app.testing = True

    @app.before_request
    def prepare(response):
        return None

    with pytest.raises(TypeError, match="missing 1 required positional argument"):
        app.test_client().get("/")
