"""redirect and abort, and what of an app they use."""

import pytest
from flask import Flask, Response, abort, redirect
from werkzeug.exceptions import Aborter, Forbidden, HTTPException, NotFound
from werkzeug.wrappers import Response as BaseResponse

from tests.behaviour.versions import REDIRECT


class Steeped(HTTPException):
    code = 418


def test_redirect_has_a_link_for_clients_that_do_not_follow(app):
    """It is an HTML page."""
    app.add_url_rule("/", view_func=lambda: redirect("/tea"))
    response = app.test_client().get("/")
    assert response.status_code == REDIRECT
    assert response.location == "/tea"
    assert response.mimetype == "text/html"
    assert '<a href="/tea">' in response.text


def test_redirect_in_a_request_is_of_the_class_of_the_app(app):
    """The Response argument counts only outside of an app."""

    class Tea(Response):
        pass

    app.response_class = Tea
    with app.test_request_context():
        response = redirect("/", 303, Response=BaseResponse)
    assert type(response) is Tea
    assert response.status_code == 303


def test_redirect_of_the_app_has_the_same_code(app):
    """app.redirect needs no context."""
    assert app.redirect("/tea").status_code == REDIRECT
    assert app.redirect("/tea", 308).status_code == 308


def test_redirect_without_an_app_is_of_the_class_that_is_asked_for():
    """Werkzeug's own, if none is."""
    assert type(redirect("/", Response=Response)) is Response
    response = redirect("/tea", 301)
    assert type(response) is BaseResponse
    assert (response.status_code, response.location) == (301, "/tea")
    assert redirect("/").status_code == REDIRECT


def test_abort_raises_the_error_of_its_code(app):
    """With the description and the response that it is given."""
    made = Response("made")
    with app.app_context():
        with pytest.raises(NotFound) as caught:
            abort(404, "No such tea", response=made)
        assert caught.value.description == "No such tea"
        assert caught.value.response is made


def test_abort_takes_a_response():
    """The error holds it, with an app or without."""
    made = Response("made", 299)
    for context in (Flask(__name__).app_context(), None):
        if context:
            context.push()
        try:
            with pytest.raises(HTTPException) as caught:
                abort(made)
        finally:
            if context:
                context.pop()
        assert caught.value.response is made
        assert caught.value.get_response() is made


def test_abort_without_an_app_raises_the_same_errors():
    """With what it is given."""
    made = Response("made")
    with pytest.raises(Forbidden) as caught:
        abort(403, "Members only", response=made)
    assert caught.value.description == "Members only"
    assert caught.value.response is made
    with pytest.raises(LookupError, match="no exception for 299"):
        abort(299)


def test_abort_in_an_app_knows_the_errors_of_the_app(app):
    """aborter is made by make_aborter, of aborter_class."""

    class Own(Flask):
        class aborter_class(Aborter):
            def __init__(self):
                super().__init__(extra={499: Steeped})

    own = Own(__name__)
    with own.app_context(), pytest.raises(Steeped):
        abort(499)
    with app.app_context(), pytest.raises(LookupError):
        abort(499)


def test_codes_may_be_added_to_the_aborter_of_an_app(app):
    """Other apps don't know them."""
    app.aborter.mapping[499] = Steeped
    with app.app_context(), pytest.raises(Steeped):
        abort(499)
    with Flask(__name__).app_context(), pytest.raises(LookupError):
        abort(499)
