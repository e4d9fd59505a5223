"""``llms.txt``, the list of the site's pages, and ``llms-full.txt``, all their text.

They follow the proposal of llmstxt.org.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ..proof_pages import is_made
from ..theme.surroundings import Surroundings, surroundings, title
from .addresses import SUFFIX, absolute
from .blocks import heading, quote
from .inline import escape

LIST, WHOLE = "llms.txt", "llms-full.txt"
GENERAL = "Pages"
"""The heading of pages that are in no section of their own."""
OPTIONAL = "Optional"
"""The proposal's heading for optional pages: here, the proofs."""


def parts(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the pages below each heading, every page once, in reading order."""
    root = env.config.root_doc
    survey = surroundings(env)
    found: dict[str, list[str]] = {GENERAL: [root]}
    proofs: list[str] = []
    for section in survey.get(root, Surroundings()).sections:
        # A table of contents may still name a page that is gone.
        below = survey.get(section.docname, Surroundings()).pages
        pages = [section.docname, *(page.docname for page in below)]
        pages = [docname for docname in pages if docname in env.found_docs]
        proofs += filter(is_made, pages)
        pages = [docname for docname in pages if not is_made(docname)]
        name = section.title if len(pages) > 1 else GENERAL
        found.setdefault(name, []).extend(pages)
    listed = set(proofs).union(*found.values())
    # Pages in no table of contents come last.
    found[OPTIONAL] = [*proofs, *sorted(env.found_docs - listed)]
    return found


def _description(env: BuildEnvironment, docname: str) -> str:
    return " ".join(str(env.metadata[docname].get("description") or "").split())


def contents(app: Sphinx) -> str:
    """Return the list of all pages, with their descriptions."""
    env = app.env
    blocks = _head(app)
    place = absolute(app, WHOLE)
    blocks.append(f"Each page here is Markdown. [{WHOLE}]({place}) has all of them.")
    for name, pages in parts(env).items():
        if not pages:
            continue
        lines = []
        for docname in pages:
            where = absolute(app, f"{docname}{SUFFIX}")
            told = _description(env, docname)
            link = f"- [{escape(title(env, docname))}]({where})"
            lines.append(f"{link}: {escape(told)}" if told else link)
        blocks += [f"#{heading(name)}", "\n".join(lines)]
    return "\n\n".join(blocks) + "\n"


def whole(app: Sphinx) -> str:
    """Return the Markdown of all pages, as written beside them."""
    names = [name for pages in parts(app.env).values() for name in pages]
    texts = [
        Path(app.outdir, f"{name}{SUFFIX}").read_text("utf-8").rstrip("\n")
        for name in names
    ]
    return "\n\n---\n\n".join(["\n\n".join(_head(app)), *texts]) + "\n"


def _head(app: Sphinx) -> list[str]:
    told = _description(app.env, app.config.root_doc)
    return [heading(app.config.project), *([quote(told)] if told else [])]


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write both files of a finished build of the site."""
    if exception is not None or app.builder.name != "html":
        return
    for name, text in ((LIST, contents(app)), (WHOLE, whole(app))):
        Path(app.outdir, name).write_text(text, encoding="utf-8", newline="\n")
