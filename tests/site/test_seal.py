"""A build proves at its end that it did all it had set out to do."""

from pathlib import Path

import pytest

from hookbook.site.seal import NAME, faults
from tests.forked import python_m
from tests.project import CLAIMS, Project

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path):
    project = Project.copy("passing", tmp_path)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    return project


def build(project):
    """Build in a process of its own, as make does; return its status and the seal's."""
    options = ["-q", "-c", ".", "-d", "build/doctrees", "docs", "build/html"]
    ran = python_m("sphinx", *options, cwd=project.root, PYTHONPATH=str(ROOT / "src"))
    return ran.returncode, missing(project)


def missing(project):
    out = project.root / "build"
    found = faults(out / "doctrees", out / "html", project.root)
    return [line.replace(f"{project.root}/", "") for line in found]


def test_a_whole_build_is_sealed_and_so_is_the_next(project):
    assert build(project) == (0, [])
    assert build(project) == (0, [])


@pytest.mark.canary
@pytest.mark.parametrize(
    "exception", ["SystemExit(0)", "os._exit(0)", "os.kill(os.getpid(), 9)"]
)
def test_a_build_that_something_ends_has_no_seal(project, exception):
    conf = project.root / "conf.py"
    leave = exception if exception.startswith("os") else f"raise {exception}"
    conf.write_text(
        f"{conf.read_text()}\n\ndef leave(*given):\n    import os\n    {leave}\n\n\n"
        'def setup(app):\n    app.connect("env-updated", leave)\n'
    )
    status, (fault,) = build(project)
    assert status == (-9 if "kill" in exception else 0)
    assert "the build stopped early" in fault


def test_a_page_that_needs_what_is_not_there_may_be_left_out(project):
    conf = project.root / "conf.py"
    conf.write_text(f'{conf.read_text()}\nhookbook_runner_pages = ["later"]\n')
    project.write("docs/later.md", "# Later\n")
    assert build(project) == (0, [])
    assert not (project.root / "build" / "html" / "later.html").exists()


@pytest.mark.canary
def test_what_the_build_left_out_is_named(project):
    build(project)
    project.write("docs/later.md", "# Later\n")
    project.write("snippets/good/later.py", "")
    page = project.root / "build" / "html" / "other.html"
    page.write_text(page.read_text().replace("</html>", ""))
    (project.root / "build" / "html" / "quiz.html").unlink()
    assert missing(project) == [
        "docs/later.md: the build has not read this page",
        "build/html/other.html: not written, or incomplete",
        "build/html/quiz.html: not written, or incomplete",
        "snippets/good/later.py: the build has not run this snippet",
    ]


@pytest.mark.canary
def test_a_seal_of_another_form_is_none(project):
    build(project)
    (project.root / "build" / "doctrees" / NAME).write_text("{")
    assert "stopped early" in missing(project)[0]


def test_make_checks_the_seal_from_outside():
    text = (ROOT / "Makefile").read_text("utf-8")
    for target in "html", "html-strict":
        recipe = text.partition(f"\n{target}:")[2].partition("\n\n")[0]
        lines = [line.strip() for line in recipe.splitlines()[1:]]
        assert lines.index("@$(SEALED)") > 0
    assert "hookbook.site.seal $(BUILD)/doctrees $(BUILD)/html" in text
