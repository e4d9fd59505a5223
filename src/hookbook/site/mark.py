"""``python -m hookbook.site.mark FILE`` draws the site's logo from a run.

It is the run of the picture on the site's first page.
"""

import sys
from pathlib import Path

from hookbook.corpus import runs
from hookbook.explain.picture import layers, mark

SNIPPET = "lifecycle/show_order"


def draw(snippets: Path) -> str:
    """Return the logo as SVG.

    :param snippets: the folder of the snippets.
    :raises hookbook.corpus.snippets.SnippetError: if the snippet cannot be run.
    :raises ValueError: if its layers can't be drawn as a logo.
    """
    _, run = runs.run(snippets, SNIPPET)
    return mark(layers(run.traces[0]))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(draw(Path("snippets")), encoding="utf-8")
