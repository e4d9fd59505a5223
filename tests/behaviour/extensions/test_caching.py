"""Flask-Caching: what runs when the view has been cached."""

from functools import wraps

import pytest
from flask import abort, after_this_request, make_response, request, session

pytestmark = pytest.mark.extensions


@pytest.fixture
def cache(app):
    from flask_caching import Cache

    app.config["CACHE_TYPE"] = "SimpleCache"
    return Cache(app)


def test_hooks_run_for_a_cached_view_and_what_it_registered_does_not(app, steps, cache):
    """On a hit before_request and after_request functions run, the view doesn't."""
    app.before_request(lambda: steps.append("before"))
    app.after_request(lambda response: steps.append("after") or response)

    @app.get("/")
    @cache.cached()
    def index():
        steps.append("view")
        after_this_request(lambda response: steps.append("deferred") or response)
        return "shop"

    client = app.test_client()
    assert client.get("/").text == client.get("/").text == "shop"
    assert steps == ["before", "view", "deferred", "after", "before", "after"]


@pytest.mark.parametrize("path", ["/returned", "/raised"])
@pytest.mark.parametrize("kept", [True, False])
def test_flask_caching_keeps_errors_of_a_view_unless_response_filter_refuses(
    app, steps, cache, path, kept
):
    """Both a tuple with 404 and abort(404), which is raised again for each request."""

    def succeeded(value):
        return make_response(value).status_code < 400

    @app.get(path)
    @cache.cached(response_filter=None if kept else succeeded)
    def show_order():
        steps.append("view")
        if path == "/raised":
            abort(404)
        return "no such order", 404

    client = app.test_client()
    assert [client.get(path).status_code for _ in range(2)] == [404, 404]
    assert steps == ["view"] * (1 if kept else 2)


def test_decorator_below_cached_is_skipped_on_a_hit(app, steps, cache):
    """One above it runs each time, as before_request functions do."""

    def checked(name):
        def decorate(view):
            @wraps(view)
            def check():
                steps.append(name)
                return view()

            return check

        return decorate

    @app.get("/")
    @checked("above")
    @cache.cached()
    @checked("below")
    def index():
        return "shop"

    client = app.test_client()
    assert client.get("/").text == client.get("/").text == "shop"
    assert steps == ["above", "below", "above"]


def test_cookie_that_a_cached_view_sets_goes_to_the_next_visitor(app, cache):
    """The response object is cached with its headers; those of hooks are new."""
    numbers = iter("123456")

    @app.after_request
    def number(response):
        response.headers["X-Number"] = next(numbers)
        return response

    @app.get("/")
    @cache.cached()
    def index():
        response = make_response("shop")
        response.set_cookie("visitor", next(numbers))
        return response

    one, other = (app.test_client().get("/") for _ in range(2))
    assert one.headers["Set-Cookie"] == other.headers["Set-Cookie"]
    assert [each.headers["X-Number"] for each in (one, other)] == ["2", "3"]


@pytest.mark.parametrize("apart", [False, True])
def test_cached_page_is_for_every_query_string_unless_told(app, cache, apart):
    """query_string=True makes the query a part of the key."""
    options = {"query_string": True} if apart else {}

    @app.get("/orders")
    @cache.cached(**options)
    def show():
        return request.args["user"]

    client = app.test_client()
    told = [client.get(f"/orders?user={name}").text for name in ("anna", "bob")]
    assert told == ["anna", "bob" if apart else "anna"]


def test_cached_page_of_one_session_goes_to_every_other(app, cache):
    """Its key is the path: nothing of the user is in it."""
    app.secret_key = "key"

    @app.get("/login/<name>")
    def log_in(name):
        session["user"] = name
        return "Welcome"

    app.add_url_rule("/", "index", cache.cached()(lambda: session["user"]))
    told = []
    for name in "anna", "bob":
        client = app.test_client()
        client.get(f"/login/{name}")
        told.append(client.get("/").text)
    assert told == ["anna", "anna"]
