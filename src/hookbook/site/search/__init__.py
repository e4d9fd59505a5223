"""The search: sections of pages, found in the reader's browser.

Pages are taken apart when they are read (`sections`); a finished build writes the
index (`index`). ``docs/_static/search/`` finds, with the library beside it.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector

from ..assets import digest
from . import index, sections

SCRIPT = "search.js"
LOADED = ("search", "vendor")
"""Folders of static files that the script loads when somebody searches."""


class SearchCollector(EnvironmentCollector):
    """Keep what the search knows of each page in the environment."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page that is about to be read again, or is gone."""
        index.all_pages(env).pop(docname, None)

    def merge_other(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        docnames: AbstractSet[str],
        other: BuildEnvironment,
    ) -> None:
        """Take over what a parallel reader has found."""
        theirs = index.all_pages(other)
        index.all_pages(env).update({name: theirs[name] for name in docnames})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Take a page apart."""
        env = app.env
        description = str(env.metadata[env.docname].get("description") or "")
        page = sections.read(doctree, env.docname, description)
        index.all_pages(env)[env.docname] = page


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Name the page that shows all results."""
    if app.builder.name == "html":
        yield "search", {}, "search.html"


def register(app: Sphinx) -> None:
    """Add the script of the field, with the digest of what it loads."""
    folders = (Path(app.confdir, entry) for entry in app.config.html_static_path)
    parts = [folder / name for folder in folders for name in LOADED]
    version: dict[str, Any] = {"data-version": digest(*parts)[:8]}
    app.add_js_file(SCRIPT, loading_method="defer", **version)


def setup(app: Sphinx) -> None:
    """Register the collector, the page and the writer of the index."""
    app.add_config_value("hookbook_synonyms", "docs/_data/synonyms.toml", "", str)
    app.add_config_value("hookbook_asked", "docs/_data/asked.toml", "", str)
    app.add_env_collector(SearchCollector)
    app.connect("builder-inited", register)
    app.connect("html-collect-pages", search_page)
    app.connect("build-finished", index.write)
