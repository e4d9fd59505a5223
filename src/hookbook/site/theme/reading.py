"""A page's learning mode and reading time, both known once it is read."""

import math
from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join, logging
from sphinx.util.docutils import SphinxRole

logger = logging.getLogger(__name__)

MODES = {
    "learn": "Learn",
    "why": "Why",
    "visualize": "Visualize",
    "deep-dive": "Deep dive",
    "try-it": "Try it",
    "challenge": "Challenge",
    "project": "Project",
    "review": "Review",
    "performance": "Performance",
}

COUNTED = {"try-it": ("hb-task", "task"), "challenge": ("hb-question", "problem")}
"""Modes that show a count instead of minutes: the counted box, and its name."""

WORDS_PER_MINUTE = 200
SECONDS_PER_CODE_LINE = 1.5


@dataclass(frozen=True)
class Reading:
    """What other pages need to know to link to a page as a mode."""

    mode: str | None
    length: str
    """The reading time, "6 min", or the number of items, "7 tasks"."""
    quotes: tuple[str, ...]
    """Pages whose length this page shows in its prose."""


class MinutesQuote(nodes.inline):
    """The place for a quoted page's length, until it is known."""


class MinutesRole(SphinxRole):
    """``{minutes}`page``` becomes that page's length, "6 min" or "7 tasks"."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Leave a placeholder for the minutes."""
        page = docname_join(self.env.docname, self.text)
        quote = MinutesQuote(self.rawtext, self.text, page=page)
        self.set_source_info(quote)
        return [quote], []


def readings(env: BuildEnvironment) -> dict[str, Reading]:
    """Every page's reading, kept in the environment."""
    if not hasattr(env, "hookbook_readings"):
        env.hookbook_readings = {}  # type: ignore[attr-defined]  # our own
    return env.hookbook_readings  # type: ignore[attr-defined, no-any-return]  # our own


def minutes(doctree: nodes.document) -> int:
    """Estimate how long the page takes to read, in whole minutes.

    Tables of traces and figures are skimmed, a row counts like a line of code; the file
    with the figures isn't read.
    """
    words = code_lines = 0
    looked_at: set[int] = set()
    for table in doctree.findall(nodes.table):
        if {"hb-execution", "hb-tracker", "hb-figures"}.intersection(table["classes"]):
            code_lines += len(list(table.findall(nodes.row)))
            looked_at.update(map(id, table.findall(nodes.Text)))
    for text in doctree.findall(nodes.Text):
        parent = text.parent
        if id(text) in looked_at:
            continue
        if "hb-result" in parent.get("classes", []):
            continue
        if isinstance(parent, nodes.literal_block):
            code_lines += sum(1 for line in text.splitlines() if line.strip())
        elif not isinstance(parent, nodes.Invisible | nodes.raw):
            words += len(text.split())
    estimate = words / WORDS_PER_MINUTE + code_lines * SECONDS_PER_CODE_LINE / 60
    return max(1, math.ceil(estimate))


def length(mode: str | None, doctree: nodes.document) -> str:
    """Return the length of a page: the count of its mode, or else its minutes."""
    if mode in COUNTED:
        kind, name = COUNTED[mode]
        count = sum(
            kind in node.get("classes", ()) for node in doctree.findall(nodes.Element)
        )
        return f"{count} {name}{'' if count == 1 else 's'}"
    return f"{minutes(doctree)} min"


def front_matter_line(env: BuildEnvironment, docname: str, key: str) -> int:
    """Return the line of a front matter key, or 1."""
    source = env.doc2path(docname).read_text(encoding="utf-8")
    for number, line in enumerate(source.splitlines(), start=1):
        if line.startswith(f"{key}:"):
            return number
    return 1


class ReadingCollector(EnvironmentCollector):
    """Keep each page's mode and minutes in the environment."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page that is about to be read again, or was deleted."""
        readings(env).pop(docname, None)

    def merge_other(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        docnames: AbstractSet[str],
        other: BuildEnvironment,
    ) -> None:
        """Merge the results of a parallel reader."""
        theirs = readings(other)
        readings(env).update({name: theirs[name] for name in docnames})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Measure a page, and reject misleading front matter."""
        env, docname = app.env, app.env.docname
        metadata = env.metadata[docname]
        mode = metadata.get("mode")
        if mode is not None and mode not in MODES:
            logger.warning(
                "unknown learning mode %r; use one of: %s",
                mode,
                ", ".join(MODES),
                location=(docname, front_matter_line(env, docname, "mode")),
                type="hookbook",
                subtype="mode",
            )
            mode = None
        if app.config.hookbook_require_description and not metadata.get("description"):
            logger.warning(
                "no description; add one sentence to the front matter: "
                '"description: ..."',
                location=(docname, 1),
                type="hookbook",
                subtype="description",
            )
        quotes = tuple(sorted({q["page"] for q in doctree.findall(MinutesQuote)}))
        readings(env)[docname] = Reading(mode, length(mode, doctree), quotes)


def guides(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return each folder's pages that have a mode, in the order of the modes."""
    order = list(MODES)
    found = defaultdict(list)
    for docname, reading in sorted(readings(env).items()):
        if reading.mode and folder(docname) == guide_of(env, docname):
            found[folder(docname)].append((order.index(reading.mode), docname))
    return {place: [name for _, name in sorted(of)] for place, of in found.items()}


def folder(docname: str) -> str:
    """Return the folder of a page; pages of one folder make up a guide."""
    return str(PurePosixPath(docname).parent)


def guide_of(env: BuildEnvironment, docname: str) -> str:
    """Return the folder whose modes a page shows.

    The pages in a folder named like a page with a mode are topics of that page.
    """
    place = folder(docname)
    whole = readings(env).get(place)
    return folder(place) if whole and whole.mode else place


def refuse_doubles(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of two pages of the same mode in one guide."""
    for pages in guides(env).values():
        first: dict[str | None, str] = {}
        for docname in pages:
            mode = readings(env)[docname].mode
            if mode in first:
                logger.warning(
                    "second page with the learning mode %r in this folder; "
                    "%s already has it",
                    mode,
                    env.doc2path(first[mode], base=False),
                    location=(docname, front_matter_line(env, docname, "mode")),
                    type="hookbook",
                    subtype="mode",
                )
            first.setdefault(mode, docname)


class ShowMinutes(SphinxPostTransform):
    """Put the length below the title, and quoted ones into the prose."""

    default_priority = 400

    def run(self, **kwargs: Any) -> None:
        """Replace the quotes, then add the page's own line."""
        known = readings(self.env)
        for quote in list(self.document.findall(MinutesQuote)):
            page = quote["page"]
            if page not in known:
                logger.warning(
                    "{minutes} of an unknown page: %r",
                    page,
                    location=quote,
                    type="hookbook",
                    subtype="minutes",
                )
                continue
            quote.replace_self(nodes.Text(known[page].length))

        own = known.get(self.env.docname)
        title = self.document.next_node(nodes.title)
        if own and own.mode and title is not None:
            text = f"{own.length} read" if own.length.endswith(" min") else own.length
            line = nodes.paragraph(text, text, classes=["hb-reading-time"])
            title.parent.insert(title.parent.index(title) + 1, line)


def setup(app: Sphinx) -> None:
    """Register the collector, the role and the line below the title."""
    app.add_config_value("hookbook_require_description", False, "env", bool)
    app.add_role("minutes", MinutesRole())
    app.add_node(MinutesQuote)
    app.add_env_collector(ReadingCollector)
    app.connect("env-check-consistency", refuse_doubles)
    app.add_post_transform(ShowMinutes)
