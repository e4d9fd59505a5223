"""The security policies of the site, and the file in which hosts read them.

A page has its policy in a ``<meta>`` as well, for hosts that send no headers.
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

_POLICY = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self';"
    " object-src 'none'"
)
_TRUSTED = "; require-trusted-types-for 'script'"
_FRAMES = "; frame-ancestors 'none'"
WITHOUT_TRUSTED_TYPES = {
    "search": "Sphinx's searchtools.js makes markup of results with innerHTML",
}
"""Pages whose scripts are the theme's and do not bear trusted types, and why. On all
others ``_static/trusted.js`` lets the markup of the copy buttons pass, and no other."""

WORKER_POLICY = (
    "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
)
"""What the response for the worker should say, and no other."""

COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(),"
        " clipboard-read=(), clipboard-write=(self)"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What the response for a page, and for the worker, should say besides."""


def meta_policy(page: str) -> str:
    """Return the policy of a page, as far as a ``<meta>`` may say it."""
    return _POLICY + ("" if page in WITHOUT_TRUSTED_TYPES else _TRUSTED)


def policy(page: str) -> str:
    """Return the policy that the response for a page should have."""
    return meta_policy(page) + _FRAMES


def write_headers(app: Sphinx, exception: Exception | None) -> None:
    """Write the headers as Netlify and Cloudflare Pages read them: ``_headers``.

    No address has two rules: Netlify would send both policies, and both would hold.
    """
    if exception is not None or app.builder.name != "html":
        return
    rules = {"/": policy("index"), "/_static/runner/*": WORKER_POLICY}
    for entry in sorted(Path(app.outdir).iterdir()):
        if entry.is_dir() and entry.name[0] != "_":
            rules[f"/{entry.name}/*"] = policy(entry.name)
        elif entry.suffix == ".html":
            rules[f"/{entry.stem}"] = rules[f"/{entry.name}"] = policy(entry.stem)
    text = ""
    for path, told in rules.items():
        headers = {"Content-Security-Policy": told, **COMMON}
        lines = (f"  {name}: {value}\n" for name, value in headers.items())
        text += f"{path}\n{''.join(lines)}"
    Path(app.outdir, "_headers").write_text(text, encoding="utf-8")


def say_policy(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:  # fmt: skip
    """Give the template the policy of its page."""
    context["hookbook_policy"] = meta_policy(pagename)


def setup(app: Sphinx) -> None:
    """Tell each page, and write the file at the end of a build."""
    app.connect("html-page-context", say_policy)
    app.connect("build-finished", write_headers)
