"""In which order hooks run."""

import pytest
from flask import Blueprint, g

from snippets.after_request.blueprint_hooks import app as nested_app
from snippets.after_request.two_hooks import app as two_hooks


def noter(steps, name):
    """A hook that notes its name and hands on the response."""

    def note(response):
        steps.append(name)
        return response

    return note


def test_after_request_hooks_run_in_reverse_order():
    """The hook registered last runs first.

    Question: An app registers two after_request hooks. Which one runs first?
    """
    response = two_hooks.test_client().get("/")
    registered = [hook.__name__ for hook in two_hooks.after_request_funcs[None]]
    assert registered == ["registered_first", "registered_last"]
    assert response.headers.getlist("X-Handled-By") == registered[::-1]


def test_three_after_request_hooks_run_in_reverse_order(app, steps):
    """The rule holds for any number of hooks."""
    for name in "first", "second", "third":
        app.after_request(noter(steps, name))
    app.test_client().get("/")
    assert steps == ["third", "second", "first"]


def test_before_request_functions_run_in_order_of_registration(app, steps):
    """Unlike after_request hooks, the function registered first runs first."""
    app.before_request(lambda: steps.append("first"))
    app.before_request(lambda: steps.append("second"))
    app.test_client().get("/")
    assert steps == ["first", "second"]


def test_hook_that_makes_a_result_must_be_registered_last(app):
    """A hook can read values on g that a hook registered after it has set."""

    @app.after_request
    def report_words(response):
        response.headers["X-Words"] = str(g.words)
        return response

    @app.after_request
    def count_words(response):
        g.words = len(response.get_data(as_text=True).split())
        return response

    app.add_url_rule("/", "index", lambda: "Tea and teapots")
    assert app.test_client().get("/").headers["X-Words"] == "3"


def test_hook_registered_after_the_maker_of_its_result_finds_nothing(app):
    """Registered in reading order, the second hook runs before the first."""

    @app.after_request
    def count_words(response):
        g.words = len(response.get_data(as_text=True).split())
        return response

    @app.after_request
    def report_words(response):
        response.headers["X-Words"] = str(g.get("words"))
        return response

    assert app.test_client().get("/").headers["X-Words"] == "None"


def test_blueprint_hooks_run_before_app_hooks():
    """The app's hooks have the last word on a blueprint's response."""
    response = nested_app.test_client().get("/shop/")
    assert response.headers.getlist("X-Hook") == ["shop", "app"]


def test_nested_blueprint_hooks_run_from_the_inside_out():
    """First the child's hooks, then its parent's, then the app's.

    Question: An app, a blueprint and one nested in it have a hook each. In which
    order do they run?
    """
    response = nested_app.test_client().get("/shop/orders/")
    signed = response.headers.getlist("X-Hook")
    assert signed == ["orders", "shop", "app"]


def test_blueprint_hooks_run_only_for_the_views_of_the_blueprint():
    """If the app itself responds, the hooks of all blueprints are skipped."""
    response = nested_app.test_client().get("/")
    assert response.headers.getlist("X-Hook") == ["app"]


def test_blueprint_hooks_do_not_run_for_unknown_urls_below_its_prefix():
    """A URL that matches no route belongs to no blueprint.

    Question: Why do a blueprint's hooks not see the 404 for an unknown URL below
    its prefix?
    """
    response = nested_app.test_client().get("/shop/nowhere")
    assert response.status_code == 404
    assert response.headers.getlist("X-Hook") == ["app"]


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/shop/orders/", 200),
        ("HEAD", "/shop/orders/", 200),
        ("OPTIONS", "/shop/orders/", 200),
        ("POST", "/shop/orders/", 405),
        ("GET", "/shop/orders", 308),
    ],
)
def test_blueprint_hooks_do_not_run_for_a_405_or_the_redirect_to_a_slash(
    app, steps, method, url, status
):
    """They do for HEAD and OPTIONS, whose URL and method match a rule."""
    shop = Blueprint("shop", __name__, url_prefix="/shop")
    shop.before_request(lambda: steps.append("before_request"))
    shop.after_request(lambda response: steps.append("after_request") or response)
    shop.teardown_request(lambda error: steps.append("teardown_request"))
    shop.add_url_rule("/orders/", view_func=lambda: "Orders", endpoint="orders")
    app.register_blueprint(shop)
    assert app.test_client().open(url, method=method).status_code == status
    ran = ["before_request", "after_request", "teardown_request"]
    assert steps == (ran if status == 200 else [])


def test_hooks_of_one_blueprint_run_in_reverse_order(app, steps):
    """Within a blueprint the rule is the same as within the app."""
    shop = Blueprint("shop", __name__)
    shop.after_request(noter(steps, "shop first"))
    shop.after_request(noter(steps, "shop second"))
    shop.add_url_rule("/", view_func=lambda: "Open", endpoint="door")
    app.register_blueprint(shop)
    app.test_client().get("/")
    assert steps == ["shop second", "shop first"]


def test_app_hook_registered_last_still_runs_after_blueprint_hooks(app, steps):
    """The reverse order holds within the app's or one blueprint's hooks.

    Question: Why does an app's hook that was registered last of all not run before
    a blueprint's?
    """
    shop = Blueprint("shop", __name__)
    shop.after_request(noter(steps, "shop"))
    shop.add_url_rule("/", view_func=lambda: "Open", endpoint="door")
    app.register_blueprint(shop)
    app.after_request(noter(steps, "app"))
    app.test_client().get("/")
    assert steps == ["shop", "app"]


def test_after_app_request_runs_for_requests_outside_the_blueprint(app, steps):
    """A blueprint's after_app_request registers on the whole app."""
    shop = Blueprint("shop", __name__)
    shop.after_app_request(noter(steps, "shop, for all"))
    app.register_blueprint(shop)
    app.test_client().get("/nowhere")
    assert steps == ["shop, for all"]


def test_after_app_request_takes_its_place_when_the_blueprint_is_registered(app, steps):
    """Among the app's hooks it counts as registered with the blueprint."""
    shop = Blueprint("shop", __name__)
    shop.after_app_request(noter(steps, "shop, for all"))
    app.after_request(noter(steps, "before the blueprint"))
    app.register_blueprint(shop)
    app.after_request(noter(steps, "after the blueprint"))
    app.test_client().get("/")
    assert steps == ["after the blueprint", "shop, for all", "before the blueprint"]


def test_before_request_functions_of_nested_blueprints_run_from_the_outside_in(
    app, steps
):
    """First the app's function, then the parent's, then the child's."""
    parent = Blueprint("parent", __name__)
    child = Blueprint("child", __name__)
    child.before_request(lambda: steps.append("child"))
    parent.before_request(lambda: steps.append("parent"))
    app.before_request(lambda: steps.append("app"))
    child.add_url_rule("/", view_func=lambda: "Here", endpoint="here")
    parent.register_blueprint(child)
    app.register_blueprint(parent)
    app.test_client().get("/")
    assert steps == ["app", "parent", "child"]


def test_hooks_of_an_extension_take_their_place_at_init_app(app, steps):
    """init_app registers like a decorator: the order of the calls counts."""

    class Extension:
        def init_app(self, app):
            app.after_request(noter(steps, "extension"))

    app.after_request(noter(steps, "before init_app"))
    Extension().init_app(app)
    app.after_request(noter(steps, "after init_app"))
    app.test_client().get("/")
    assert steps == ["after init_app", "extension", "before init_app"]
