"""From where a callback can be deferred: a view, a helper, an extension."""

import pytest

from snippets.deferred_callbacks.from_extension import Preload
from snippets.deferred_callbacks.from_extension import app as timeline_app
from snippets.deferred_callbacks.from_helper import app as price_app
from snippets.deferred_callbacks.from_view import app as book_app
from snippets.deferred_callbacks.smallest import app as tide_app


def test_smallest_deferral_changes_the_response_of_its_view():
    """The view returns a string; the header is on the response made from it."""
    response = tide_app.test_client().get("/")
    assert response.text == "High water in two hours"
    assert response.headers["Cache-Control"] == "no-store"


def test_view_can_set_a_cookie_and_still_return_plain_data():
    """The view returns a dict; the deferred callback sets the cookie."""
    response = book_app.test_client().get("/books/emma")
    assert response.json == {"author": "Jane Austen", "year": 1815}
    assert response.headers["Set-Cookie"] == "last_viewed=emma; Path=/"


def test_view_that_aborts_before_it_defers_sets_no_cookie():
    """Nothing was deferred, so nothing is changed."""
    response = book_app.test_client().get("/books/unknown")
    assert response.status_code == 404
    assert "Set-Cookie" not in response.headers


def test_helper_below_the_view_can_change_the_response():
    """The view knows nothing of the header that a helper's callback sets."""
    client = price_app.test_client()
    assert client.get("/price/jpy").headers["X-Rate-From"] == "yesterday"
    assert "X-Rate-From" not in client.get("/price/usd").headers


def test_extension_can_defer_while_a_template_is_rendered():
    """The function that the template calls registers the callback."""
    response = timeline_app.test_client().get("/timeline")
    assert response.headers["Link"] == "</print.css>; rel=preload; as=style"
    assert response.text == '<link rel="stylesheet" href="/print.css">'


def test_extension_that_defers_needs_a_request():
    """Its own function raises Flask's error when called outside a request."""
    with pytest.raises(RuntimeError, match="'after_this_request' can only be used"):
        timeline_app.extensions["preload"].stylesheet("/print.css")


def test_extension_can_be_created_before_the_app(app):
    """init_app connects it later; each app gets its own entry."""
    preload = Preload()
    preload.init_app(app)
    assert app.extensions["preload"] is preload
    assert timeline_app.extensions["preload"] is not preload
