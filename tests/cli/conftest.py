"""Run a command as Flask's command line would, in this process or in its own."""

import inspect
import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.cli import ScriptInfo

from hookbook.cli.flask_commands import hooks, trace

ROOT = Path(__file__).parents[2]
SEPARATE = "mix_stderr" in inspect.signature(CliRunner).parameters
"""Click before 8.2 has to be told to keep the two streams apart."""
COMMANDS = {"hooks": hooks, "trace": trace}

SHOP = """\
from flask import Flask, Blueprint, g, request, session

app = Flask(__name__)
app.secret_key = "only for tests"
orders = Blueprint("orders", __name__, url_prefix="/orders")
admin = Blueprint("admin", __name__, url_prefix="/admin")


@app.before_request
def load_user():
    g.user = request.cookies.get("user", "nobody")


@app.after_request
def add_security_headers(response):
    response.headers["X-Frame-Options"] = "DENY"
    return response


@app.after_request
def log_request(response):
    return response


@orders.before_request
def check_login():
    pass


@admin.before_request
def only_admins():
    pass


@app.teardown_request
def close_files(error):
    pass


@app.errorhandler(404)
def not_found(error):
    return "nothing here", 404


@orders.get("/<int:number>")
def show_order(number):
    return f"order {number}"


@app.post("/login")
def login():
    print("somebody logs in")
    session["name"] = request.form["name"]
    return request.form["name"], {"Set-Cookie": "user=ada; Path=/"}


@app.get("/echo")
def echo():
    return dict(request.headers)


@app.get("/broken")
def broken():
    raise ValueError("no \\x1b[31m colours")


app.register_blueprint(orders)
app.register_blueprint(admin)
"""
_NUMBERS = itertools.count(1)


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Return a function that writes a module under a name of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    known = set(sys.modules)

    def module(source, name=None):
        name = name or f"shop{next(_NUMBERS)}"
        Path(f"{name}.py").write_text(source, encoding="utf-8")
        return name

    yield module
    for name in set(sys.modules) - known:
        if Path(getattr(sys.modules[name], "__file__", None) or "").parent == tmp_path:
            del sys.modules[name]


@pytest.fixture
def run(write):
    """Return a function that runs a command on an application."""

    def command(source, name, *arguments, path=None, env=None, color=False, **more):
        if source is not None:
            path = write(source)
        runner = CliRunner(mix_stderr=False) if SEPARATE else CliRunner()
        return runner.invoke(
            COMMANDS[name], [str(one) for one in arguments], obj=ScriptInfo(path),
            env={"COLUMNS": "80", "NO_COLOR": None, **(env or {})},
            prog_name=f"flask {name}", color=color, **more,
        )  # fmt: skip

    return command


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """Return a folder that says, as an installation would, which commands there are."""
    told = (ROOT / "pyproject.toml").read_text("utf-8")
    section = told.partition('[project.entry-points."flask.commands"]\n')[2]
    lines = re.findall(r'(?m)^(\w+) = "(\S+)"$', section.partition("\n\n")[0])
    assert len(lines) == 2
    folder = tmp_path_factory.mktemp("installed")
    info = folder / "hookbook-0.dist-info"
    info.mkdir()
    entries = "".join(f"{name} = {place}\n" for name, place in lines)
    (info / "entry_points.txt").write_text(f"[flask.commands]\n{entries}")
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: hookbook\nVersion: 0\n"
    )
    return folder


@pytest.fixture
def process(installed, write):
    """Return a function that runs Python in a process of its own."""

    def call(*arguments, **environment):
        path = os.pathsep.join([str(installed), str(ROOT / "src")])
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("FLASK_")}
        return subprocess.run(
            [sys.executable, "-m", *map(str, arguments)], capture_output=True,
            encoding="utf-8",
            env={**inherited, "PYTHONPATH": path, **environment},
        )  # fmt: skip

    return call
