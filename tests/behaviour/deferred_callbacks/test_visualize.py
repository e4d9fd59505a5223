"""The runs that the step-by-step page shows, and what it says of them."""

from urllib.parse import quote

import pytest
from flask import after_this_request

from snippets.deferred_callbacks import second_pass
from snippets.deferred_callbacks.early_return import app as cart_503_app
from snippets.deferred_callbacks.error_handler_defers import app as order_app
from snippets.deferred_callbacks.late_variable import app as cart_app
from snippets.deferred_callbacks.three_places import app as product_app
from snippets.deferred_callbacks.too_late import app as post_app


def products(*paths):
    """The responses to one visitor's requests."""
    client = product_app.test_client()
    return [client.get(f"/products/{p}", base_url="https://localhost") for p in paths]


def test_before_request_view_and_helper_can_defer_in_one_request():
    """A cookie, a header and a cache rule from three places, on one response."""
    (response,) = products("desk?currency=USD")
    assert response.text == "desk: 180 USD"
    assert response.headers["Set-Cookie"].startswith("currency=USD;")
    assert response.headers["X-Stock"] == "sold out"
    assert response.headers["Cache-Control"] == "private, max-age=60"


def test_request_without_a_reason_defers_nothing():
    """The second request has its cookie and a usual price: only the hook runs."""
    _, response = products("desk?currency=USD", "lamp")
    assert response.text == "lamp: 40 USD"
    assert "Set-Cookie" not in response.headers
    assert "X-Stock" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("currency", ["GBP", "<b>", "USD; Domain=evil.example"])
def test_currency_that_the_shop_does_not_know_is_dropped(currency):
    """Neither the query nor the cookie gets it into the page or a cookie."""
    client = product_app.test_client(use_cookies=False)
    response = client.get(
        "/products/lamp",
        query_string={"currency": currency},
        headers={"Cookie": f"currency={quote(currency)}"},
    )
    assert response.text == "lamp: 40 EUR"
    assert "Set-Cookie" not in response.headers


def test_hook_can_leave_alone_what_a_deferred_callback_has_set():
    """A default set in a hook has no effect: the callback ran first."""
    on_sale, usual = products("desk", "lamp")
    assert on_sale.headers.getlist("Cache-Control") == ["private, max-age=60"]
    assert usual.headers.getlist("Cache-Control") == ["no-store"]


def test_callback_reads_its_variables_when_it_is_called():
    """A local variable that the view changes after deferring has its last value."""
    assert cart_app.test_client().get("/cart").headers["X-Missing"] == "1"


def test_callbacks_deferred_in_a_loop_share_its_variable(app):
    """When they are called, the loop is over: each reads the last value."""

    @app.get("/")
    def index():
        for name in ("first", "second"):

            @after_this_request
            def add_name(response):
                response.headers.add("X-Name", name)  # noqa: B023 (the mistake itself)
                return response

        return "Home"

    response = app.test_client().get("/")
    assert response.headers.getlist("X-Name") == ["second", "second"]


def test_callback_with_a_bound_argument_keeps_its_value(app):
    """functools.partial takes the value at the moment of the deferral."""
    from functools import partial

    def add_name(name, response):
        response.headers.add("X-Name", name)
        return response

    @app.get("/")
    def index():
        for name in ("first", "second"):
            after_this_request(partial(add_name, name))
        return "Home"

    response = app.test_client().get("/")
    assert response.headers.getlist("X-Name") == ["first", "second"]


def test_callbacks_of_view_and_error_handler_run_on_the_error_response():
    """One list: first what the view deferred, then what the handler did."""
    response = order_app.test_client().post("/orders")
    assert (response.status_code, response.text) == (409, "Sold out")
    assert response.headers["X-Queue"] == "7"
    assert response.headers["Retry-After"] == "3600"


def test_hook_that_defers_changes_nothing(caplog):
    """There's no header, no error and no log line: the callbacks had already run."""
    response = post_app.test_client().get("/posts/hello")
    assert response.status_code == 200
    assert "X-Author" not in response.headers
    assert caplog.records == []


def test_side_effect_of_a_deferred_callback_happens_twice_when_a_hook_raises():
    """The callback was called with the 200, then with the 500."""
    second_pass.READERS.clear()
    second_pass.app.test_client().get("/posts/hello")
    assert second_pass.READERS == ["counted on 200", "counted on 500"]


def test_callback_deferred_from_a_hook_runs_in_the_second_pass(app, steps):
    """It was too late for the 200, but is on the list for the 500."""

    def note(response):
        steps.append(response.status_code)
        return response

    @app.after_request
    def fail_on_success(response):
        if response.status_code == 200:
            raise LookupError("no such header")
        return response

    @app.after_request
    def defer_on_success(response):
        if response.status_code == 200:
            after_this_request(note)
        return response

    app.add_url_rule("/", view_func=lambda: "Home")
    assert app.test_client().get("/").status_code == 500
    assert steps == [500]


def test_callback_deferred_behind_an_early_answer_is_not_registered():
    """What was deferred before the early return runs; what comes after is skipped."""
    response = cart_503_app.test_client().get("/cart")
    assert (response.status_code, response.text) == (503, "Back at noon")
    assert response.headers["Content-Language"] == "en"
    assert "X-Cart-Size" not in response.headers
