"""Hookbook's Sphinx extension: pages built from the corpus, and rules for them.

`setup` registers the directives and roles, the policy, the pages of proofs and
versions, and the site's additions to the theme.
"""

from __future__ import annotations

import gc
import hashlib
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def _fingerprint() -> str:
    """Return a digest of what all pages depend on: this code, and Flask."""
    sources = sorted(Path(__file__).parents[1].rglob("*.py"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources))
    digest.update(f"{version('flask')} {version('werkzeug')} {sys.version}".encode())
    return digest.hexdigest()


def _spare_the_collector(app: Sphinx) -> None:
    """Exclude everything loaded so far from garbage collection: it stays loaded."""
    gc.collect()
    gc.freeze()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives, the policy and the theme's additions."""
    # Here, not at the top: these modules import each other as parts of this package.
    from hookbook.trace.recorder import TIMEOUT

    from . import (
        book,
        boxes_in_html,
        checks,
        directives,
        headers,
        left_out,
        machines,
        places,
        policy,
        proof_pages,
        reader_python,
        recall,
        repository,
        seal,
        search,
        static_files,
        theme,
        usage,
        versions,
        workbench,
    )

    app.add_config_value("hookbook_snippets", "snippets", "env", str)
    app.add_config_value("hookbook_behaviour", "tests/behaviour", "env", str)
    app.add_config_value("hookbook_measured", "docs/_data/hooks.json", "env", str)
    app.add_config_value("hookbook_timeout", TIMEOUT, "env", (float, int))
    app.add_config_value("hookbook_fingerprint", _fingerprint(), "env", str)
    for module in (
        boxes_in_html,
        places,
        usage,
        recall,
        repository,
        directives,
        proof_pages,
        checks,
        versions,
        policy,
        theme,
        search,
        machines,
        reader_python,
        left_out,
        headers,
        workbench,
        static_files,
        book,
        seal,
    ):
        module.setup(app)
    app.connect("builder-inited", _spare_the_collector)
    for name in (
        "snippet",
        "trace",
        "stepping",
        "response",
        "folding",
        "quiz",
        "proof",
        "cards",
        "task",
        "measured",
        "playground",
    ):
        app.add_css_file(f"{name}.css")
    for name in ("trace", "quiz", "paste", "marks"):
        app.add_js_file(f"{name}.js", loading_method="defer")
    return {
        "version": "1.0",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
