"""The site's additions to Furo: modes, reading times, navigation, page heads."""

from sphinx.application import Sphinx

from . import pages, reading, sitemap, slim, surroundings


def setup(app: Sphinx) -> None:
    """Register the parts; each module is one concern."""
    reading.setup(app)
    surroundings.setup(app)
    pages.setup(app)
    sitemap.setup(app)
    slim.setup(app)
