"""The site as a book, an EPUB 3: ``make epub``.

Each page is a chapter (:mod:`.chapters` converts it), without the pages of proofs and
anything that needs a browser. :mod:`.check` finds errors in a book.
"""

from __future__ import annotations

import shutil
import time
import zipfile
from html import escape
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.epub3 import Epub3Builder
from sphinx.errors import ConfigError

from .. import archive
from . import chapters

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

THEME = Path(__file__).parent / "theme"


class BookBuilder(Epub3Builder):
    """Sphinx's EPUB 3 builder with our own templates and styles; reproducible."""

    def init(self) -> None:
        """Reject a configuration that was chosen for a site."""
        if not self.config.hookbook_book:
            raise ConfigError(
                "a book leaves out some of the site's pages: build it with 'make epub',"
                " or with -D hookbook_book=1 and separate doctrees"
            )
        super().init()
        self.use_index = False

    def get_theme_config(self) -> tuple[str, dict[str, str | int | bool]]:
        """Return the book's theme; it has no options."""
        return "hookbook-book", {}

    def handle_page(
        self, pagename: str, addctx: dict[str, Any], templatename: str = "", **more: Any
    ) -> None:
        """Write a chapter; the site's templates have none of its name."""
        super().handle_page(pagename, addctx, "chapter.html", **more)

    def gen_pages_from_extensions(self) -> None:
        """Skip the pages that extensions add for a server, such as "not found"."""

    def copy_static_files(self) -> None:
        """Write the two stylesheets; a book has no scripts."""
        folder = Path(self.outdir, "_static")
        folder.mkdir(parents=True, exist_ok=True)
        style = self.highlighter.get_stylesheet()
        folder.joinpath("pygments.css").write_text(style, encoding="utf-8")
        shutil.copyfile(THEME / "static" / "book.css", folder / "book.css")

    def toc_metadata(self, level: int, navpoints: list[Any]) -> dict[str, Any]:
        """Return the identifier for the older table of contents: the book's own."""
        identifier = escape(self.config.epub_identifier)
        return {**super().toc_metadata(level, navpoints), "uid": identifier}

    def build_epub(self) -> None:
        """Write the archive, ``mimetype`` first and not compressed."""
        target = Path(self.outdir, f"{self.config.epub_basename}.epub")
        names = ["META-INF/container.xml", "content.opf", "toc.ncx", *self.files]
        with zipfile.ZipFile(target, "w") as book:
            for name in ["mimetype", *names]:
                content = Path(self.outdir, name).read_bytes()
                archive.add(book, name, content, packed=name != "mimetype")


def date(app: Sphinx, config: Config) -> None:
    """Set the version that EPUB requires: the date of the sources."""
    if config.hookbook_book:
        moment = time.gmtime(int(environ.get("SOURCE_DATE_EPOCH", time.time())))
        config.version = time.strftime("%Y.%m.%d", moment)


def setup(app: Sphinx) -> None:
    """Register the builder, its theme, and the handlers that make chapters."""
    app.add_builder(BookBuilder, override=True)
    app.add_html_theme("hookbook-book", str(THEME))
    app.connect("config-inited", date)
    chapters.setup(app)
