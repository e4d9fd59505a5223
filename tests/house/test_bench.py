"""What the benchmark compares with is plain, and covers what it says."""

import re
import subprocess
import sys

import pytest

from hookbook.corpus import runs
from hookbook.site import directives
from tests.bench import houses
from tests.bench.bare import BLOCK

GOOD = '''\
"""Greet.

.. testcode::

   print("Hello")

.. testoutput::
   :skipif: 1 + 1 == 2

   Goodbye

.. testoutput::

   Hello
"""
'''


def ours():
    """Name the directives that the site's extension brings."""

    class Collect:
        def __init__(self):
            self.names = {"proofs", "evidence"}

        def add_directive(self, name, *rest, **options):
            self.names.add(name)

        def __getattr__(self, name):
            return lambda *arguments, **options: None

    collect = Collect()
    directives.setup(collect)
    return collect.names


def left(text):
    """Name the directives of ours in a page."""
    fences = re.findall(r"^\s*[`:]{3,}\{([\w-]+)\}", text, re.MULTILINE)
    return ours() & set(fences)


def test_no_plain_page_has_a_directive_of_ours():
    pages = sorted((houses.ROOT / "docs").rglob("[!_]*.md"))
    texts = [page.read_text("utf-8") for page in pages]
    assert set().union(*map(left, texts)) >= {"snippet", "trace", "playground"}
    for page, text in zip(pages, texts, strict=True):
        assert left(houses.plain_page(text)) == set(), page
    assert len(pages) >= 20


@pytest.mark.canary
def test_a_directive_that_stays_is_seen(monkeypatch):
    monkeypatch.setattr(houses, "OURS", houses.OURS - {"playground"})
    text = (houses.ROOT / "docs" / "playground.md").read_text("utf-8")
    assert left(houses.plain_page(text)) == {"playground"}


def test_a_filled_house_has_made_up_pages_only(tmp_path):
    house = houses.fill(houses.copy_house(tmp_path), 3)
    pages = {
        path.relative_to(house / "docs").as_posix()
        for path in (house / "docs").rglob("*.md")
    }
    assert pages == {
        "index.md",
        "section-000/index.md",
        *(f"section-000/page-{number}.md" for number in range(3)),
    }
    snippets = [p.name for p in (house / "snippets").rglob("*.py") if p.stem[0] != "_"]
    assert sorted(snippets) == ["header_0.py", "header_1.py", "header_2.py"]


def bare(folder, text):
    folder.joinpath("snippets").mkdir()
    folder.joinpath("snippets", "greet.py").write_text(text)
    return subprocess.run(
        [sys.executable, houses.ROOT / "tests" / "bench" / "bare.py"],
        cwd=folder, capture_output=True, text=True,
    )  # fmt: skip


def test_the_bare_loop_runs_each_scenario(tmp_path):
    assert len(BLOCK.findall(GOOD)) == 3
    result = bare(tmp_path, GOOD)
    assert result.stdout == "1 scenarios\n", result.stderr


@pytest.mark.canary
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(GOOD.replace("   Hello\n", "   Hi\n"), id="wrong output"),
        pytest.param('"""Greet."""\n', id="no scenario"),
    ],
)
def test_the_bare_loop_refuses_what_does_nothing(tmp_path, text):
    result = bare(tmp_path, text)
    assert result.returncode != 0
    assert "AssertionError" in result.stderr


def test_the_bare_loop_runs_each_scenario_of_the_house():
    snippets = runs.names(houses.ROOT / "snippets")
    command = [sys.executable, "tests/bench/bare.py"]
    result = subprocess.run(command, cwd=houses.ROOT, capture_output=True, text=True)
    assert result.stdout == f"{len(snippets)} scenarios\n", result.stderr[-2000:]
    assert len(snippets) > 300
