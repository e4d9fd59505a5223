"""The wheel in an environment that has Flask, what Flask needs, and nothing else."""

import json
import shutil
import subprocess
import venv
import zipfile
from importlib.metadata import distribution, version

import pytest
from packaging.requirements import Requirement

from .conftest import APPS

pytestmark = pytest.mark.extensions

PARTS = {"trace", "explain", "cli"}
APP = """\
from flask import Flask
app = Flask(__name__)

@app.after_request
def add_header(response):
    response.headers["X-Hello"] = "World"
    return response

@app.get("/")
def index():
    return "hello"
"""


def needed(name, found=None):
    """Return the names of `name` and of all that it needs, extras left out."""
    found = {} if found is None else found
    if name not in found:
        found[name] = distribution(name)
        for text in found[name].requires or ():
            wanted = Requirement(text)
            if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                needed(wanted.name, found)
    return found


class Fresh:
    """A virtual environment that has some distributions, and the package."""

    def __init__(self, folder, wheel, names):
        venv.create(folder, with_pip=False, symlinks=True)
        (self.site,) = folder.glob("lib/python*/site-packages")
        self.python = folder / "bin" / "python"
        for one in names:
            for name, found in needed(one).items():
                self.copy(name, found)
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(self.site)

    def copy(self, name, found):
        for file in found.files or ():
            if file.parts[0] != ".." and "__pycache__" not in file.parts:
                target = self.site / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file.locate(), target)

    def run(self, *arguments, cwd):
        return subprocess.run(
            [self.python, "-I", "-m", *arguments], cwd=cwd, capture_output=True,
            encoding="utf-8", env={},
        )  # fmt: skip

    def flask(self, *arguments, cwd):
        return self.run("flask", "--app", str(cwd / "shop.py"), *arguments, cwd=cwd)


@pytest.fixture(scope="module")
def bare(wheel, tmp_path_factory):
    return Fresh(tmp_path_factory.mktemp("bare"), wheel, ["flask"])


@pytest.fixture
def shop(tmp_path):
    (tmp_path / "shop.py").write_text(APP, encoding="utf-8")
    return tmp_path


def test_the_wheel_has_three_rooms(wheel):
    with zipfile.ZipFile(wheel) as archive:
        sizes = {one.filename: one.file_size for one in archive.infolist()}
    found = {name.split("/")[1] for name in sizes if name.startswith("hookbook/")}
    assert found == {*PARTS, "__init__.py", "__main__.py"}
    schemas = {name for name in sizes if name.endswith(".schema.json")}
    assert schemas == {
        "hookbook/trace/trace.schema.json", "hookbook/cli/hooks.schema.json",
        "hookbook/cli/trace-command.schema.json",
    }  # fmt: skip
    # What is a link in the checkout is a file here.
    assert sizes["hookbook/cli/page/trace.js"] > 1000


def test_the_wheel_says_what_it_needs(bare):
    lines = (next(bare.site.glob("hookbook-*.dist-info")) / "METADATA").read_text()
    head = lines.partition("\n\n")[0].splitlines()
    assert "Requires-Python: >=3.10" in head
    assert "Requires-Dist: flask>=2.2" in head
    assert "Provides-Extra: report" in head
    assert "License-Expression: BSD-3-Clause" in head


def test_flask_alone_is_enough(bare, shop):
    assert not list(bare.site.glob("docutils*"))
    told = bare.flask("hooks", "--json", cwd=shop)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["flask"] == version("flask")
    told = bare.flask("trace", "GET", "/", cwd=shop)
    assert told.returncode == 0, told.stderr
    assert "response.headers[X-Hello] = World" in told.stdout


def test_a_report_needs_the_extra(bare, shop):
    told = bare.flask("trace", "GET", "/", "--html", "report.html", cwd=shop)
    assert told.returncode == 2
    assert "pip install 'hookbook[report]'" in told.stderr
    assert not (shop / "report.html").exists()


def test_with_the_extra_there_is_a_report(wheel, shop, tmp_path_factory):
    names = ["flask", "docutils", "pygments"]
    full = Fresh(tmp_path_factory.mktemp("full"), wheel, names)
    told = full.flask("trace", "GET", "/", "--html", "report.html", cwd=shop)
    assert told.returncode == 0, told.stderr
    text = (shop / "report.html").read_text("utf-8")
    assert "Content-Security-Policy" in text
    assert "add_header" in text


def test_a_file_is_traced(bare, shop):
    docstring = (
        '"""A.\n\n.. testcode::\n\n   print(app.test_client().get("/").text)\n"""\n'
    )
    (shop / "scenario.py").write_text(docstring + APP, encoding="utf-8")
    told = bare.run("hookbook", "trace", str(shop / "scenario.py"), cwd=shop)
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("hello\n\nGET /\n")


def test_the_applications_are_there():
    assert len(list(APPS.glob("with_*.py"))) == 21
