"""What a page has without scripts where code can be run, and what scripts are told."""

import shutil

import html5lib
import pytest

from tests.browser.interactive import DOCS, LOOK
from tests.project import Project

PAGE = "# Playground\n\n```{playground} good/hello\n```\n"
PLAIN = "# Plain\n\nNo code.\n"
CLAIMS = '"""Claims."""\n\n\ndef test_known():\n    """Know."""\n'
ASSETS = "build/assets/0123456789abcdef/about.json"
ABOUT = '{"megabytes": 9, "extensions": {}}'


@pytest.fixture
def project(tmp_path):
    project = Project.copy("passing", tmp_path)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    project.write("docs/playground.md", PAGE)
    project.write("docs/plain.md", PLAIN)
    index = tmp_path / "docs" / "index.md"
    text = index.read_text("utf-8")
    assert "```{toctree}" in text
    index.write_text(f"{text}\n```{{toctree}}\nplayground\nplain\n```\n", "utf-8")
    return project


def html(built, name="playground.html"):
    return html5lib.parse(built.text(name), namespaceHTMLElements=False)


def find(tree, tag, **attributes):
    return [
        element
        for element in tree.iter(tag)
        if all(word in element.get(name, "") for name, word in attributes.items())
    ]


def place(tree):
    (found,) = find(tree, "div", **{"class": "hb-playground"})
    return found


def words(element):
    return " ".join("".join(element.itertext()).split())


def loaders(tree):
    scripts = [one for one in tree.iter("script") if "/run.js" in one.get("src", "")]
    return scripts + find(tree, "meta", name="hookbook-runner")


def test_without_assets_it_says_how_to_get_them(project):
    built = project.build(**LOOK)
    assert built.warnings == []
    tree = html(built)
    assert loaders(tree) == []
    said = words(place(tree))
    assert said.startswith("This build of the site has no Python for the browser")
    assert "make assets in Hookbook's source folder" in said
    assert "JavaScript" not in said


def test_with_assets_it_says_what_a_browser_needs(project):
    project.write(ASSETS, ABOUT)
    built = project.build(**LOOK)
    tree = html(built)
    script, meta = loaders(tree)
    assert len(script.get("data-version")) == 8
    assert script.get("defer") == "defer"
    assert meta.get("content").startswith("_static/runner/worker.js?assets=0123456789")
    said = words(place(tree))
    assert said.startswith("The playground needs JavaScript")
    assert "make assets" not in said


@pytest.mark.parametrize("assets", [True, False])
def test_the_app_and_how_to_run_it_stand_there(project, assets):
    if assets:
        project.write(ASSETS, ABOUT)
    here = place(html(project.build(**LOOK)))
    (figure,) = find(here, "figure", **{"class": "hb-snippet"})
    assert "snippets/good/hello.py" in words(figure)
    (download,) = find(figure, "a", **{"class": "hb-path"})
    assert download.get("href").endswith("/hello.py")
    (commands,) = find(here, "div", **{"class": "highlight-console"})
    assert words(commands) == '$ pip install "Flask[async]" $ flask --app hello run'


def test_assets_that_come_later_change_pages_that_did_not(project):
    project.build(**LOOK)
    project.write(ASSETS, ABOUT)
    built = project.build(**LOOK)
    assert built.read == []
    assert {"playground", "snippets", "traces"} <= set(built.written)
    assert words(place(html(built))).startswith("The playground needs JavaScript")


def test_the_snippet_of_a_playground_is_on_a_page(project):
    built = project.build(**LOOK)
    assert "good/hello" in built.app.env.hookbook_usage["playground"].snippets


def test_pages_without_code_load_nothing(project):
    project.write(ASSETS, ABOUT)
    built = project.build(**LOOK)
    assert loaders(html(built, "plain.html")) == []
    for name in "snippets.html", "traces.html":
        assert len(loaders(html(built, name))) == 2


def test_the_version_is_that_of_all_parts(project):
    project.write(ASSETS, ABOUT)
    static = project.root / "static"
    shutil.copytree(DOCS / "_static", static)
    look = LOOK | {"html_static_path": [str(static)]}
    versions = []
    for _ in range(2):
        versions.append(loaders(html(project.build(**look)))[0].get("data-version"))
        part = static / "workbench" / "requests.js"
        part.write_text(part.read_text("utf-8") + "// Later.\n", "utf-8")
        shutil.rmtree(project.root / "build" / "html")
    assert versions[0] != versions[1]


def test_a_trace_tells_what_it_was_asked_for(project):
    tree = html(project.build(**LOOK), "traces.html")
    sections = find(tree, "section", **{"class": "hb-trace"})
    told = [(one.get("data-requests"), one.get("data-watch")) for one in sections]
    assert told == [
        (None, None),
        (None, "response.headers, response.body"),
        ("2", "g.again, request.cookies, response.cookies"),
        ("1", None),
        (None, None),
    ]


def test_other_builders_show_the_app(project):
    text = project.build("text").text("playground.txt")
    assert "The playground needs JavaScript" in text
    assert "from flask import Flask" in text
