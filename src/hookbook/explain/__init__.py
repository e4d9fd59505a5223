"""Explain a recording in words (`words.label`) and as nodes (`views.section`).

`not_run.not_run` lists the functions that were not called, and why;
`findings.findings` lists known mistakes. `markup.html` writes the nodes without
Sphinx, for a report. Depends on recordings and docutils.
"""

__all__ = [
    "boxes", "curl", "findings", "markup", "not_run", "parts", "picture", "reasons",
    "views", "words",
]  # fmt: skip
