"""An app of several modules is traced whole, though only one of them is shown."""

import re

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
    yield runner.answer({**message, "requests": [{"path": "/"}], "views": ["flow"]})
    runner._forget()


def steps(html):
    items = re.findall(r"<li class=\"([^\"]*)\">(.*?)</li>", html, re.DOTALL)
    return {
        " ".join(re.sub(r"<[^>]+>", "", text).split()): classes
        for classes, text in items
    }


def test_hooks_of_a_module_beside_the_app_are_steps(result):
    assert result["error"] is None
    found = list(steps(result["html"]))
    own = [
        "before_request hook look",
        "View function enter",
        "Deferred callback close",
        "after_request hook stamp",
        "teardown_request function forget",
    ]
    kept = [name for name in found if name in own]
    assert kept == own


def test_only_the_module_that_is_shown_has_lines(result):
    lit = [name for name, kind in steps(result["html"]).items() if "hb-lines-" in kind]
    assert lit == ["after_request hook stamp"]


def test_what_flask_does_not_call_is_no_step(result):
    assert "name_of" not in result["html"]
