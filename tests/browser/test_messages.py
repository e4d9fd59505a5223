"""What a build makes of the Python for the browser, and without it."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
import tomllib

from hookbook.browser import bounds, extensions
from hookbook.browser.messages import Runner
from hookbook.site.headers import META_POLICY
from tests.project import Project

from .runner import HELLO

PACK = Path(extensions.__file__).parent

WORKER = "self.postMessage('made for the test');\n"
META = 'name="hookbook-runner"'
ABOUT = '{"megabytes": 9, "extensions": {"x": {"title": "Flask-Login"}}}'


@pytest.fixture
def project(tmp_path):
    project = Project.copy("passing", tmp_path / "site")
    project.write("tests/behaviour/test_claims.py", "def test_known(): 'Know.'\n")
    project.write("_static/runner/worker.js", WORKER)
    return project


def build(project):
    built = project.build(html_static_path=["_static"], html_theme="furo")
    return built, built.app.outdir / "_static" / "runner"


def test_without_assets_the_site_is_the_same_less_the_buttons(project):
    built, folder = build(project)
    assert [path.name for path in folder.iterdir()] == ["worker.js"]
    assert META not in built.text("traces.html")


def test_with_assets_a_page_with_code_names_the_worker(project):
    project.write("build/assets/0123abcd/about.json", ABOUT)
    built, folder = build(project)
    page = built.text("traces.html")
    assert (
        f'<meta {META} content="_static/runner/worker.js?assets=0123abcd&amp;v=' in page
    )
    assert 'data-megabytes="9" data-extensions="Flask-Login">' in page
    assert META not in built.text("search.html")
    assert (folder / "0123abcd" / "about.json").read_text() == ABOUT
    catalogue = json.loads((folder / "corpus.json").read_text())
    hello = catalogue["good/hello"]
    lines, code = hello["source"].splitlines(), hello["code"].splitlines()
    # Line for line; only marker comments are gone.
    shown = zip(lines[hello["first"] - 1 :], code, strict=True)
    assert all(line.startswith(part) for line, part in shown)
    assert [sorted(block) for block in hello["blocks"]] == [
        ["line", "options", "source", "want"]
    ]


@pytest.mark.canary
def test_assets_of_another_version_are_refused(project):
    project.write("build/assets/0123abcd/about.json", "{}")
    built, _ = build(project)
    assert (
        "build/assets/0123abcd/about.json:1: WARNING: made by another version of"
        " Hookbook; run 'make assets' again" in built.warnings
    )
    assert META not in built.text("traces.html")


def test_new_assets_replace_the_old_ones(project):
    project.write("build/assets/0123abcd/about.json", ABOUT)
    build(project)
    (project.root / "build/assets/0123abcd").rename(project.root / "build/assets/4567")
    built, folder = build(project)
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == ["4567"]
    assert "assets=4567&amp;" in built.text("traces.html")


def test_every_page_has_its_policy_and_the_worker_has_another(project):
    built, _ = build(project)
    rules = {}
    for line in built.text("_headers").splitlines():
        if line.startswith("/"):
            rules[line] = told = {}
        else:
            name, _, value = line.strip().partition(": ")
            told[name] = value
    policies = {path: told["Content-Security-Policy"] for path, told in rules.items()}
    strict = policies["/traces"]
    assert set(strict.split("; ")) == {
        "default-src 'self'", "img-src 'self' data:", "base-uri 'none'",
        "form-action 'self'", "object-src 'none'", "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    }  # fmt: skip
    assert policies["/"] == policies["/traces.html"] == policies["/search"] == strict
    worker = "default-src 'none'; connect-src 'self'; script-src 'self'"
    assert policies["/_static/runner/*"] == f"{worker} 'wasm-unsafe-eval'"
    assert len(set(policies.values())) == 2
    for told in rules.values():
        assert told["X-Content-Type-Options"] == "nosniff"
        assert told["Referrer-Policy"] == "no-referrer"
        assert told["Cross-Origin-Opener-Policy"] == "same-origin"
        assert told["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in told["Permissions-Policy"]


def test_each_page_of_the_site_says_its_policy_itself(site):
    pages = [p for p in site.rglob("*.html") if "_static" not in p.parts]
    assert len(pages) > 20
    for path in pages:
        (told,) = re.findall(
            r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">',
            path.read_text("utf-8"),
        )
        assert unescape(told) == META_POLICY, path
        assert "frame-ancestors" not in told


def test_an_application_for_wsgi_is_sent_requests(tmp_path):
    code = (
        "from flask import Flask\n"
        "from werkzeug.middleware.dispatcher import DispatcherMiddleware\n"
        "front, back = Flask('front'), Flask('back')\n"
        "front.get('/')(lambda: 'front')\nback.get('/')(lambda: 'back')\n"
        "back.get('/x', endpoint='x')(lambda: {}['x'])\n"
    )
    ways = {
        "a dispatcher": "app = DispatcherMiddleware(front, {'/back': back})\n",
        "a factory of one": (
            "def create_app():\n"
            "    return DispatcherMiddleware(front, {'/back': back})\n"
        ),
        "a function": (
            "made = DispatcherMiddleware(front, {'/back': back})\n"
            "def application(environ, start_response):\n"
            "    return made(environ, start_response)\n"
        ),
    }
    for way, more in ways.items():
        asked = [{"path": "/back/"}, {"path": "/"}, {"path": "/back/x"}]
        message = {"type": "requests", "code": code + more, "requests": asked}
        told = Runner(tmp_path.resolve()).answer(message)
        bodies = [one["body"]["text"] for one in told["responses"]]
        assert bodies[:2] == ["back", "front"], way
        assert told["responses"][2]["error"]["message"] == "KeyError: 'x'", way
        assert [len(one["steps"]) > 2 for one in told["traces"]] == [True] * 3, way


def test_what_is_no_application_is_refused(tmp_path):
    for code in ("app = 1", "def app(): pass", "class app: pass", "from json import *"):
        message = {"type": "requests", "code": code, "requests": [{"path": "/"}]}
        told = Runner(tmp_path.resolve()).answer(message)
        assert told["error"]["kind"] == "no-app", code


MANY = (
    "from flask import Flask\napp = Flask(__name__)\n"
    "@app.get('/')\ndef index():\n"
    "    client = app.test_client()\n"
    "    for n in range(300): client.get('/x')\n"
    "    return 'a' * 5000, 200, {'X-Long': 'b' * 5000}\n"
)


@pytest.mark.canary
def test_what_is_told_of_a_run_is_bounded(tmp_path):
    message = {"type": "requests", "code": MANY, "requests": [{"path": "/"}]}
    told = Runner(tmp_path.resolve()).answer(message)
    assert len(told["traces"]) == bounds.REQUESTS
    assert told["left_out"] == 301 - bounds.REQUESTS
    assert sum(len(one["steps"]) for one in told["traces"]) <= bounds.STEPS
    (long,) = [v for k, v in told["responses"][0]["headers"] if k == "X-Long"]
    assert long == "b" * 2000 + "… (5000 characters)"


def test_what_did_not_run_and_what_is_wrong_are_told(tmp_path):
    code = HELLO.replace("    return response\n", "")
    code += "\n@app.errorhandler(404)\ndef missing(error):\n    return 'none'\n"
    message = {"type": "requests", "code": code, "requests": [{"path": "/"}]}
    told = Runner(tmp_path.resolve()).answer(message)
    (skipped,) = told["traces"][0]["not_run"]
    assert (skipped["name"], skipped["line"]) == ("missing", 16)
    assert "returned-none" in {one["kind"] for one in told["findings"]}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import flask_login", ["login"]),
        ("from flask_wtf.csrf import CSRFProtect", ["wtf"]),
        ("import importlib\nimportlib.import_module('flask_cors')", ["cors"]),
        ("def late():\n    import flask_limiter as x", ["typing", "limiter"]),
        ("from sqlalchemy import select", ["typing", "sqlalchemy"]),
        ("import flask_login\ndef broken(", ["login"]),
        ("# import flask_login\nx = 'import flask_cors'", []),
        ("from . import flask_login\nimport json", []),
    ],
)
def test_an_extension_is_needed_when_it_is_imported(code, found):
    listed = tomllib.loads((PACK / "extensions.toml").read_text("utf-8"))
    known = {
        entry["archive"]: {"modules": entry["modules"], "needs": entry.get("needs", [])}
        for entry in listed.values()
    }
    names = [f"extension-{name}" for name in found]
    assert extensions.needed({"code": code}, known) == names
    beside = {"code": "", "files": {"a.py": code, "b.txt": "import flask_login"}}
    assert extensions.needed(beside, known) == names
    block = {"code": "", "blocks": [{"source": code}]}
    assert extensions.needed(block, known) == names


def test_what_a_reader_wrote_leaves_nothing_behind(tmp_path):
    runner = Runner(tmp_path)
    files = {"words.py": "greeting = 'Hello'\n", "templates/a.html": "x"}
    code = "import words\nprint(words.greeting)\n"
    message = {"id": 1, "type": "scenario", "code": code, "files": files, "blocks": []}
    assert runner.answer(message)["stdout"] == "Hello\n"
    assert list(tmp_path.iterdir()) == []
    files["words.py"] = "greeting = 'Bye'\n"
    assert runner.answer(message)["stdout"] == "Bye\n"
