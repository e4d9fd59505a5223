"""Which contexts a command has: by flask, by the test runner, inside another one."""

import click
import pytest
from flask import Blueprint, current_app, g, has_request_context
from flask.cli import FlaskGroup, with_appcontext

from tests.behaviour.extensions.waiting import in_a_thread


def name_app():
    click.echo(current_app.name)


def add(app, kind):
    """Add a command; return the words that call it."""
    if kind == "app":
        app.cli.command("tidy")(name_app)
    if kind == "group":
        app.cli.group("shop")(lambda: None).command("tidy")(name_app)
        return ["shop", "tidy"]
    if kind == "blueprint":
        orders = Blueprint("orders", __name__)
        orders.cli.command("tidy")(name_app)
        app.register_blueprint(orders)
        return ["orders", "tidy"]
    if kind == "click":
        app.cli.add_command(click.command("tidy")(name_app))
    if kind == "with_appcontext":
        app.cli.add_command(click.command("tidy")(with_appcontext(name_app)))
    return ["tidy"]


KINDS = ["app", "group", "blueprint", "with_appcontext"]


@pytest.mark.parametrize("kind", [*KINDS, "click"])
def test_each_command_that_flask_runs_has_an_app_context(app, kind):
    """A plain command of Click, too: the flask command pushes one."""
    words = add(app, kind)
    flask = FlaskGroup(create_app=lambda: app)
    result = app.test_cli_runner().invoke(flask, args=words)
    assert result.output.strip() == app.name


@pytest.mark.parametrize("kind", KINDS)
def test_command_of_the_app_has_an_app_context_in_the_test_runner(app, kind):
    """Its own, its groups' and its blueprints' have one without with_appcontext."""
    words = add(app, kind)
    assert app.test_cli_runner().invoke(args=words).output.strip() == app.name


def test_plain_click_command_has_no_app_context_in_the_test_runner(app):
    """Only the flask command would push it."""
    words = add(app, "click")
    told = str(app.test_cli_runner().invoke(args=words).exception)
    assert told.startswith("Working outside of application context.")


@pytest.fixture
def shop(app, steps):
    """An app whose command notes what it finds, and whose teardown function does."""

    @app.cli.command("look")
    def look():
        steps.append((g.get("user"), has_request_context()))

    app.teardown_appcontext(lambda error: steps.append("teardown"))
    return app


def run(shop):
    return shop.test_cli_runner().invoke(args=["look"])


def test_command_inside_an_app_context_shares_it(shop, steps):
    """Its g as well; teardown functions wait for the end of the block."""
    with shop.app_context():
        g.user = "anna"
        assert run(shop).exit_code == 0
        assert steps == [("anna", False)]
    assert steps == [("anna", False), "teardown"]


def test_command_that_a_view_runs_shares_its_contexts(shop, steps):
    """It sees the request; teardown functions run at the end of the request."""

    @shop.get("/")
    def index():
        g.user = "anna"
        assert run(shop).exit_code == 0
        steps.append("view")
        return "Tea"

    assert shop.test_client().get("/").text == "Tea"
    assert steps == [("anna", True), "view", "teardown"]


def test_command_in_a_thread_has_a_context_of_its_own(shop, steps):
    """As a command has that flask runs in a new process."""
    with shop.app_context():
        g.user = "anna"
        assert in_a_thread(run, shop).exit_code == 0
        assert steps == [(None, False), "teardown"]
