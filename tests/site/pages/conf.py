"""The least that the extension needs."""

extensions = ["myst_parser", "hookbook.site"]
project = "Fixture"
version = "1"
copyright = "nobody"
html_theme = "basic"
myst_enable_extensions = ["colon_fence", "deflist", "attrs_block", "attrs_inline"]
highlight_language = "text"
