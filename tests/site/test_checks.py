"""The quiet line at the end of a section, and where marks are shown."""

import html5lib
import pytest

from hookbook.corpus import evidence
from tests.project import Project, every, text

CLAIMS = '''"""Claims."""


def test_one():
    """Say one."""


def test_two():
    """Say two.

    Question: What is said?
    """
'''
PAGE = """\
# A page

Before.{proof}`test_one`

## A part

First.{proof}`test_two` Second.{proof}`test_one` Again.{proof}`test_two`

| Table |
|---|
| In a cell.{proof}`test_one` |

### Deeper

Nothing is claimed here.

## Cards

```{cards}
test_two
```
"""
JUNIT = """\
<testsuites><testsuite><properties>
<property name="flask" value="{flask}"/><property name="sources" value="{sources}"/>
</properties>
<testcase classname="tests.behaviour.test_claims" name="test_one"/>
<testcase classname="tests.behaviour.test_claims" name="test_two">{two}</testcase>
</testsuite></testsuites>
"""


@pytest.fixture
def project(tmp_path):
    project = Project.copy("passing", tmp_path)
    (tmp_path / "docs" / "other.md").write_text("# Other\n\nNothing.\n")
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    project.write("docs/page.md", PAGE)
    index = (tmp_path / "docs" / "index.md").read_text("utf-8")
    project.write("docs/index.md", f"{index}\n```{{toctree}}\npage\n```\n")
    return project


def leave(project, flask, two=""):
    """Leave the results of a run on a version of Flask."""
    sources = evidence.sources(project.root)
    result = JUNIT.format(flask=flask, sources=sources, two=two)
    project.write(f"build/matrix/{flask}/results.xml", result)


def page(built):
    return html5lib.parse(built.text("page.html"), namespaceHTMLElements=False)


def lines(tree):
    """Return each line's summary, with the links of its list."""
    return [
        (
            text(line.find("summary")),
            [(text(link), link.get("href")) for link in line.iter("a")],
        )
        for line in every(tree, "details", "hb-checks")
    ]


ONE = ("Say one.", "proofs/test-claims.html#test_one")
TWO = ("Say two.", "proofs/test-claims.html#test_two")


def test_each_section_with_claims_ends_with_its_line(project):
    tree = page(project.build())
    assert lines(tree) == [
        ("1 check", [ONE]),
        ("2 checks", [TWO, ONE]),
        ("1 check", [TWO]),
    ]
    sections = {e.get("id"): list(e) for e in tree.iter("section") if e.get("id")}
    tags = [(e.tag, e.get("class") or "") for e in sections["a-part"]]
    # What belongs to the section is above, the section below it is not.
    assert [tag for tag, _ in tags[-2:]] == ["details", "section"]
    assert not every(sections["deeper"][0], "details", "hb-checks")
    assert [e.tag for e in sections["cards"]][-1] == "details"


def test_the_line_names_the_versions_of_the_results(project):
    for flask in "2.2.5", "2.3.3", "3.0.3", "3.1.3":
        leave(project, flask)
    assert [told for told, _ in lines(page(project.build()))] == [
        "1 check, Flask 2.2 to 3.1",
        "2 checks, Flask 2.2 to 3.1",
        "1 check, Flask 2.2 to 3.1",
    ]


def test_a_version_counts_where_all_tests_of_the_section_passed(project):
    leave(project, "3.0.3", two="<skipped/>")
    leave(project, "3.1.3")
    assert [told for told, _ in lines(page(project.build()))] == [
        "1 check, Flask 3.0 to 3.1",
        "2 checks, Flask 3.1",
        "1 check, Flask 3.1",
    ]


def test_tables_and_cards_have_places_and_no_marks(project):
    tree = page(project.build())
    marks = every(tree, "sup", "hb-claim")
    assert [mark.get("id") for mark in marks] == [
        "claim-1",
        "claim-2",
        "claim-3",
        "claim-4",
    ]
    assert not any(list(table.iter("sup")) for table in tree.iter("table"))
    (cards,) = every(tree, "div", "hb-cards")
    assert not list(cards.iter("sup"))
    places = {e.get("id") for e in tree.iter("span") if e.get("id")}
    assert places >= {"claim-5", "claim-6"}
    proofs = html5lib.parse(
        project.build().text("proofs/test-claims.html"), namespaceHTMLElements=False
    )
    said = [
        link.get("href")
        for e in every(proofs, "ul", "hb-said-on")
        for link in e.iter("a")
    ]
    assert said.count("../page.html#claim-5") == 1
