"""The Markdown of each page, and the link to it in the page's head."""

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from ..theme.surroundings import title
from . import linked_data
from .addresses import SUFFIX, absolute, links_of
from .blocks import Blocks, quote
from .inline import escape as plain_text
from .reduced import reduced


def markdown(app: Sphinx, docname: str, doctree: nodes.document) -> str:
    """Return a resolved page as Markdown: title, description, address, content."""
    content = reduced(app, doctree)
    head, *rest = Blocks(links_of(app, docname)).of(content.children) or [""]
    told = str(app.env.metadata[docname].get("description") or "")
    page = app.builder.get_target_uri(docname)
    where = absolute(app, page) if app.config.html_baseurl else Path(page).name
    above = [head, *([quote(told)] if told else [])]
    above.append(f"Web page: [{plain_text(title(app.env, docname))}]({where})")
    return "\n\n".join([*above, *rest]) + "\n"


def name_it(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add the link to the Markdown to the head of a page from the sources."""
    if app.builder.name != "html" or doctree is None:
        return
    path = Path(app.outdir, f"{pagename}{SUFFIX}")
    data = linked_data.of_page(app, pagename, doctree)
    context["metatags"] = (
        context.get("metatags", "")
        + f'<link rel="alternate" type="text/markdown" href="{escape(path.name)}">\n'
        + f"{linked_data.script(data)}\n"
    )


def write(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Write the Markdown of a page from the sources; this uses up its doctree."""
    if app.builder.name != "html" or doctree is None:
        return
    path = Path(app.outdir, f"{pagename}{SUFFIX}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(markdown(app, pagename, doctree), encoding="utf-8", newline="\n")


def remove(app: Sphinx, exception: Exception | None) -> None:
    """Remove what an earlier build wrote for pages that this one leaves out."""
    if exception is None and app.builder.name == "html":
        for page in app.config.hookbook_left_out:
            Path(app.outdir, f"{page}{SUFFIX}").unlink(missing_ok=True)
