"""The corpus: snippets (`snippets.load`, `runs.run`), tasks, and what tests prove.

`proofs.find` knows the behaviour tests, `evidence.read` their results on other
versions of Flask, `figures.read` what was measured. Knows recordings and files.
"""

__all__ = ["answers", "evidence", "figures", "proofs", "runs", "snippets", "tasks"]
