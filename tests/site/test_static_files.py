"""Readers get stylesheets whole and scripts bare; authors keep parts and comments."""

import re
import shutil

import pytest

from hookbook.site.static_files import without_comments
from tests.project import FIXTURES, Project

SHEETS = {
    "whole.css": '/* It */\n\n@import "parts/first.css";\n@import "parts/last.css";\n',
    "parts/first.css": '@import "inner.css";\n.first {\n  margin: 0;\n}\n',
    "parts/inner.css": ".inner {\n  margin: 0;\n}\n",
    "parts/last.css": '@import "inner.css";\n.last {\n  margin: 0;\n}\n',
    "alone.css": ".alone {\n  margin: 0;\n}\n",
}
SCRIPT = "// Says it.\nalert(1); // Loudly.\n"


@pytest.fixture
def make(tmp_path_factory):
    def made():
        project = Project(tmp_path_factory.mktemp("project"))
        shutil.copy(FIXTURES / "conf.py", project.root)
        project.write("docs/index.md", "# Home\n")
        for name, text in SHEETS.items() | {("script.js", SCRIPT)}:
            project.write(f"static/{name}", text)
        return project

    return made


@pytest.fixture
def project(make):
    return make()


def build(project):
    return project.build(
        html_static_path=[str(project.root / "static")],
        html_css_files=["whole.css"],
    )


def published(built):
    static = built.app.outdir / "_static"
    return {path.relative_to(static).as_posix() for path in static.rglob("*")}


def test_parts_are_published_in_their_places_and_once(project):
    built = build(project)
    whole = built.text("_static/whole.css")
    assert whole.startswith("/* It */")
    assert re.findall(r"\.(\w+) \{", whole) == ["inner", "first", "last"]
    assert "@import" not in whole
    assert built.text("_static/alone.css") == SHEETS["alone.css"]
    names = published(built)
    assert {"whole.css", "alone.css", "script.js"} <= names
    assert [name for name in names if name.startswith("parts")] == []


def test_a_changed_part_gives_the_sheet_another_version(make):
    versions = set()
    for text in "/* One. */\n", "/* Two. */\n", "/* Two. */\n":
        project = make()
        project.write("static/parts/first.css", text)
        built = build(project)
        versions |= set(re.findall(r"whole\.css\?v=(\w+)", built.text("index.html")))
        assert text in built.text("_static/whole.css")
    assert len(versions) == 2


def test_a_part_that_is_saved_is_published(project):
    build(project)
    project.write("static/parts/first.css", "/* Later. */\n")
    assert "/* Later. */" in build(project).text("_static/whole.css")


@pytest.mark.canary
def test_a_part_that_is_missing_is_a_warning_at_its_line(project):
    (project.root / "static" / "parts" / "last.css").unlink()
    built = build(project)
    (warning,) = (text for text in built.warnings if "parts/last.css" in text)
    assert warning.startswith("static/whole.css:4: WARNING: there is no stylesheet")


def test_scripts_are_published_without_comments_each_time(project):
    for _ in range(2):
        assert build(project).text("_static/script.js") == "alert(1);\n"
    project.write("static/script.js", "// Again.\nalert(2);\n")
    assert build(project).text("_static/script.js") == "alert(2);\n"


@pytest.mark.parametrize(
    ("script", "bare"),
    [
        ("/* One. */\nx();\n", "x();\n"),
        ("/**\n * @param {string} x\n */\nf = (x) => x;\n", "f = (x) => x;\n"),
        ("  // One.\n  // Two.\n  x();\n", "  x();\n"),
        ("x = /** @type {Y} */ (y);\n", "x = (y);\n"),
        ("x();\n\n// Last.", "x();\n\n"),
    ],
)
def test_comments_go_with_their_lines(script, bare):
    assert without_comments(script) == bare


@pytest.mark.parametrize(
    "script",
    [
        'x = "// no comment";\n',
        "x = '/* none */';\n",
        "x = `// none ${y ? `/* none */` : 'http://a'}`;\n",
        "x = /[\"'`]\\/\\/ [/*] none/.test(y);\n",
        "x = y / 2 / z;\n",
        "x = (y) / 2; z = '/';\n",
    ],
)
def test_what_only_looks_like_a_comment_stays(script):
    assert without_comments(script) == script
