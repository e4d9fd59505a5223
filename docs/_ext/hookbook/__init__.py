"""Hookbook's own Sphinx extension."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from . import theme


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives, the policy and the theme's additions."""
    theme.setup(app)
    return {"version": "1.0", "parallel_read_safe": True, "parallel_write_safe": True}
