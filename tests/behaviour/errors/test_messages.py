"""Messages that people paste, where another test doesn't prove their cause."""

import io
import os
import threading
import warnings
from contextlib import nullcontext

import pytest
from flask import make_response, redirect, request, send_file, session
from flask.views import MethodView

from snippets.errors import (
    cors_twice,
    login_redirects,
    sent_file_is_read,
    view_returns_coroutine,
)


def test_thread_of_a_view_has_no_request(app):
    """It starts with context variables of its own."""
    told = []

    def work():
        try:
            told.append(request.path)
        except RuntimeError as error:
            told.append(str(error).splitlines()[0])

    @app.get("/")
    def view():
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        return "ok"

    assert app.test_client().get("/").text == "ok"
    assert told == ["Working outside of request context."]


def test_view_that_returns_an_empty_text_and_204_is_valid(app):
    """None is not: it is what a forgotten return gives."""
    app.add_url_rule("/", "view", lambda: ("", 204))
    assert app.test_client().get("/").status_code == 204


def test_number_from_an_error_handler_raises_the_same_error(app):
    """A handler's return value becomes a response, like a view's."""
    app.testing = True
    app.register_error_handler(404, lambda error: 404)
    client = app.test_client()
    with pytest.raises(TypeError, match="did not return a valid response"):
        client.get("/")


@pytest.mark.parametrize(
    ("path", "named", "handled"),
    [
        ("/", "'index'", KeyError),
        ("/", "'index'", Exception),
        ("/nowhere", "None", 404),
    ],
)
def test_error_handler_without_a_return_is_told_as_one_of_the_view(
    app, path, named, handled
):
    """The message names the view of the request, or None for an unknown URL."""
    app.testing = True
    app.register_error_handler(handled, lambda error: None)
    app.add_url_rule("/", "index", lambda: {}["tea"])
    with pytest.raises(TypeError) as caught:
        app.test_client().get(path)
    assert str(caught.value) == (
        f"The view function for {named} did not return a valid response. The function"
        " either returned None or ended without a return statement."
    )


@pytest.mark.parametrize(
    ("returned", "status", "header"),
    [
        (("a", 201), 201, None),
        (("a", {"X-Shop": "corner"}), 200, "corner"),
        (("a", 201, {"X-Shop": "corner"}), 201, "corner"),
    ],
)
def test_tuples_of_two_and_three_are_valid_in_their_three_forms(
    app, returned, status, header
):
    """A body with a status, with headers, or with both, in this order."""
    app.add_url_rule("/", "view", lambda: returned)
    response = app.test_client().get("/")
    assert (response.status_code, response.headers.get("X-Shop")) == (status, header)


def test_file_that_was_not_sent_is_a_400_in_production(app):
    """The explanation is for debug mode only."""
    app.add_url_rule(
        "/", "view", lambda: request.files["photo"].filename, methods=["POST"]
    )
    response = app.test_client().post("/", data={"photo": "tea.png"})
    assert response.status_code == 400
    assert "enctype" not in response.text


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {}, 200),
        ("GET", {"Range": "bytes=0-1"}, 206),
        ("GET", {"If-None-Match": '"tea"'}, 304),
        ("HEAD", {}, 200),
    ],
)
def test_hook_that_skips_what_is_streamed_leaves_each_response_of_a_file(
    app, method, headers, status
):
    """Also a part of it, a 304 and the response to HEAD; a hook that reads is a 500."""
    sent = {"mimetype": "text/csv", "etag": "tea", "conditional": True}
    app.add_url_rule("/", "send", lambda: send_file(io.BytesIO(b"tea,3"), **sent))
    client = app.test_client()
    for hook, expected in (
        (sent_file_is_read.add_length_fixed, status),
        (sent_file_is_read.add_length, 500),
    ):
        app.after_request_funcs[None] = [hook]
        with client.open("/", method=method, headers=headers) as response:
            assert response.status_code == expected


def test_added_header_is_there_twice_and_a_set_one_once():
    """A browser refuses two values of Access-Control-Allow-Origin, even equal ones."""
    client = cors_twice.app.test_client()
    found = {
        path: client.options(path).headers.getlist(cors_twice.NAME)
        for path in ("/added", "/set")
    }
    assert found == {"/added": [cors_twice.SHOP] * 2, "/set": [cors_twice.SHOP]}


@pytest.mark.parametrize("way", ["header", "attribute"])
def test_list_of_origins_in_one_header_is_sent_as_it_is(app, way):
    """Whichever origin asks: Flask chooses none of them."""
    both = "https://shop.example, https://admin.shop.example"

    @app.after_request
    def add_cors_headers(response):
        if way == "header":
            response.headers[cors_twice.NAME] = both
        else:
            response.access_control_allow_origin = both
        return response

    for origin in both.split(", "):
        response = app.test_client().get("/", headers={"Origin": origin})
        assert response.headers.getlist(cors_twice.NAME) == [both]


def test_view_class_that_names_a_method_without_a_function_fails(app):
    """The URL accepts the method, but the class has nothing to call."""
    app.testing = True
    app.add_url_rule("/named", view_func=orders(methods=["GET", "PUT"]))
    client = app.test_client()
    assert client.get("/named").text == "Orders"
    with pytest.raises(AssertionError, match="Unimplemented method 'PUT'"):
        client.put("/named")


def test_view_class_without_methods_accepts_those_that_it_has(app):
    """Other methods get a 405."""
    app.add_url_rule("/", view_func=orders())
    client = app.test_client()
    assert client.get("/").text == "Orders"
    response = client.put("/")
    assert (response.status_code, sorted(response.allow)) == (
        405, ["GET", "HEAD", "OPTIONS"],
    )  # fmt: skip


def orders(**attributes):
    """Return the view of a class that has a function for GET."""
    attributes["get"] = lambda self: "Orders"
    return type("Orders", (MethodView,), attributes).as_view("orders")


def test_crash_is_logged_with_path_and_method(app, caplog):
    """And with the exception, under the name of the app."""
    app.add_url_rule("/order", "order", lambda: {}["order"])
    assert app.test_client().get("/order").status_code == 500
    (record,) = caplog.records
    assert record.getMessage() == "Exception on /order [GET]"
    assert (record.levelname, record.name) == ("ERROR", app.name)
    assert record.exc_info[0] is KeyError


def test_file_that_the_view_closes_cannot_be_sent(app):
    """The server reads it when the view has returned; send_file closes it itself."""
    app.testing = True
    opened = []

    def view(closed):
        with io.BytesIO(b"tea") if closed else nullcontext(io.BytesIO(b"tea")) as file:
            opened.append(file)
            return send_file(file, mimetype="text/plain")

    app.add_url_rule("/closed", "closed", view, defaults={"closed": True})
    app.add_url_rule("/open", "open", view, defaults={"closed": False})
    client = app.test_client()
    with pytest.raises(ValueError, match="closed file"):
        client.get("/closed")
    response = client.get("/open")
    assert response.text == "tea"
    response.close()
    assert opened[-1].closed


def test_json_without_its_content_type_is_an_error_unless_told(app):
    """silent=True returns None; force=True reads the body anyway."""

    @app.post("/")
    def index():
        return repr(request.get_json(**dict.fromkeys(request.args, True)))

    client = app.test_client()
    assert client.post("/", data="[1]").status_code in {400, 415}
    assert client.post("/?silent=1", data="[1]").text == "None"
    assert client.post("/?force=1", data="[1]").text == "[1]"


def test_view_that_does_not_take_an_argument_of_its_url_fails(app):
    """Unless a url_value_preprocessor function takes it away."""
    app.testing = True
    app.add_url_rule("/<lang>/orders", "orders", lambda: "Orders")
    with pytest.raises(TypeError, match="unexpected keyword argument 'lang'"):
        app.test_client().get("/en/orders")


def test_session_cookie_that_is_too_large_is_sent_with_a_warning(app):
    """More than MAX_COOKIE_SIZE, 4093 bytes; 0 turns the warning off."""
    app.secret_key = "tea"
    assert app.config["MAX_COOKIE_SIZE"] == 4093
    app.add_url_rule("/", "keep", lambda: session.update(tea=os.urandom(4000)) or "")
    with pytest.warns(UserWarning, match="The 'session' cookie is too large"):
        response = app.test_client().get("/")
    assert len(response.headers["Set-Cookie"]) > 4093
    app.config["MAX_COOKIE_SIZE"] = 0
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert app.test_client().get("/").status_code == 200


@pytest.mark.parametrize("value", ["Closed", ("Closed", 503)])
def test_next_after_request_function_gets_what_one_returned(app, value):
    """Also text or a tuple, which has no headers; make a response from it first."""
    app.testing = True

    @app.after_request
    def add_header(response):
        response.headers["X-Shop"] = "corner"
        return response

    make = [lambda returned: returned, make_response]
    app.after_request(lambda response: make[0](value))
    client = app.test_client()
    name = type(value).__name__
    with pytest.raises(AttributeError, match=f"'{name}' object has no attribute 'hea"):
        client.get("/")
    del make[0]
    assert client.get("/").headers["X-Shop"] == "corner"


def test_decorator_gets_what_the_view_returned(app):
    """Flask makes the response later; make_response makes it at once."""
    received = []

    def decorated():
        received.extend((value := view(), make_response(value)))
        return value

    def view():
        return "Orders", 202

    app.add_url_rule("/", "view", decorated)
    assert app.test_client().get("/").status_code == 202
    assert received[0] == ("Orders", 202)
    assert received[1].get_data(as_text=True) == "Orders"
    assert received[1].status_code == 202


@pytest.mark.parametrize("place", ["view", "hook"])
def test_coroutine_of_a_wrapped_async_function_is_no_valid_response(app, place):
    """Flask awaits functions that are async themselves, not what others return."""
    app.testing = True
    made = []

    async def respond():
        return "Hello"

    def wrapper():
        made.append(respond())
        return made[-1]

    if place == "hook":
        app.before_request(wrapper)
    app.add_url_rule("/", "view", wrapper)
    with pytest.raises(TypeError, match="but it was a coroutine"):
        app.test_client().get("/")
    for coroutine in made:
        coroutine.close()
    assert len(made) == 1


def test_ensure_sync_makes_a_wrapped_async_view_a_plain_one():
    """It returns what the view returns; a plain view is called as it is."""
    client = view_returns_coroutine.app.test_client()
    assert client.get("/fixed").text == "Hello"


def test_login_check_for_the_login_page_redirects_to_itself():
    """A browser gives up after some twenty redirects to the same page."""
    app = login_redirects.create_app(login_redirects.require_login_everywhere)
    response = app.test_client().get("/login")
    assert response.location == "/login"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/login", 200),
        ("GET", "/nothing", 404),
        ("GET", "/static/shop.css", 404),
        ("OPTIONS", "/", 200),
    ],
)
def test_login_check_leaves_out_login_page_files_and_unknown_urls(method, path, status):
    """And OPTIONS, which a browser sends without cookies before the request."""
    app = login_redirects.create_app(login_redirects.require_login)
    client = app.test_client()
    assert client.get("/").location == "/login"
    assert client.open(path, method=method).status_code == status


@pytest.mark.parametrize(
    ("location", "scheme"), [("https://shop.example/new", "https"), ("/new", "http")]
)
def test_client_follows_a_redirect_to_the_same_host(app, location, scheme):
    """Also one to https, whether the location names the host or not."""
    app.add_url_rule("/", "index", lambda: redirect(location))
    app.add_url_rule("/new", "new", lambda: request.url)
    response = app.test_client().get(
        "/", base_url="http://shop.example", follow_redirects=True
    )
    assert response.text == f"{scheme}://shop.example/new"


def test_client_does_not_follow_a_redirect_to_another_host(app):
    """It raises, and the request before it had the redirect as its response."""
    app.add_url_rule("/", "index", lambda: redirect("https://other.example/"))
    client = app.test_client()
    with pytest.raises(RuntimeError, match="external redirects is not supported"):
        client.get("/", follow_redirects=True)
    assert client.get("/").location == "https://other.example/"


def test_client_follows_a_redirect_to_a_subdomain_if_it_is_told_to(app):
    """allow_subdomain_redirects is off unless the test sets it."""
    app.add_url_rule("/", "index", lambda: redirect("http://www.shop.example/new"))
    app.add_url_rule("/new", "new", lambda: request.host)
    client = app.test_client()
    ask = {"base_url": "http://shop.example", "follow_redirects": True}
    with pytest.raises(RuntimeError, match="subdomain redirects is not enabled"):
        client.get("/", **ask)
    client.allow_subdomain_redirects = True
    assert client.get("/", **ask).text == "www.shop.example"
