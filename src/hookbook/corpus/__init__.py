"""The corpus: snippets (`snippets.load`, `runs.run`), tasks, and what tests prove.

`proofs.find` finds behaviour tests, `evidence.read` reads their results on other
versions of Flask, `figures.read` the measurements. Depends on recordings and files.
"""

__all__ = ["answers", "evidence", "figures", "proofs", "runs", "snippets", "tasks"]
