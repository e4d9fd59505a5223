"""An app of several modules is traced whole, though only one of them is shown."""

import pytest

from hookbook.browser.messages import Runner

APP = """\
from flask import Flask
from gate import bp

app = Flask(__name__)
app.register_blueprint(bp)


@app.after_request
def stamp(response):
    return response
"""

GATE = """\
from flask import Blueprint, after_this_request, g

bp = Blueprint("gate", __name__)


@bp.before_app_request
def look():
    g.name = name_of()


@bp.get("/")
def enter():
    @after_this_request
    def close(response):
        return response

    return g.name


@bp.teardown_app_request
def forget(error):
    pass


def name_of():
    return "Ada"
"""


@pytest.fixture
def result(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    runner = Runner(tmp_path)
    message = {"type": "requests", "code": APP, "files": {"gate.py": GATE}}
    yield runner.answer({**message, "requests": [{"path": "/"}]})
    runner._forget()


def steps(result):
    (trace,) = result["traces"]
    return {f"{step['phase']} {step['name']}": step["line"] for step in trace["steps"]}


def test_hooks_of_a_module_beside_the_app_are_steps(result):
    assert result["error"] is None
    found = list(steps(result))
    own = [
        "before_request look",
        "view enter",
        "after_this_request close",
        "after_request stamp",
        "teardown_request forget",
    ]
    kept = [name for name in found if name in own]
    assert kept == own


def test_only_the_module_that_is_shown_has_lines(result):
    lit = [name for name, line in steps(result).items() if line]
    assert lit == ["after_request stamp"]


def test_what_flask_does_not_call_is_no_step(result):
    assert "name_of" not in str(result["traces"])
