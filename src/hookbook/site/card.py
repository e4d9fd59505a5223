"""``python -m hookbook.site.card FILE``: the preview image of a shared link.

It shows the layers of the first page's run, in the site's colours. Chromium draws it,
so two machines draw different files; the file records its source, and is kept until
that changes.
"""

import hashlib
import struct
import sys
import zlib
from pathlib import Path

from hookbook.corpus import runs
from hookbook.explain.picture import draw, layers, mark

from . import chromium
from .mark import SNIPPET

WIDTH, HEIGHT = 1200, 630
_STYLES = ("tokens.css", "picture.css")
_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Hookbook</title>
<style>
{styles}
body {{
  display: grid;
  grid-template-columns: 1fr 600px;
  gap: 64px;
  align-items: center;
  box-sizing: border-box;
  width: {width}px;
  height: {height}px;
  margin: 0;
  padding: 0 64px;
  background: var(--hb-paper);
  color: var(--hb-ink);
  font-family: var(--hb-sans);
}}
h1 {{ margin: 24px 0; font-size: 72px; line-height: 1; letter-spacing: -0.02em; }}
p {{ margin: 0; color: var(--hb-ink-soft); font-size: 32px; line-height: 1.4; }}
div > svg {{ display: block; width: 96px; }}
.hb-picture {{ max-width: none; margin: 0; }}
.hb-picture > svg {{ width: 100%; }}
</style>
<body data-theme="dark">
<div>
{mark}<h1>Hookbook</h1>
<p>Flask&rsquo;s request callbacks, step by step, from recorded runs.</p>
</div>
<div class="hb-picture">{picture}</div>
"""
# The end of a PNG's first chunk, which is its header.
_HEADER_END = 33


def page(root: Path) -> str:
    """Return the page that Chromium takes the picture of.

    :param root: the folder with the snippets and the pages.
    :raises hookbook.corpus.snippets.SnippetError: if the snippet cannot be run.
    """
    _, run = runs.run(root / "snippets", SNIPPET)
    found = layers(run.traces[0])
    folder = root / "docs" / "_static" / "hookbook"
    styles = "".join((folder / name).read_text("utf-8") for name in _STYLES)
    return _PAGE.format(
        styles=styles, width=WIDTH, height=HEIGHT, mark=mark(found),
        picture=draw(found, lambda layer: None),
    )  # fmt: skip


def source(html: str) -> bytes:
    """Return the PNG chunk that records which page it was drawn from."""
    digest = hashlib.sha256(html.encode()).hexdigest()
    body = b"tEXtSource\0" + digest.encode()
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def photograph(html: str) -> bytes:
    """Return the page as a PNG that records its source.

    :raises RuntimeError: if this machine has no Chromium.
    """
    # Only this command needs it: a build of the pages has no browser.
    from playwright.sync_api import sync_playwright

    path = chromium.find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        view.set_content(html)
        png = view.screenshot()
        browser.close()
    return png[:_HEADER_END] + source(html) + png[_HEADER_END:]


if __name__ == "__main__":
    file, html = Path(sys.argv[1]), page(Path())
    if not file.exists() or source(html) not in file.read_bytes():
        file.write_bytes(photograph(html))
