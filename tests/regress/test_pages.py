"""Where pages say what a test proves, and show what a snippet does."""

import pickle
from collections import Counter
from pathlib import Path

from tests.regress import pages

ROOT = Path(__file__).parents[2]


PAGE = """# Title

A first sentence. The *second* one[^1],
over two lines.{proof}`test_a`{proof}`test_b`
A third: [a link](x.md#y) and {py:meth}`flask.Flask.run`, `code`.{proof}`test_a`

- In a list.{proof}`test_c`
- {produced}`topic/two output` it says.{proof}`test_c`

```{snippet} topic/one
```
:::{trace} topic/two
:::
"""


def test_pages_are_scanned(tmp_path):
    for name in "guide/page.md", "proofs/page.md", "_part/page.md":
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True)
        path.write_text(PAGE)
    found = pages.scan(tmp_path / "docs")
    said = {n: [(str(p), p.sentence) for p in where] for n, where in found.items()}
    second = ("docs/guide/page.md:4", "The *second* one[^1], over two lines.")
    third = "A third: a link and flask.Flask.run, code."
    assert said == {
        "test_a": [second, ("docs/guide/page.md:5", third.partition(": ")[2])],
        "test_b": [second],
        "test_c": [
            ("docs/guide/page.md:7", "In a list."),
            ("docs/guide/page.md:8", "topic/two output it says."),
        ],
        "topic/two": [("docs/guide/page.md:8", ""), ("docs/guide/page.md:12", "")],
        "topic/one": [("docs/guide/page.md:10", "")],
    }


def test_the_scan_finds_what_the_build_finds(site):
    with (site.parent / "doctrees" / "environment.pickle").open("rb") as file:
        usage = pickle.load(file).hookbook_usage
    built = Counter(
        (f"docs/{page}.md", claim.proof)
        for page, use in usage.items()
        for claim in use.claims
    )
    found = pages.scan(ROOT / "docs")
    assert built == Counter(
        (place.page, name)
        for name, where in found.items()
        for place in where
        if name.startswith("test_")
    )
    assert sum(built.values()) >= 100
    shown = set[str]().union(*(use.snippets for use in usage.values()))
    assert {name for name in found if "/" in name} == shown
