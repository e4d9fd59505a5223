"""Every page in ``fixtures/pages/failing/docs`` trips a check.

Beside each page stands what the build must say about it, whole: place, problem and
what to do. A new case is two files.
"""

import re
from collections import defaultdict
from warnings import catch_warnings, simplefilter

import pytest
from sphinx.deprecation import RemovedInSphinx11Warning

from tests.project import FIXTURES, Project

PAGES = sorted(path.stem for path in (FIXTURES / "failing" / "docs").glob("*.md"))
CASES = [name for name in PAGES if name != "index"]

# No file of the repository: it would not pass the checks of style.
SYNTAX_ERROR = '"""A title."""\n\nx = = 1\n'

CLAIMS = '''"""Claims."""


def test_known():
    """Know."""


def test_twice():
    """Stand in two files."""


def test_asks():
    """Answer.

    Question: What?
    """
'''
MORE = '"""More."""\n\n\ndef test_twice():\n    """Stand in two files."""\n'


@pytest.fixture(scope="module")
def warnings(tmp_path_factory):
    """Build all pages once; return the warnings by the page they are about."""
    project = Project.copy("failing", tmp_path_factory.mktemp("failing"))
    project.write("snippets/broken/syntax_error.py", SYNTAX_ERROR)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    project.write("tests/behaviour/test_more.py", MORE)
    found = defaultdict(list)
    with catch_warnings():
        # MyST looks for the target of a link to nowhere in a deprecated way.
        simplefilter("ignore", RemovedInSphinx11Warning)
        build = project.build("dummy", hookbook_timeout=3)
    for warning in build.warnings:
        page = re.search(r"docs/([\w-]+)\.md", warning)
        found[page[1] if page else None].append(warning)
    return found


@pytest.mark.canary
@pytest.mark.parametrize("name", CASES)
def test_a_page_fails_with_a_clear_message(warnings, name):
    expected = (FIXTURES / "failing" / "docs" / f"{name}.txt").read_text("utf-8")
    assert "\n".join(warnings[name]) + "\n" == expected


@pytest.mark.canary
def test_a_snippet_on_no_page_fails(warnings):
    assert warnings[None] == [
        "snippets/broken/failing_orphan.py:5: WARNING: the output is not the testoutput"
        "\nexpected:\n    2\nprinted:\n    1 [hookbook.policy]",
        "snippets/broken/orphan.py:1: WARNING: no page shows this snippet: use it or"
        " delete it [hookbook.policy]",
    ]


def test_there_is_a_page_for_every_check():
    assert len(CASES) >= 195
    texts = {path.stem for path in (FIXTURES / "failing" / "docs").glob("*.txt")}
    assert texts == set(CASES)


def test_a_good_page_among_them_has_no_warning(warnings):
    assert "index" not in warnings


def test_each_kind_of_warning_occurs(warnings):
    text = "\n".join(line for lines in warnings.values() for line in lines)
    kinds = set(re.findall(r"\[hookbook\.(\w+)\]", text))
    assert kinds == {
        "cards",
        "playground",
        "challenge",
        "command",
        "errors",
        "figures",
        "measured",
        "policy",
        "proof",
        "produced",
        "quiz",
        "snippet",
        "task",
        "trace",
        "transcript",
        "untested",
    }
