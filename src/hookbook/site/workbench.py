"""Give pages the script that offers to run their code.

It is small, and loads the rest on demand: the files of ``_static/workbench``. Their
digest is in the script's element, so that a browser never mixes files of two versions
of the site.
"""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from .assets import digest

SCRIPT = "run.js"
FOLDER = "workbench"


def register(app: Sphinx) -> None:
    """Add the script, with the digest of the files it loads."""
    folders = (Path(app.confdir, entry) for entry in app.config.html_static_path)
    parts = [folder / FOLDER for folder in folders if (folder / FOLDER).is_dir()]
    version: dict[str, Any] = {"data-version": digest(*parts)[:8]}
    app.add_js_file(SCRIPT, loading_method="defer", **version)


def setup(app: Sphinx) -> None:
    """Register the handler."""
    app.connect("builder-inited", register)
