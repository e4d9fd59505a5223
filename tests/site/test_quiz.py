"""The right answer of a quiz is computed or proven; each choice is explained."""

from pathlib import Path

import html5lib
import pytest

from hookbook.corpus import runs
from hookbook.corpus.answers import computed
from tests.project import CLAIMS, Project, every, text

FIXTURES = Path(__file__).parent
RUN = FIXTURES / "pages" / "passing" / "snippets", "good/visits"


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ("output", "first\nsecond"),
        ("output line 2", "second"),
        ("calls", "look, index, remember"),
        ("calls of request 2", "look, index, remember"),
        ("g.again", "False"),
        ("g.again of request 2", "True"),
        ("response.status of request 1", "200 OK"),
        ("response.cookies[seen]", "yes"),
        ("response.headers[Content-Length]", "5"),
        ("request.endpoint", "index"),
    ],
)
def test_an_answer_is_computed(expression, answer):
    assert computed(runs.run(*RUN)[1], expression) == answer


@pytest.mark.canary
@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("the weather", "'the weather' cannot be computed"),
        ("", "'' cannot be computed"),
        ("output line 3", "the output has 2 lines"),
        ("output line 0", "the output has 2 lines"),
        ("calls of request 3", "the run has 2 requests"),
        ("g.nobody", r"'g\.nobody' never had a value"),
        ("response.headers[Nope]", "never had a value"),
    ],
)
def test_what_cannot_be_computed_is_refused(expression, message):
    with pytest.raises(ValueError, match=message):
        computed(runs.run(*RUN)[1], expression)


@pytest.fixture
def project(tmp_path):
    project = Project.copy("passing", tmp_path)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    return project


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Return the four questions of the page, as HTML."""
    project = Project.copy("passing", tmp_path_factory.mktemp("quiz"))
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    text = project.build().text("quiz.html")
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    (quiz,) = every(tree, "section", "hb-quiz")
    return every(quiz, "div", "hb-question")


def keys(build):
    return [node["data"]["data-key"] for node in build.find("quiz", "hb-question")]


def right(build):
    """Return, for each question, the place of the right choice."""
    return [
        [child["classes"] for child in reasons].index(["hb-right"])
        for reasons in build.find("quiz", "hb-reasons")
    ]


def test_a_quiz_shows_questions_choices_hints_and_reasons(asked):
    first, second, _, fourth = asked
    assert text(every(first, "div", "hb-question-text")[0]) == (
        "Question 1 What does it print?"
    )
    choices = every(first, "ol", "hb-choices")[0]
    assert [text(choice) for choice in choices] == ["Bye", "Hello"]
    assert all(choice.find("p/code") is not None for choice in choices)
    reasons = every(first, "ol", "hb-reasons")[0]
    assert [(text(reason), reason.get("class")) for reason in reasons] == [
        ("No. That is the other one.", "hb-wrong"),
        ("Right. The view returns it. Nothing changes it.", "hb-right"),
    ]
    (hint,) = every(first, "details", "hb-hint")
    assert text(hint) == "Hint Look at the view."
    assert every(second, "details", "hb-hint") == []
    assert text(every(fourth, "p", "hb-proof")[0]) == "Proven by test_known."


def test_the_disclosures_are_closed(asked):
    opened = [
        details.get("open")
        for question in asked
        for details in question.iter("details")
    ]
    assert opened == [None] * 5


def test_an_answer_of_several_lines_is_a_block(asked):
    first_choice = every(asked[1], "ol", "hb-choices")[0][0]
    assert "".join(first_choice.itertext()).strip() == "first\nsecond"


def test_the_key_changes_with_the_question(project):
    before = keys(project.build("dummy"))
    assert len(set(before)) == 4
    page = project.root / "docs" / "quiz.md"
    for old, new, expected in [
        ("Bye\n", "Ciao\n", [0]),
        ("for both requests?", "for the two requests?", [1]),
        ("That is the other one.", "No, that is another.", []),
        ("Look at the `view`.", "Look again.", []),
    ]:
        assert old in page.read_text()
        page.write_text(page.read_text().replace(old, new))
        after = keys(project.build("dummy"))
        changed = [n for n in range(4) if before[n] != after[n]]
        assert changed == expected, old
        before = after


def test_the_truth_is_computed_anew(project):
    assert right(project.build("dummy")) == [1, 0, 0, 1]
    snippet = project.root / "snippets" / "good" / "hello.py"
    snippet.write_text(
        snippet.read_text()
        .replace('return "Hello"', 'return "Bye"')
        .replace("   Hello\n", "   Bye\n")
    )
    built = project.build("dummy")
    assert built.warnings == []
    assert right(built) == [0, 0, 0, 1]
