"""Leave pages out of a build that can't offer them, and every link to them.

A page that only works in the reader's browser is left out if Python for the browser
was not built; a book has no such page, and no pages of proofs. Pages left out are
not read at all, so search, sitemap and navigation don't have them. Pages that name
one lose its entry in the table of contents, the list item that links to it, or the
link; the words of a sentence stay.
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.directives.other import TocTree
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util import docname_join
from sphinx.util.matching import Matcher
from sphinx.util.nodes import explicit_title_re

from .theme.reading import MinutesQuote

NOT_IN_A_BOOK = ("proofs/**",)


def choose(app: Sphinx, config: Config) -> None:
    """Record the pages that this build leaves out, before any is searched for."""
    pages: list[str] = []
    if config.hookbook_book or not config.hookbook_runner:
        pages += config.hookbook_runner_pages
    if config.hookbook_book:
        pages += NOT_IN_A_BOOK
    config.hookbook_left_out = pages
    config.exclude_patterns = [
        *config.exclude_patterns,
        *(page if page.endswith("*") else f"{page}.*" for page in pages),
    ]


def left_out(env: BuildEnvironment, docname: str) -> bool:
    """Return whether `docname` names a page that this build leaves out."""
    return Matcher(env.config.hookbook_left_out)(docname)


class Contents(TocTree):
    """``{toctree}``, without the pages that this build leaves out."""

    def parse_content(self, toctree: addnodes.toctree) -> None:
        """Parse the entries that the build has."""
        here = self.env.docname
        for place, line in reversed(list(enumerate(self.content))):
            titled = explicit_title_re.match(line)
            name = (titled[2] if titled else line).strip().removesuffix(".md")
            if name and left_out(self.env, docname_join(here, name)):
                del self.content[place]
        super().parse_content(toctree)


class Unlink(SphinxTransform):
    """Remove links to pages that are left out."""

    default_priority = 700

    def apply(self, **kwargs: Any) -> None:
        """Remove list items that link there; of other links, keep the words."""
        if not self.config.hookbook_left_out:
            return
        for link in list(self.document.findall(addnodes.pending_xref)):
            if not self._leads_out(link):
                continue
            item = _item_of(link)
            if item is None:
                link.replace_self(link.children)
                continue
            items = item.parent
            items.remove(item)
            if not items.children:
                items.parent.remove(items)
        for quote in list(self.document.findall(MinutesQuote)):
            if left_out(self.env, quote["page"]):
                quote.parent.remove(quote)

    def _leads_out(self, link: addnodes.pending_xref) -> bool:
        name = str(link["reftarget"])
        if link["reftype"] == "doc":
            name = docname_join(link["refdoc"], name)
        elif link["reftype"] != "myst" or link.get("refdomain") != "doc":
            return False
        return left_out(self.env, name)


def _item_of(link: nodes.Element) -> nodes.list_item | None:
    """Return the list item that begins with `link`."""
    paragraph = link.parent
    item = paragraph.parent
    if (
        isinstance(item, nodes.list_item)
        and paragraph[0] is link
        and item[0] is paragraph
    ):
        return item
    return None


def remove(app: Sphinx, exception: Exception | None) -> None:
    """Remove the files that an earlier build wrote of these pages."""
    if exception is not None or app.builder.name != "html":
        return
    for page in app.config.hookbook_left_out:
        Path(app.outdir, f"{page}.html").unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    """Register settings, the table of contents and the handlers."""
    app.add_config_value("hookbook_runner_pages", [], "", list)
    app.add_config_value("hookbook_book", False, "", bool)
    app.add_config_value("hookbook_left_out", [], "", list)
    app.add_directive("toctree", Contents, override=True)
    app.add_transform(Unlink)
    # After the search for the browser's Python.
    app.connect("config-inited", choose, priority=600)
    # Before written pages are counted and listed.
    app.connect("build-finished", remove, priority=100)
