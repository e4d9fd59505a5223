"""Templates: where they are, what they know, what they escape, what is told of them."""

from types import SimpleNamespace

import pytest
from flask import (
    Blueprint,
    Flask,
    before_render_template,
    flash,
    g,
    get_template_attribute,
    render_template,
    render_template_string,
    session,
    stream_template,
    stream_template_string,
    template_rendered,
)
from jinja2 import DictLoader, TemplateNotFound

from tests.behaviour.versions import FLASK

PAGES = {
    "page.html": "{{ name }} at {{ request.path }}, {{ g.user }}, {{ session.cart }}",
    "import.html": "{% import 'parts.html' as parts %}{{ parts.path() }}",
    "parts.html": "{% macro path() %}{{ request.path }} {{ g.user }}{% endmacro %}"
    "{% set title = 'Tea' %}",
}


@pytest.fixture
def house(tmp_path):
    """A folder with an app's templates and a blueprint's."""
    for name in ("templates/both.txt", "blog/pages/both.txt", "blog/pages/own.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


@pytest.fixture
def shop(app):
    """An app with templates in memory."""
    app.secret_key = "tea"
    app.jinja_loader = DictLoader(PAGES)
    return app


@pytest.fixture
def told():
    """What the two signals of a template say, in order."""
    return []


@pytest.fixture
def listening(shop, told):
    """The shop, with receivers of both signals."""

    def before(sender, template, context):
        told.append(("before", sender, template.name, context["name"], context["g"]))

    def after(sender, template, context):
        told.append(("after", sender, template.name, context["name"], context["g"]))

    with (
        before_render_template.connected_to(before, shop),
        template_rendered.connected_to(after, shop),
    ):
        yield shop


def rendered(app, template, **values):
    """Render a template as a view does."""
    with app.test_request_context("/teas"):
        g.user = "anna"
        return render_template(template, **values)


def test_template_knows_the_request_g_and_the_session(shop):
    """And what the view gives it."""

    @shop.get("/set")
    def fill():
        flash("x")
        session["cart"] = 2
        g.user = "anna"
        return render_template("page.html", name="Tea")

    assert shop.test_client().get("/set").text == "Tea at /set, anna, 2"


def test_template_outside_of_a_request_knows_g_alone(shop):
    """The request fails as it does in Python; the globals are there."""
    with shop.app_context():
        g.user = "anna"
        assert render_template_string("{{ g.user }}") == "anna"
        told = "no request in this context|outside of request context"
        with pytest.raises(RuntimeError, match=told):
            render_template_string("{{ request.path }}")
    names = {"url_for", "get_flashed_messages", "config", "request", "session", "g"}
    assert names < set(shop.jinja_env.globals)


def test_default_names_of_a_template_are_the_objects_themselves(shop):
    """Neither request nor g is a proxy; the session stays one."""
    found = {}
    shop.jinja_env.globals["note"] = lambda **names: found.update(names) or ""
    with shop.test_request_context() as context:
        render_template_string("{{ note(request=request, g=g) }}")
        assert found["request"] is context.request
        assert type(found["g"]) is shop.app_ctx_globals_class
    with shop.app_context():
        render_template_string("{{ note(g=g) }}")
        assert type(found["g"]) is shop.app_ctx_globals_class


def test_imported_template_knows_the_request_too(shop):
    """Its values of context processors are missing, the globals are there."""
    assert rendered(shop, "import.html") == "/teas anna"


def test_value_of_the_view_wins_over_those_of_context_processors(shop):
    """Also over request and g."""
    shop.context_processor(lambda: {"name": "Processor", "more": "more"})
    with shop.test_request_context():
        text = render_template_string(
            "{{ name }} {{ more }} {{ g }}", name="View", g="own"
        )
    assert text == "View more own"


def test_globals_of_templates_are_those_of_the_app(shop):
    """The configuration, URLs and flashed messages."""
    shop.config["CURRENCY"] = "EUR"
    shop.add_url_rule("/teas", "list_teas", lambda: "")
    with shop.test_request_context():
        flash("Hello")
        text = render_template_string(
            "{{ config.CURRENCY }} {{ url_for('list_teas') }}"
            " {{ get_flashed_messages()[0] }} {{ {'a': 1}|tojson }}"
        )
    assert text == 'EUR /teas Hello {"a": 1}'


def test_filter_tojson_uses_the_json_of_the_app(shop):
    """A provider of your own writes what templates show, too."""

    class Provider(type(shop.json)):
        def dumps(self, value, **options):
            return super().dumps({"own": value}, **options)

    shop.json = Provider(shop)
    with shop.app_context():
        assert render_template_string("{{ 1|tojson }}") == '{"own": 1}'


def test_template_may_be_named_by_a_list(shop):
    """The first that is there."""
    assert rendered(shop, ["missing.html", "parts.html"]) == ""
    with pytest.raises(TemplateNotFound, match=r"missing\.html"):
        rendered(shop, "missing.html")


def test_template_of_the_app_wins_over_a_blueprints(house):
    """A blueprint's folder is asked last, whichever view renders."""
    shop = Flask(__name__, root_path=str(house))
    folder = str(house / "blog")
    for name in ("without", "blog"):
        options = {"template_folder": "pages"} if name == "blog" else {}
        shop.register_blueprint(Blueprint(name, __name__, root_path=folder, **options))
    assert rendered(shop, "both.txt") == "templates/both.txt"
    assert rendered(shop, "own.txt") == "blog/pages/own.txt"
    with pytest.raises(TemplateNotFound, match=r"missing\.txt"):
        rendered(shop, "missing.txt")


def test_template_that_cannot_be_read_is_not_a_missing_one(house):
    """Its own error is raised, and no other folder is asked."""
    (house / "templates" / "both.txt").write_bytes(b"\xff")
    shop = Flask(__name__, root_path=str(house))
    shop.register_blueprint(
        Blueprint(
            "blog", __name__, root_path=str(house / "blog"), template_folder="pages"
        )
    )
    with pytest.raises(UnicodeDecodeError):
        rendered(shop, "both.txt")


def test_search_for_a_template_is_logged_if_told(house, caplog):
    """EXPLAIN_TEMPLATE_LOADING tells each place that was asked; the first wins."""
    shop = Flask(__name__, root_path=str(house))
    shop.config["EXPLAIN_TEMPLATE_LOADING"] = True
    shop.register_blueprint(
        Blueprint(
            "blog", __name__, root_path=str(house / "blog"), template_folder="pages"
        )
    )
    with caplog.at_level("INFO"):
        assert rendered(shop, "both.txt") == "templates/both.txt"
        with pytest.raises(TemplateNotFound):
            rendered(shop, "missing.txt")
    found, missing = (record.getMessage() for record in caplog.records)
    assert "Locating template 'both.txt'" in found
    assert found.count("-> found") == 2
    assert "Locating template 'missing.txt'" in missing
    assert missing.count("-> no match") == 2
    caplog.clear()
    shop.config["EXPLAIN_TEMPLATE_LOADING"] = False
    with caplog.at_level("INFO"):
        assert rendered(shop, "own.txt") == "blog/pages/own.txt"
    assert caplog.records == []


def test_app_without_a_template_folder_has_templates_of_blueprints(house):
    """Or of its own loader."""
    shop = Flask(__name__, template_folder=None)
    folder = str(house / "blog")
    shop.register_blueprint(
        Blueprint("blog", __name__, root_path=folder, template_folder="pages")
    )
    assert shop.jinja_loader is None
    assert rendered(shop, "both.txt") == "blog/pages/both.txt"


@pytest.mark.parametrize("ending", ["html", "htm", "xml", "xhtml", "svg"])
def test_values_in_markup_are_escaped(app, ending):
    """By the ending of the template's name."""
    app.jinja_loader = DictLoader({f"a.{ending}": "{{ name }}", "a.txt": "{{ name }}"})
    assert rendered(app, f"a.{ending}", name="<b>") == "&lt;b&gt;"
    assert rendered(app, "a.txt", name="<b>") == "<b>"


def test_values_in_a_template_from_a_string_are_escaped(app):
    """It has no name to go by."""
    with app.app_context():
        assert render_template_string("{{ name }}", name="<b>") == "&lt;b&gt;"
        streamed = stream_template_string("{{ name }}", name="<b>")
        assert "".join(streamed) == "&lt;b&gt;"


def test_jinja_options_choose_the_environment(app):
    """autoescape and auto_reload win over what Flask would say."""
    app.jinja_options = {"autoescape": False, "auto_reload": True}
    with app.app_context():
        assert render_template_string("{{ name }}", name="<b>") == "<b>"
    assert app.jinja_env.auto_reload is True
    assert app.jinja_env is app.jinja_env


@pytest.mark.parametrize(
    ("debug", "setting", "expected"),
    [
        (False, None, False),
        (True, None, True),
        (True, False, False),
        (False, True, True),
    ],
)
def test_templates_are_read_again_in_debug_mode(debug, setting, expected):
    """Unless TEMPLATES_AUTO_RELOAD says otherwise."""
    app = Flask(__name__, static_folder=None)
    app.config.update(DEBUG=debug, TEMPLATES_AUTO_RELOAD=setting)
    assert app.jinja_env.auto_reload is expected


def test_environment_is_of_the_class_of_the_app(app):
    """It has the app, and its loader unless another is given."""

    class Own(app.jinja_environment):
        pass

    app.jinja_environment = Own
    assert type(app.jinja_env) is Own
    assert app.jinja_env.app is app
    loader = DictLoader({"own.txt": "Own"})
    other = Flask(__name__, static_folder=None)
    other.jinja_options = {"loader": loader}
    assert rendered(other, "own.txt") == "Own"


def test_signals_of_a_template_surround_its_rendering(listening, told):
    """With the template and all its values."""
    shop = listening
    shop.jinja_env.globals["note"] = lambda: told.append("rendering") or ""
    shop.jinja_loader.mapping["noted.html"] = "{{ note() }}"
    with shop.test_request_context() as context:
        render_template("noted.html", name="Tea")
        values = context.g if hasattr(context, "g") else g._get_current_object()
    assert told == [
        ("before", shop, "noted.html", "Tea", values),
        "rendering",
        ("after", shop, "noted.html", "Tea", values),
    ]


def test_signals_of_a_streamed_template_surround_its_pieces(listening, told):
    """The second one comes when the last piece was made."""
    shop = listening
    shop.jinja_loader.mapping["noted.html"] = "{{ name }}!"
    with shop.app_context():
        pieces = stream_template("noted.html", name="Tea")
        assert [what[0] for what in told] == ["before"]
        assert "".join(pieces) == "Tea!"
    assert [what[:4] for what in told] == [
        ("before", shop, "noted.html", "Tea"),
        ("after", shop, "noted.html", "Tea"),
    ]


def test_streamed_template_has_the_values_of_context_processors(shop):
    """From a file or a string, in the request that asked for it."""
    shop.context_processor(lambda: {"more": "more"})
    shop.jinja_loader.mapping["more.html"] = "{{ more }} {{ request.path }}"

    @shop.get("/file")
    def file():
        return stream_template(["missing.html", "more.html"])

    @shop.get("/string")
    def string():
        return stream_template_string("{{ more }} {{ request.path }} {{ x }}", x=1)

    client = shop.test_client()
    assert client.get("/file").text == "more /file"
    assert client.get("/string").text == "more /string 1"


def test_receiver_of_a_template_signal_may_change_its_values(shop):
    """It gets the dictionary with which the template is rendered."""

    def rename(sender, template, context):
        context["name"] = "Changed"

    with before_render_template.connected_to(rename, shop), shop.app_context():
        assert render_template_string("{{ name }}", name="Tea") == "Changed"
        assert "".join(stream_template_string("{{ name }}", name="Tea")) == "Changed"


@pytest.mark.skipif(FLASK < (2, 3), reason="Flask 2.2 awaits no receivers.")
def test_async_receiver_of_a_template_signal_is_awaited(shop, steps):
    """Flask hands ensure_sync to the signal, for rendered and streamed templates."""

    async def before(sender, **values):
        steps.append("before")

    async def after(sender, **values):
        steps.append("after")

    with (
        before_render_template.connected_to(before, shop),
        template_rendered.connected_to(after, shop),
        shop.app_context(),
    ):
        assert render_template_string("x") == "x"
        assert "".join(stream_template_string("y")) == "y"
    assert steps == ["before", "after"] * 2


def test_macro_of_a_template_can_be_called_from_python(shop):
    """So can be read what it sets."""
    with shop.test_request_context("/teas"):
        g.user = "anna"
        assert get_template_attribute("parts.html", "title") == "Tea"
        assert get_template_attribute("parts.html", "path")() == "/teas anna"
        with pytest.raises(AttributeError):
            get_template_attribute("parts.html", "missing")


def test_render_calls_update_template_context_of_the_app(shop, monkeypatch):
    """A subclass can add values for all templates."""
    monkeypatch.setattr(
        shop, "update_template_context", lambda *args: args[-1].update(name="All")
    )
    with shop.app_context():
        assert render_template_string("{{ name }}") == "All"
        assert "".join(stream_template_string("{{ name }}")) == "All"


def test_template_can_be_given_itself(shop):
    """Instead of its name."""
    template = shop.jinja_env.from_string("{{ name.first }}")
    with shop.app_context():
        value = SimpleNamespace(first="Tea")
        assert render_template(template, name=value) == "Tea"
        assert "".join(stream_template(template, name=value)) == "Tea"
