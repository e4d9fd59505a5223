"""Explaining: a recording in words (`words.label`), and as nodes (`views.section`).

Knows recordings and docutils.
"""

__all__ = ["boxes", "findings", "not_run", "parts", "views", "words"]
