"""``{command}`` runs what it shows, on the snippet that it names."""

import html5lib
import pytest

from hookbook.site.directives.command import run
from tests.project import Project, every, has, text

PAGE = """\
# One command

```{command} good/hello
flask --app shop trace GET /
```
"""


@pytest.fixture(scope="module")
def figure(tmp_path_factory):
    project = Project.copy("passing", tmp_path_factory.mktemp("command"))
    for path in (project.root / "docs").glob("*.md"):
        path.unlink()
    project.write("docs/index.md", PAGE)
    for path in (project.root / "snippets").rglob("*.py"):
        if path.parts[-2:] != ("good", "hello.py"):
            path.unlink()
    built = project.build()
    assert built.warnings == []
    page = html5lib.parse(built.text("index.html"), namespaceHTMLElements=False)
    (found,) = every(page, "figure", "hb-snippet")
    return found


def test_a_page_shows_the_command_and_what_it_printed(figure):
    command, output = [text(one) for one in figure.iter("pre")]
    assert command == "$ flask --app shop trace GET /"
    assert output.startswith("GET / 200 OK, 5 bytes 1 Request received GET /")
    # The snippet is the module that --app names.
    assert "after_request hook add_header shop.py:" in output
    assert "response.headers[X-Hello] = World" in output
    assert any(has(one, "hb-output") for one in figure.iter("div"))


SHOP = "from flask import Flask\napp = Flask(__name__)\n"


def test_what_the_machine_has_set_counts_for_nothing(monkeypatch):
    monkeypatch.setenv("FLASK_APP", "nowhere")
    monkeypatch.setenv("FLASK_DEBUG", "1")
    monkeypatch.setenv("COLUMNS", "40")
    status, output, told = run(SHOP, "shop", ("hooks",))
    assert (status, told) == (0, "")
    assert output.startswith("shop, Flask ")
    run.cache_clear()
    monkeypatch.undo()
    assert run(SHOP, "shop", ("hooks",)) == (status, output, told)


@pytest.mark.canary
def test_a_command_that_fails_says_why():
    status, output, told = run("app = 1\n", "shop", ("hooks",))
    assert (status, output) == (2, "")
    assert "Failed to find Flask application" in told
