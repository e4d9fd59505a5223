"""Remove rules from Furo's stylesheet that no page of the site can match.

Furo styles every component that a Sphinx project may have; the pages here use a third
of them, and each page has to stay within its budget.
"""

import json
import re
from pathlib import Path

from sphinx.application import Sphinx

STYLESHEET = Path("_static", "styles", "furo.css")

_ATTRIBUTE = re.compile(r'\b(?:class|id)="([^"]*)"')
_BLOCK = re.compile(r"([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}")
_NAME = re.compile(r"[.#]([A-Za-z][\w-]*)")
# Names inside these needn't exist for the selector to match.
_OPTIONAL = re.compile(r":(?:not|where|is)\([^)]*\)")
_COMMA = re.compile(r",(?![^(]*\))")
_PROPERTY = re.compile(r"(--[\w-]+):(?:url\([^)]*\)|[^;{}])*;?")


def names_in(page: str) -> set[str]:
    """Return the classes and ids of some HTML."""
    return {name for names in _ATTRIBUTE.findall(page) for name in names.split()}


def used(root: Path, css: str, notes: Path) -> set[str]:
    """Return the names in `css` that a page below `root` has.

    :param notes: a file that keeps each page's names, for the next build.
    """
    asked = set(_NAME.findall(css))
    try:
        known = json.loads(notes.read_text("utf-8"))
    except (OSError, ValueError):
        known = {}
    if known.get("asked") != sorted(asked):
        known = {"pages": {}}
    pages = {}
    for file in root.rglob("*.html"):
        written = file.stat().st_mtime_ns
        name = file.relative_to(root).as_posix()
        before = known["pages"].get(name)
        if before is None or before[0] != written:
            before = [written, sorted(names_in(file.read_text("utf-8")) & asked)]
        pages[name] = before
    notes.write_text(json.dumps({"asked": sorted(asked), "pages": pages}), "utf-8")
    return {name for _, names in pages.values() for name in names}


def matching(css: str, names: set[str], scripts: str) -> str:
    """Return the rules of minified `css` that can match an element.

    A name counts as used if it is in `names` or anywhere in `scripts`.
    """
    kept = []
    for prelude, body in _BLOCK.findall(css):
        if prelude.startswith(("@media", "@supports")):
            inner = matching(body, names, scripts)
            if inner:
                kept.append(f"{prelude}{{{inner}}}")
        elif prelude.startswith("@"):
            kept.append(f"{prelude}{{{body}}}")
        else:
            selectors = [
                selector
                for selector in _COMMA.split(prelude)
                if all(
                    name in names or name in scripts
                    for name in _NAME.findall(_OPTIONAL.sub("", selector))
                )
            ]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{body}}}")
    return "".join(kept)


def without_unused_properties(css: str, others: str) -> str:
    """Return `css` without custom properties that are never used."""
    asked = set(re.findall(r"var\((--[\w-]+)", css + others))
    return _PROPERTY.sub(
        lambda match: match[0] if match[1] in asked else "",
        css,
    )


def slim(app: Sphinx, exception: Exception | None) -> None:
    """Rewrite the stylesheet, when all pages are there."""
    path = Path(app.outdir, STYLESHEET)
    if exception or app.builder.name != "html" or not path.exists():
        return
    root = Path(app.outdir)
    scripts = "".join(
        file.read_text("utf-8") for file in sorted(root.glob("_static/**/*.js"))
    )
    others = "".join(
        file.read_text("utf-8")
        for file in sorted(root.glob("_static/**/*.css"))
        if file != path
    )
    whole = path.read_text("utf-8")
    notes = Path(app.doctreedir, "names-in-pages.json")
    css = matching(whole, used(root, whole, notes), scripts)
    path.write_text(without_unused_properties(css, others), "utf-8")


def setup(app: Sphinx) -> None:
    """Register the handler; Sphinx copies the whole stylesheet in each build."""
    app.connect("build-finished", slim)
