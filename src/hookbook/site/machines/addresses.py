"""Where the Markdown of a page is, and where its links lead."""

import posixpath
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from sphinx.application import Sphinx

SUFFIX = ".md"

# Characters allowed in a Markdown link besides letters and digits.
_SAFE = "/:?#@!$&'*+,;=%~-._"


def absolute(app: Sphinx, uri: str) -> str:
    """Return the URL of `uri`, a path below the site's root, if the site has one."""
    base = app.config.html_baseurl
    return f"{base.rstrip('/')}/{uri}" if base else uri


def links_of(app: Sphinx, docname: str) -> Callable[[str], str]:
    """Return the function that turns a page's links into links of its Markdown.

    Pages become their Markdown. The links are absolute if the site has a base
    address, and relative to the page otherwise.
    """
    target_of = app.builder.get_target_uri
    pages = {target_of(name): name for name in app.env.found_docs}
    folder = posixpath.dirname(target_of(docname))

    def link(uri: str) -> str:
        parts = urlsplit(uri)
        if parts.scheme or parts.netloc:
            return quote(uri, _SAFE)
        path = posixpath.normpath(posixpath.join(folder, parts.path)).lstrip("/")
        if path in pages:
            path = pages[path] + SUFFIX
        if app.config.html_baseurl:
            path = absolute(app, path)
        else:
            path = posixpath.relpath(path, folder or ".")
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return quote(path + fragment, _SAFE)

    return link
