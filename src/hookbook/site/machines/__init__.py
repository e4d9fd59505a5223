"""The site for programs: Markdown beside each page, ``llms.txt``, JSON-LD.

All of it is built from the resolved pages (:mod:`.alternates`, :mod:`.llms`,
:mod:`.linked_data`). A book has none of it.
"""

from sphinx.application import Sphinx

from . import alternates, llms


def setup(app: Sphinx) -> None:
    """Register what is written with each page, and at the end of a build."""
    app.connect("html-page-context", alternates.name_it)
    # After all other handlers of the page.
    app.connect("html-page-context", alternates.write, priority=999)
    app.connect("build-finished", alternates.remove)
    app.connect("build-finished", llms.write)
