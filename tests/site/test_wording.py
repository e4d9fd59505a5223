"""How pages read: each rule of the style sheet is held to its own examples."""

from pathlib import Path

import pytest
import tomllib

from hookbook.site.policy import wording
from tests.project import CLAIMS, Project

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs" / "_data" / "style.toml"
WORDS = tomllib.loads(FILE.read_text(encoding="utf-8"))["word"]
SHEET = wording.sheet(FILE)
NAMED = {word["avoid"]: word for word in WORDS}
PAGE = "# A page\n\n```{snippet} good/hello\n```\n\n"
"""A page whose code comes first."""


def told(text):
    return [message for _, message in wording.in_text(text, SHEET)]


@pytest.mark.canary
@pytest.mark.parametrize("avoid", NAMED)
def test_each_rule_refuses_its_bad_example(avoid):
    (message,) = told(NAMED[avoid]["bad"])
    assert message.endswith(f"': write {NAMED[avoid]['instead']}")


@pytest.mark.parametrize("avoid", NAMED)
def test_each_rule_lets_its_good_example_pass(avoid):
    assert told(NAMED[avoid]["good"]) == []


def test_the_sheet_has_a_rule_for_every_row_of_the_style_guide():
    """Its words and shapes: these are the phrases of its table, one each."""
    phrases = (
        "an early answer", "it stands here", "the one behind it",
        "in front of the view",
        "the second pass", "the chain", "the round", "the stations", "goes without",
        "comes without a word", "Whoever wants it", "Who has read this", "nobody took",
        "it shall", "it is to be", "mostly", "dear", "the dearer one", "mend",
        "all the same", "so it is", "the very", "heirs", "two pairs of eyes",
        "the first day", "in their fingers", "a page elsewhere says",
        "some answers on the web", "This page is for you", "Afterwards you know",
    )  # fmt: skip
    assert [phrase for phrase in phrases if not told(phrase)] == []


@pytest.mark.canary
def test_a_long_sentence_is_refused_where_it_begins():
    long = " ".join(["word"] * (SHEET.sentence + 1))
    ((place, message),) = wording.in_text(f"One.\nTwo: three. {long}.\nEnd.", SHEET)
    assert place == len("One.\nTwo: three. ")
    assert message == (
        f"'word word word word ...' has {SHEET.sentence + 1} words, a sentence has at"
        f" most {SHEET.sentence}: write two"
    )
    assert told(" ".join(["word"] * SHEET.sentence) + ".") == []


@pytest.fixture
def project(tmp_path):
    project = Project.copy("passing", tmp_path)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    project.write("style.toml", FILE.read_text(encoding="utf-8"))
    return project


def refused(project, name, text):
    """Write a page into the fixture, and return what the style sheet says of it."""
    index = (project.root / "docs/index.md").read_text(encoding="utf-8")
    if name not in index:
        toctree = "```{toctree}\n"
        assert index.count(toctree) == 1
        project.write("docs/index.md", index.replace(toctree, f"{toctree}{name}\n"))
    project.write(f"docs/{name}.md", text)
    warnings = project.build("dummy", hookbook_style="style.toml").warnings
    told = [text for text in warnings if text.startswith(f"docs/{name}.md:")]
    start = len(f"docs/{name}.md:")
    return [text[start:].removesuffix(" [hookbook.policy]") for text in told]


@pytest.mark.canary
def test_a_word_is_refused_with_the_line_and_what_to_write(project):
    head = "---\ndescription: It shall be.\n---\n\n# It stands\n\n"
    text = f"{head}Fine.\nNot `dear`,\nbut dear.\n"
    assert refused(project, "page", text) == [
        "5: WARNING: 'stands': write is",
        "9: WARNING: 'dear': write expensive, slower",
        "1: WARNING: description: 'shall': write must, should",
    ]


@pytest.mark.canary
@pytest.mark.parametrize(
    "markup", ["- {}", "> {}", "| a |\n|---|\n| {} |", "```{{note}}\n{}\n```"]
)
def test_a_word_is_found_in_every_kind_of_block(project, markup):
    (warning,) = refused(project, "page", f"# A\n\n{markup.format('It shall.')}\n")
    assert "'shall': write must, should" in warning


def test_words_in_code_and_in_what_a_directive_made_are_nobodys_prose(project):
    text = f"{PAGE}Call `shall()`.\n\n```console\n$ cd dear\n```\n"
    assert refused(project, "page", text) == []


@pytest.mark.canary
@pytest.mark.parametrize(
    ("name", "most"),
    [("guide/index", 1200), ("guide/why", 1500), ("recipes/cors", 500),
     ("reference/hook", 700)],
)  # fmt: skip
def test_a_page_that_is_too_long_is_refused(project, name, most):
    line = "Four words of prose.\n"
    table = "\n| cells are no prose |\n|---|\n| at all |\n"
    assert refused(project, name, PAGE + line * (most // 4) + table) == []
    assert refused(project, name, PAGE + line * (most // 4 + 1) + table) == [
        f"1: WARNING: {most // 4 * 4 + 4} words of prose, at most {most}: cut, or split"
        " the page"
    ]


@pytest.mark.canary
def test_a_learn_page_whose_code_comes_late_is_refused(project):
    before = "Four words of prose.\n\n" * 21
    assert refused(project, "after-request/index", f"# A\n\n{before}{PAGE[10:]}") == [
        "43: WARNING: 84 words and no code yet, at most 80: begin with the answer and"
        " the code"
    ]
    assert refused(project, "guide/why", f"# B\n\n{before}{PAGE[10:]}") == []


@pytest.mark.canary
def test_more_links_than_a_reader_follows_are_refused(project):
    links = "".join(f"- [Link {n}](https://example.org/{n})\n" for n in range(4))
    assert refused(project, "page", f"# A\n\nText.\n\n## See also\n\n{links}") == [
        "5: WARNING: 4 links below 'See also', at most 3: keep those that a reader"
        " needs next"
    ]
