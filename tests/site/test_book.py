"""The book: chapters without scripts, answers at their ends, the same bytes."""

import zipfile
from xml.etree import ElementTree

import pytest

from hookbook.site.book import check
from hookbook.site.book.check import XHTML
from tests.project import FIXTURES, Project

CLAIMS = '''"""Claims."""


def test_known():
    """Hooks run in reverse.

    Question: In which order do hooks run?
    """
    assert len(__name__) > 1
'''
MORE = """

## A task

```{task} some_tasks/good
goal: Send a *greeting*.
hints:
- Look at the hook.
- Its `header` has a name.
why: The name is right.{proof}`test_known`
```

## Cards

```{cards}
test_known
```

See [the proofs](proofs/index.md) and [the first](traces.md).
"""
BOOK = {
    "hookbook_book": True,
    "hookbook_runner_pages": ["playground"],
    "epub_show_urls": "no",
    "epub_uid": "fixture",
    "epub_identifier": "https://example.com/",
    "epub_description": "A fixture.",
    "epub_author": "nobody",
    "epub_contributor": "nobody",
    "epub_publisher": "nobody",
    "epub_basename": "fixture",
    "epub_tocscope": "includehidden",
}

pytestmark = pytest.mark.filterwarnings(
    "ignore:'myst_parser.sphinx_ext.myst_refs:"
    "sphinx.deprecation.RemovedInSphinx11Warning"
)


def copy(folder):
    project = Project.copy("passing", folder)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    for name in "good", "good_start":
        path = f"snippets/some_tasks/{name}.py"
        project.write(path, (FIXTURES / "failing" / path).read_text("utf-8"))
    page = project.root / "docs" / "other.md"
    page.write_text(page.read_text("utf-8") + MORE, "utf-8")
    project.write("docs/playground.md", "# Play\n\n```{playground} good/hello\n```\n")
    return project


def make(folder):
    """Build the book of the fixture; return where it is."""
    built = copy(folder).build("epub", **BOOK)
    assert built.warnings == []
    return built.app.outdir / "fixture.epub"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1767225600")
        yield make(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def chapters(book):
    with zipfile.ZipFile(book) as packed:
        return {
            name: ElementTree.fromstring(packed.read(name))
            for name in packed.namelist()
            if name.endswith(".xhtml")
        }


def words(element):
    return " ".join("".join(element.itertext()).split())


def every(tree, tag, css_class=""):
    return [
        element
        for element in tree.iter(f"{XHTML}{tag}")
        if not css_class or css_class in (element.get("class") or "").split()
    ]


def in_order(text, parts):
    place = 0
    for part in parts:
        place = text.find(part, place)
        assert place >= 0, part
        place += len(part)


def test_nothing_is_wrong_with_the_book(book):
    assert check.problems(book) == []


def test_it_has_the_pages_but_for_proofs_and_playground(chapters):
    assert set(chapters) == {
        f"{name}.xhtml"
        for name in ("index", "nav", "other", "quiz", "snippets", "traces")
    }
    assert "the proofs and the first" in words(chapters["other.xhtml"])


def test_a_trace_is_the_list_of_its_steps(chapters):
    page = chapters["traces.xhtml"]
    steps = ["Request starts", "View", "Response created", "after_request hook"]
    first, *rest = every(page, "section", "hb-trace")
    (flow,) = every(first, "ol", "hb-flow")
    in_order(words(flow), [step for step in steps if step in words(flow)])
    assert len(every(flow, "li")) >= 5
    assert "response.headers" in " ".join(map(words, every(flow, "p", "hb-changes")))
    assert every(page, "table") == []
    (see,) = every(rest[0], "p", "hb-see")
    assert words(see) == "Its steps are listed above"
    assert every(see, "a")[0].get("href") == f"#{first.get('id')}"


def test_no_listing_stands_twice_in_a_chapter(chapters):
    codes = [words(e) for e in every(chapters["traces.xhtml"], "div", "hb-code")]
    assert len(codes) == len(set(codes)) >= 2


def test_captions_are_kept(chapters):
    captions = [words(e) for e in every(chapters["snippets.xhtml"], "figcaption")]
    assert len(captions) == 3
    assert all("snippets/good/" in caption for caption in captions)


def test_answers_are_at_the_end_of_the_chapter(chapters):
    page = chapters["quiz.xhtml"]
    text = words(page)
    parts = ["What does", "Bye", "Hello", "Answer", "Is this", "It is not."]
    ends = ["Answers", "Question 1", "Hint", "Answer", "No.", "Right.", "Question 4"]
    in_order(text, parts + ends)
    assert "Right." not in text.partition("Answers")[0]
    assert len(every(page, "div", "hb-solved")) == 4
    for number, question in enumerate(every(page, "div", "hb-question"), start=1):
        (link,) = every(question, "a")
        assert link.get("href") == f"#answer-{number}"
        assert question.get("id") == f"question-{number}"


def test_tasks_and_cards_have_their_answers_there_too(chapters):
    before, _, after = words(chapters["other.xhtml"]).partition("Answers")
    in_order(before, ["Send a greeting", "Hints and solution", "In which order"])
    in_order(after, ["A task", "Hint 1", "Hint 2", "Solution", "The name is right."])
    in_order(after, ["In which order do hooks run?", "Hooks run in reverse."])
    assert "The name is right." not in before
    assert "Hooks run in reverse." not in before


def test_code_has_colours_of_a_light_style(book):
    with zipfile.ZipFile(book) as packed:
        style = packed.read("_static/pygments.css").decode()
        names = packed.namelist()
    assert ".highlight .k {" in style
    assert "background: #ffffff" in style.lower()
    assert [name for name in names if name.endswith((".js", ".py"))] == []


def test_the_same_sources_give_the_same_bytes(book, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert make(tmp_path / "deep" / "er").read_bytes() == book.read_bytes()


@pytest.mark.canary
def test_a_book_of_the_pages_of_a_site_is_refused(tmp_path):
    with pytest.raises(Exception, match="build it with 'make epub'"):
        copy(tmp_path).build("epub")
