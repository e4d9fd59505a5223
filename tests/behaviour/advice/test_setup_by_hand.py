"""Lists of hooks, and setup at the wrong time."""

import pytest
from flask import Blueprint, Flask


def test_lists_of_hooks_name_every_registered_function(app):
    """Dicts from None or a blueprint's name to a list, and one plain list."""

    def hook(*arguments):
        return None

    blog = Blueprint("blog", __name__)
    for kind in "before_request", "after_request", "teardown_request":
        getattr(app, kind)(hook)
        getattr(blog, kind)(hook)
    app.teardown_appcontext(hook)
    app.register_blueprint(blog)
    both = {None: [hook], "blog": [hook]}
    assert app.before_request_funcs == both
    assert app.after_request_funcs == both
    assert app.teardown_request_funcs == both
    assert app.teardown_appcontext_funcs == [hook]


def test_list_of_hooks_is_a_dict_and_has_no_append(app):
    """The lists are its values."""
    with pytest.raises(AttributeError, match=r"defaultdict' object has no .*'append'"):
        app.before_request_funcs.append(print)


def test_list_in_place_of_the_dict_of_hooks_is_ignored(app, steps):
    """Flask looks for None and for names of blueprints in it, and finds neither."""
    app.add_url_rule("/", "index", lambda: "Tea")
    app.before_request_funcs = [lambda: steps.append("called")]
    assert app.test_client().get("/").text == "Tea"
    assert steps == []


def test_function_in_place_of_a_list_of_hooks_makes_each_request_a_500(app):
    """Flask iterates over the value."""
    app.testing = True
    app.before_request_funcs = {None: lambda: None}
    with pytest.raises(TypeError, match="'function' object is not iterable"):
        app.test_client().get("/")


def test_setup_method_is_refused_in_the_first_before_request_function(app):
    """Also in the first request: it has begun by then."""
    app.testing = True

    @app.before_request
    def finish_setup():
        app.add_url_rule("/late", "late", lambda: "Late")

    with pytest.raises(AssertionError, match="setup method 'add_url_rule'"):
        app.test_client().get("/")


def test_setup_by_a_method_after_the_configuration_serves_the_first_request():
    """A factory configures the app, then calls it."""

    class Shop(Flask):
        def finish_setup(self):
            name = self.config["SHOP_NAME"]
            self.add_url_rule("/about", "about", lambda: name)

    def create_app():
        app = Shop("shop")
        app.config["SHOP_NAME"] = "Tea shop"
        app.finish_setup()
        return app

    assert create_app().test_client().get("/about").text == "Tea shop"


def test_hook_that_asks_a_setting_can_be_turned_on_while_the_app_runs(app):
    """It was registered at the start; only what it looks at changes."""
    app.config["INSTALLED"] = False

    @app.before_request
    def require_installation():
        if not app.config["INSTALLED"]:
            return "Please install", 503

    app.add_url_rule("/", "index", lambda: "Shop")
    client = app.test_client()
    assert client.get("/").status_code == 503
    app.config["INSTALLED"] = True
    assert client.get("/").text == "Shop"


@pytest.mark.parametrize("calls", [1, 2])
def test_hooks_and_view_run_once_for_each_call_of_a_middleware(app, steps, calls):
    """A middleware that calls the app twice runs all of it twice."""
    app.before_request(lambda: steps.append("before_request"))
    app.add_url_rule("/", "index", lambda: steps.append("view") or "Tea")
    wrapped = app.wsgi_app

    def measure(environ, start_response):
        for _ in range(calls - 1):
            b"".join(wrapped(environ, lambda *arguments: None))
        return wrapped(environ, start_response)

    app.wsgi_app = measure
    assert app.test_client().get("/").text == "Tea"
    assert steps == ["before_request", "view"] * calls


def test_debug_mode_that_begins_after_the_first_line_sets_no_level(caplog):
    """Flask sets the level when app.logger is used for the first time only."""
    app = Flask("early shop")
    app.logger.warning("made")
    app.debug = True  # app.run(debug=True) does this
    app.logger.info("paid")
    assert caplog.messages == ["made"]


def test_line_of_level_info_is_logged_in_debug_mode_or_with_the_level_set(caplog):
    """Without either, app.logger takes the level WARNING of the root logger."""
    app = Flask("quiet shop")
    app.logger.info("placed")
    app.logger.warning("sold out")
    app.logger.setLevel("INFO")
    app.logger.info("sent")
    loud = Flask("loud shop")
    loud.debug = True
    loud.logger.info("paid")
    assert caplog.messages == ["sold out", "sent", "paid"]
