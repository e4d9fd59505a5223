"""A SameSite that isn't one of the three."""

import pytest
from flask import session

WRONG = ["", "no", "Lax ", "Lax; Secure", "false"]
MESSAGE = "SameSite must be 'Strict', 'Lax', or 'None'."


@pytest.fixture
def shop(app):
    """A page that changes the session, one that leaves it alone, one with a cookie."""
    app.secret_key = "only for tests"
    app.add_url_rule("/add", "add", lambda: session.update(tea=1) or "added")
    app.add_url_rule("/", "index", lambda: "Tea")
    return app


@pytest.mark.parametrize("value", WRONG)
def test_wrong_samesite_fails_when_the_session_is_saved(shop, value):
    """Pages that leave the session alone work."""
    shop.config.update(SESSION_COOKIE_SAMESITE=value, TESTING=True)
    client = shop.test_client()
    assert client.get("/").status_code == 200
    with pytest.raises(ValueError, match="SameSite") as caught:
        client.get("/add")
    assert str(caught.value) == MESSAGE


@pytest.mark.parametrize("value", WRONG)
def test_set_cookie_with_a_wrong_samesite_is_a_value_error(shop, value):
    """Where it's called."""
    with pytest.raises(ValueError, match="SameSite") as caught:
        shop.make_response("Tea").set_cookie("lang", "en", samesite=value)
    assert str(caught.value) == MESSAGE


@pytest.mark.parametrize("value", WRONG)
def test_wrong_samesite_calls_after_request_functions_twice(shop, steps, value):
    """Once for the page, and once for the 500."""
    shop.config["SESSION_COOKIE_SAMESITE"] = value

    @shop.after_request
    def note(response):
        steps.append(response.status_code)
        return response

    assert shop.test_client().get("/add").status_code == 500
    assert steps == [200, 500]


@pytest.mark.parametrize("value", ["Lax", "lax", "STRICT", "none"])
def test_samesite_may_be_written_in_small_letters(shop, value):
    """The cookie has the usual spelling."""
    shop.config["SESSION_COOKIE_SAMESITE"] = value
    cookie = shop.test_client().get("/add").headers["Set-Cookie"]
    assert cookie.endswith(f"SameSite={value.title()}")


def test_samesite_of_python_none_sends_no_attribute(shop):
    """Unlike the text None."""
    shop.config["SESSION_COOKIE_SAMESITE"] = None
    assert "SameSite" not in shop.test_client().get("/add").headers["Set-Cookie"]


def test_samesite_true_has_no_title(shop):
    """It takes text."""
    shop.config.update(SESSION_COOKIE_SAMESITE=True, TESTING=True)
    with pytest.raises(AttributeError) as caught:
        shop.test_client().get("/add")
    assert str(caught.value) == "'bool' object has no attribute 'title'"
