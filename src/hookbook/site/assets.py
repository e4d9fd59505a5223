"""The stylesheets, scripts and templates that all pages depend on.

Sphinx rewrites a page when its text, a file that it names or a template's time has
changed. It doesn't notice a changed stylesheet, whose version is in each page's link.
So a digest of them is kept in the configuration.
"""

import hashlib
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata


def digest(*folders: Path) -> str:
    """Return one digest of the names and contents of all files in *folders*."""
    result = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            content = path.read_bytes()
            name = path.relative_to(folder).as_posix()
            result.update(f"{name} {len(content)}\n".encode() + content)
    return result.hexdigest()


def note_assets(app: Sphinx, config: Config) -> None:
    """Set the digest, so that Sphinx compares it with the last build's."""
    folders = [*config.html_static_path, *config.templates_path]
    config.hookbook_assets = digest(*(Path(app.confdir, name) for name in folders))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Rewrite all pages when an asset has changed."""
    app.add_config_value("hookbook_assets", "", "html", types=frozenset({str}))
    app.connect("config-inited", note_assets)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
