"""A blueprint that is registered more than once, late, or inside another one."""

import warnings

import pytest
from flask import Blueprint, Flask, has_app_context, url_for
from werkzeug.routing import BuildError

from tests.behaviour.blueprints.views import ask, blueprint
from tests.behaviour.versions import FLASK


def test_child_registered_on_the_app_too_has_hooks_of_its_parent_there_only(app, steps):
    """The parent's hooks run for parent.child.index, and not for child.index."""
    outer = Blueprint("outer", __name__, url_prefix="/outer")
    inner = blueprint("inner", url_prefix="/inner")

    def note(name):
        def noted(response):
            steps.append(f"{name} after")
            return response

        return noted

    for one in outer, inner:
        one.before_request(lambda name=one.name: steps.append(name))
        one.after_request(note(one.name))
        one.teardown_request(lambda e, name=one.name: steps.append(f"{name} torn"))
    outer.register_blueprint(inner)
    app.register_blueprint(outer)
    app.register_blueprint(inner)
    assert ask(app, "/outer/inner/") == ["outer.inner.index", {}]
    assert steps == [
        "outer", "inner", "inner after", "outer after", "inner torn", "outer torn"
    ]  # fmt: skip
    steps.clear()
    assert ask(app, "/inner/") == ["inner.index", {}]
    assert steps == ["inner", "inner after", "inner torn"]


def test_record_once_runs_once_for_each_app(steps):
    """record runs for each registration; neither has an app context."""
    shop = blueprint("shop")
    shop.record(lambda state: steps.append(("record", state.app.name, state.name)))
    shop.record_once(
        lambda state: steps.append(("once", state.app.name, has_app_context()))
    )
    for name in "first", "second":
        app = Flask(name)
        app.register_blueprint(shop)
        app.register_blueprint(shop, name="copy", url_prefix="/copy")
    assert steps == [
        ("record", "first", "shop"),
        ("once", "first", False),
        ("record", "first", "copy"),
        ("record", "second", "shop"),
        ("once", "second", False),
        ("record", "second", "copy"),
    ]


def test_record_once_after_the_registration_never_runs(app, steps):
    """Flask 2.2 warns; since 2.3 it is an AssertionError."""
    shop = blueprint("shop")
    app.register_blueprint(shop)
    expected = UserWarning if FLASK < (2, 3) else AssertionError
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(expected, match="'record_once' can no longer be called on"):
            shop.record_once(steps.append)
    if FLASK < (2, 3):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            shop.record_once(steps.append)
    assert ask(app, "/") == ["shop.index", {}]
    assert steps == []


def test_child_of_a_blueprint_that_is_registered_has_no_urls(app):
    """Flask 2.2 warns, and its URLs are 404s; since 2.3 it is an AssertionError."""
    outer, inner = blueprint("outer"), blueprint("inner", url_prefix="/inner")
    app.register_blueprint(outer)
    message = "'register_blueprint' can no longer be called on the blueprint 'outer'"
    if FLASK < (2, 3):
        with pytest.warns(UserWarning, match=message):
            outer.register_blueprint(inner)
    else:
        with pytest.raises(AssertionError, match=message):
            outer.register_blueprint(inner)
    assert ask(app, "/inner/") == 404
    assert ask(app, "/") == ["outer.index", {}]


def test_endpoint_of_a_nested_view_has_the_names_of_all_blueprints(app):
    """The child's name alone is a BuildError, which says the right one."""
    outer, inner = Blueprint("outer", __name__), Blueprint("inner", __name__)
    inner.add_url_rule("/cups", "cups", lambda: "")
    outer.register_blueprint(inner)
    app.register_blueprint(outer)
    with app.test_request_context():
        assert url_for("outer.inner.cups") == "/cups"
        with pytest.raises(BuildError) as caught:
            url_for("inner.cups")
    assert str(caught.value) == (
        "Could not build url for endpoint 'inner.cups'. "
        "Did you mean 'outer.inner.cups' instead?"
    )


def test_endpoint_with_a_dot_is_right_wherever_the_blueprint_is_registered(app):
    """On the app and on a parent: url_for(".cups") is of the current blueprint."""
    outer = Blueprint("outer", __name__, url_prefix="/outer")
    inner = Blueprint("inner", __name__, url_prefix="/inner")
    inner.add_url_rule("/", "index", lambda: [url_for(".cups")])
    inner.add_url_rule("/cups", "cups", lambda: "")
    outer.register_blueprint(inner)
    app.register_blueprint(outer)
    app.register_blueprint(inner)
    assert ask(app, "/outer/inner/") == ["/outer/inner/cups"]
    assert ask(app, "/inner/") == ["/inner/cups"]
