"""A small site whose traces and quizzes the tests know."""

from contextlib import contextmanager
from pathlib import Path

from tests.site.project import Project

from .server import serve

DOCS = Path(__file__).parents[2] / "docs"
LOOK = {
    "html_theme": "furo",
    "html_static_path": [str(DOCS / "_static")],
    "html_css_files": ["hookbook.css"],
    "html_favicon": str(DOCS / "_static" / "icon.svg"),
    "templates_path": [str(DOCS / "_templates")],
}
CLAIMS = '"""Claims."""\n\n\ndef test_known():\n    """Know."""\n    assert True\n'


@contextmanager
def small_site(folder):
    """Build the fixture site as the house looks; serve it."""
    project = Project.copy("passing", folder)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    built = project.build(**LOOK)
    assert built.warnings == []
    with serve(built.app.outdir) as address:
        yield address
