"""What the search is told of the pages, and which synonyms it refuses."""

import json
import re
from warnings import catch_warnings, simplefilter

import pytest
from sphinx.deprecation import RemovedInSphinx11Warning

from hookbook.site.search import asked, synonyms
from hookbook.site.search.index import OF_TITLE
from tests.project import CLAIMS, Project

PAGE = """\
---
description: About pages.
---

# A page

What is said first.{proof}`test_known`

(a-place)=
## A part of it

Some words, and some more words.

| It says |
|---|
| Words in a table |

### Deeper, with `url_for`

```{trace} good/hello
```

```{quiz}
- question: What is printed?
  snippet: good/hello
  computed: output
  choices:
  - answer: Bye
    why: That is the other one.
  - answer: Hello
    why: The view returns it.
```
"""
ERRORS = """\
# A list

```{paste-error}
| It says | Look at |
|---|---|
| {produced}`good/hello output` | [a part](page.md#a-place) |
| {produced}`good/visits output line 1` | [the page](page.md) |
```
"""
SYNONYMS = '[[synonym]]\nsays = ["bits", "a bit"]\nmeans = ["part", "url_for"]\n'
ASKED = """\
[headings]
"Gets" = ["arguments"]

[questions]
"page" = ["what is a page"]
"page#a-place" = ["where is the bit", "no bits"]
"""
GETS = "# A callback\n\n## Gets\n\nNothing.\n"
FIELDS = (
    "page", "anchor", "title", "above", "description", "text", "words", "names",
    "messages", "weight", "asked",
)  # fmt: skip
LINKS = """\
# Only links

A list of them.

| What | Where |
|---|---|
| a part | [there](page.md#a-place) |
| the page | [here](page.md) |

## Words

- a part: [there](page.md#a-place)
- words
- more words

## Links

- [there](page.md#a-place)
- [here](page.md)

## A table that tells something

| What | Where | Why |
|---|---|---|
| a part | [there](page.md#a-place) | it's a part |
| the page | [here](page.md) | it's whole |
"""


def index(built):
    text = built.text("searchindex.js")
    whole = json.loads(text.removeprefix("globalThis.hookbookIndex=").rstrip(";\n"))
    assert whole["sections"] == []
    return {**whole, "sections": list(zip(*whole["columns"], strict=True))}


def found(built, page):
    """Return what the index has of a page, by the anchor."""
    whole = index(built)
    told = [dict(zip(FIELDS, one, strict=True)) for one in whole["sections"]]
    return {anchor(one): one for one in told if whole["pages"][one["page"]][0] == page}


def anchor(section):
    """Return a section's anchor; of a plain title it is made by the search's script."""
    made = "-".join(re.findall("[a-z0-9]+", section["title"].lower()))
    return made if section["anchor"] == OF_TITLE else section["anchor"]


def copy(root):
    """Return the fixture with pages of its own."""
    project = Project.copy("passing", root)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    project.write("docs/page.md", PAGE)
    project.write("docs/errors/index.md", "# Errors\n\n## No such thing: x\n\nNo.\n")
    project.write("docs/list.md", ERRORS)
    project.write("docs/links.md", LINKS)
    project.write("docs/_data/synonyms.toml", SYNONYMS)
    project.write("docs/_data/asked.toml", ASKED)
    project.write("docs/reference/index.md", GETS)
    text = (root / "docs" / "index.md").read_text("utf-8")
    project.write(
        "docs/index.md",
        f"{text}\n```{{toctree}}\npage\nlist\nlinks\nerrors/index\nreference/index\n```\n",
    )
    return project


def build(project, **how):
    with catch_warnings():
        # MyST resolves links to pages in a deprecated way.
        simplefilter("ignore", RemovedInSphinx11Warning)
        return project.build(**how)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build the pages, without a warning."""
    built = build(copy(tmp_path_factory.mktemp("search")))
    assert built.warnings == []
    return built


@pytest.fixture
def project(tmp_path):
    return copy(tmp_path)


def test_sections_are_told_with_title_place_and_words(built):
    page = found(built, "page.html")
    assert list(page) == ["", "a-place", "deeper-with-url-for"]
    assert page[""]["title"] == "A page"
    assert page[""]["description"] == "About pages."
    assert page[""]["text"] == "What is said first."
    assert page["a-place"]["above"] == page["a-place"]["description"] == ""
    assert page["a-place"]["text"].split("\n") == [
        "Some words, and some more words.",
        "It says",
        "Words in a table",
    ]
    assert page["a-place"]["words"] == ""
    deeper = page["deeper-with-url-for"]
    assert (deeper["title"], deeper["above"]) == (
        "Deeper, with url_for",
        "A part of it",
    )
    assert "after_request" in deeper["names"].split()


def test_no_mark_is_told_and_the_names_of_its_tests_are(built):
    page = found(built, "page.html")
    assert page[""]["words"] == "known"
    assert "claim" not in json.dumps(page)


def test_a_section_that_only_lists_links_weighs_less(built):
    weights = {
        anchor: one["weight"] for anchor, one in found(built, "links.html").items()
    }
    lists = {anchor for anchor, weight in weights.items() if weight < 1}
    assert lists == {"", "links"}
    assert len(weights) == 4
    assert found(built, "page.html")["a-place"]["weight"] == 1


def test_answers_of_questions_are_not_told(built):
    told = json.dumps(found(built, "page.html"))
    assert "printed" in told
    assert "bye" not in told.lower()
    assert "other one" not in told


def test_a_proof_is_told_with_its_name_and_no_source(built):
    whole = index(built)
    ((page, names),) = whole["proofs"]
    assert whole["pages"][page][0] == "proofs/test-claims.html"
    assert names == "known"
    assert list(found(built, "proofs/test-claims.html")) == [""]
    kinds = {address: kind for address, _, kind, _ in whole["pages"]}
    assert kinds["proofs/test-claims.html"] == "proof"
    assert kinds["errors/index.html"] == "error"
    assert kinds["page.html"] == "guide"


def test_a_proof_that_readers_ask_for_keeps_its_questions(project):
    place = '[questions]\n"proofs/test-claims#test_known" = ["is it known"]\n'
    project.write("docs/_data/asked.toml", place)
    built = build(project)
    told = found(built, "proofs/test-claims.html")["test_known"]
    assert (told["title"], told["asked"]) == ("Know.", ["is it known"])
    assert index(built)["proofs"] == []


def test_errors_lead_to_their_sections(built):
    whole = index(built)
    named = {
        message: (
            whole["pages"][one[0]][0],
            anchor(dict(zip(FIELDS, one, strict=True))),
        )
        for message, place in whole["errors"]
        for one in [whole["sections"][place]]
    }
    assert named == {
        "No such thing: x": ("errors/index.html", "no-such-thing-x"),
        "Hello": ("page.html", "a-place"),
        "first": ("page.html", ""),
    }


def test_a_page_that_is_gone_is_forgotten(project):
    assert "page.html" in {page[0] for page in index(build(project))["pages"]}
    (project.root / "docs" / "page.md").unlink()
    project.write("docs/list.md", "# A list\n\nNone.\n")
    assert "page.html" not in {page[0] for page in index(build(project))["pages"]}


def test_readers_in_parallel_tell_the_same(project):
    alone = build(project).text("searchindex.js")
    for number in range(12):
        project.write(f"docs/more{number}.md", f"---\norphan: true\n---\n# M{number}\n")
    parallel = build(project, parallel=2).text("searchindex.js")
    assert alone != parallel
    assert build(project, parallel=2).text("searchindex.js") == parallel


def test_lines_of_errors_are_messages_and_others_are_not(project):
    code = "``KeyError: 'a b'``, ``KeyError``, ``a : b``, ``ValueError: no such key``"
    project.write("docs/list.md", f"# A list\n\n{code.replace('``', '`')}\n")
    built = build(project)
    assert found(built, "list.html")[""]["messages"] == [
        "KeyError: 'a b'",
        "ValueError: no such key",
    ]


def test_synonyms_are_told_to_the_page(built):
    assert index(built)["synonyms"] == [[["bits", "a bit"], ["part", "url_for"]]]


@pytest.mark.canary
def test_a_synonym_of_nothing_is_a_warning(project):
    project.write("docs/_data/synonyms.toml", SYNONYMS.replace("url_for", "unheard"))
    (warning,) = build(project).warnings
    assert warning == (
        "docs/_data/synonyms.toml:1: WARNING: no page has 'unheard', which should be"
        " found: name what pages say [hookbook.search]"
    )


@pytest.mark.canary
@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[[synonym]\n", 1, "not TOML"),
        ('\n[[synonym]]\nsays = ["a"]\n', 2, "'means' is a list of phrases"),
        ('[[synonym]]\nsays = []\nmeans = ["b"]\n', 1, "'says' is a list of phrases"),
        ('[[synonym]]\nsays = [" "]\nmeans = ["b"]\n', 1, "something that is no"),
        ('[[synonym]]\nsays = ["a"]\nmeans = ["b"]\nso = 1\n', 1, "nothing else"),
        (SYNONYMS + SYNONYMS, 4, "'bits' is in line 1 already"),
        ('[[ synonym ]]\nsays = ["a"]\nmeans = ["b"]\n', 1, "begin each table"),
    ],
)
def test_a_file_of_synonyms_that_is_wrong_is_refused(tmp_path, text, line, message):
    path = tmp_path / "synonyms.toml"
    path.write_text(text)
    with pytest.raises(synonyms.SynonymError, match=message) as caught:
        synonyms.read(path)
    assert caught.value.line == line


@pytest.mark.canary
def test_a_wrong_file_is_a_warning_of_the_build(project):
    project.write("docs/_data/synonyms.toml", "synonym = 1\n")
    (warning,) = build(project).warnings
    assert warning.startswith("docs/_data/synonyms.toml:1: WARNING: ")


def test_questions_are_told_with_the_place_that_answers_them(built):
    asked = {anchor: one["asked"] for anchor, one in found(built, "page.html").items()}
    assert asked[""] == ["what is a page"]
    assert asked["a-place"] == ["where is the bit", "no bits"]
    assert sum(len(one) for one in asked.values()) == 3
    assert index(built)["headings"] == {"Gets": ["arguments"]}


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("page#a-place", "page#gone", 6), ('"page"', '"away"', 5), ("Gets", "Takes", 2)],
)
def test_a_question_of_no_place_is_a_warning(project, old, new, line):
    assert old in ASKED
    project.write("docs/_data/asked.toml", ASKED.replace(old, new))
    (warning,) = build(project).warnings
    named = new.strip('"')
    assert warning == (
        f"docs/_data/asked.toml:{line}: WARNING: there is no '{named}': name a section"
        " of today [hookbook.search]"
    )


@pytest.mark.canary
@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[questions\n", 1, "not TOML"),
        ("[asked]\n", 1, "'asked' is none of its tables"),
        ('[questions]\n"a" = []\n', 2, "'a' has a list of phrases"),
        ('[questions]\n"a" = "b"\n', 2, "'a' has a list of phrases"),
        ('[questions]\n"a" = [" "]\n', 2, "'a' has a list of phrases"),
        ('[headings]\n"a" = ["b", "b"]\n', 2, "'a' has a phrase twice"),
        ('[headings]\na = ["b"]\n', 1, "begin a line with 'a' in double quotes"),
    ],
)
def test_a_file_of_questions_that_is_wrong_is_refused(tmp_path, text, line, message):
    path = tmp_path / "asked.toml"
    path.write_text(text)
    with pytest.raises(asked.AskedError, match=message) as caught:
        asked.read(path)
    assert caught.value.line == line


@pytest.mark.canary
def test_a_wrong_file_of_questions_is_a_warning_of_the_build(project):
    project.write("docs/_data/asked.toml", "asked = 1\n")
    (warning,) = build(project).warnings
    assert warning.startswith("docs/_data/asked.toml:1: WARNING: 'asked' is none")
