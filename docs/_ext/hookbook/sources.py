"""What a page is made with, beside its own text.

Sphinx builds a page anew when its text, a file that it names or a template
changed.  A changed extension, stylesheet or script goes unseen: what is
pickled or already written stays.  Two digests in the configuration tell it.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata


def digest(files: Iterable[Path]) -> str:
    """Return one digest of the contents of *files*, in the order of names."""
    result = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes()
        result.update(f"{path.name} {len(content)}\n".encode() + content)
    return result.hexdigest()


def note_sources(app: Sphinx, config: Config) -> None:
    """Set both digests, so that Sphinx compares them with the last build's."""
    config.hookbook_code = digest(Path(__file__).parent.rglob("*.py"))
    config.hookbook_assets = digest(
        path
        for folder in config.html_static_path + config.templates_path
        for path in Path(app.confdir, folder).rglob("*")
        if path.is_file()
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Read pages anew when the code changed, write them when an asset did."""
    app.add_config_value("hookbook_code", "", "env", types=frozenset({str}))
    app.add_config_value("hookbook_assets", "", "html", types=frozenset({str}))
    app.connect("config-inited", note_sources)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
