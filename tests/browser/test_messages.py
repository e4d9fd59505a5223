"""What a build makes of the Python for the browser, and without it."""

import json

import pytest

from hookbook.browser.messages import Runner
from tests.project import Project

WORKER = "self.postMessage('made for the test');\n"
META = 'name="hookbook-runner"'
ABOUT = '{"megabytes": 9}'


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
    assert 'data-megabytes="9">' in page
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
    lines = built.text("_headers").splitlines()
    rules = dict(zip(lines[::2], lines[1::2], strict=True))
    strict = "  Content-Security-Policy: default-src 'self'; img-src 'self' data:"
    assert rules["/"] == rules["/traces.html"] == rules["/traces"] == strict
    assert rules["/_static/runner/*"].endswith("script-src 'self' 'wasm-unsafe-eval'")
    assert set(rules.values()) == {strict, rules["/_static/runner/*"]}


def test_what_a_reader_wrote_leaves_nothing_behind(tmp_path):
    runner = Runner(tmp_path)
    files = {"words.py": "greeting = 'Hello'\n", "templates/a.html": "x"}
    code = "import words\nprint(words.greeting)\n"
    message = {"id": 1, "type": "scenario", "code": code, "files": files, "blocks": []}
    assert runner.answer(message)["stdout"] == "Hello\n"
    assert list(tmp_path.iterdir()) == []
    files["words.py"] = "greeting = 'Bye'\n"
    assert runner.answer(message)["stdout"] == "Bye\n"
