"""A small site whose traces and quizzes the tests know."""

from contextlib import contextmanager
from pathlib import Path

from tests.project import Project

from .server import serve

DOCS = Path(__file__).parents[2] / "docs"
LOOK = {
    "html_theme": "furo",
    "html_static_path": [str(DOCS / "_static")],
    "html_css_files": ["hookbook.css"],
    "html_favicon": str(DOCS / "_static" / "icon.svg"),
    "templates_path": [str(DOCS / "_templates")],
}
CLAIMS = '''"""Claims."""


def test_known():
    """Know."""
    assert len(__name__) > 1


def test_unknown():
    """Not know."""
    assert len(__name__) > 1
'''


@contextmanager
def small_site(folder, name="passing"):
    """Build the fixture site of that name as the house looks; serve it."""
    project = Project.copy(name, folder)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    built = project.build(**LOOK)
    assert built.warnings == []
    with serve(built.app.outdir) as address:
        yield address
