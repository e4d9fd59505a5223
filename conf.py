"""Sphinx configuration: sphinx-build -c . docs build/html."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent / "src"))

project = "Hookbook"
author = "The Hookbook authors"
project_copyright = "The Hookbook authors"

extensions = [
    "myst_parser",
    "sphinx_copybutton",
    "sphinxext.opengraph",
    "notfound.extension",
    "hookbook.site",
    "hookbook.site.assets",
    "hookbook.site.inventories",
]

source_suffix = {".md": "markdown"}
exclude_patterns = ["_*"]
nitpicky = True
highlight_language = "text"
templates_path = ["docs/_templates"]

myst_enable_extensions = ["colon_fence", "deflist", "attrs_block", "attrs_inline"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "Hookbook"
html_baseurl = os.environ.get("HOOKBOOK_URL", "https://hookbook.readthedocs.io/")
html_static_path = ["docs/_static"]
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_domain_indices = False
html_permalinks_icon = "#"
# After Furo, before the stylesheets of the directives.
html_css_files = [("hookbook.css", {"priority": 400})]
html_favicon = "docs/_static/icon.svg"
hookbook_require_description = True
# Where readers find the source: pages that speak of a clone link to it.
hookbook_repository = os.environ.get("HOOKBOOK_REPOSITORY", "")
hookbook_claims = "docs/_data/claims.toml"
hookbook_style = "docs/_data/style.toml"

epub_basename = "hookbook"
epub_description = "Flask's request callbacks, shown by running them."
epub_identifier = html_baseurl
epub_scheme = "URL"
epub_show_urls = "no"
epub_tocdepth = 5
epub_tocscope = "includehidden"
epub_uid = "hookbook"

# Left out where no Python for the reader's browser was made.
hookbook_runner_pages = ["playground"]

# The "not found" page is served for any address: its links start at the root.
notfound_template = "404.html"
notfound_urls_prefix = urlsplit(html_baseurl).path

ogp_site_url = html_baseurl
ogp_site_name = project
ogp_social_cards = {"enable": False}
ogp_image = "_static/card.png"
ogp_enable_meta_description = False

copybutton_selector = (
    "div:is(.highlight-python, .highlight-console)"
    " pre:not(.hb-choice-code pre, .hb-evidence pre)"
)
