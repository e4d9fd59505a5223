"""Check all pages together: their names, their place, their claims."""

import re
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ..left_out import left_out
from ..proof_pages import is_made
from ..theme.reading import front_matter_line, guides
from ..usage import all_usage
from .faults import at, warn

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_PAGES = ("_data", "_static", "_templates")


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of pages that conflict with others or can't be reached."""
    for docname in sorted(env.found_docs):
        for part in docname.split("/"):
            if not _NAME.fullmatch(part):
                warn(
                    f"'{part}' becomes an address: name pages and folders with a-z, 0-9"
                    " and single hyphens",
                    (docname, 1),
                )
    for path in _strays(app, env):
        warn(
            "Sphinx builds no page of this file and no page shows it: pages end with"
            " .md; put other files elsewhere, or delete it",
            at(path, 1),
        )
    _unreachable(env)
    _doubles(env)
    for pages in guides(env).values():
        for docname in pages:
            if docname not in all_usage(env) or not all_usage(env)[docname].claims:
                warn(
                    "a page of a guide that proves nothing: put {proof} after each"
                    " sentence about what Flask does",
                    (docname, front_matter_line(env, docname, "mode")),
                )


def _strays(app: Sphinx, env: BuildEnvironment) -> Iterator[Path]:
    """Find files among the pages that are not pages."""
    root = Path(app.srcdir)
    known = {Path(env.doc2path(docname)) for docname in env.found_docs}
    known.update(root / name for name in env.images)
    for top in sorted(root.iterdir()):
        if top.name in _NOT_PAGES:
            continue
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            name = path.relative_to(root).with_suffix("").as_posix()
            if path.is_file() and path not in known and not left_out(env, name):
                yield path


def _unreachable(env: BuildEnvironment) -> None:
    """Warn of pages in tables of contents that can't be reached from the first page.

    Sphinx itself warns of pages that are in none.
    """
    reached: set[str] = set()
    waiting = [env.config.root_doc]
    while waiting:
        docname = waiting.pop()
        if docname not in reached:
            reached.add(docname)
            waiting.extend(env.toctree_includes.get(docname, ()))
    for docname in sorted(env.files_to_rebuild.keys() - reached):
        if docname in env.found_docs:
            warn(
                "no table of contents leads here from the first page: name this page,"
                " or the one that names it, in the toctree of its folder's index",
                (docname, 1),
            )


def _doubles(env: BuildEnvironment) -> None:
    titles: dict[str, str] = {}
    descriptions: dict[str, str] = {}
    for docname in sorted(env.found_docs, key=lambda name: (is_made(name), name)):
        title = env.titles[docname].astext() if docname in env.titles else ""
        described = str(env.metadata[docname].get("description") or "")
        for what, text, seen, field in (
            ("title", title, titles, "# "),
            ("description", described, descriptions, "description:"),
        ):
            key = " ".join(re.sub(r"[\W_]+", " ", text).split()).casefold()
            if not key:
                continue
            if key in seen:
                first = env.doc2path(seen[key], base=False)
                warn(
                    f"the same {what} as {first}: readers and search engines cannot"
                    " tell the pages apart",
                    (docname, _line(env, docname, field)),
                )
            seen.setdefault(key, docname)


def _line(env: BuildEnvironment, docname: str, start: str) -> int:
    lines = Path(env.doc2path(docname)).read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.startswith(start)), 1)


def setup(app: Sphinx) -> None:
    """Register the check, after all pages are read."""
    app.connect("env-check-consistency", check)
