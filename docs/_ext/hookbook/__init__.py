"""Hookbook's own Sphinx extension."""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives, the policy and the theme's additions."""
    return {"version": "1.0", "parallel_read_safe": True, "parallel_write_safe": True}
