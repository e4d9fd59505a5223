"""``{trace}``: what happened to a request, step by step, in four views."""

import re
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

from hookbook.explain.folding import KINDS
from hookbook.explain.views import VIEWS, WATCHED, unseen
from hookbook.explain.views import section as views_of
from hookbook.trace.steps import Run

from .base import PageError, SnippetDirective
from .snippet import caption


class TraceViews(SnippetDirective):
    """Show the trace of a snippet.

    ``:views:`` selects from flow, code, table and tracker (default: all four); views of
    one snippet on one page step together. ``:watch:`` names the values of the tracker,
    ``:requests:`` the requests by their number. ``:not-run:`` lists the functions that
    Flask did not call, each with the reason. ``:keep:`` names the kinds of Flask's own
    steps that the page is about: they are not folded.
    """

    required_arguments = 1
    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {
        "views": directives.unchanged_required,
        "watch": directives.unchanged_required,
        "requests": directives.unchanged_required,
        "not-run": directives.flag,
        "keep": directives.unchanged_required,
    }

    def build(self) -> list[nodes.Node]:
        """Return one section with the chosen views."""
        snippet, run = self.load(self.arguments[0])
        views = self.words("views") or list(VIEWS)
        for view in views:
            if view not in VIEWS:
                known = ", ".join(VIEWS)
                raise PageError(f":views: '{view}' is not a view (there is: {known})")
        keep = self.words("keep")
        for kind in keep:
            if kind not in KINDS:
                known = ", ".join(KINDS)
                raise PageError(f":keep: '{kind}' is never folded (these are: {known})")
        places = self._places(run)
        watched = self.words("watch")
        key = self._key(snippet.name, self.options.get("requests", ""))
        for word in unseen(run, watched, places) if "tracker" in views else []:
            raise PageError(f":watch: '{word}' never had a value in this run")
        section = views_of(
            snippet.name, snippet.lines, run, caption(self, snippet, run),
            views=views, watched=watched or WATCHED, places=places, key=key,
            not_run="not-run" in self.options, keep=keep,
        )  # fmt: skip
        # The options for tracing a reader's own version.
        if watched:
            section["data"]["data-watch"] = ", ".join(watched)
        if keep:
            section["data"]["data-keep"] = ", ".join(keep)
        if places:
            section["data"]["data-requests"] = ", ".join(map(str, places))
        # The steps that a book lists.
        section["trace"] = snippet.name, tuple(views), tuple(places)
        self.set_source_info(section)
        return [section]

    def _places(self, run: Run) -> list[int]:
        wanted = self.words("requests")
        count = len(run.traces)
        if not count:
            raise PageError("the scenario makes no request: there is nothing to trace")
        for word in wanted:
            if not (word.isdigit() and 1 <= int(word) <= count):
                raise PageError(
                    f":requests: '{word}' is not a request (there are {count})"
                )
        return [int(word) for word in wanted]

    def _key(self, name: str, requests: str) -> str:
        """Return the prefix of a trace's step ids; the page's first has none.

        The same requests of the same snippet are the same trace.
        """
        keys: dict[tuple[str, str], str] = self.env.temp_data.setdefault(
            "hookbook_traces", {}
        )  # type: ignore[assignment]  # temp_data takes anything
        slug = re.sub(r"\W+|_", "-", f"{name.rpartition('/')[2]} {requests}".strip())
        if f"{slug}-" in keys.values():
            slug = f"{slug}-{len(keys)}"
        return keys.setdefault((name, requests), f"{slug}-" if keys else "")


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("trace", TraceViews)
