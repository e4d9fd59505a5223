"""{exchange} shows what curl would; {repository} leads to the source."""

import pytest
from docutils import nodes

from tests.project import CLAIMS, Project


@pytest.fixture
def project(tmp_path):
    project = Project.copy("passing", tmp_path)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    return project


def test_the_requests_of_a_snippet_are_shown_as_curl_shows_them(project):
    project.write("docs/other.md", "# Other\n\n```{exchange} good/visits\n```\n")
    tree = project.build("dummy").doctree("other")
    first, second = [block.astext() for block in tree.findall(nodes.literal_block)]
    assert first.splitlines()[:2] == [
        "$ curl -i http://localhost:5000/",
        "HTTP/1.1 200 OK",
    ]
    assert "Set-Cookie: seen=yes; Path=/" in first.splitlines()
    assert first.endswith("\n\nfirst")
    assert second.splitlines()[0] == "$ curl -i -b seen=yes http://localhost:5000/"


def test_requests_are_chosen_by_number(project):
    text = "# Other\n\n```{exchange} good/visits\n:requests: 2\n```\n"
    project.write("docs/other.md", text)
    tree = project.build("dummy").doctree("other")
    (block,) = tree.findall(nodes.literal_block)
    assert block.astext().endswith("\n\nsecond")


@pytest.mark.canary
def test_a_request_that_was_not_made_is_refused(project):
    text = "# Other\n\n```{exchange} good/visits\n:requests: 3\n```\n"
    project.write("docs/other.md", text)
    assert (
        "docs/other.md:3: WARNING: :requests: there is no request 3: the scenario makes"
        " 2 [hookbook.exchange]" in project.build("dummy").warnings
    )


@pytest.mark.parametrize("address", ["", "https://code.test/hookbook"])
def test_a_clone_is_a_link_where_the_address_is_known(project, address):
    project.write("docs/other.md", "# Other\n\nIn {repository}`a clone`.\n")
    build = project.build("dummy", hookbook_repository=address)
    paragraph = build.doctree("other").next_node(nodes.paragraph)
    assert paragraph.astext() == "In a clone."
    links = [link["refuri"] for link in paragraph.findall(nodes.reference)]
    assert links == [address] * bool(address)
