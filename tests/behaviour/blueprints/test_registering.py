"""What registering a blueprint does: names, functions, and what it records."""

from pathlib import Path

import pytest
from flask import Blueprint, Flask, request

from tests.behaviour.blueprints.views import ask, blueprint
from tests.behaviour.versions import FLASK


def test_blueprint_registered_twice_needs_a_second_name(app):
    """The message says that the blueprint is the same, and what to do."""
    shop = blueprint("shop")
    app.register_blueprint(shop)
    with pytest.raises(ValueError, match="already registered") as caught:
        app.register_blueprint(shop, url_prefix="/other")
    assert str(caught.value) == (
        "The name 'shop' is already registered for this blueprint. Use 'name=' to "
        "provide a unique name."
    )


def test_two_blueprints_of_one_name_are_refused(app):
    """The message says that the blueprint is a different one."""
    app.register_blueprint(blueprint("shop"))
    with pytest.raises(ValueError, match="already registered") as caught:
        app.register_blueprint(blueprint("shop"), url_prefix="/other")
    assert str(caught.value) == (
        "The name 'shop' is already registered for a different blueprint. Use 'name=' "
        "to provide a unique name."
    )


def test_blueprint_registered_under_two_names_brings_its_hooks_to_both(app, steps):
    """Each name has the blueprint's functions, once, and its error handlers."""
    shop = blueprint("shop")
    shop.before_request(lambda: steps.append(request.blueprint))
    shop.after_request(lambda response: steps.append("after") or response)
    shop.teardown_request(lambda error: steps.append("teardown"))
    shop.register_error_handler(KeyError, lambda error: ["nothing"])
    shop.add_url_rule("/sold", "sold", lambda: {}["tea"])
    app.register_blueprint(shop, url_prefix="/a")
    app.register_blueprint(shop, url_prefix="/b", name="other")
    assert ask(app, "/a/") == ["shop.index", {}]
    assert ask(app, "/b/") == ["other.index", {}]
    assert steps == ["shop", "after", "teardown", "other", "after", "teardown"]
    assert (ask(app, "/a/sold"), ask(app, "/b/sold")) == (["nothing"], ["nothing"])


def test_app_wide_functions_of_a_blueprint_are_registered_once(app, steps):
    """Under a second name before_app_request is not added again."""
    shop = blueprint("shop")
    shop.before_app_request(lambda: steps.append("before"))
    shop.after_app_request(lambda response: steps.append("after") or response)
    shop.teardown_app_request(lambda error: steps.append("teardown"))
    app.register_blueprint(shop, url_prefix="/a")
    app.register_blueprint(shop, url_prefix="/b", name="other")
    ask(app, "/nowhere")
    assert steps == ["before", "after", "teardown"]


def test_blueprint_may_be_registered_on_two_apps(app, steps):
    """App-wide functions are registered on each."""
    other = Flask("other")
    shop = blueprint("shop")
    shop.before_app_request(lambda: steps.append(request.path))
    for owner in app, other:
        owner.register_blueprint(shop)
        assert ask(owner, "/") == ["shop.index", {}]
    assert steps == ["/", "/"]


def test_blueprints_of_an_app_are_kept_by_name(app):
    """In the order of registration."""
    shop, library = blueprint("shop"), blueprint("library", url_prefix="/l")
    app.register_blueprint(library)
    app.register_blueprint(shop)
    assert list(app.iter_blueprints()) == [library, shop]
    assert app.blueprints == {"library": library, "shop": shop}


def test_request_knows_its_blueprints(app):
    """The innermost first; none for a view of the app or an unknown URL."""
    parent, child = Blueprint("parent", __name__), Blueprint("child", __name__)
    child.add_url_rule("/child", "c", lambda: [request.blueprint, *request.blueprints])
    app.add_url_rule("/app", "a", lambda: [request.blueprint, *request.blueprints])
    parent.register_blueprint(child)
    app.register_blueprint(parent)
    assert ask(app, "/child") == ["parent.child", "parent.child", "parent"]
    assert ask(app, "/app") == [None]


def test_names_of_blueprints_have_no_dots():
    """Dots separate parents, children and endpoints."""
    with pytest.raises(ValueError, match=r"^'name' may not contain a dot '\.' char"):
        Blueprint("tea.shop", __name__)
    shop = Blueprint("shop", __name__)
    with pytest.raises(
        ValueError, match=r"^'endpoint' may not contain a dot '\.' char"
    ):
        shop.add_url_rule("/", "front.door", lambda: "")

    def view():
        return ""

    view.__name__ = "front.door"
    with pytest.raises(ValueError, match=r"^'view_func' name may not contain a dot"):
        shop.add_url_rule("/", view_func=view)


def test_empty_name_of_a_blueprint_is_refused_since_2_3():
    """Before, its endpoints began with a dot."""
    if FLASK < (2, 3):
        assert Blueprint("", __name__).name == ""
    else:
        with pytest.raises(ValueError, match=r"^'name' may not be empty\.$"):
            Blueprint("", __name__)


def test_recorded_functions_run_at_registration(app, steps):
    """record() each time, record_once() the first time only, in their order."""
    shop = Blueprint("shop", __name__, url_prefix="/shop")
    shop.record(lambda state: steps.append(("record", state.name, state.url_prefix)))
    shop.record_once(lambda state: steps.append(("once", state.app, state.blueprint)))
    assert steps == []
    app.register_blueprint(shop)
    assert steps == [("record", "shop", "/shop"), ("once", app, shop)]
    app.register_blueprint(shop, name="other", url_prefix="/other")
    assert steps[2:] == [("record", "other", "/other")]


def test_recorded_function_knows_the_options_and_whether_it_is_the_first(app, steps):
    """state.options are those of register_blueprint; state.first_registration."""
    shop = Blueprint("shop", __name__)
    shop.record(lambda state: steps.append((state.options, state.first_registration)))
    app.register_blueprint(shop, cups=3)
    app.register_blueprint(shop, name="other")
    assert steps == [({"cups": 3}, True), ({"name": "other"}, False)]


def test_recorded_function_adds_rules_as_the_blueprint_does(app):
    """state.add_url_rule puts prefix and name before them."""
    shop = Blueprint("shop", __name__, url_prefix="/shop")

    def open_shop(state):
        def door():
            return [request.endpoint]

        state.add_url_rule("/door", view_func=door)

    shop.record(open_shop)
    app.register_blueprint(shop)
    assert ask(app, "/shop/door") == ["shop.door"]


def test_blueprint_may_make_its_own_setup_state(app):
    """make_setup_state is there to be overridden."""

    class Quiet(Blueprint):
        def make_setup_state(self, app, options, first_registration=False):
            state = super().make_setup_state(app, options, first_registration)
            state.url_prefix = "/quiet"
            return state

    quiet = Quiet("quiet", __name__)
    quiet.add_url_rule("/", "index", lambda: ["quiet"])
    app.register_blueprint(quiet)
    assert ask(app, "/quiet/") == ["quiet"]


def test_setup_state_is_no_first_registration_unless_told(app):
    """As extensions that make one by hand find it."""
    state = Blueprint("shop", __name__, url_prefix="/shop").make_setup_state(app, {})
    assert (state.first_registration, state.url_prefix) == (False, "/shop")
    assert (state.name, state.name_prefix, state.subdomain) == ("shop", "", None)


def test_recorded_function_may_add_a_rule_without_a_view(app):
    """The view comes with endpoint()."""
    shop = Blueprint("shop", __name__)
    shop.record(lambda state: state.add_url_rule("/", "door"))
    shop.endpoint("shop.door")(lambda: ["open"])
    app.register_blueprint(shop)
    assert ask(app, "/") == ["open"]


def test_blueprint_alone_has_what_its_name_and_module_give():
    """Before it is registered, and without options."""
    shop = Blueprint("shop", __name__)
    assert (shop.name, shop.import_name) == ("shop", __name__)
    assert shop.cli.name == ("shop" if FLASK >= (3, 0) else None)
    assert Path(shop.root_path) == Path(__file__).parent
    assert (shop.url_prefix, shop.subdomain, shop.template_folder) == (None,) * 3
    assert repr(shop) == "<Blueprint 'shop'>"
