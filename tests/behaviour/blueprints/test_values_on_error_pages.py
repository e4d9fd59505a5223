"""What functions for URLs and templates of a blueprint do outside of its views."""

import pytest
from flask import Blueprint, abort, g, render_template_string, url_for

from snippets.reference import language_prefix


@pytest.mark.parametrize(
    "read", [lambda: g.language, lambda: g.get("language", "en")], ids=["bare", "get"]
)
def test_value_that_a_blueprint_takes_from_the_url_is_missing_on_the_404_page(
    app, caplog, read
):
    """url_for fails there in url_defaults, and the 404 is a 500; g.get is a fix."""
    pages = Blueprint("pages", __name__, url_prefix="/<language>")

    @pages.url_value_preprocessor
    def take_language(endpoint, values):
        g.language = values.pop("language")

    @pages.url_defaults
    def add_language(endpoint, values):
        values.setdefault("language", read())

    pages.add_url_rule("/", "index", lambda: url_for("pages.index"))
    app.register_blueprint(pages)
    app.register_error_handler(404, lambda error: (url_for("pages.index"), 404))
    client = app.test_client()
    assert client.get("/de/").text == "/de/"
    response = client.get("/de/nowhere")
    if "get" in read.__code__.co_names:
        assert (response.status_code, response.text) == (404, "/en/")
        fixed = language_prefix.app.test_client().get("/de/nowhere")
        assert (fixed.status_code, fixed.text) == (404, "Not here. Start: /en/")
    else:
        assert response.status_code == 500
        assert "AttributeError: language" in caplog.text


@pytest.fixture
def shop(app):
    """An app and a blueprint that render the same template."""
    shop = Blueprint("shop", __name__, url_prefix="/shop")

    def render():
        return render_template_string("[{{ owner }}]")

    app.add_url_rule("/", "index", render)
    shop.add_url_rule("/", "index", render)
    shop.add_url_rule("/gone", "gone", lambda: abort(404))
    app.register_error_handler(404, lambda error: (render(), 404))
    return app, shop


def test_context_processor_of_a_blueprint_is_for_requests_of_its_views(shop):
    """The template doesn't matter; unknown URLs below its prefix don't count."""
    app, blueprint = shop
    blueprint.context_processor(lambda: {"owner": "shop"})
    app.register_blueprint(blueprint)
    client = app.test_client()
    found = [client.get(url).text for url in ("/shop/", "/", "/shop/nowhere")]
    assert found == ["[shop]", "[]", "[]"]
    assert client.get("/shop/gone").text == "[shop]"


def test_template_global_is_called_by_templates_and_loses_to_a_context_processor(
    app, steps
):
    """Flask itself doesn't call it."""

    @app.template_global("price")
    def price():
        steps.append("price")
        return "1.20"

    @app.template_global("tea")
    def tea():
        return "of the global"

    app.context_processor(lambda: {"tea": lambda: "of the processor"})
    app.add_url_rule("/", "index", lambda: render_template_string("{{ tea() }}"))
    app.add_url_rule("/price", "price", lambda: render_template_string("{{ price() }}"))
    client = app.test_client()
    assert client.get("/").text == "of the processor"
    assert steps == []
    assert client.get("/price").text == "1.20"
    assert steps == ["price"]


@pytest.mark.parametrize("rendered", ["by Flask", "by Jinja"])
def test_context_processor_that_raises_in_the_page_of_a_500_leaves_no_response(
    app, rendered
):
    """The server gets the exception; a template rendered by Jinja doesn't call it."""
    app.context_processor(lambda: {"user": g.user})

    @app.errorhandler(500)
    def failed(error):
        if rendered == "by Flask":
            return render_template_string("Sorry"), 500
        return app.jinja_env.from_string("Sorry").render(), 500

    app.add_url_rule("/", "index", lambda: render_template_string("Shop"))
    if rendered == "by Flask":
        with pytest.raises(AttributeError, match="user"):
            app.test_client().get("/")
    else:
        response = app.test_client().get("/")
        assert (response.status_code, response.text) == (500, "Sorry")
