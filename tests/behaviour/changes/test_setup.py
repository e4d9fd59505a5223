"""Setting up blueprints: too late, and on subdomains."""

from importlib.metadata import metadata

import pytest
from flask import Blueprint, Flask

from snippets.changes import blueprint_setup, nested_subdomain
from tests.behaviour.changes.releases import RELEASE, since


def add_late_hook(shop):
    if since(2, 3):
        with pytest.raises(AssertionError, match="can no longer be called on the bl"):
            shop.before_request(blueprint_setup.close_shop)
    else:
        with pytest.warns(UserWarning, match="will become an exception in Flask 2.3"):
            shop.before_request(blueprint_setup.close_shop)


def test_hook_on_a_registered_blueprint_warns_in_flask_2_2_and_raises_since_2_3():
    """The text is the same but for its last line."""
    _, shop = blueprint_setup.create_app()
    add_late_hook(shop)


def test_hook_added_to_a_registered_blueprint_never_runs():
    """In 2.2 as well: the registration has already copied the hooks to the app."""
    app, shop = blueprint_setup.create_app()
    add_late_hook(shop)
    assert app.test_client().get("/").text == "Welcome"


def test_hook_added_before_the_registration_runs_on_every_version(capsys):
    """First all hooks, then register_blueprint."""
    app, _ = blueprint_setup.create_app()
    app.test_client().get("/")
    assert capsys.readouterr().out == "visit of /\n"


def test_app_refuses_hooks_after_its_first_request_on_every_version(app):
    """For the application it is an error in all of them."""
    app.test_client().get("/")
    with pytest.raises(AssertionError, match="can no longer be called on the applica"):
        app.before_request(blueprint_setup.close_shop)


def test_child_blueprint_is_on_the_subdomain_of_its_parent_since_flask_2_3(capsys):
    """In 2.2 its views and hooks are on the bare domain instead."""
    client = nested_subdomain.app.test_client()
    here, there = "http://api.shop.example", "http://shop.example"
    if not since(2, 3):
        here, there = there, here
    assert client.get("/", base_url=here).status_code == 200
    assert capsys.readouterr().out == "child_hook\n"
    assert client.get("/", base_url=there).status_code == 404
    assert capsys.readouterr().out == ""


def test_blueprint_without_a_name_is_refused_since_flask_2_3():
    """In 2.2 it is accepted."""
    if since(2, 3):
        with pytest.raises(ValueError, match="'name' may not be empty"):
            Blueprint("", __name__)
    else:
        assert Blueprint("", __name__).name == ""


def test_blueprint_registered_on_its_own_subdomain_is_there_on_every_version():
    """Side by side, no subdomain has to be handed down."""
    app = Flask(__name__, static_folder=None, subdomain_matching=True)
    app.config["SERVER_NAME"] = "shop.example"
    app.register_blueprint(nested_subdomain.child, subdomain="api")
    client = app.test_client()
    assert client.get("/", base_url="http://api.shop.example").status_code == 200
    assert client.get("/", base_url="http://shop.example").status_code == 404


def test_flask_says_which_python_it_needs():
    """3.7 for Flask 2.2, 3.8 for 2.3 and 3.0, 3.9 for 3.1."""
    oldest = {(2, 2): ">=3.7", (2, 3): ">=3.8", (3, 0): ">=3.8", (3, 1): ">=3.9"}
    needs = metadata("flask")["Requires-Python"]
    assert needs == oldest.get(RELEASE[:2], needs)


@pytest.mark.parametrize("debug", [False, True])
def test_app_refuses_hooks_after_its_first_request_with_debug_and_without(app, debug):
    """The check doesn't ask for debug mode, nor for TESTING."""
    app.debug = debug
    app.testing = not debug
    app.test_client().get("/")
    with pytest.raises(AssertionError, match="can no longer be called on the applica"):
        app.before_request(blueprint_setup.close_shop)


def test_got_first_request_set_to_false_lets_one_process_register(app):
    """It's private: no error, and the hook runs, in this process only."""
    app.add_url_rule("/", "index", lambda: "Tea")
    client = app.test_client()
    assert client.get("/").text == "Tea"
    app._got_first_request = False
    app.before_request(lambda: "closed")
    assert client.get("/").text == "closed"
