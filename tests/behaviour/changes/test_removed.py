"""What was removed: how it goes, and what does the same on every version."""

import importlib
import warnings
from importlib.metadata import version

import flask
import flask.ctx
import flask.globals
import flask.json
import pytest
import werkzeug.urls
from flask import Blueprint, Flask, g

from snippets.changes import (
    app_env,
    before_app_first_request,
    before_first_request,
    config_attributes,
    context_aliases,
    context_stacks,
    dunder_version,
    got_first_request,
    json_encoder,
    markup_escape,
    url_quote,
)
from tests.behaviour.changes.releases import RELEASE, since

WERKZEUG = tuple(map(int, version("werkzeug").split(".")[:2]))


def deprecated(text):
    return pytest.warns(DeprecationWarning, match=text)


def test_before_first_request_function_runs_once_in_flask_2_2(app, steps):
    """It warns when it is registered; since 2.3 the attribute is gone."""
    if since(2, 3):
        with pytest.raises(AttributeError, match="no attribute 'before_first_request'"):
            app.before_first_request(steps.append)
    else:
        with deprecated("'before_first_request' is deprecated"):
            app.before_first_request(lambda: steps.append("prepared"))
        app.test_client().get("/")
        app.test_client().get("/")
        assert steps == ["prepared"]


def test_what_is_loaded_while_the_app_is_made_serves_the_first_request():
    """With an app context where the code needs current_app, on every version."""
    app = before_first_request.create_app()
    assert app.test_client().get("/").text == "Apples 1.20"


def test_before_app_first_request_warns_in_flask_2_2_and_is_gone_since_2_3(app, steps):
    """A blueprint has no such hook any more."""
    blueprint = Blueprint("shop", __name__)
    if since(2, 3):
        with pytest.raises(AttributeError, match="attribute 'before_app_first_request"):
            blueprint.before_app_first_request(print)
    else:
        with deprecated("'before_app_first_request' is deprecated"):
            blueprint.before_app_first_request(lambda: steps.append("prepared"))
        app.register_blueprint(blueprint)
        app.test_client().get("/")
        assert steps == ["prepared"]


def test_record_once_runs_when_the_blueprint_is_registered(app):
    """Its function gets the app as state.app, before any request."""
    app.register_blueprint(before_app_first_request.shop)
    assert app.extensions["prices"] == {"Apples": "1.20"}
    assert app.test_client().get("/").text == "Apples 1.20"


def test_no_flask_since_2_2_has_try_trigger_before_first_request_functions(app):
    """It went in 2.2.0, one version before the hooks that it triggered."""
    with pytest.raises(
        AttributeError,
        match="no attribute 'try_trigger_before_first_request_functions'",
    ):
        app.try_trigger_before_first_request_functions()


def test_app_env_warns_in_flask_2_2_and_is_gone_since_2_3(app):
    """The setting ENV went with it."""
    if since(2, 3):
        with pytest.raises(AttributeError, match="object has no attribute 'env'"):
            _ = app.env
        assert "ENV" not in app.config
    else:
        with deprecated("'app.env' is deprecated"):
            assert app.env == app.config["ENV"]


@pytest.mark.filterwarnings("ignore")
def test_flask_env_turns_on_debug_mode_in_flask_2_2_only(monkeypatch):
    """Since 2.3 nothing reads the variable; FLASK_DEBUG replaces it."""
    monkeypatch.delenv("FLASK_DEBUG", raising=False)
    monkeypatch.setenv("FLASK_ENV", "development")
    assert Flask(__name__).debug == (not since(2, 3))
    monkeypatch.delenv("FLASK_ENV")
    monkeypatch.setenv("FLASK_DEBUG", "1")
    assert Flask(__name__).debug


def test_hook_can_ask_for_debug_mode_on_every_version(monkeypatch):
    """app.debug answers the question that app.env was used for."""
    app = app_env.app
    for debug, mark in (False, None), (True, "debug"):
        monkeypatch.setattr(app, "debug", debug)
        assert app.test_client().get("/").headers.get("X-Mode") == mark


@pytest.mark.parametrize("name", config_attributes.ATTRIBUTES)
def test_attribute_for_a_setting_warns_in_flask_2_2_and_is_gone_since_2_3(name, app):
    """The setting in app.config is there on every version."""
    if since(2, 3):
        with pytest.raises(AttributeError, match=f"no attribute '{name}'"):
            getattr(app, name)
    else:
        with deprecated(f"'{name}' is deprecated"):
            getattr(app, name)
    assert name.upper() in app.config


def test_assigning_a_removed_attribute_changes_no_setting_since_flask_2_3(app):
    """Python makes a new attribute, and nothing says that Flask doesn't read it."""
    if since(2, 3):
        app.session_cookie_name = "visit"
    else:
        with deprecated("'session_cookie_name' is deprecated"):
            app.session_cookie_name = "visit"
    name = "session" if since(2, 3) else "visit"
    assert app.config["SESSION_COOKIE_NAME"] == name


def test_session_cookie_name_is_in_the_settings_on_every_version():
    """A hook that deletes the cookie takes its name from there."""
    response = config_attributes.app.test_client().get("/")
    assert response.headers["Set-Cookie"].startswith("session=;")


def test_got_first_request_warns_in_flask_2_3_and_is_gone_since_3_0(app):
    """In 2.2 it says whether a request has been handled."""
    if since(3, 0):
        with pytest.raises(AttributeError, match="no attribute 'got_first_request'"):
            _ = app.got_first_request
    elif since(2, 3):
        with deprecated("'got_first_request' is deprecated"):
            assert app.got_first_request is False
    else:
        assert app.got_first_request is False


def test_before_request_function_can_note_the_first_request(monkeypatch):
    """A mark on the app takes the place of got_first_request."""
    monkeypatch.setattr(got_first_request.app, "extensions", {})
    client = got_first_request.app.test_client()
    assert [client.get("/").text for _ in range(2)] == ["first", "not the first"]


@pytest.mark.parametrize("name", ["escape", "Markup"])
def test_names_of_markupsafe_warn_in_flask_2_3_and_are_gone_since_3_0(name):
    """Flask 2.3.0 lost Markup by mistake, and 2.3.1 brought it back."""
    if since(3, 0) or (name == "Markup" and RELEASE == (2, 3, 0)):
        with pytest.raises(AttributeError, match=name):
            getattr(flask, name)
    elif since(2, 3):
        with deprecated(f"'flask.{name}' is deprecated"):
            assert getattr(flask, name).__module__.startswith("markupsafe")
    else:
        assert getattr(flask, name).__module__.startswith("markupsafe")


def test_escape_of_markupsafe_works_on_every_version():
    """Flask requires MarkupSafe, which is always there."""
    response = markup_escape.app.test_client().get("/?name=<b>")
    assert response.text == "No page for &lt;b&gt;"


def test_version_attribute_warns_since_flask_3_0_and_is_gone_in_3_2():
    """The metadata of the package has the version on every version."""
    if since(3, 2):
        with pytest.raises(AttributeError, match="__version__"):
            _ = flask.__version__
    elif since(3, 0):
        with deprecated("The '__version__' attribute is deprecated"):
            assert flask.__version__ == version("flask")
    else:
        assert flask.__version__ == version("flask")


def test_hook_can_name_the_version_from_the_metadata(monkeypatch):
    """importlib.metadata needs no import of Flask."""
    monkeypatch.setattr(dunder_version.app, "debug", True)
    response = dunder_version.app.test_client().get("/")
    assert response.headers["X-Flask"] == dunder_version.EXPECTED


def test_json_encoder_of_an_app_is_ignored_since_flask_2_3():
    """jsonify fails then, in a hook as in a view, and the assignment said nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        app = json_encoder.create_old_app()
        app.testing = True
        client = app.test_client()
        if since(2, 3):
            with pytest.raises(TypeError, match="is not JSON serializable"):
                client.get("/")
        else:
            assert client.get("/").json == {"price": "9.50"}


def test_default_function_of_the_json_provider_works_on_every_version():
    """app.json.default gets each value that JSON can't hold."""
    client = json_encoder.create_new_app().test_client()
    assert client.get("/").json == {"price": "9.50"}


def test_json_encoder_cannot_be_imported_since_flask_2_3():
    """In 2.2 the class warns when an encoder is made from it."""
    if since(2, 3):
        with pytest.raises(AttributeError, match="no attribute 'JSONEncoder'"):
            _ = flask.json.JSONEncoder
    else:
        with deprecated("'JSONEncoder' is deprecated"):
            assert flask.json.JSONEncoder().encode([1]) == "[1]"


@pytest.mark.parametrize("name", ["url_quote", "url_decode", "url_encode", "url_parse"])
def test_functions_of_werkzeug_urls_warn_in_2_3_and_are_gone_since_3_0(name):
    """Before Werkzeug 2.3 they say nothing."""
    if WERKZEUG >= (3, 0):
        with pytest.raises(AttributeError, match=f"no attribute '{name}'"):
            getattr(werkzeug.urls, name)
    else:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            function = getattr(werkzeug.urls, name)
            assert function({} if name == "url_encode" else "tea=1") is not None
        told = [str(one.message) for one in caught]
        known = [text for text in told if f".{name}' is deprecated" in text]
        assert bool(known) == (WERKZEUG >= (2, 3))


def test_quote_of_urllib_makes_an_address_on_every_version():
    """With safe="" a slash in the visitor's text doesn't become one in the address."""
    client = url_quote.app.test_client()
    location = client.get("/search?text=green/tea cup").location
    assert location == "/find/green%2Ftea%20cup"


def test_version_attribute_of_werkzeug_is_gone_in_3_1():
    """Werkzeug 2 has it; the metadata has the version on every version."""
    if WERKZEUG >= (3, 1):
        with pytest.raises(AttributeError, match="no attribute '__version__'"):
            _ = werkzeug.__version__
    else:
        assert werkzeug.__version__ == version("werkzeug")


@pytest.mark.parametrize("name", ["_request_ctx_stack", "_app_ctx_stack"])
def test_context_stacks_warn_up_to_flask_2_3_and_are_gone_since_3_0(name):
    """In 2.3 they no longer have push and pop."""
    if since(3, 0):
        with pytest.raises(AttributeError, match=name):
            getattr(flask, name)
    else:
        with deprecated(f"'{name}' is deprecated"):
            stack = getattr(flask, name)
        assert hasattr(stack, "push") == (not since(2, 3))
        assert hasattr(stack, "pop") == (not since(2, 3))


def test_extension_keeps_its_connection_on_g_on_every_version():
    """One for each app context, under a name of its own."""
    assert context_stacks.app.test_client().get("/").text == "one connection"
    with context_stacks.app.app_context():
        first = context_stacks.get_connection()
        assert "_mydb_connection" in g
    with context_stacks.app.app_context():
        assert context_stacks.get_connection() is not first


@pytest.mark.parametrize(("module", "name"), context_aliases.NAMES)
def test_old_names_of_the_request_context_warn_since_flask_3_2(module, name):
    """They go in Flask 4.0; the proxies request and session stay."""
    if since(3, 2):
        with deprecated(f"'{name}' has merged with") as warned:
            getattr(importlib.import_module(module), name)
        assert len(warned) == 1
    else:
        assert getattr(importlib.import_module(module), name) is not None


def test_request_context_is_an_app_context_since_flask_3_2(app):
    """One class serves both; has_request_context tells them apart."""
    with app.test_request_context() as context:
        assert isinstance(context, flask.ctx.AppContext) == since(3, 2)
        assert flask.has_request_context()
    with app.app_context():
        assert not flask.has_request_context()


def test_module_flask_scaffold_is_gone_since_flask_3_0():
    """Its contents are now in flask.sansio.scaffold."""
    if since(3, 0):
        with pytest.raises(ModuleNotFoundError, match="No module named 'flask"):
            importlib.import_module("flask.scaffold")
        assert importlib.import_module("flask.sansio.scaffold").setupmethod
    else:
        assert importlib.import_module("flask.scaffold").setupmethod


@pytest.mark.parametrize(
    ("module", "name", "new"),
    [
        ("werkzeug.contrib.fixers", "ProxyFix", "werkzeug.middleware.proxy_fix"),
        ("werkzeug", "cached_property", "werkzeug.utils"),
        ("werkzeug", "secure_filename", "werkzeug.utils"),
    ],
)
def test_old_import_from_werkzeug_fails_on_every_version(module, name, new):
    """Each has another module, which every version has."""
    with pytest.raises(ImportError) as raised:
        exec(f"from {module} import {name}", {})
    expected = f"cannot import name {name!r} from {module!r}"
    if "contrib" in module:
        expected = "No module named 'werkzeug.contrib'"
    assert str(raised.value).startswith(expected)
    assert getattr(importlib.import_module(new), name).__name__ == name


@pytest.mark.parametrize(
    ("package", "name", "gone", "new"),
    [
        ("jinja2", "escape", (3, 1), "markupsafe"),
        ("jinja2", "Markup", (3, 1), "markupsafe"),
        ("itsdangerous", "json", (2, 1), None),
        ("itsdangerous", "TimedJSONWebSignatureSerializer", (2, 1), None),
    ],
)
def test_old_import_from_jinja_or_itsdangerous_fails_since_their_release(
    package, name, gone, new
):
    """Jinja 3.1 and ItsDangerous 2.1; what replaces them is there on every version."""
    code = f"from {package} import {name}"
    if tuple(map(int, version(package).split(".")[:2])) >= gone:
        with pytest.raises(ImportError) as raised:
            exec(code, {})
        expected = f"cannot import name {name!r} from {package!r}"
        assert str(raised.value).startswith(expected)
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(code, {})
    module, attribute = (new, name) if new else (package, "URLSafeTimedSerializer")
    assert getattr(importlib.import_module(module), attribute).__name__ == attribute


def test_ident_func_of_the_context_stack_is_missing_since_flask_2_2():
    """Old code passes it to SQLAlchemy's scoped_session as scopefunc."""
    if since(3, 0):
        with pytest.raises(AttributeError, match="_app_ctx_stack"):
            _ = flask._app_ctx_stack
    else:
        with deprecated("'_app_ctx_stack' is deprecated"):
            stack = flask._app_ctx_stack
        assert hasattr(stack, "__ident_func__") is False
