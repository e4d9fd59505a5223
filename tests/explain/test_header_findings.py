"""A header that one function sets and another overwrites: who won is told."""

import pytest
from flask import (
    Blueprint,
    after_this_request,
    make_response,
    request,
    send_file,
)

from hookbook.explain.findings import findings

from .running import a_shop, found, index, recorded


def of_the_view(app):
    @app.get("/")
    def page():
        return "page", {"Cache-Control": "public"}

    @app.after_request
    def overwrite(response):
        response.headers["Cache-Control"] = "no-store"
        return response


def of_a_response_of_the_view(app):
    @app.get("/")
    def page():
        response = make_response("page")
        response.cache_control.public = True
        return response

    @app.after_request
    def overwrite(response):
        response.cache_control.public = False
        response.cache_control.no_store = True
        return response


def of_a_callback(app):
    @app.get("/")
    def page():
        @after_this_request
        def frame(response):
            response.headers["X-Frame-Options"] = "DENY"
            return response

        return "page"

    @app.after_request
    def overwrite(response):
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response


def of_the_blueprint(app):
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", view_func=index)

    @shop.after_request
    def frame(response):
        response.headers["X-Frame-Options"] = "DENY"
        return response

    @app.after_request
    def overwrite(response):
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response

    app.register_blueprint(shop)


def of_an_early_response(app):
    a_shop(app)

    @app.before_request
    def close_shop():
        return "closed", 503, {"Retry-After": "3600"}

    @app.after_request
    def overwrite(response):
        response.headers["Retry-After"] = "60"
        return response


def of_an_error_handler(app):
    @app.errorhandler(404)
    def not_found(error):
        return "no page", 404, {"Cache-Control": "max-age=60"}

    @app.after_request
    def overwrite(response):
        response.headers["Cache-Control"] = "no-store"
        return response


def type_of_another_hook(app):
    a_shop(app)

    @app.after_request
    def overwrite(response):
        response.content_type = "text/plain"
        return response

    @app.after_request
    def as_json(response):
        response.content_type = "application/json"
        return response


@pytest.mark.parametrize(
    ("make", "setter"),
    [
        (of_the_view, "the view function `page`"),
        (of_a_response_of_the_view, "the view function `page`"),
        (of_a_callback, "the deferred callback `frame`"),
        (of_the_blueprint, "the after_request function `frame`"),
        (of_an_early_response, "the before_request function `close_shop`"),
        (of_an_error_handler, "the error handler `not_found`"),
        (type_of_another_hook, "the after_request function `as_json`"),
    ],
)
def test_a_header_that_is_overwritten(make, setter):
    (one,) = findings(recorded(make))
    assert (one.kind, one.function) == ("header-overwritten", "overwrite")
    assert setter in one.sentence


def test_who_won():
    (one,) = findings(recorded(of_the_view))
    assert one.sentence == (
        "The after_request function `overwrite` overwrote the header `Cache-Control:"
        " public` of the view function `page`, so that `Cache-Control: no-store` is"
        " sent."
    )


def default_only(app):
    @app.get("/")
    def page():
        return "page", {"Cache-Control": "public"}

    @app.after_request
    def set_default(response):
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def default_of_flask(app):
    a_shop(app)

    @app.after_request
    def as_text(response):
        response.content_type = "text/plain"
        return response


def default_of_a_sent_file(app):
    @app.get("/")
    def download():
        return send_file(__file__)

    @app.after_request
    def cache(response):
        response.headers["Cache-Control"] = "private, max-age=60"
        return response


def extended(app):
    @app.get("/")
    def page():
        response = make_response("page")
        response.vary.add("Accept-Language")
        response.cache_control.private = True
        response.headers["Content-Security-Policy"] = "default-src 'self'"
        return response

    @app.after_request
    def extend(response):
        response.vary.add("Accept")
        response.cache_control.max_age = 60
        response.headers["Content-Security-Policy"] += "; img-src *"
        response.headers.add("Link", "</next>; rel=next")
        return response


def same_value(app):
    of_the_view(app)
    app.view_functions["page"] = lambda: ("page", {"Cache-Control": "no-store"})


def same_function(app):
    a_shop(app)

    @app.after_request
    def count(response):
        for number in range(2):
            response.headers["X-Count"] = str(number)
        return response


def set_on_each_pass(app):
    a_shop(app)

    @app.after_request
    def fail(response):
        if response.status_code == 200:
            raise ValueError
        return response

    @app.after_request
    def stamp(response):
        response.headers["X-Status"] = response.status
        return response


def removed_and_set(app):
    @app.get("/")
    def page():
        return "page", {"X-Shop": "one"}

    @app.after_request
    def put(response):
        response.headers["X-Shop"] = "two"
        return response

    @app.after_request
    def remove(response):
        del response.headers["X-Shop"]
        return response


def body_with_its_headers(app):
    @app.get("/")
    def page():
        response = make_response("page")
        response.add_etag()
        return response

    @app.after_request
    def add_banner(response):
        response.set_data(response.get_data() + b"banner")
        response.add_etag(overwrite=True)
        return response


def redirect_made_absolute(app):
    @app.get("/")
    def page():
        response = make_response("moved", 302)
        response.location = "/other"
        response.autocorrect_location_header = True
        return response


def only_for_one_kind(app):
    of_the_view(app)
    app.after_request_funcs.clear()

    @app.after_request
    def no_store_for_the_rest(response):
        if "Cache-Control" not in response.headers or request.path != "/":
            response.headers["Cache-Control"] = "no-store"
        return response


@pytest.mark.parametrize(
    "make",
    [
        default_only,
        default_of_flask,
        default_of_a_sent_file,
        extended,
        same_value,
        same_function,
        set_on_each_pass,
        removed_and_set,
        body_with_its_headers,
        redirect_made_absolute,
        only_for_one_kind,
    ],
)
def test_a_header_that_is_not_overwritten(make):
    assert found(make) == []
