"""Two test clients at once, or one in a thread: which contexts they have."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest
from flask import (
    current_app,
    g,
    has_app_context,
    has_request_context,
    stream_with_context,
    url_for,
)

from tests.behaviour.changes.releases import since
from tests.behaviour.versions import FLASK

OWN_G = FLASK >= (3, 2)


@pytest.fixture
def shop(app):
    """An app that loads its user once for each g."""

    @app.get("/<name>")
    def index(name):
        return g.setdefault("user", name)

    return app


@pytest.mark.parametrize("block", [False, True])
def test_client_in_the_block_of_another_shares_its_g_up_to_flask_3_1(shop, block):
    """The outer block keeps its app context, and the inner request uses it."""
    with shop.test_client() as outer:
        assert outer.get("/anna").text == "anna"
        inner = shop.test_client()
        if block:
            with inner:
                seen = inner.get("/berta").text
        else:
            seen = inner.get("/berta").text
        assert seen == ("berta" if OWN_G else "anna")
        assert g.user == "anna"


def test_next_request_of_the_client_of_the_block_has_a_g_of_its_own(shop):
    """The client ends the kept context before it sends."""
    with shop.test_client() as client:
        assert client.get("/anna").text == "anna"
        assert client.get("/berta").text == "berta"


def test_clients_without_a_block_have_a_g_for_each_request(shop):
    """On every version, in whatever order they send."""
    first, second = shop.test_client(), shop.test_client()
    assert first.get("/anna").text == "anna"
    assert second.get("/berta").text == "berta"
    assert first.get("/carl").text == "carl"


def test_request_that_a_view_sends_shares_its_g_up_to_flask_3_1(shop):
    """A test client used in a view is in the view's app context."""

    @shop.get("/outer/view")
    def outer():
        g.user = "anna"
        return shop.test_client().get("/berta").text

    seen = shop.test_client().get("/outer/view").text
    assert seen == ("berta" if OWN_G else "anna")


def ask_in_a_thread(client):
    """Return the texts of two requests that one thread sends."""
    with ThreadPoolExecutor(1) as pool:
        asked = [pool.submit(client.get, f"/{name}") for name in ("anna", "berta")]
        return [response.result().text for response in asked]


def test_client_of_a_with_block_that_a_thread_uses_fails_at_the_end_of_the_block(shop):
    """A LookupError, since Flask 3.2 a RuntimeError: the thread has the context."""
    error, told = RuntimeError, "there is no active context"
    if not since(3, 2):
        name = "app" if since(3, 1, 2) else "request"
        error, told = LookupError, f"<ContextVar name='flask.{name}_ctx'"
    texts = []
    with pytest.raises(error, match=told), shop.test_client() as client:
        texts += ask_in_a_thread(client)
    assert texts == ["anna", "berta"]


def test_client_without_a_block_works_in_a_thread(shop):
    """Each request ends its own context there."""
    assert ask_in_a_thread(shop.test_client()) == ["anna", "berta"]


@pytest.fixture
def streaming(app):
    """An app with a stream that keeps its context, and a plain page."""

    @app.get("/stream")
    def stream():
        return stream_with_context(iter(["Tea, ", "please"]))

    app.add_url_rule("/", "index", lambda: "Shop")
    return app


@pytest.mark.parametrize("how", ["read", "close"])
def test_stream_ended_after_the_next_request_of_a_client_block_is_an_error(
    streaming, how
):
    """A LookupError, since Flask 3.2 a RuntimeError."""
    error, told = RuntimeError, "Cannot pop this context"
    if not OWN_G:
        error, told = LookupError, r"^<ContextVar name='flask\.request_ctx' at "
    steps = []

    def use():
        with streaming.test_client() as client:
            response = client.get("/stream")
            client.get("/")
            steps.append("next request")
            end(response, how)
            steps.append("ended")

    # A copy, since Flask 3.2 leaves its context pushed.
    with pytest.raises(error, match=told):
        copy_context().run(use)
    assert steps == ["next request"]


def end(response, how):
    """Read the whole stream, or close it."""
    if how == "read":
        assert response.text == "Tea, please"
    else:
        response.close()


@pytest.mark.parametrize("how", ["read", "close"])
def test_stream_ended_before_the_next_request_of_a_client_block_is_none(streaming, how):
    """Nor is one in a request without a block."""
    with streaming.test_client() as client:
        end(client.get("/stream"), how)
        assert client.get("/").text == "Shop"
    assert not has_request_context()


def test_client_in_its_own_block_is_an_error(app):
    """A second client in the block is none."""
    client = app.test_client()
    message = "^Cannot nest client invocations$"
    with client, pytest.raises(RuntimeError, match=message), client:
        pass
    with client, app.test_client() as second:
        assert second.get("/").status_code == 404


def test_test_client_needs_no_context(app):
    """It pushes one for the request, in which the app, g and url_for are there."""

    @app.get("/orders")
    def orders():
        g.user = "anna"
        return [current_app.name, g.user, url_for("orders")]

    assert not has_app_context()
    assert app.test_client().get("/orders").json == [app.name, "anna", "/orders"]
    assert not has_app_context()
