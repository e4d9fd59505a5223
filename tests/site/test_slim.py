"""Furo's stylesheet keeps what the pages use, and nothing else."""

import os
import re
from pathlib import Path

import furo
import pytest

from hookbook.site.theme import slim

CSS = (
    "body{color:red;--a:1;--icon-b:url('data:x;y');--c:var(--a)}"
    ".used,.gone>.used{margin:0}"
    ".gone{margin:1px}"
    "#main p{margin:2px}"
    ".used:not(.gone){margin:3px}"
    "@media print{.gone{margin:4px}.used{margin:5px}}"
    "@media (width>1px){.gone{margin:6px}}"
    "@font-face{font-family:x}"
    ".made-by-script{margin:7px}"
)
KEPT = (
    "body{color:red;--a:1;--icon-b:url('data:x;y');--c:var(--a)}"
    ".used{margin:0}"
    "#main p{margin:2px}"
    ".used:not(.gone){margin:3px}"
    "@media print{.used{margin:5px}}"
    "@font-face{font-family:x}"
    ".made-by-script{margin:7px}"
)
NAMES = {"used", "main"}
SCRIPT = 'element.className = "made-by-script";'


def test_rules_that_can_match_are_kept():
    assert slim.matching(CSS, NAMES, SCRIPT) == KEPT


def test_names_are_the_classes_and_ids_of_the_pages():
    page = '<p class="a b" id="c"><div class="b d">'
    assert slim.names_in(page) == {"a", "b", "c", "d"}


def test_a_page_that_has_changed_is_read_again(tmp_path):
    root, notes = tmp_path / "html", tmp_path / "notes.json"
    root.mkdir()
    for name in "used", "main":
        (root / f"{name}.html").write_text(f'<p class="{name} other">')
    assert slim.used(root, CSS, notes) == {"used", "main"}
    (root / "used.html").write_text('<p class="gone">')
    os.utime(root / "used.html", (1, 1))
    assert slim.used(root, CSS, notes) == {"gone", "main"}
    (root / "main.html").unlink()
    assert slim.used(root, CSS, notes) == {"gone"}
    assert slim.used(root, ".other{margin:0}", notes) == set()
    notes.write_text("no JSON")
    assert slim.used(root, CSS, notes) == {"gone"}


def test_properties_that_nothing_asks_for_go():
    css = slim.without_unused_properties(KEPT, ".x{color:var(--c)}")
    assert css.startswith("body{color:red;--a:1;--c:var(--a)}.used")


def names(site):
    return slim.names_in("".join(p.read_text("utf-8") for p in site.rglob("*.html")))


@pytest.mark.canary
def test_every_class_of_the_site_keeps_its_rules(site):
    """By another way: each selector of the original whose names are all there."""
    root = Path(furo.__file__).parent / "theme/furo/static/styles/furo.css"
    whole = root.read_text("utf-8")
    slimmed = (site / slim.STYLESHEET).read_text("utf-8")
    assert len(slimmed) < 0.7 * len(whole)
    words = names(site)
    simple = set(re.findall(r"[{},]\.([\w-]+)(?=[{,])", whole))
    used = simple & words
    assert len(used) >= 15
    for name in used:
        assert re.search(rf"\.{name}(?![\w-])", slimmed), name


def test_a_second_build_gives_the_same_stylesheet(site):
    before = (site / slim.STYLESHEET).read_text("utf-8")
    scripts = "".join(path.read_text("utf-8") for path in site.rglob("_static/**/*.js"))
    assert slim.matching(before, names(site), scripts) == before
