"""Explaining: a recording in words (`words.label`), and as nodes (`views.section`).

`not_run.not_run` says what was not called, and why; `findings.findings` lists known
mistakes. `markup.html` writes the nodes where there is no Sphinx, as in a report.
Knows recordings and docutils.
"""

__all__ = [
    "boxes", "curl", "findings", "markup", "not_run", "parts", "picture", "reasons",
    "views", "words",
]  # fmt: skip
