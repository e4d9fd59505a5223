"""A flashcard asks and answers with a test's own words."""

import html5lib
import pytest

from tests.project import Project

CLAIMS = '''"""Claims."""


def test_known():
    """Hooks run in reverse.

    Question: In which order do
    hooks run?
    """
'''
PAGE = "\n\n```{cards}\ntest_known\n```\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    project = Project.copy("passing", tmp_path_factory.mktemp("cards"))
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    page = project.root / "docs" / "other.md"
    page.write_text(page.read_text("utf-8") + PAGE, "utf-8")
    built = project.build()
    assert built.warnings == []
    return built


def test_a_card_is_closed_and_says_what_the_test_says(built):
    page = html5lib.parse(built.text("other.html"), namespaceHTMLElements=False)
    (card,) = page.iterfind(".//details[@class='hb-card']")
    assert card.get("open") is None
    assert card.find("summary").text.strip() == "In which order do hooks run?"
    answer = card.find("p")
    assert answer.text.startswith("Hooks run in reverse.")
    # No mark is in a card; the line below the section leads to the test.
    assert answer.find("sup") is None


def test_a_card_counts_as_a_claim_of_its_page(built):
    claims = built.app.env.hookbook_usage["other"].claims
    assert [claim.proof for claim in claims].count("test_known") >= 1
    assert "Hooks run in reverse." in [claim.sentence for claim in claims]


def test_other_builders_show_question_and_answer(tmp_path, built):
    project = Project(built.app.confdir)
    text = project.build("text").text("other.txt")
    assert "In which order do hooks run?\n\nHooks run in reverse." in text
