"""Blueprints within blueprints: their names, URLs and functions."""

import pytest
from flask import Blueprint, Flask, url_for

from tests.behaviour.blueprints.views import ask, blueprint
from tests.behaviour.versions import FLASK


def test_nested_blueprints_of_one_name_are_refused_with_their_full_name(app):
    """The message names the place where the name is taken."""
    parent = Blueprint("parent", __name__)
    parent.register_blueprint(blueprint("shop"))
    parent.register_blueprint(blueprint("shop", url_prefix="/2"))
    with pytest.raises(ValueError, match="already registered") as caught:
        app.register_blueprint(parent)
    assert str(caught.value) == (
        "The name 'shop' is already registered for a different blueprint 'parent.shop'."
        " Use 'name=' to provide a unique name."
    )


@pytest.mark.parametrize(
    ("parent", "child", "url"),
    [
        ("/parent", "/child", "/parent/child/"),
        ("/parent/", "child", "/parent/child/"),
        ("/parent/", "/child", "/parent/child/"),
        ("/TAX", "/XMAS", "/TAX/XMAS/"),
        ("/parent", None, "/parent/"),
        (None, "/child", "/child/"),
        (None, None, "/"),
    ],
)
def test_prefixes_of_nested_blueprints_are_joined(app, parent, child, url):
    """Parent first; either may be missing."""
    outer = Blueprint("outer", __name__, url_prefix=parent)
    outer.register_blueprint(blueprint("inner", url_prefix=child))
    app.register_blueprint(outer)
    assert ask(app, url) == ["outer.inner.index", {}]
    with app.test_request_context():
        assert url_for("outer.inner.index") == url


def test_prefix_given_to_a_nested_registration_wins(app):
    """Over the child's own, and at both levels."""
    outer = Blueprint("outer", __name__, url_prefix="/outer")
    outer.register_blueprint(blueprint("inner", url_prefix="/inner"), url_prefix="/in")
    app.register_blueprint(outer, url_prefix="/out")
    assert ask(app, "/out/in/") == ["outer.inner.index", {}]
    assert ask(app, "/out/inner/") == 404


def test_name_given_to_a_nested_registration_is_part_of_the_endpoint(app):
    """So a child may be registered twice on one parent."""
    outer, inner = Blueprint("outer", __name__), blueprint("inner")
    outer.register_blueprint(inner, url_prefix="/1")
    outer.register_blueprint(inner, url_prefix="/2", name="second")
    app.register_blueprint(outer, name="house")
    assert ask(app, "/1/") == ["house.inner.index", {}]
    assert ask(app, "/2/") == ["house.second.index", {}]


def test_options_of_a_nested_registration_stay_as_they_are(app):
    """A parent registered twice builds both trees from the same options."""
    outer = Blueprint("outer", __name__)
    outer.register_blueprint(blueprint("inner"), url_prefix="/in")
    app.register_blueprint(outer, url_prefix="/1")
    app.register_blueprint(outer, url_prefix="/2", name="second")
    assert ask(app, "/1/in/") == ["outer.inner.index", {}]
    assert ask(app, "/2/in/") == ["second.inner.index", {}]


@pytest.mark.parametrize(
    ("parent", "child", "given", "host"),
    [
        ("parent", "child", None, "child.parent"),
        ("parent", None, None, "parent"),
        (None, "child", None, "child"),
        ("parent", "child", "given", "given.parent"),
        (None, "child", "given", "given"),
    ],
)
def test_subdomains_of_nested_blueprints_are_joined(parent, child, given, host):
    """The child's comes first, as in any host name; since Flask 2.3."""
    app = Flask("shop", subdomain_matching=True)
    app.config["SERVER_NAME"] = "tea.example"
    outer = Blueprint("outer", __name__, subdomain=parent)
    inner = blueprint("inner", subdomain=child)
    outer.register_blueprint(inner, **({"subdomain": given} if given else {}))
    app.register_blueprint(outer)
    if FLASK < (2, 3):
        host = given or child or ""
    base = f"http://{host}.tea.example".replace("//.", "//")
    assert ask(app, "/", base_url=base) == ["outer.inner.index", {}]


def test_blueprint_cannot_be_registered_on_itself():
    """That would never end."""
    shop = Blueprint("shop", __name__)
    with pytest.raises(ValueError, match=r"^Cannot register a blueprint on itself$"):
        shop.register_blueprint(shop)


def test_functions_kept_for_a_child_are_merged_under_its_full_name(app, steps):
    """A blueprint's registers are keyed by names below it, the app's by full names."""
    outer, inner = Blueprint("outer", __name__), blueprint("inner", url_prefix="/in")
    outer.before_request_funcs["inner"].append(lambda: steps.append("inner"))
    outer.before_request(lambda: steps.append("outer"))
    outer.error_handler_spec["inner"][None][LookupError] = lambda error: ["inner"]
    outer.register_error_handler(LookupError, lambda error: ["outer"])
    outer.add_url_rule("/crash", "crash", lambda: {}["cup"])
    inner.add_url_rule("/crash", "crash", lambda: {}["cup"])
    outer.register_blueprint(inner)
    app.register_blueprint(outer)
    assert ask(app, "/crash") == ["outer"]
    assert steps == ["outer"]
    assert ask(app, "/in/crash") == ["inner"]
    assert steps == ["outer", "outer", "inner"]
