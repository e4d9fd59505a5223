"""Reject what breaks the rules: in a page's file, in its doctree, in all pages.

`setup` connects the checks to the build. Each module has one kind of check.
"""

from sphinx.application import Sphinx

from . import all_pages, each_page, every_snippet, floor

__all__ = ["setup"]


def setup(app: Sphinx) -> None:
    """Check each page when it is read, and the corpus and the site afterwards."""
    for module in each_page, all_pages, floor, every_snippet:
        module.setup(app)
