"""From where a callback can be deferred: a view, a helper, an extension."""

import pytest
from flask import Flask, abort, after_this_request, g, request, session

from snippets.deferred_callbacks import decorate_a_view
from snippets.deferred_callbacks.from_extension import Preload
from snippets.deferred_callbacks.from_extension import app as blog_app
from snippets.deferred_callbacks.from_helper import app as product_app
from snippets.deferred_callbacks.from_view import app as post_app
from snippets.deferred_callbacks.smallest import app as order_app


def test_smallest_deferral_changes_the_response_of_its_view():
    """The view returns a string; the header is on the response made from it."""
    response = order_app.test_client().get("/orders/7")
    assert response.text == "Order 7: two lamps"
    assert response.headers["Cache-Control"] == "no-store"


def test_view_can_set_a_cookie_and_still_return_plain_data():
    """The view returns a dict; the deferred callback sets the cookie."""
    response = post_app.test_client().get("/posts/hello")
    assert response.json == {"author": "Ada", "title": "Hello"}
    assert response.headers["Set-Cookie"].startswith("last_post=hello; ")


def test_view_that_aborts_before_it_defers_sets_no_cookie():
    """Nothing was deferred, so nothing is changed."""
    response = post_app.test_client().get("/posts/unknown")
    assert response.status_code == 404
    assert "Set-Cookie" not in response.headers


def test_helper_below_the_view_can_change_the_response():
    """The view doesn't know about the header that a helper's callback sets."""
    client = product_app.test_client()
    assert client.get("/products/desk").headers["X-Counted"] == "yesterday"
    assert "X-Counted" not in client.get("/products/lamp").headers


def test_extension_can_defer_while_a_template_is_rendered():
    """The function that the template calls registers the callback."""
    response = blog_app.test_client().get("/")
    assert response.headers["Link"] == "</blog.css>; rel=preload; as=style"
    assert response.text == '<link rel="stylesheet" href="/blog.css">'


def test_extension_that_defers_needs_a_request():
    """Its own function raises Flask's error when called outside a request."""
    with pytest.raises(RuntimeError, match="'after_this_request' can only be used"):
        blog_app.extensions["preload"].stylesheet("/blog.css")


def test_extension_can_be_created_before_the_app(app):
    """init_app connects it later; each app gets its own entry."""
    preload = Preload()
    preload.init_app(app)
    assert app.extensions["preload"] is preload
    assert blog_app.extensions["preload"] is not preload


def test_decorator_that_defers_first_reaches_the_errors_of_its_view():
    """The response of an abort and of a crash, and no other view."""
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/abort", "abort", decorate_a_view.uncached(lambda: abort(403)))
    app.add_url_rule("/crash", "crash", decorate_a_view.uncached(lambda: 1 / 0))
    app.add_url_rule("/page", "page", decorate_a_view.uncached(lambda: "Tea"))
    app.add_url_rule("/other", "other", lambda: "Tea")
    client = app.test_client()
    for path, status in ("/abort", 403), ("/crash", 500), ("/page", 200):
        response = client.get(path)
        assert response.status_code == status
        assert response.headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in client.get("/other").headers


def test_deferred_callback_can_use_request_session_g_and_an_open_connection(app, steps):
    """Teardown functions run later."""
    app.secret_key = "test"
    app.teardown_request(lambda error: steps.append("closed"))
    app.teardown_appcontext(lambda error: steps.append("closed"))

    @app.get("/orders")
    def index():
        g.order = 7

        @after_this_request
        def note(response):
            session["order"] = g.order
            steps.append(request.path)
            return response

        return "Tea"

    client = app.test_client()
    client.get("/orders")
    assert steps == ["/orders", "closed", "closed"]
    with client.session_transaction() as saved:
        assert saved["order"] == 7
