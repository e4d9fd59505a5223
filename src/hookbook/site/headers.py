"""The security policies of the site, and the headers file for hosts.

A page also has its policy in a ``<meta>``, for hosts that send no headers.
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

META_POLICY = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self';"
    " object-src 'none'; require-trusted-types-for 'script'"
)
"""The policy of a page, as far as a ``<meta>`` allows it. ``_static/trusted.js``
permits the markup of the copy buttons, and no other."""

POLICY = f"{META_POLICY}; frame-ancestors 'none'"
"""The policy that the response for a page should have."""

WORKER_POLICY = (
    "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
)
"""The policy of the response for the worker only."""

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
"""Other headers that the responses for a page and for the worker should have."""


def write_headers(app: Sphinx, exception: Exception | None) -> None:
    """Write the headers in the format of Netlify and Cloudflare Pages: ``_headers``.

    No address has two rules: Netlify would send both policies, and both would apply.
    """
    if exception is not None or app.builder.name != "html":
        return
    rules = {"/": POLICY, "/_static/runner/*": WORKER_POLICY}
    for entry in sorted(Path(app.outdir).iterdir()):
        if entry.is_dir() and entry.name[0] != "_":
            rules[f"/{entry.name}/*"] = POLICY
        elif entry.suffix == ".html":
            rules[f"/{entry.stem}"] = rules[f"/{entry.name}"] = POLICY
        elif entry.suffix in {".md", ".txt"}:
            rules[f"/{entry.name}"] = POLICY
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
    context["hookbook_policy"] = META_POLICY


def setup(app: Sphinx) -> None:
    """Register the handlers for each page and for the file."""
    app.connect("html-page-context", say_policy)
    app.connect("build-finished", write_headers)
