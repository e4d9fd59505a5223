"""The static files and commands of a blueprint."""

from flask import Blueprint, request

from tests.behaviour.blueprints.views import blueprint


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


def test_blueprint_without_commands_adds_no_group(app):
    """An empty group would only confuse."""
    app.register_blueprint(Blueprint("shop", __name__))
    assert dict(app.cli.commands) == {}
