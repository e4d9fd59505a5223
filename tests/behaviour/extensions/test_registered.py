"""What each extension registers, and the table of it on the page."""

import importlib
import re
import warnings
from pathlib import Path

import pytest

pytestmark = pytest.mark.extensions

PAGE = Path(__file__).parents[3] / "docs" / "extensions.md"
APPS = {
    "Flask-Compress": "compress",
    "flask-talisman": "talisman",
    "flask-cors": "cors",
    "Flask-Login": "login",
    "Flask-JWT-Extended": "jwt",
    "Flask-Limiter": "limiter",
    "Flask-WTF": "wtf",
    "Flask-SQLAlchemy": "sqlalchemy",
    "Flask-Session": "session",
    "Flask-SocketIO": "socketio",
    "Flask-DebugToolbar": "debugtoolbar",
    "flask-restx": "restx",
    "flask-sock": "sock",
    "flask-babel": "babel",
    "Flask-Caching": "caching",
    "opentelemetry-instrumentation-flask": "opentelemetry",
    "prometheus-flask-exporter": "prometheus",
    "dash": "dash",
    "connexion": "connexion",
    "apiflask": "apiflask",
    "flask-admin": "admin",
}
METHODS = ("handle_exception", "handle_user_exception", "dispatch_request")


@pytest.mark.parametrize("name", APPS)
def test_extension_registers_what_the_table_says(name):
    """Its hooks, its session interface, its middleware, its own error handling."""
    with warnings.catch_warnings():
        # Connexion imports names that other packages deprecate.
        warnings.simplefilter("ignore")
        app = importlib.import_module(f"tests.extensions.apps.with_{APPS[name]}").app
    found = [
        kind
        for kind in ("before_request", "after_request", "teardown_request")
        if getattr(app, f"{kind}_funcs").get(None)
    ]
    found += ["teardown_appcontext"] * bool(app.teardown_appcontext_funcs)
    # Flask has one of its own.
    found += ["context_processor"] * (len(app.template_context_processors[None]) > 1)
    own = type(app.session_interface).__module__ != "flask.sessions"
    found += ["session interface"] * own
    found += ["WSGI middleware"] * ("wsgi_app" in vars(app))
    found += ["error handlers"] * bool(app.error_handler_spec[None][None])
    found += [f"`{method}`" for method in METHODS if method in vars(app)]
    assert (name, ", ".join(found) or "no hooks") in rows()


def rows():
    """Return the rows of the page's table: an extension, and what it registers."""
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(r"^\| \{locked\}`([^`]+)` \| (.+) \|$", text, re.MULTILINE)


def test_table_has_a_row_for_each_extension():
    """The table lists the extensions whose registrations are compared with it."""
    app = importlib.import_module("tests.extensions.apps.with_login").app
    assert "login_manager" in vars(app)
    assert {name for name, _ in rows()} == set(APPS)
