"""Error handlers that redirect."""

import pytest
from flask import redirect

from tests.behaviour.versions import REDIRECT


@pytest.mark.parametrize("status", [404, 401, 500, 200])
def test_redirect_with_a_status_of_its_own_is_not_followed(app, status):
    """The visitor sees the text of the redirect, and stays where they are."""
    app.register_error_handler(404, lambda error: (redirect("/home"), status))
    app.add_url_rule("/home", "home", lambda: "Home")
    response = app.test_client().get("/nothing", follow_redirects=True)
    assert (response.status_code, response.location) == (status, "/home")
    assert "Redirecting..." in response.text
    assert len(response.history) == 0


def test_error_handler_that_returns_a_redirect_redirects(app):
    """Its status is that of the redirect; the error's is gone."""
    app.register_error_handler(404, lambda error: redirect("/home"))
    app.add_url_rule("/home", "home", lambda: "Home")
    client = app.test_client()
    assert client.get("/nothing").status_code == REDIRECT
    assert client.get("/nothing", follow_redirects=True).text == "Home"
