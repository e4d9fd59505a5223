"""Every choice of a challenge is shown by a run or a test; pages hold enough."""

import re
from pathlib import Path

import html5lib
import pytest
import yaml

from hookbook.site.directives.challenge import KINDS
from tests.project import Project, every, text

ROOT = Path(__file__).parents[2]
PAGES = sorted(ROOT.glob("docs/*/challenge.md"))
CLAIMS = '''"""Claims."""


def test_known():
    """Know."""


def test_unknown():
    """Not know."""
'''


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    project = Project.copy("challenge", tmp_path_factory.mktemp("challenge"))
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    built = project.build()
    assert built.warnings == []
    return built


@pytest.fixture(scope="module")
def levels(built):
    """Return the sections of the page, as HTML."""
    tree = html5lib.parse(built.text("index.html"), namespaceHTMLElements=False)
    return every(tree, "section", "hb-quiz")


@pytest.fixture(scope="module")
def problems(levels):
    return [one for level in levels for one in every(level, "div", "hb-question")]


def inside(element, css_class, tag="div"):
    return [text(found) for found in every(element, tag, css_class)]


def choices(problem):
    return [text(one) for one in every(problem, "ol", "hb-choices")[0].findall("li")]


def reasons(problem):
    return every(problem, "ol", "hb-reasons")[0].findall("li")


def verdicts(problem):
    return [reason.get("class") for reason in reasons(problem)]


def test_each_level_has_its_name_and_the_numbers_go_on(levels, problems):
    assert [level.get("aria-label") for level in levels] == ["Level 1", "Level 2"]
    assert [inside(one, "hb-label", "p")[0] for one in problems] == [
        "Problem 1: predict the output",
        "Problem 2: fix the security hole",
        "Problem 3: choose the hook",
        "Problem 4: order the callbacks",
    ]


def test_a_program_to_predict_is_shown_without_output_and_title(problems):
    (program,) = inside(problems[0], "hb-program")
    assert "from flask import Flask" in program
    assert 'Run response = app.test_client().get("/tea")' in program
    assert "Output" not in program
    assert "Serve it hot." not in program
    assert inside(problems[0], "hb-hint", "details") == ["Hint Look at the hook."]


def test_a_wrong_prediction_is_explained_by_the_program_that_does_it(problems):
    assert verdicts(problems[0]) == ["hb-wrong", "hb-right", "hb-wrong", "hb-wrong"]
    cold, hot, _, twice = reasons(problems[0])
    (evidence,) = inside(cold, "hb-evidence")
    assert evidence.startswith("Serve it cold.")
    assert 'response.headers["X-Served"] = "cold"' in evidence
    assert "app = Flask" not in evidence
    assert evidence.endswith("return response This program prints cold")
    assert inside(hot, "hb-evidence")[0].startswith("Serve it hot.")
    assert inside(hot, "hb-evidence")[0].endswith("This program prints hot")
    (evidence,) = inside(twice, "hb-evidence")
    assert "Run client = app.test_client()" in evidence
    assert evidence.endswith("This program prints cold, cold")


def test_a_wrong_prediction_may_be_refuted_by_a_test(problems):
    refuted = reasons(problems[0])[2]
    assert inside(refuted, "hb-evidence") == []
    assert inside(refuted, "hb-proof", "p") == ["Proven by test_known."]
    (mark,) = every(refuted, "sup", "hb-claim")
    assert mark.find("a").get("href") == "proofs/test-claims.html#test_known"
    # It is part of the answer: no switch hides it, no line below gives it away.
    assert mark.get("class") == "hb-claim hb-shown"


def test_a_program_to_mend_is_shown_with_its_output_and_the_wish(problems):
    (program,) = inside(problems[1], "hb-program")
    assert program.startswith("@app.after_request def serve(response):")
    assert "Output None" in program
    assert program.endswith("Wanted: it prints hot")


def test_a_choice_may_be_a_program(problems):
    assert [choice.split(" @")[0] for choice in choices(problems[1])] == [
        "With a hook that says hot.",
        "With a hook that says cold.",
    ]
    assert ['= "hot"' in choices(problems[1])[0], '= "cold"' in choices(problems[1])[1]]
    assert len(inside(problems[1], "hb-choice-code")) == 2


def test_a_program_that_misses_the_wish_says_what_it_does(problems):
    assert verdicts(problems[1]) == ["hb-right", "hb-wrong"]
    right, wrong = reasons(problems[1])
    assert inside(right, "hb-evidence")[0].endswith("This program prints hot")
    assert inside(wrong, "hb-evidence")[0].endswith("This program prints cold")
    assert inside(right, "hb-proof", "p") == []
    assert inside(wrong, "hb-proof", "p") == ["Proven by test_unknown."]


def test_each_choice_may_be_decided_by_a_test(problems):
    assert verdicts(problems[2]) == ["hb-right", "hb-wrong"]
    assert "Output None" in inside(problems[2], "hb-program")[0]
    right, wrong = reasons(problems[2])
    assert text(right) == "Right. There is a test.1 Proven by test_known.".replace(
        "test.1", f"test.{text(every(right, 'sup', 'hb-claim')[0])}"
    )
    assert inside(wrong, "hb-proof", "p") == ["Proven by test_unknown."]
    assert "It says more." in text(wrong)


def test_other_values_than_the_output_can_be_wanted(problems):
    assert verdicts(problems[3]) == ["hb-wrong", "hb-right"]
    (program,) = inside(problems[3], "hb-program")
    assert program.endswith("Wanted: it ends with response.headers[X-Served] cold")
    assert "Output" not in program


def test_the_answers_are_closed_and_every_snippet_counts_as_shown(built, problems):
    for problem in problems:
        assert all(one.get("open") is None for one in problem.iter("details"))
    assert built.app.env.hookbook_usage["index"].snippets == {
        "tea/hot",
        "tea/cold",
        "tea/plain",
        "tea/twice",
    }


def test_a_test_of_a_choice_counts_as_a_proof_of_the_page(built):
    claims = built.app.env.hookbook_usage["index"].claims
    assert [(claim.proof, claim.sentence) for claim in claims] == [
        ("test_known", "There is a hook for it."),
        ("test_unknown", "It does not do so."),
        ("test_known", "There is a test."),
        ("test_unknown", "It says more."),
    ]


def blocks(page):
    """Return the problems of each block of a page."""
    fence = re.compile(r"^```\{challenge\} (.+?)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
    return [
        (level, yaml.safe_load(body))
        for level, body in fence.findall(page.read_text(encoding="utf-8"))
    ]


def test_both_guides_have_a_challenge():
    assert [page.parent.name for page in PAGES] == [
        "after-request",
        "deferred-callbacks",
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_a_page_has_ten_problems_over_three_levels_of_all_kinds(page):
    levels = blocks(page)
    assert len(levels) == 3
    assert all(problems for _, problems in levels)
    problems = [problem for _, problems in levels for problem in problems]
    assert len(problems) >= 10
    assert {problem["kind"] for problem in problems} == set(KINDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_a_problem_has_at_least_three_choices(page):
    problems = [problem for _, problems in blocks(page) for problem in problems]
    assert all(len(problem["choices"]) >= 3 for problem in problems)
