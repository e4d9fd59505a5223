"""Where code cannot run there is no playground, and no trace of one."""

import json
import re
from pathlib import Path

import pytest

from tests.browser.interactive import LOOK
from tests.project import Project

# MyST 5.2 looks up links to pages in a way that Sphinx will give up.
pytestmark = pytest.mark.filterwarnings(
    "ignore:'myst_parser.sphinx_ext.myst_refs:"
    "sphinx.deprecation.RemovedInSphinx11Warning"
)

DOCS = Path(__file__).parents[2] / "docs"
ASSETS = "build/assets/0123456789abcdef/about.json"
INDEX = """\
# Home

- [Playground](playground.md)
  Paste your app. {minutes}`playground`
- [Other](other.md)
  Read.

Or go to [the place to play](playground.md), or to {doc}`the place </playground>`.

1. [Only this](playground.md#what-to-do)

```{toctree}
snippets
Play <playground>
traces
other
quiz
proofs/index
```
"""
PAGE = (
    "# Playground\n\nWibble.\n\n```{playground} good/hello\n```\n\n"
    "## What to do\n\nPlay.\n"
)
SYNONYMS = """\
[[synonym]]
page = "playground"
says = ["sandbox"]
means = ["wibble"]

[[synonym]]
says = ["something else"]
means = ["other"]
"""
OPTIONS = {
    **LOOK,
    "hookbook_runner_pages": ["playground"],
    "html_baseurl": "https://example.com/",
    "html_use_index": False,
    "html_copy_source": False,
    "myst_heading_anchors": 2,
}


@pytest.fixture
def project(tmp_path):
    project = Project.copy("passing", tmp_path)
    claims = '"""Claims."""\n\n\ndef test_known():\n    """Know."""\n'
    project.write("tests/behaviour/test_claims.py", claims)
    project.write("docs/playground.md", PAGE)
    project.write("docs/index.md", INDEX)
    project.write("docs/_data/synonyms.toml", SYNONYMS)
    return project


def offer(project):
    project.write(ASSETS, '{"megabytes": 9, "extensions": {}}')


def mentions(built):
    """Name the files of the site, other than styles and scripts, that know of it."""
    known = []
    for path in sorted(built.app.outdir.rglob("*")):
        name = path.relative_to(built.app.outdir).as_posix()
        if path.is_file() and not name.startswith(("_static/", ".", "objects.inv")):
            # An index that was built before keeps words of which no page is left.
            text = re.sub(rb'"\w+":\[\]', b"", path.read_bytes())
            if b"wibble" in text.lower() or b"playground" in text.lower():
                known.append(name)
    return known


def indexed(built):
    index = built.text("searchindex.js").removeprefix("globalThis.hookbookIndex=")
    addresses = [page[0] for page in json.loads(index.rstrip(";\n"))["pages"]]
    return [address.removesuffix(".html") for address in addresses]


def test_without_assets_nothing_leads_to_the_page(project):
    built = project.build(**OPTIONS, nitpicky=True)
    assert built.warnings == []
    assert mentions(built) == []
    assert "other" in indexed(built)
    assert "playground" not in indexed(built)
    index = " ".join(re.sub(r"<[^>]+>", "", built.text("index.html")).split())
    assert "Or go to the place to play, or to the place." in index
    assert "Only this" not in index
    assert "<ol" not in built.text("index.html").partition("<article")[2]
    assert 'href="playground' not in built.text("index.html")


def test_neighbours_skip_it(project):
    built = project.build(**OPTIONS)
    relations = built.app.env.collect_relations()
    assert relations["snippets"][2] == "traces"
    assert relations["traces"][1] == "snippets"


def test_with_assets_it_is_a_page_as_any(project):
    offer(project)
    built = project.build(**OPTIONS, nitpicky=True)
    assert built.warnings == []
    known = mentions(built)
    assert {"index.html", "playground.html", "searchindex.js", "sitemap.xml"} <= {
        *known
    }
    assert "Play" in built.text("traces.html")
    assert "playground" in indexed(built)


def test_assets_that_come_later_bring_it_and_gone_ones_take_it_away(project):
    project.build(**OPTIONS)
    offer(project)
    built = project.build(**OPTIONS)
    assert "playground" in built.read
    assert built.warnings == []
    with_it = {name: built.text(name) for name in mentions(built)}
    assert "playground.html" in with_it
    fresh = Project(project.root)
    (project.root / ASSETS).unlink()
    (project.root / ASSETS).parent.rmdir()
    built = fresh.build(**OPTIONS)
    assert built.warnings == []
    assert mentions(built) == []
    offer(project)
    again = project.build(**OPTIONS)
    assert {name: again.text(name) for name in mentions(again)} == with_it


def test_a_build_in_which_nothing_changed_reads_nothing(project):
    project.build(**OPTIONS)
    built = project.build(**OPTIONS)
    assert built.read == []
    assert built.written == []


def test_what_the_search_takes_for_the_page_goes_with_it(project):
    def told():
        built = project.build(**OPTIONS)
        assert built.warnings == []
        index = built.text("searchindex.js").removeprefix("globalThis.hookbookIndex=")
        return json.loads(index.rstrip(";\n"))["synonyms"]

    other = [["something else"], ["other"]]
    assert told() == [other]
    offer(project)
    assert told() == [[["sandbox"], ["wibble"]], other]


def in_sentences(text):
    """Return the lines that lead to the playground, and would stay without it."""
    link = re.compile(r"[(`</]playground(?:\.md)?(?:#[\w-]+)?[)>]")
    return [
        line
        for line in text.splitlines()
        if link.search(line) and not re.match(r"- \[[^]]*\]\([./]*playground\.md", line)
    ]


def test_only_list_items_of_the_site_lead_there():
    texts = {path: path.read_text("utf-8") for path in DOCS.rglob("*.md")}
    assert sum("playground.md" in text for text in texts.values()) >= 3
    assert {str(path): in_sentences(text) for path, text in texts.items()} == {
        str(path): [] for path in texts
    }


@pytest.mark.canary
@pytest.mark.parametrize(
    "line",
    [
        "Step through it in the [playground](../playground.md).",
        "See {doc}`the place </playground>`.",
        "- Or see the [playground](playground.md#what-is-kept).",
    ],
)
def test_a_sentence_that_leads_there_is_found(line):
    assert in_sentences(f"- [Playground](../playground.md): step.\n{line}\n") == [line]


@pytest.mark.canary
def test_a_link_to_a_page_that_is_nowhere_is_refused(project):
    other = project.root / "docs" / "other.md"
    other.write_text(f"{other.read_text()}\n[Gone](playground2.md)\n")
    built = project.build(**OPTIONS)
    assert any("playground2" in warning for warning in built.warnings)


@pytest.mark.canary
def test_a_table_of_contents_that_names_an_excluded_page_is_refused(project):
    built = project.build(**OPTIONS, exclude_patterns=["_*", "other.*"])
    assert any("excluded document 'other'" in warning for warning in built.warnings)
