"""Write the site's static files: stylesheets joined, scripts without comments.

A stylesheet may be split into parts. One that says ``@import "part.css";`` is published
with the part in place of that line, and the part is not published. Scripts are
published without their comments, including types.
"""

import functools
import hashlib
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

logger = logging.getLogger(__name__)

_IMPORT = re.compile(r'^@import "([^":]+)";\n', re.MULTILINE)
# The place of a comment, and its line if it has nothing else.
_PLACE = "\0"
_LINE = re.compile(rf"^[ \t]*{_PLACE}(?:\s*{_PLACE})*[ \t]*\n", re.MULTILINE)
_TAIL = re.compile(rf"[ \t]*{_PLACE}$", re.MULTILINE)
_MIDDLE = re.compile(rf"[ \t]*{_PLACE}[ \t]*")


def join(sheet: Path, parts: list[Path]) -> str:
    """Return *sheet* with its imports included, and add those files to *parts*."""
    css = sheet.read_text("utf-8")

    def content(line: re.Match[str]) -> str:
        part = sheet.parent / line[1]
        if part in parts:
            return ""
        try:
            parts.append(part)
            return join(part, parts)
        except OSError:
            logger.warning(
                "there is no stylesheet %s: write it, or delete this line",
                line[1],
                location=f"{sheet}:{css.count(chr(10), 0, line.start()) + 1}",
            )
            return ""

    return _IMPORT.sub(content, css)


@functools.cache
def without_comments(script: str) -> str:
    """Return *script* without comments, and without lines that had nothing else."""
    tokens = JavascriptLexer().get_tokens_unprocessed(script)
    bare = "".join(_PLACE if kind in Comment else text for _, kind, text in tokens)
    return _MIDDLE.sub(" ", _TAIL.sub("", _LINE.sub("", bare)))


def join_sheets(source: Path, target: Path) -> None:
    """Join the stylesheets that have parts in *target*, a copy of *source*."""
    imported: list[Path] = []
    for path in sorted(source.rglob("*.css")):
        parts: list[Path] = []
        css = join(path, parts)
        if parts:
            (target / path.relative_to(source)).write_text(css, "utf-8")
            imported += parts
    for part in imported:
        copy = target / part.relative_to(source)
        copy.unlink(missing_ok=True)
        if copy.parent.is_dir() and not any(copy.parent.iterdir()):
            copy.parent.rmdir()


def bare_scripts(source: Path, target: Path, kept: Path, salt: str) -> None:
    """Remove the comments from the scripts in *target*, a copy of *source*.

    It takes a second, so results are kept in the folder *kept*, under a hash of the
    script and of *salt*, which names what else the result depends on.
    """
    kept.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.rglob("*.js")):
        script = path.read_text("utf-8")
        known = kept / f"{hashlib.sha256((salt + script).encode()).hexdigest()}.js"
        if not known.exists():
            known.write_text(without_comments(script), "utf-8")
        (target / path.relative_to(source)).write_bytes(known.read_bytes())


class HTMLBuilder(StandaloneHTMLBuilder):
    """Sphinx's HTML builder, with the static files for readers.

    They are written where Sphinx copies them: before the pages, whose links contain
    the version of a file. The search is Hookbook's own.
    """

    search = False

    def copy_html_static_files(self, context: dict[str, Any]) -> None:
        """Copy the project's static files, then rewrite them."""
        super().copy_html_static_files(context)
        salt = self.config.hookbook_fingerprint + version("pygments")
        target = Path(self.outdir, "_static")
        for entry in self.config.html_static_path:
            source = Path(self.confdir, entry)
            join_sheets(source, target)
            bare_scripts(source, target, Path(self.doctreedir, "scripts"), salt)


def setup(app: Sphinx) -> None:
    """Replace Sphinx's builder."""
    app.add_builder(HTMLBuilder, override=True)
