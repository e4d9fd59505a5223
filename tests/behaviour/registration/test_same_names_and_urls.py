"""Views that share a URL or a name, and views that are replaced before they run."""

import subprocess
import sys
from functools import wraps
from importlib.metadata import version

import pytest
from flask import Blueprint, request
from packaging.version import Version

from snippets.questions import wrap_views


def test_two_views_of_one_url_are_an_error_since_werkzeug_3_2(app):
    """Before, Flask compares endpoints only, and calls the first of the two."""
    app.add_url_rule("/", "one", lambda: "one")
    if Version(version("werkzeug")).release >= (3, 2):
        with pytest.raises(Exception, match="-> one>") as caught:
            app.add_url_rule("/", "two", lambda: "two")
        assert type(caught.value).__name__ == "DuplicateRuleError"
    else:
        app.add_url_rule("/", "two", lambda: "two")
    assert app.test_client().get("/").text == "one"


def test_views_of_one_url_may_have_a_method_each(app):
    """The method decides which of them is called."""
    app.add_url_rule("/", "read", lambda: "read", methods=["GET"])
    app.add_url_rule("/", "write", lambda: "write", methods=["POST"])
    client = app.test_client()
    assert client.get("/").text + client.post("/").text == "readwrite"


def test_views_of_two_blueprints_may_have_one_name(app):
    """Their endpoints begin with the blueprint's name."""
    for name in "posts", "users":
        group = Blueprint(name, __name__, url_prefix=f"/{name}")

        @group.get("/")
        def index():
            return request.endpoint

        app.register_blueprint(group)
    client = app.test_client()
    assert client.get("/posts/").text == "posts.index"
    assert client.get("/users/").text == "users.index"


def test_view_replaced_in_view_functions_is_called_in_its_place(app, steps):
    """Flask looks the function up for each request."""
    app.add_url_rule("/", "index", lambda: "Tea")
    view = app.view_functions["index"]

    @wraps(view)
    def loud():
        steps.append("called")
        return view().upper()

    app.view_functions["index"] = loud
    assert app.test_client().get("/").text == "TEA"
    assert steps == ["called"]


def test_decorator_for_all_views_of_a_blueprint_gets_what_they_return():
    """The app's other views, unknown URLs and errors are left alone."""
    client = wrap_views.app.test_client()
    assert client.get("/api/orders").json == {"data": ["Tea"]}
    assert client.get("/").text == "Shop"
    assert client.get("/api/nowhere").status_code == 404
    assert client.get("/api/orders/9").status_code == 404


def test_endpoint_that_is_taken_is_refused_without_cached_bytecode(tmp_path):
    """In a fresh folder, with python -B, the message is the same."""
    (tmp_path / "shop.py").write_text(
        "from flask import Flask\n"
        "app = Flask(__name__)\n"
        "for path in '/one', '/two':\n"
        "    app.add_url_rule(path, 'index', lambda: '')\n",
        "utf-8",
    )
    command = [sys.executable, "-B", "-c", "import shop"]
    run = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.stderr.endswith(
        "View function mapping is overwriting an existing endpoint function: index\n"
    )
    assert not (tmp_path / "__pycache__").exists()
