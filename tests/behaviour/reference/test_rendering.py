"""How often context processors run, and which templates have their names."""

import pytest
from flask import g, render_template, render_template_string
from jinja2 import DictLoader, UndefinedError

TEMPLATES = {
    "base.html": "{{ shop }}: {% block body %}{% endblock %}",
    "part.html": "{{ shop }} part",
    "page.html": """{% extends "base.html" %}
        {% block body %}{% include "part.html" %}{% endblock %}""",
    "macros.html": "{% macro name() %}{{ shop.upper() }}{% endmacro %}",
    "plain.html": """{% from "macros.html" import name %}{{ name() }}""",
    "path.html": "{% macro path() %}{{ request.path }} {{ g.user }}{% endmacro %}",
    "where.html": """{% from "path.html" import path %}{{ path() }}""",
    "with.html": """{% from "macros.html" import name with context %}{{ name() }}""",
}


@pytest.fixture
def shop(app, steps):
    """An app that notes each call of its context processor."""
    app.jinja_loader = DictLoader(TEMPLATES)
    app.testing = True

    @app.context_processor
    def add_shop():
        steps.append("add_shop")
        return {"shop": "Tea"}

    app.add_url_rule("/<name>", "show", lambda name: render_template(name))
    return app


def test_context_processor_runs_once_for_a_page_with_its_base_and_includes(shop, steps):
    """They are rendered in the same call, with the same names."""
    page = shop.test_client().get("/page.html")
    assert " ".join(page.text.split()) == "Tea: Tea part"
    assert steps == ["add_shop"]


def test_context_processor_runs_for_each_call_that_renders(shop, steps):
    """Two templates rendered in one request are two calls."""

    @shop.get("/")
    def index():
        return render_template("part.html") + render_template_string("{{ shop }}")

    assert shop.test_client().get("/").text == "Tea partTea"
    assert steps == ["add_shop"] * 2


def test_imported_macro_has_no_names_of_a_context_processor(shop):
    """Unless the template imports it with context."""
    client = shop.test_client()
    assert client.get("/with.html").text == "TEA"
    with pytest.raises(UndefinedError, match="'shop' is undefined"):
        client.get("/plain.html")


def test_imported_macro_has_request_and_g(shop):
    """Flask gives them to every template; no context is needed."""
    shop.before_request(lambda: setattr(g, "user", "anna"))
    assert shop.test_client().get("/where.html").text == "/where.html anna"
