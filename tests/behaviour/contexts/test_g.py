"""What can be put on g."""

import pytest
from flask import g, render_template_string
from jinja2 import UndefinedError


def test_g_behaves_like_a_namespace(app):
    """Attributes, get, pop, setdefault, in and iter."""
    with app.app_context():
        assert g.get("cup") is None
        assert g.get("cup", "none") == "none"
        assert g.setdefault("cup", "green") == "green"
        assert g.setdefault("cup", "black") == "green"
        assert g.setdefault("pot") is None
        assert g.get("cup") == "green"
        assert "cup" in g
        assert list(g) == ["cup", "pot"]
        assert g.pop("cup") == "green"
        g.cup = "black"
        assert g.pop("cup", None) == "black"
        assert g.pop("cup", None) is None
        assert "cup" not in g
        g.leaf = "mint"
        del g.leaf
        assert "leaf" not in g


def test_missing_name_on_g_is_nothing_in_a_template_until_it_is_used(app):
    """g.user is empty and false; g.user.name raises an UndefinedError."""
    with app.app_context():
        shown = "[{{ g.user }}]{% if g.user %}Ada{% else %}guest{% endif %}"
        assert render_template_string(shown) == "[]guest"
        message = r"_AppCtxGlobals object' has no attribute 'user'"
        with pytest.raises(UndefinedError, match=message):
            render_template_string("{{ g.user.name }}")
        g.user = {"name": "Ada"}
        assert render_template_string("{{ g.user.name }}") == "Ada"


def test_missing_name_on_g_is_an_error(app):
    """AttributeError for attributes, KeyError for pop."""
    with app.app_context():
        with pytest.raises(AttributeError, match=r"^cup$") as caught:
            g.cup  # noqa: B018 (reading it raises)
        assert caught.value.__suppress_context__
        with pytest.raises(AttributeError, match=r"^cup$") as caught:
            del g.cup
        assert caught.value.__suppress_context__
        with pytest.raises(KeyError, match="cup"):
            g.pop("cup")


def test_g_names_its_app(app):
    """A debugger shows whose it is."""
    with app.app_context():
        assert repr(g) == f"<flask.g of '{app.name}'>"
        kept = g._get_current_object()
    assert repr(kept).startswith("<flask.ctx._AppCtxGlobals object at")


def test_app_may_have_another_class_of_g(app):
    """app_ctx_globals_class is created again for each app context."""

    class Tray(app.app_ctx_globals_class):
        def serve(self):
            return f"Serving {self.cup}"

    app.app_ctx_globals_class = Tray
    with app.app_context():
        g.cup = "green"
        assert g.serve() == "Serving green"
