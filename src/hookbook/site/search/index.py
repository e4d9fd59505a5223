"""Write what the search finds into one script: ``searchindex.js``.

A script, because a page that was opened from a file may not read other files. The
order of lists is fixed: the same pages give the same bytes.
"""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from .. import places
from ..left_out import left_out
from ..theme.reading import readings
from ..theme.surroundings import title
from .asked import Asked, AskedError
from .asked import read as read_asked
from .sections import STOPWORDS, Lead, Page, Section
from .synonyms import Synonym, SynonymError, words_of
from .synonyms import read as read_synonyms

logger = logging.getLogger(__name__)

FILE = "searchindex.js"
KINDS = {
    "errors": "error",
    "proofs": "proof",
    "recipes": "recipe",
    "reference": "reference",
    "versions": "version",
}
"""The kind of the pages in a folder; all others are guides."""
OF_TITLE = "="
"""For an anchor that is made of its section's title, as half of them are."""
EXERCISES = {"challenge", "try-it"}
"""Modes whose pages ask, and do not answer."""
WEIGHTS = {
    "error": 0.8,
    "recipe": 1.2,
    "reference": 1.1,
    "guide": 1.0,
    "version": 0.9,
    "exercise": 0.45,
    "proof": 0.2,
}
"""What a score is multiplied with: proofs are below what they prove."""
MODES = {"learn": 1.2, "performance": 0.8, "project": 0.9}
"""The same, for pages of a mode: who asks for a name wants to learn it first."""
HOME = 0.4
LIST = 0.15
"""The same, for sections that only list links: where they lead is the answer."""
TERM = 0.45
"""The same, for words of the glossary: first if only what they mean is asked."""


def kind(env: BuildEnvironment, docname: str) -> str:
    """Return the kind of a page: one of `KINDS`, ``exercise`` or ``guide``."""
    reading = readings(env).get(docname)
    if reading is not None and reading.mode in EXERCISES:
        return "exercise"
    return KINDS.get(docname.partition("/")[0], "guide")


def weight(env: BuildEnvironment, docname: str) -> float:
    """Return what the scores of a page's sections are multiplied with."""
    if docname == env.config.root_doc:
        return HOME
    reading = readings(env).get(docname)
    of_mode = MODES.get(reading.mode or "", 1.0) if reading is not None else 1.0
    return round(WEIGHTS[kind(env, docname)] * of_mode, 3)


def compose(
    env: BuildEnvironment,
    pages: dict[str, Page],
    synonyms: list[Synonym],
    asked: Asked,
    uri_of: Any,
) -> dict[str, Any]:
    """Return the index as plain data; `uri_of` turns a docname into an address.

    It is kept small, and search/engine.js makes it whole again: most proofs are their
    name in words, told together, page by page; half of the anchors follow from the
    title.
    """
    told: list[list[Any]] = []
    sections: list[list[Any]] = []
    proofs: list[list[Any]] = []
    place: dict[tuple[str, str], int] = {}
    errors: dict[str, int] = {}
    for docname in sorted(pages):
        of = kind(env, docname)
        number = len(told)
        told.append([uri_of(docname), title(env, docname), of, weight(env, docname)])
        names: list[str] = []
        for section in pages[docname].sections:
            questions = asked.questions.get(address(docname, section.anchor), ())
            if _is_claim(section, of) and not questions:
                names.append(_as_words(section.anchor))
                continue
            if of == "proof" and not section.anchor:
                # Each of these pages begins with the same words.
                section = replace(section, description="", text="")
            for anchor in (section.anchor, *section.also):
                place.setdefault((docname, anchor), len(sections))
            if of == "error" and section.anchor:
                errors.setdefault(section.title, len(sections))
            sections.append([number, *_told(section), list(questions)])
        if names:
            proofs.append([number, "\n".join(names)])
    for docname in sorted(pages):
        for lead in pages[docname].leads:
            if (number_of := _found(lead, docname, place)) is not None:
                errors.setdefault(lead.message, number_of)
    return {
        "pages": told,
        "sections": sections,
        "proofs": proofs,
        "errors": [[message, number] for message, number in errors.items()],
        "synonyms": [[list(one.says), list(one.means)] for one in synonyms],
        "headings": {name: list(all_) for name, all_ in asked.headings.items()},
        "stopwords": sorted(STOPWORDS),
    }


def _is_claim(section: Section, kind_of: str) -> bool:
    """Tell whether a section is a proof of which there is no more than its claim."""
    more = (section.above, section.description, section.text, section.words)
    return (
        kind_of == "proof"
        and section.names == (section.anchor,)
        and not any(more)
        and not section.messages
    )


def _as_words(name: str) -> str:
    """Return the name of a test as words, of which search/engine.js makes it again."""
    return name.removeprefix("test_").replace("_", " ")


def address(docname: str, anchor: str) -> str:
    """Return how a place is called: its page, or the page and the anchor."""
    return f"{docname}#{anchor}" if anchor else docname


def _told(section: Section) -> list[Any]:
    made = re.sub("[^a-z0-9]+", "-", section.title.lower()).strip("-")
    return [
        OF_TITLE if section.anchor and section.anchor == made else section.anchor,
        section.title,
        section.above,
        section.description,
        section.text,
        " ".join(section.words),
        " ".join(section.names),
        list(section.messages),
        LIST if section.leads else TERM if section.is_term else 1,
    ]


def _found(lead: Lead, docname: str, place: dict[tuple[str, str], int]) -> int | None:
    target = place.get((lead.docname, lead.anchor))
    if target is None:
        logger.warning(
            "'%s' leads to no section of '%s': correct its link, '#%s'",
            lead.message, lead.docname, lead.anchor,
            location=docname, type="hookbook", subtype="search",
        )  # fmt: skip
    return target


def script(index: dict[str, Any]) -> str:
    """Return the script that sets the index; columns pack better than rows."""
    columns = [list(column) for column in zip(*index["sections"], strict=True)]
    packed = {**index, "sections": [], "columns": columns}
    data = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.hookbookIndex={data};\n"


def all_pages(env: BuildEnvironment) -> dict[str, Page]:
    """Return what was read of each page, kept in the environment."""
    if not hasattr(env, "hookbook_search"):
        env.hookbook_search = {}  # type: ignore[attr-defined]  # our own
    return env.hookbook_search  # type: ignore[attr-defined, no-any-return]  # our own


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the index of a finished build of the site."""
    if exception is not None or app.builder.name != "html":
        return
    pages = all_pages(app.env)
    synonyms, asked = _synonyms(app, pages), _asked(app, pages)
    index = compose(app.env, pages, synonyms, asked, app.builder.get_target_uri)
    Path(app.outdir, FILE).write_text(script(index), encoding="utf-8")


def _synonyms(app: Sphinx, pages: dict[str, Page]) -> list[Synonym]:
    path = places.root(app.env) / app.config.hookbook_synonyms
    try:
        synonyms = read_synonyms(path)
    except SynonymError as error:
        _warn(str(error), path, error.line)
        return []
    synonyms = [one for one in synonyms if not left_out(app.env, one.page)]
    words = words_of(pages.values())
    for synonym in synonyms:
        for means in synonym.unknown(words):
            message = (
                f"no page has '{means}', which should be found: name what pages say"
            )
            _warn(message, path, synonym.line)
    return synonyms


def _asked(app: Sphinx, pages: dict[str, Page]) -> Asked:
    path = places.root(app.env) / app.config.hookbook_asked
    try:
        asked = read_asked(path)
    except AskedError as error:
        _warn(str(error), path, error.line)
        return Asked()
    told = [(name, one) for name, page in pages.items() for one in page.sections]
    known = {address(name, one.anchor) for name, one in told}
    headings = {one.title for name, one in told if kind(app.env, name) == "reference"}
    for key, line in asked.unknown(known, headings):
        _warn(f"there is no '{key}': name a section of today", path, line)
    return asked


def _warn(message: str, path: Path, line: int) -> None:
    logger.warning(
        "%s", message, location=f"{path}:{line}", type="hookbook", subtype="search"
    )
