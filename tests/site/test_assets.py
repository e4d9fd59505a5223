"""A change in a stylesheet or a script reaches pages that did not change."""

import pytest
from sphinx.testing.util import SphinxTestApp

from hookbook.site.assets import digest


@pytest.fixture
def build(tmp_path):
    """Build one page; return which pages were read and which were written."""
    (tmp_path / "index.rst").write_text("Home\n====\n")
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "style.css").write_text("body {}")
    (tmp_path / "conf.py").write_text(
        'extensions = ["hookbook.site.assets"]\nhtml_static_path = ["_static"]\n'
    )

    def build():
        read, written = [], []
        app = SphinxTestApp("html", srcdir=tmp_path)
        app.connect("source-read", lambda app, name, source: read.append(name))
        app.connect(
            "html-page-context", lambda app, name, *rest: written.append(name), 1
        )
        try:
            app.build()
        finally:
            app.cleanup()
        return read, [name for name in written if name == "index"]

    return build


def test_nothing_changed_nothing_built(build):
    assert build() == (["index"], ["index"])
    assert build() == ([], [])


def test_a_changed_stylesheet_writes_the_pages_again(build, tmp_path):
    build()
    (tmp_path / "_static" / "style.css").write_text("body {color: red}")
    assert build() == ([], ["index"])


def test_a_digest_tells_content_name_and_number_of_files(tmp_path):
    digests = set()
    for name, text in ("a", "1"), ("a", "2"), ("b", "2"), ("c", ""):
        (tmp_path / name).write_text(text)
        digests.add(digest(tmp_path))
    assert len(digests) == 4
