"""Small sites for tests: a copy of a fixture, built in this process."""

import io
import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.console import strip_escape_sequences
from sphinx.util.docutils import docutils_namespace, patch_docutils

FIXTURES = Path(__file__).parent / "site" / "pages"

WARNING = re.compile(
    r"^(?=\S+:\d*: (?:WARNING|ERROR|CRITICAL): |WARNING: )", re.MULTILINE
)


CLAIMS = (
    '"""Claims."""\n\n\n'
    'def test_known():\n    """Know."""\n    assert len(__name__) > 1\n'
)


class Project:
    """A folder laid out as the house: conf.py, docs, snippets, tests/behaviour."""

    def __init__(self, root):
        self.root = root

    @classmethod
    def copy(cls, name, root):
        """Copy the fixture site of that name."""
        # What the pages must say of themselves is no file of the site.
        ignored = shutil.ignore_patterns("*.txt")
        shutil.copytree(FIXTURES / name, root, dirs_exist_ok=True, ignore=ignored)
        shutil.copy(FIXTURES / "conf.py", root)
        return cls(root)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def build(self, builder="html", *, parallel=0, **config):
        """Build what needs building, as sphinx-build does."""
        warnings = io.StringIO()
        with patch_docutils(self.root), docutils_namespace():
            app = Sphinx(
                srcdir=self.root / "docs",
                confdir=self.root,
                outdir=self.root / "build" / builder,
                doctreedir=self.root / "build" / "doctrees",
                buildername=builder,
                confoverrides=config,
                status=None,
                warning=warnings,
                parallel=parallel,
            )
            read, written = [], []
            app.connect("source-read", lambda app, name, source: read.append(name))
            app.connect(
                "doctree-resolved", lambda app, tree, name: written.append(name)
            )
            app.build()
        text = strip_escape_sequences(warnings.getvalue())
        return Build(app, text.replace(f"{self.root}/", ""), read, written)


class Build:
    """What a build did and said. Paths in warnings are relative to the project."""

    def __init__(self, app, text, read, written):
        self.app = app
        self.warnings = [part.strip() for part in WARNING.split(text) if part.strip()]
        self.read = sorted(read)
        self.written = sorted(written)

    def text(self, name):
        return (self.app.outdir / name).read_text(encoding="utf-8")

    def doctree(self, name):
        return self.app.env.get_doctree(name)

    def find(self, name, css_class):
        """Return the nodes of a page that have a class."""
        return [
            node
            for node in self.doctree(name).findall(nodes.Element)
            if css_class in node.get("classes", [])
        ]


def has(element, css_class):
    return css_class in (element.get("class") or "").split()


def every(tree, tag, css_class):
    return [element for element in tree.iter(tag) if has(element, css_class)]


def text(element):
    return " ".join("".join(element.itertext()).split())


def lines(element):
    return "".join(element.itertext()).rstrip("\n").split("\n")
