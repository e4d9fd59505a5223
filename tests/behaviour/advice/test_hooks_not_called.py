"""Hooks that are not called: another app object, or a module that nobody imports."""

import importlib
import runpy
import sys

import pytest
from flask import (
    Blueprint,
    Flask,
    current_app,
)

from snippets.questions import (
    hooks_in_a_module,
)


def test_hook_of_another_app_object_is_not_called(steps):
    """Each app has its own lists, whatever its name."""
    first, second = (Flask("shop", static_folder=None) for _ in range(2))
    first.before_request(lambda: steps.append("hook"))
    second.add_url_rule("/", "index", lambda: "Tea")
    second.test_client().get("/")
    assert steps == []


def test_file_that_is_run_and_imported_makes_two_apps(tmp_path, monkeypatch):
    """As __main__ and by its name; the other module registers on the second app."""
    (tmp_path / "corner.py").write_text(
        "from flask import Flask\napp = Flask('corner')\nimport corner_hooks\n"
    )
    (tmp_path / "corner_hooks.py").write_text(
        "from corner import app\napp.before_request(lambda: 'closed')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    run = runpy.run_path(str(tmp_path / "corner.py"), run_name="__main__")["app"]
    imported = sys.modules.pop("corner").app
    sys.modules.pop("corner_hooks")
    assert (len(run.before_request_funcs), len(imported.before_request_funcs)) == (0, 1)


def test_factory_registers_the_hooks_of_a_module_for_each_app():
    """The module needs no app; current_app is the request's app."""
    public = hooks_in_a_module.create_app({"IS_PUBLIC": True, "SHOP": "tea"})
    headers = public.test_client().get("/").headers
    assert (headers["X-Shop"], "X-Robots-Tag" in headers) == ("tea", False)
    headers = hooks_in_a_module.app.test_client().get("/").headers
    assert (headers["X-Shop"], headers["X-Robots-Tag"]) == ("corner", "noindex")


def test_current_app_has_no_app_to_register_with_at_import():
    """There is no context yet."""
    with pytest.raises(RuntimeError, match="Working outside of application context"):
        current_app.before_request(lambda: None)


def test_hook_of_a_blueprint_that_is_not_registered_is_not_called(app, steps):
    """Not even one for the whole app; once it's registered, it is."""
    shop = Blueprint("shop", __name__)
    shop.before_app_request(lambda: steps.append("hook"))
    app.add_url_rule("/", "index", lambda: "Tea")

    def other_app():
        other = Flask("other", static_folder=None)
        other.add_url_rule("/", "index", lambda: "Tea")
        other.register_blueprint(shop)
        return other

    app.test_client().get("/")
    assert steps == []
    other_app().test_client().get("/")
    assert steps == ["hook"]


@pytest.mark.parametrize("imported", [False, True])
def test_hook_of_a_module_that_is_not_imported_is_not_called(
    tmp_path, monkeypatch, imported
):
    """Its decorator runs when Python imports the module, and not before."""
    (tmp_path / "tea.py").write_text(
        "from flask import Flask\napp = Flask('tea', static_folder=None)\n"
        "app.add_url_rule('/', 'index', lambda: 'Tea')\n"
    )
    (tmp_path / "tea_hooks.py").write_text(
        "from tea import app\napp.before_request(lambda: 'closed')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    try:
        app = importlib.import_module("tea").app
        if imported:
            importlib.import_module("tea_hooks")
        text = app.test_client().get("/").text
    finally:
        sys.modules.pop("tea", None)
        sys.modules.pop("tea_hooks", None)
    assert text == ("closed" if imported else "Tea")
