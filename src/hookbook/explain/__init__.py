"""Explaining: a recording in words (`words.label`), and as nodes (`views.section`).

`markup.html` writes the nodes where there is no Sphinx, as in a reader's browser.
Knows recordings and docutils.
"""

__all__ = ["boxes", "findings", "markup", "not_run", "parts", "views", "words"]
