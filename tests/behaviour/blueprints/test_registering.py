"""What registering a blueprint does to names, prefixes and functions."""

from functools import partial
from pathlib import Path

import pytest
from flask import Blueprint, Flask, request, url_for

from tests.behaviour.versions import FLASK


def blueprint(name, **options):
    """A blueprint with one view that tells its endpoint and arguments."""
    made = Blueprint(name, __name__, **options)
    made.add_url_rule("/", "index", lambda **values: [request.endpoint, values])
    return made


def ask(app, url, **options):
    response = app.test_client().get(url, **options)
    return response.json if response.is_json else response.status_code


def test_blueprint_puts_its_name_before_its_endpoints(app):
    """url_for and request.endpoint use name.endpoint."""
    app.register_blueprint(blueprint("shop"))
    assert ask(app, "/") == ["shop.index", {}]
    with app.test_request_context():
        assert url_for("shop.index") == "/"


def test_name_of_the_view_is_the_endpoint_of_a_blueprint_rule(app):
    """As on the app, without the endpoint argument."""
    shop = Blueprint("shop", __name__)

    @shop.get("/")
    def door():
        return [request.endpoint]

    app.register_blueprint(shop)
    assert ask(app, "/") == ["shop.door"]


@pytest.mark.parametrize("prefix", ["/shop", "/shop/"])
@pytest.mark.parametrize("rule", ["/cups", "cups"])
def test_prefix_of_a_blueprint_is_joined_with_one_slash(app, prefix, rule):
    """Whether or not prefix and rule have it."""
    shop = Blueprint("shop", __name__, url_prefix=prefix)
    shop.add_url_rule(rule, "cups", lambda: ["cups"])
    app.register_blueprint(shop)
    assert ask(app, "/shop/cups") == ["cups"]
    with app.test_request_context():
        assert url_for("shop.cups") == "/shop/cups"


def test_joining_takes_nothing_but_slashes_and_dots_away(app):
    """Names and prefixes keep all of their letters."""
    xmas = Blueprint("XMAS", __name__, url_prefix="/TAX")
    xmas.add_url_rule("/XXL", "size", lambda: [request.endpoint])
    app.register_blueprint(xmas)
    assert ask(app, "/TAX/XXL") == ["XMAS.size"]
    assert list(app.blueprints) == ["XMAS"]


def test_prefixes_are_joined_with_one_slash_where_slashes_count(app):
    """It is Flask that joins them, not URL matching that merges them."""
    app.url_map.merge_slashes = False
    outer = Blueprint("outer", __name__, url_prefix="/outer/")
    inner = Blueprint("inner", __name__, url_prefix="/inner/")
    inner.add_url_rule("/cups", "cups", lambda: ["cups"])
    outer.register_blueprint(inner)
    app.register_blueprint(outer)
    assert ask(app, "/outer/inner/cups") == ["cups"]


def test_empty_rule_of_a_blueprint_is_its_prefix(app):
    """Without a trailing slash."""
    shop = Blueprint("shop", __name__, url_prefix="/shop")
    shop.add_url_rule("", "door", lambda: ["door"])
    app.register_blueprint(shop)
    assert ask(app, "/shop") == ["door"]
    assert ask(app, "/shop/") == 404


def test_prefix_given_at_registration_replaces_that_of_the_blueprint(app):
    """The one who registers has the last word; an empty prefix counts too."""
    shop = blueprint("shop", url_prefix="/shop")
    app.register_blueprint(shop, url_prefix="/store")
    app.register_blueprint(shop, url_prefix="", name="root")
    assert ask(app, "/store/") == ["shop.index", {}]
    assert ask(app, "/") == ["root.index", {}]
    assert ask(app, "/shop/") == 404


def test_url_defaults_of_a_blueprint_are_arguments_of_its_views(app):
    """Those given at registration are added and win; a rule's own win over both."""
    shop = Blueprint("shop", __name__, url_defaults={"leaf": "mint", "cup": 1, "a": 1})
    shop.add_url_rule("/", "index", lambda **values: values, defaults={"a": 3})
    app.register_blueprint(shop, url_defaults={"cup": 2, "a": 2})
    assert ask(app, "/") == {"leaf": "mint", "cup": 2, "a": 3}


def test_url_defaults_of_a_registration_do_not_change_the_blueprint(app):
    """A second registration starts from the blueprint's own again."""
    shop = blueprint("shop", url_defaults={"cup": 1})
    app.register_blueprint(shop, url_prefix="/a", url_defaults={"cup": 2})
    app.register_blueprint(shop, url_prefix="/b", name="other")
    assert ask(app, "/a/") == ["shop.index", {"cup": 2}]
    assert ask(app, "/b/") == ["other.index", {"cup": 1}]


def test_blueprint_may_live_on_a_subdomain():
    """Given to the blueprint, at registration, or by the rule itself."""
    app = Flask("shop", subdomain_matching=True)
    app.config["SERVER_NAME"] = "tea.example"
    shop = blueprint("shop", subdomain="shop")
    shop.add_url_rule("/own", "own", lambda: ["own"], subdomain="own")
    app.register_blueprint(shop)
    app.register_blueprint(shop, name="store", subdomain="store")
    assert ask(app, "/", base_url="http://shop.tea.example") == ["shop.index", {}]
    assert ask(app, "/", base_url="http://store.tea.example") == ["store.index", {}]
    assert ask(app, "/own", base_url="http://own.tea.example") == ["own"]
    assert ask(app, "/", base_url="http://tea.example") == 404


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


def test_blueprint_registered_under_two_names_brings_its_hooks_to_both(app, steps):
    """Each name has the blueprint's functions, once."""
    shop = blueprint("shop")
    shop.before_request(lambda: steps.append(request.blueprint))
    shop.register_error_handler(404, lambda error: ["nothing"])
    app.register_blueprint(shop, url_prefix="/a")
    app.register_blueprint(shop, url_prefix="/b", name="other")
    assert ask(app, "/a/") == ["shop.index", {}]
    assert ask(app, "/b/") == ["other.index", {}]
    assert steps == ["shop", "other"]


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


def test_view_of_a_blueprint_needs_no_name_with_an_endpoint(app):
    """A callable object without __name__ can be a view."""
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", "door", partial(list, ["open"]))
    app.register_blueprint(shop)
    assert ask(app, "/") == ["open"]


def test_empty_name_of_a_blueprint_is_refused_since_2_3():
    """Before, its endpoints began with a dot."""
    if FLASK < (2, 3):
        assert Blueprint("", __name__).name == ""
    else:
        with pytest.raises(ValueError, match=r"^'name' may not be empty\.$"):
            Blueprint("", __name__)


def test_rule_of_a_blueprint_may_do_without_a_view(app):
    """endpoint() registers the view on its own, under the full name."""
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", "door")
    shop.add_url_rule("/back", "back")
    shop.endpoint("shop.door")(lambda: ["open"])
    shop.endpoint("shop.back")(lambda: ["closed"])
    app.register_blueprint(shop)
    assert ask(app, "/") == ["open"]
    assert ask(app, "/back") == ["closed"]


def test_view_of_a_blueprint_is_its_endpoint_without_one(app):
    """add_url_rule takes the name of the view function."""

    def door():
        return [request.endpoint]

    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", view_func=door)
    app.register_blueprint(shop)
    assert ask(app, "/") == ["shop.door"]


def test_view_of_a_blueprint_answers_options_when_it_lists_the_method(app):
    """As a view of the app does."""
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", "door", lambda: ["mine"], methods=["OPTIONS"])
    app.register_blueprint(shop)
    assert app.test_client().options("/").json == ["mine"]


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


def test_blueprint_may_turn_automatic_options_off(app):
    """provide_automatic_options of its rules reaches the app."""
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", "door", lambda: "", provide_automatic_options=False)
    app.register_blueprint(shop)
    assert app.test_client().options("/").status_code == 405


def test_rule_of_a_blueprint_takes_methods(app):
    """Options of the rule are handed on."""
    shop = Blueprint("shop", __name__)
    shop.add_url_rule("/", "door", lambda: ["open"], methods=["POST"])
    app.register_blueprint(shop)
    assert app.test_client().post("/").json == ["open"]
    assert ask(app, "/") == 405


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


def test_static_files_of_a_blueprint_are_below_its_prefix(app, tmp_path):
    """With static_folder it serves them, and its hooks see the request."""
    (tmp_path / "cup.txt").write_text("Tea")
    shop = Blueprint("shop", __name__, static_folder=tmp_path, url_prefix="/shop")
    shop.after_request(lambda r: r.headers.add("X-Endpoint", request.endpoint) or r)
    app.register_blueprint(shop)
    response = app.test_client().get(f"/shop/{tmp_path.name}/cup.txt")
    assert response.text == "Tea"
    assert response.headers["X-Endpoint"] == "shop.static"
    response.close()


def test_static_url_path_of_a_blueprint_may_differ_from_its_folder(app, tmp_path):
    """static_url_path is the part of the URL."""
    (tmp_path / "cup.txt").write_text("Tea")
    shop = Blueprint("shop", __name__, static_folder=tmp_path, static_url_path="/files")
    app.register_blueprint(shop)
    response = app.test_client().get("/files/cup.txt")
    assert response.text == "Tea"
    response.close()


def test_blueprint_without_static_folder_serves_no_files(app):
    """There is no static endpoint then."""
    app.register_blueprint(blueprint("shop"))
    assert "shop.static" not in app.view_functions


def test_commands_of_a_blueprint_stand_below_its_name(app):
    """flask shop count; cli_group names another group, None none at all."""
    found = []
    for number, options in enumerate([{}, {"cli_group": "other"}, {"cli_group": None}]):
        shop = Blueprint(f"shop{number}", __name__, **options)
        shop.cli.command(f"count{number}")(lambda: None)
        app.register_blueprint(shop)
        found.append(shop.cli.name)
    assert set(app.cli.commands) == {"shop0", "other", "count2"}
    assert list(app.cli.commands["shop0"].commands) == ["count0"]
    assert list(app.cli.commands["other"].commands) == ["count1"]


def test_group_of_commands_may_be_given_at_registration(app):
    """cli_group of register_blueprint wins over the blueprint's."""
    shop = Blueprint("shop", __name__, cli_group="store")
    shop.cli.command("count")(lambda: None)
    app.register_blueprint(shop, cli_group="market")
    assert list(app.cli.commands) == ["market"]


def test_group_of_commands_takes_the_name_of_the_registration(app):
    """Under another name, or inside of a parent."""
    outer, shop = Blueprint("outer", __name__), Blueprint("shop", __name__)
    shop.cli.command("count")(lambda: None)
    outer.register_blueprint(shop)
    app.register_blueprint(outer)
    assert list(app.cli.commands) == ["outer.shop"]
    app.register_blueprint(shop, name="store")
    assert list(app.cli.commands) == ["outer.shop", "store"]


def test_blueprint_alone_has_what_its_name_and_module_give():
    """Before it is registered, and without options."""
    shop = Blueprint("shop", __name__)
    assert (shop.name, shop.import_name) == ("shop", __name__)
    assert shop.cli.name == ("shop" if FLASK >= (3, 0) else None)
    assert Path(shop.root_path) == Path(__file__).parent
    assert (shop.url_prefix, shop.subdomain, shop.template_folder) == (None,) * 3
    assert repr(shop) == "<Blueprint 'shop'>"


def test_blueprint_without_commands_adds_no_group(app):
    """An empty group would only confuse."""
    app.register_blueprint(Blueprint("shop", __name__))
    assert dict(app.cli.commands) == {}
