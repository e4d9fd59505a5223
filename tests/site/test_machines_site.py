"""The whole site as programs read it: every page, every block of code, every link."""

import json
import pickle
import re

import html5lib
import pytest
from docutils import nodes
from markdown_it import MarkdownIt

from hookbook.explain.boxes import box

BASE = "https://hookbook.readthedocs.io/"
MARKUP = re.compile(r"\{\{|\*\*|\]\(|`|\bhb-|^\s*:{3}", re.M)


def tokens(markdown):
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    for token in parser.parse(markdown):
        yield token
        yield from token.children or []


@pytest.fixture(scope="module")
def pages(site):
    """The tokens of each page's Markdown, by its name."""
    return {
        path.relative_to(site).with_suffix("").as_posix(): list(
            tokens(path.read_text("utf-8"))
        )
        for path in sorted(site.rglob("*.md"))
        if "_static" not in path.parts
    }


def test_every_page_is_there_and_listed_once(site, pages):
    doctrees = site.parent / "doctrees"
    names = {
        path.relative_to(doctrees).with_suffix("").as_posix()
        for path in doctrees.rglob("*.doctree")
    }
    assert len(names) >= 150
    assert set(pages) == names
    text = (site / "llms.txt").read_text("utf-8")
    listed = re.findall(rf"^- \[.+\]\({re.escape(BASE)}(\S+)\.md\): \S", text, re.M)
    assert sorted(listed) == sorted(names)
    headings = re.findall(r"^## (.+)$", text, re.M)
    assert len(headings) == len(set(headings)) >= 8
    whole = (site / "llms-full.txt").read_text("utf-8")
    for name in names:
        assert (site / f"{name}.md").read_text("utf-8") in whole, name


def test_each_block_of_code_is_that_of_the_page(site, pages):
    count = 0
    for name, found in pages.items():
        path = site.parent / "doctrees" / f"{name}.doctree"
        tree = pickle.loads(path.read_bytes())
        for file in [b for b in tree.findall(box) if "hb-file" in b["classes"]]:
            file.parent.remove(file)
        blocks = [block.astext() for block in tree.findall(nodes.literal_block)]
        told = [token.content for token in found if token.type == "fence"]
        assert sorted(block.removesuffix("\n") for block in blocks) == sorted(
            text.removesuffix("\n") for text in told
        ), name
        count += len(told)
    assert count >= 2000


def test_no_markup_is_left(pages):
    wrong = [
        (name, token.content)
        for name, found in pages.items()
        for token in found
        if token.type in {"html_block", "html_inline"}
        or (token.type == "text" and MARKUP.search(token.content))
    ]
    assert wrong == []


def test_links_within_the_site_lead_to_markdown_that_is_there(site, pages):
    links = {
        token.attrs["href"].partition("#")[0]
        for found in pages.values()
        for token in found
        if token.type == "link_open"
    }
    own = {link.removeprefix(BASE) for link in links if link.startswith(BASE)}
    assert [link for link in links if not re.match("https?://", link)] == []
    assert [link for link in own if not (site / link).is_file()] == []
    assert len([link for link in own if link.endswith(".md")]) >= 150


def test_each_head_says_what_its_page_is(site, pages):
    questions = {}
    for name in pages:
        html = (site / f"{name}.html").read_text("utf-8")
        tree = html5lib.parse(html, namespaceHTMLElements=False)
        kind = "application/ld+json"
        (script,) = (e for e in tree.iter("script") if e.get("type") == kind)
        (told,) = (e for e in tree.iter("meta") if e.get("name") == "description")
        page, *asked = json.loads(script.text)["@graph"]
        assert page["url"] == f"{BASE}{name}.html"
        assert page["headline"]
        assert page["description"] == told.get("content")
        questions[name] = sum(len(one["mainEntity"]) for one in asked)
    assert questions["errors/contexts"] >= 5
    assert questions["after-request/review"] >= 10
    assert sum(questions[name] for name in questions if name[:7] == "errors/") >= 28
    assert questions["reference/after-request"] == 0
