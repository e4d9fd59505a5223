"""The security policies of the site, and the file in which hosts read them."""

from pathlib import Path

from sphinx.application import Sphinx

POLICY = "default-src 'self'; img-src 'self' data:"
"""What the response for a page should say; the site needs no more."""
WORKER_POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
"""What the response for the worker should say, and no other."""


def write_headers(app: Sphinx, exception: Exception | None) -> None:
    """Write the policies as Netlify and Cloudflare Pages read them: ``_headers``.

    No address has two rules: Netlify would send both policies, and both would hold.
    """
    if exception is not None or app.builder.name != "html":
        return
    rules = {"/": POLICY, "/_static/runner/*": WORKER_POLICY}
    for entry in sorted(Path(app.outdir).iterdir()):
        if entry.is_dir() and entry.name[0] != "_":
            rules[f"/{entry.name}/*"] = POLICY
        elif entry.suffix == ".html":
            rules[f"/{entry.stem}"] = rules[f"/{entry.name}"] = POLICY
    text = "".join(
        f"{path}\n  Content-Security-Policy: {policy}\n"
        for path, policy in rules.items()
    )
    Path(app.outdir, "_headers").write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Write the file at the end of a build."""
    app.connect("build-finished", write_headers)
