"""{extension-example} shows what the build can't run, with the test that does."""

import pytest
from docutils import nodes

from tests.project import CLAIMS, Project

EXAMPLE = '''"""Send a mail.

.. testcode::

   print(send("tea"))

.. testoutput::

   mail: tea
"""


def send(product):
    return f"mail: {product}"
'''
TESTS = '''"""Tests with extensions."""

import pytest

pytestmark = pytest.mark.extensions


def test_mail(shown):
    """It sends one mail."""
    printed, wanted = shown("send_mail")
    assert printed == wanted


def test_other(shown):
    """It runs another."""
    printed, wanted = shown("other")
    assert printed == wanted
'''
PAGE = "# Mail\n\n```{extension-example} send_mail\n:proof: test_mail\n```\n"
FOLDER = "tests/behaviour/extensions"


@pytest.fixture
def project(tmp_path):
    project = Project.copy("passing", tmp_path)
    project.write(f"{FOLDER}/examples/send_mail.py", EXAMPLE)
    project.write(f"{FOLDER}/test_mails.py", TESTS)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    project.write("tests/extensions/requirements.txt", "flask==3.1.3 \\\n")
    return project


def build(project, page):
    project.write("docs/other.md", page)
    return project.build("dummy")


def test_an_example_shows_its_code_its_scenario_and_its_output(project):
    built = build(project, PAGE)
    blocks = list(built.doctree("other").findall(nodes.literal_block))
    assert [block.astext() for block in blocks] == [
        'def send(product):\n    return f"mail: {product}"',
        'print(send("tea"))',
        "mail: tea",
    ]
    (caption,) = built.find("other", "hb-caption")
    path = f"{FOLDER}/examples/send_mail.py"
    assert " ".join(caption.astext().split()) == f"Send a mail. Flask 3.1.3 {path}"
    (claim,) = built.app.env.hookbook_usage["other"].claims
    assert (claim.proof, claim.sentence) == ("test_mail", "Send a mail.")
    assert built.warnings == []


def test_a_page_is_read_again_when_its_example_changes(project):
    build(project, PAGE)
    project.write(f"{FOLDER}/examples/send_mail.py", EXAMPLE.replace("a mail", "it"))
    again = project.build("dummy")
    assert again.read == ["other"]
    assert "Send it." in again.doctree("other").astext()


@pytest.mark.canary
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "send_mail",
            "send_none",
            "there is no send_none.py in tests/behaviour/extensions/examples/: write"
            " the name of a file there, without '.py'",
        ),
        (
            ":proof: test_mail\n",
            "",
            "an example needs ':proof:', the name of the test that runs it",
        ),
        (
            "test_mail",
            "test_none",
            ":proof: no test in behaviour/ is called 'test_none'",
        ),
        (
            "test_mail",
            "test_other",
            ':proof: test_other doesn\'t run this example: use "send_mail" in it, or'
            " name another test",
        ),
    ],
)
def test_an_example_that_no_test_runs_is_refused(project, old, new, said):
    warnings = build(project, PAGE.replace(old, new)).warnings
    assert warnings == [
        f"docs/other.md:3: WARNING: {said} [hookbook.extension-example]"
    ]
