"""Refuse what breaks the promise: in a page's file, in what is made of it, in all.

`setup` connects the checks to the build. Each module below has one kind of them.
"""

from sphinx.application import Sphinx

from . import all_pages, each_page, every_snippet, floor

__all__ = ["setup"]


def setup(app: Sphinx) -> None:
    """Check each page when it is read, and the corpus and the site when all are."""
    for module in each_page, all_pages, floor, every_snippet:
        module.setup(app)
