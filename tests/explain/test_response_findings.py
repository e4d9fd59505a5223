"""Mistakes with a response are found; what only looks like one is not."""

import flask
import pytest
from flask import (
    Blueprint,
    Flask,
    Response,
    after_this_request,
    make_response,
    redirect,
    request,
)

from hookbook.explain.findings import findings
from hookbook.trace.recording import Recorder

from .running import a_shop, found, index, recorded

# A function that returns None where a response is due


def no_return(app):
    a_shop(app)

    @app.after_request
    def stamp(response):
        response.headers["X-Shop"] = "yes"


def no_return_in_a_blueprint(app):
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", view_func=index)

    @shop.after_request
    def stamp(response):
        if request.path == "/other":
            return response

    app.register_blueprint(shop)


def no_return_in_a_callback(app):
    @app.get("/")
    def page():
        @after_this_request
        def stamp(response):
            response.headers["X-Shop"] = "yes"

        return "page"


def no_return_in_a_view(app):
    @app.get("/")
    def stamp():
        pass


def no_return_in_a_handler(app):
    @app.errorhandler(404)
    def stamp(error):
        pass


def text_returned(app):
    a_shop(app)

    @app.after_request
    def stamp(response):
        return "stamped"


def none_with_a_status(app):
    @app.get("/")
    def stamp():
        return None, 200


def none_that_the_next_hook_gets(app):
    a_shop(app)

    @app.after_request
    def recover(response):
        return response or make_response("recovered")

    @app.after_request
    def stamp(response):
        pass


@pytest.mark.parametrize(
    "make",
    [
        no_return,
        no_return_in_a_blueprint,
        no_return_in_a_callback,
        no_return_in_a_view,
        no_return_in_a_handler,
        text_returned,
        none_with_a_status,
        none_that_the_next_hook_gets,
    ],
)
@pytest.mark.parametrize("testing", [True, False])
def test_none_where_a_response_is_due(make, testing):
    assert found(make, TESTING=testing) == [("returned-none", "stamp")]


def none_where_none_is_right(app):
    a_shop(app)

    @app.before_request
    def load_cart():
        return None

    @app.teardown_request
    def close(error):
        return None

    @app.after_request
    def stamp(response):
        return response


def test_none_is_right_elsewhere():
    assert found(none_where_none_is_right) == []


def test_an_application_that_takes_none():
    class Own(Flask):
        def make_response(self, rv):
            return super().make_response("" if rv is None else rv)

        def process_response(self, *args):
            response = args[-1]
            for function in self.after_request_funcs.get(None, []):
                response = self.ensure_sync(function)(response) or response
            return response

    app = Own("shop")

    @app.get("/")
    def page():
        return None

    @app.after_request
    def stamp(response):
        response.headers["X-Shop"] = "yes"

    with Recorder() as recorder:
        assert app.test_client().get("/").headers["X-Shop"] == "yes"
    assert findings(recorder.traces) == []


def test_a_response_of_another_kind():
    class Plain:
        def __init__(self, response):
            self.response = response

        def __call__(self, environ, start_response):
            return self.response(environ, start_response)

    def make(app):
        a_shop(app)

        @app.after_request
        def wrap(response):
            return Plain(response)

        app.session_interface = flask.sessions.SessionInterface()
        app.session_interface.open_session = lambda app, request: {}
        app.session_interface.save_session = lambda app, session, response: None

    assert found(make) == []


# A new response


def header_lost(app):
    a_shop(app)

    @app.after_request
    def replace(response):
        return make_response(f"[{response.get_data(as_text=True)}]")

    @app.after_request
    def stamp(response):
        response.headers["X-Shop"] = "yes"
        return response


def cookie_lost(app):
    @app.get("/")
    def page():
        response = make_response("page")
        response.set_cookie("theme", "dark")
        return response

    @app.after_request
    def replace(response):
        return Response("new")


def deleted_cookie_lost_in_a_callback(app):
    @app.get("/")
    def page():
        @after_this_request
        def replace(response):
            return make_response("new", 202)

        response = make_response("page")
        response.delete_cookie("theme")
        return response


def redirect_lost(app):
    @app.get("/")
    def page():
        return redirect("/login")

    @app.after_request
    def replace(response):
        return make_response("envelope", response.status_code)


@pytest.mark.parametrize(
    ("make", "lost"),
    [
        (header_lost, "the header `X-Shop` of the old one was lost"),
        (cookie_lost, "the cookie `theme` of the old one was lost"),
        (deleted_cookie_lost_in_a_callback, "the cookie `theme` of the old one"),
        (redirect_lost, "the header `Location` of the old one was lost"),
    ],
)
def test_a_new_response_without_what_the_old_one_had(make, lost):
    (one,) = findings(recorded(make))
    assert (one.kind, one.function) == ("response-replaced", "replace")
    assert lost in one.sentence


def all_taken_over(app):
    @app.get("/")
    def page():
        response = make_response("page")
        response.set_cookie("theme", "dark")
        return response

    @app.after_request
    def replace(response):
        new = Response("new", headers=response.headers)
        new.content_length = 3
        return new

    @app.after_request
    def stamp(response):
        response.headers["X-Shop"] = "yes"
        return response


def nothing_to_lose(app):
    a_shop(app)

    @app.after_request
    def replace(response):
        return make_response("new")


def own_class_forced(app):
    class Own(Response):
        pass

    @app.get("/")
    def page():
        return "page", 200, {"X-Shop": "yes"}

    @app.after_request
    def replace(response):
        return Own.force_type(response, request.environ)


def set_again_by_another(app):
    @app.get("/")
    def page():
        return "page", 200, {"X-Shop": "yes"}

    @app.after_request
    def stamp(response):
        response.headers["X-Shop"] = "yes"
        return response

    @app.after_request
    def replace(response):
        return make_response("new")


def header_removed(app):
    @app.get("/")
    def page():
        return "page", 200, {"X-Shop": "yes"}

    @app.after_request
    def remove(response):
        del response.headers["X-Shop"]
        return response


@pytest.mark.parametrize(
    "make",
    [
        all_taken_over,
        nothing_to_lose,
        own_class_forced,
        set_again_by_another,
        header_removed,
    ],
)
def test_nothing_is_lost(make):
    assert found(make) == []
