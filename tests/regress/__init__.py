"""Run the corpus against any Flask, and report what a page would say wrongly.

``python -m tests.regress 3.1.2``, or ``make regress FLASK=3.1.2``. Needs no Sphinx.
"""

import sys
from pathlib import Path

EXTENSION = str(Path(__file__).parents[2] / "src")
if EXTENSION not in sys.path:
    sys.path.append(EXTENSION)
