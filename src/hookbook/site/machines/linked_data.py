"""A page's metadata in schema.org's terms, as JSON-LD.

A script of this type is data: browsers don't run it, and the policy allows it.
"""

import json
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from hookbook.explain.boxes import box

from ..step_lists import has
from ..theme.surroundings import title
from .addresses import absolute
from .inline import plain

# In a script, these could end it, or begin another one.
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
_CAUSE = "Cause."
"""How the explanation of an error begins, below its message."""


def of_page(app: Sphinx, docname: str, doctree: nodes.document) -> dict[str, Any]:
    """Return the facts of a page, and its questions with their answers, if any."""
    site: dict[str, Any] = {"@type": "WebSite", "name": app.config.project}
    if app.config.html_baseurl:
        site["url"] = app.config.html_baseurl
    page: dict[str, Any] = {
        "@type": "TechArticle",
        "headline": title(app.env, docname),
        "description": str(app.env.metadata[docname].get("description") or ""),
        "inLanguage": app.config.language,
        "isPartOf": site,
    }
    if app.config.html_baseurl:
        page["url"] = absolute(app, app.builder.get_target_uri(docname))
    graph = [{name: value for name, value in page.items() if value}]
    if asked := [_question(*pair) for pair in answered(doctree)]:
        graph.append({"@type": "FAQPage", "mainEntity": asked})
    return {"@context": "https://schema.org", "@graph": graph}


def answered(doctree: nodes.document) -> Iterator[tuple[str, str]]:
    """Yield the questions of a page with their answers: errors, and flashcards."""
    for section in doctree.findall(nodes.section):
        told = [plain(c) for c in section.children if isinstance(c, nodes.paragraph)]
        begins = [place for place, text in enumerate(told) if text.startswith(_CAUSE)]
        if begins:
            yield plain(section.children[0]), " ".join(told[begins[0] :])
    for card in doctree.findall(box):
        if has(card, "hb-card"):
            question, *answer = card.children
            yield plain(question), " ".join(map(plain, answer))


def script(data: dict[str, Any]) -> str:
    """Return the element with `data`; no text in it can end it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, code in _ESCAPES.items():
        text = text.replace(sign, code)
    return f'<script type="application/ld+json">{text}</script>'


def _question(asked: str, answer: str) -> dict[str, Any]:
    return {
        "@type": "Question",
        "name": asked,
        "acceptedAnswer": {"@type": "Answer", "text": answer},
    }
