"""Give the templates their values, and keep each page light and accessible."""

import re
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from . import names
from .surroundings import Surroundings, surroundings

# Sphinx's own search needs these; on other pages they are a waste.
UNUSED_SCRIPTS = {"doctools.js", "sphinx_highlight.js"}

# An asset is loaded where the page's content has one of these words.
NEEDED_BY = {
    "cards.css": ("hb-cards",),
    "clipboard.min.js": ("<pre",),
    "copybutton.js": ("<pre",),
    "marks.js": ("hb-claim",),
    "measured.css": ("hb-figures", "hb-measured-on"),
    "paste.js": ("hb-errors",),
    "playground.css": ("hb-playground",),
    "proof.css": ("hb-checks", "hb-claim", "hb-proof"),
    "quiz.css": ("hb-quiz",),
    "quiz.js": ("hb-quiz",),
    "run.js": ("hb-snippet", "hb-trace", "hb-playground"),
    "snippet.css": ("hb-snippet", "hb-untested", "hb-label", "hb-trace"),
    "task.css": ("hb-task",),
    "trace.css": ("hb-trace", "hb-transcript"),
    "stepping.css": ("hb-flow",),
    "response.css": ("hb-flow",),
    "folding.css": ("data-folded=",),
    "trace.js": ("hb-trace",),
}

# hookbook.css does the same, with the site's tokens.
REPLACED_STYLES = {"pygments.css", "copybutton.css", "furo-extensions.css"}


_PRE = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")

# At 320 pixels a block of code, line numbers included, shows this many columns.
_NARROWEST = 26


def focusable(body: str) -> str:
    """Make every block of code that can be too wide scrollable by keyboard."""

    def reachable(match: re.Match[str]) -> str:
        code = unescape(_TAG.sub("", match[1]))
        wide = any(len(line) > _NARROWEST for line in code.splitlines())
        return f'<pre tabindex="0">{match[1]}</pre>' if wide else match[0]

    return _PRE.sub(reachable, body)


def scrollable(body: str) -> str:
    """Make elements that scroll sideways reachable without a pointer."""
    return focusable(body).replace(
        '<div class="table-wrapper',
        '<div tabindex="0" role="group" aria-label="Table" class="table-wrapper',
    )


def file_name(asset: Any) -> str:
    """Return the bare name of a script or stylesheet."""
    return Path(str(getattr(asset, "filename", asset))).name


def fill_context(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give Furo's handler nothing to resolve, and the templates their parts."""
    if app.config.html_theme != "furo" or app.builder.name == "epub":
        return
    # Furo renders the whole tree of pages into every page while it has this.
    context.pop("toctree", None)

    survey = surroundings(app.env)
    shared = survey.get(app.config.root_doc, Surroundings())
    context["card_url"] = urljoin(app.config.html_baseurl, "_static/card.png")
    context["hookbook"] = survey.get(pagename, Surroundings(shared.sections))

    meta = dict(context.get("meta") or {})
    if description := meta.get("description"):
        context["metatags"] = (
            context.get("metatags", "")
            + f'<meta name="description" content="{escape(description)}">\n'
        )
        meta["og:description"] = escape(description)
        context["meta"] = meta
    if "body" in context:
        context["body"] = names.kept(scrollable(context["body"]))


def drop_unused(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Load only what the page uses; runs late, after all extensions."""
    if app.config.html_theme != "furo" or app.builder.name == "epub":
        return
    body = context.get("body", "")
    unused = (
        REPLACED_STYLES
        | UNUSED_SCRIPTS
        | {
            name
            for name, words in NEEDED_BY.items()
            if not any(word in body for word in words)
        }
    )
    if not context.get("hookbook_runner"):
        unused |= {"run.js"}
    if "copybutton.js" in unused:
        unused |= {"documentation_options.js"}
    for kind in ("script_files", "css_files"):
        kept = [asset for asset in context[kind] if file_name(asset) not in unused]
        context[kind] = kept


class PlainWrappers(SphinxPostTransform):
    """Fixes the duplicate id: Furo gives a table's id to its wrapper, too."""

    formats = ("html",)
    default_priority = 600

    def run(self, **kwargs: Any) -> None:
        """Leave the id to the table."""
        for table in self.document.findall(nodes.table):
            if isinstance(table.parent, nodes.container):
                table.parent["ids"] = []


def setup(app: Sphinx) -> None:
    """Register the handlers; the second one runs after all others."""
    app.add_post_transform(PlainWrappers)
    # After "not found", which has its own tree, and before Furo.
    app.connect("html-page-context", fill_context, priority=450)
    app.connect("html-page-context", drop_unused, priority=900)
