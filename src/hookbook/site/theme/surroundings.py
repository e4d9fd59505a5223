"""What a page shows of other pages: sections, neighbours, learning modes.

All of it is computed once a build, in linear time, and compared with the previous
build, so that an incremental build rewrites exactly the affected pages.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util.nodes import clean_astext

from .reading import MODES, guide_of, guides, readings


@dataclass(frozen=True)
class Link:
    """A page in the sidebar; depth 0 is directly below its section."""

    docname: str
    title: str
    depth: int = 0


@dataclass(frozen=True)
class ModeLink:
    """A page in the bar of learning modes."""

    docname: str
    title: str
    length: str


@dataclass(frozen=True)
class Surroundings:
    """The parts of a written page that come from other pages."""

    sections: tuple[Link, ...] = ()
    section: str | None = None
    pages: tuple[Link, ...] = ()
    modes: tuple[ModeLink, ...] = ()
    neighbours: tuple[str | None, ...] = ()
    quoted: tuple[str | None, ...] = ()


def title(env: BuildEnvironment, docname: str) -> str:
    """Return a page's title as plain text."""
    return clean_astext(env.titles[docname]) if docname in env.titles else docname


def within(env: BuildEnvironment, docname: str) -> str:
    """Return a page's name within its section: "Why" of "after_request: Why"."""
    return title(env, docname).rpartition(": ")[2]


def below(
    env: BuildEnvironment, docname: str, seen: set[str], depth: int = 0
) -> Iterator[Link]:
    """Walk the pages below one, in reading order, each page once."""
    for child in env.toctree_includes.get(docname, ()):
        if child not in seen:
            seen.add(child)
            yield Link(child, within(env, child), depth)
            yield from below(env, child, seen, depth + 1)


def survey(env: BuildEnvironment) -> dict[str, Surroundings]:
    """Return the surroundings of every page."""
    root = env.config.root_doc
    sections = tuple(
        Link(name, title(env, name).partition(": ")[0])
        for name in env.toctree_includes.get(root, ())
    )
    seen = {root, *(section.docname for section in sections)}
    place: dict[str, tuple[str, tuple[Link, ...]]] = {}
    for section in sections:
        pages = tuple(below(env, section.docname, seen))
        for member in (section, *pages):
            place[member.docname] = (section.docname, pages)

    known = readings(env)
    bars = {
        name: tuple(
            ModeLink(page, MODES[str(known[page].mode)], known[page].length)
            for page in pages
        )
        for name, pages in guides(env).items()
    }
    relations = env.collect_relations()
    result = {}
    for docname in env.found_docs:
        section_name, pages = place.get(docname, (None, ()))
        near = relations.get(docname, [None, None, None])[1:]
        quotes = known[docname].quotes if docname in known else ()
        result[docname] = Surroundings(
            sections,
            section_name,
            pages,
            bars.get(guide_of(env, docname), ()),
            tuple(title(env, name) if name else None for name in near),
            tuple(known[name].length if name in known else None for name in quotes),
        )
    return result


class SurroundingsCollector(EnvironmentCollector):
    """Rewrite the pages whose surroundings have changed."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Nothing to do: the survey is repeated in each build."""

    def merge_other(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        docnames: AbstractSet[str],
        other: BuildEnvironment,
    ) -> None:
        """Nothing to do: the survey is made after reading."""

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Nothing to do: the survey needs all pages."""

    def get_updated_docs(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages to write again."""
        before = surroundings(env)
        after = survey(env)
        env.hookbook_surroundings = after  # type: ignore[attr-defined]  # our own
        return sorted(name for name in after if after[name] != before.get(name))


def surroundings(env: BuildEnvironment) -> dict[str, Surroundings]:
    """Return the last survey, kept in the environment."""
    return getattr(env, "hookbook_surroundings", {})


def setup(app: Sphinx) -> None:
    """Register the collector."""
    app.add_env_collector(SurroundingsCollector)
