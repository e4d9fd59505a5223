"""Contexts and g, used in ways that look right."""

import pytest
from flask import g, redirect, session


def test_app_context_without_parentheses_is_no_context_manager(app):
    """A TypeError, or an AttributeError up to Python 3.10."""
    with pytest.raises((TypeError, AttributeError)) as caught, app.app_context:
        pass
    message = str(caught.value)
    assert message == "__enter__" or message.endswith(
        "'method' object does not support the context manager protocol"
    )


def test_g_has_attributes_and_no_keys_in_brackets(app):
    """hasattr and the operator in both tell whether a value is there."""
    with app.app_context():
        g.user = "anna"
        with pytest.raises(TypeError, match="'_AppCtxGlobals' object is not subscript"):
            g["user"]
        with pytest.raises(TypeError, match="does not support item assignment"):
            g["user"] = "ben"
        assert hasattr(g, "user")
        assert "user" in g
        assert not hasattr(g, "cart")
        assert "cart" not in g


def test_app_context_inside_a_view_has_a_g_of_its_own(app):
    """The view's values are back after the block."""

    @app.get("/")
    def index():
        g.user = "anna"
        with app.app_context():
            inside = g.get("user")
            g.user = "ben"
        return f"{inside} {g.user}"

    assert app.test_client().get("/").text == "None anna"


def test_app_context_inside_a_view_runs_teardown_appcontext_once_more(app, steps):
    """At the end of the block, and again at the end of the request."""
    app.teardown_appcontext(lambda error: steps.append("teardown_appcontext"))

    @app.get("/")
    def index():
        with app.app_context():
            steps.append("block")
        steps.append("view")
        return "Tea"

    app.test_client().get("/")
    assert steps == ["block", "teardown_appcontext", "view", "teardown_appcontext"]


def test_value_on_g_is_gone_after_a_redirect_and_that_of_the_session_is_not(app):
    """The browser follows it with a second request."""
    app.secret_key = "test"

    @app.get("/order")
    def order():
        g.note = session["note"] = "Thanks"
        return redirect("/")

    app.add_url_rule("/", "index", lambda: f"{g.get('note')} {session.get('note')}")
    page = app.test_client().get("/order", follow_redirects=True)
    assert page.text == "None Thanks"
