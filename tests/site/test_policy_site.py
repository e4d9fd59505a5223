"""What the pages must keep together: their files, names, places, claims."""

import pytest

from hookbook.site.policy import characters, each_page, every_snippet
from tests.project import CLAIMS, Project

INDEX = "# Index\n\nText.\n\n```{toctree}\n%s\n```\n"
NAMES = "snippets\ntraces\nproofs/index"
PAGE = "# A page\n\nA claim.{proof}`test_known`\n"


@pytest.fixture
def project(tmp_path):
    project = Project.copy("passing", tmp_path)
    for page in (tmp_path / "docs").glob("*.md"):
        if page.stem not in ("index", "snippets", "traces"):
            page.unlink()
    project.write("docs/index.md", INDEX % f"{NAMES}\npage")
    project.write("docs/page.md", PAGE)
    project.write("tests/behaviour/test_claims.py", CLAIMS)
    return project


def refused(project, **config):
    """Return what the build says, without the kind."""
    warnings = project.build("dummy", **config).warnings
    assert all(text.endswith(" [hookbook.policy]") for text in warnings), warnings
    return [text.removesuffix(" [hookbook.policy]") for text in warnings]


def test_a_site_that_keeps_all_of_it_passes(project):
    assert refused(project) == []


# Files


@pytest.mark.canary
@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"\xef\xbb\xbf# A\n", 1, "byte order mark"),
        (b"# A\n\nb\r\nc\n", 3, "ends with CR"),
        (b"# A\rb\n", 1, "ends with CR"),
        (b"# A\n\n\xff\n", 3, "not UTF-8"),
        (b"# A\n\na\tb\n", 3, "a tab"),
        (b"# A\n\n<<<<<<< HEAD\na\n", 3, "a merge conflict"),
        (b"# A\n\nb\n>>>>>>> branch\n", 4, "a merge conflict"),
        (b"# A\n\na\x00b\n", 3, "U+0000"),
        (b"# A\n\na\x1bb\n", 3, "U+001B"),
        ("# A\n\na\u202eb\n".encode(), 3, "RIGHT-TO-LEFT OVERRIDE"),
        ("# A\n\na\u200bb\n".encode(), 3, "ZERO WIDTH SPACE"),
        ("# A\n\na\u00adb\n".encode(), 3, "SOFT HYPHEN"),
        ("# A\n\na\ufffdb\n".encode(), 3, "REPLACEMENT CHARACTER"),
        ("# A\n\nu\u0308b\n".encode(), 3, "NFC"),
    ],
)
def test_bytes_that_nobody_sees_are_refused(data, line, message):
    for check in characters.faults, every_snippet.of_file:
        (fault,) = check(data)
        assert fault.line == line
        assert message in fault.message
    assert (line, message) in [
        (fault.line, message)
        for fault in each_page.of_file(data + b"\nText.\n")
        if message in fault.message
    ]


def test_letters_of_other_languages_pass():
    assert list(each_page.of_file("# Größe\n\n“Čaj”, 茶, ½ €.\n".encode())) == []


@pytest.mark.canary
def test_a_page_with_such_bytes_fails_the_build(project):
    page = project.root / "docs" / "page.md"
    page.write_bytes(b"\xef\xbb\xbf" + PAGE.replace("\n", "\r\n").encode())
    assert refused(project) == [
        "docs/page.md:1: WARNING: the file begins with a byte order mark: save it"
        " without one",
        "docs/page.md:1: WARNING: a line ends with CR: save the file with LF line ends",
    ]


@pytest.mark.canary
def test_snippets_and_tests_are_read_as_pages_are(project):
    hello = project.root / "snippets" / "good" / "hello.py"
    hello.write_text(hello.read_text().replace("Say hello.", "Say hello, TODO."))
    project.write(
        "tests/behaviour/test_claims.py", CLAIMS.replace("Know", "Know. FIXME")
    )
    assert refused(project) == [
        "snippets/good/hello.py:1: WARNING: 'TODO' is left in the text: do it, or"
        " delete it",
        "tests/behaviour/test_claims.py:5: WARNING: 'FIXME' is left in the text: do it,"
        " or delete it",
    ]


# Names and places


@pytest.mark.canary
@pytest.mark.parametrize("name", ["two words", "Page", "under_score", "päge", "a--b"])
def test_a_name_that_makes_a_poor_address_is_refused(project, name):
    (project.root / "docs" / "page.md").rename(project.root / "docs" / f"{name}.md")
    project.write("docs/index.md", INDEX % f"{NAMES}\n{name}")
    assert refused(project) == [
        f"docs/{name}.md:1: WARNING: '{name}' becomes an address: name pages and"
        " folders with a-z, 0-9 and single hyphens"
    ]


@pytest.mark.canary
def test_a_snippet_whose_name_is_no_module_is_refused(project):
    project.write("snippets/good/Two-words.py", '"""Empty."""\n')
    assert (
        "snippets/good/Two-words.py:1: WARNING: 'Two-words' is imported by its name:"
        " use a-z, 0-9 and underscores"
    ) in refused(project)


@pytest.mark.canary
@pytest.mark.parametrize("name", ["lost.html", "lost.MD", "notes.txt", "more/lost.py"])
def test_a_file_that_is_no_page_is_refused(project, name):
    project.write(f"docs/{name}", "Text.\n")
    assert refused(project) == [
        f"docs/{name}:1: WARNING: Sphinx builds no page of this file and no page shows"
        " it: pages end with .md; put other files elsewhere, or delete it"
    ]


@pytest.mark.canary
def test_pages_that_only_name_each_other_are_refused(project):
    for one, other in ("a", "b"), ("b", "a"):
        project.write(f"docs/{one}.md", (INDEX % other).replace("Index", one))
    told = (
        "no table of contents leads here from the first page: name this page, or the"
        " one that names it, in the toctree of its folder's index [hookbook.policy]"
    )
    # Of the circle itself, Sphinx warns as well.
    found = "\n".join(project.build("dummy").warnings).split("\n")
    assert [text for text in found if "circular" not in text] == [
        f"docs/{name}.md:1: WARNING: {told}" for name in "ab"
    ]


@pytest.mark.canary
def test_two_pages_with_one_title_or_description_are_refused(project):
    project.write("docs/page.md", f"---\ndescription: One.\n---\n\n{PAGE}")
    project.write("docs/other.md", f"---\ndescription: one\n---\n\n{PAGE}")
    project.write("docs/index.md", INDEX % f"{NAMES}\npage\nother")
    rest = "other.md: readers and search engines cannot tell the pages apart"
    assert refused(project) == [
        f"docs/page.md:5: WARNING: the same title as {rest}",
        f"docs/page.md:2: WARNING: the same description as {rest}",
    ]


# Claims


@pytest.mark.canary
def test_a_page_of_a_guide_without_claims_is_refused(project):
    project.write("docs/page.md", "---\nmode: why\n---\n\n# A page\n\nIt is so.\n")
    assert refused(project) == [
        "docs/page.md:2: WARNING: a page of a guide that proves nothing: put {proof}"
        " after each sentence about what Flask does"
    ]


CLAIMED = {"hookbook_claims": "docs/_data/claims.toml"}


def noted(project):
    return (project.root / "docs/_data/claims.toml").read_text("utf-8")


def test_what_the_command_writes_is_what_the_build_wants(project):
    assert project.build("dummy", **CLAIMED, hookbook_claims_update="1").warnings == []
    assert 'total = 1\n\n[pages]\n"page" = 1\n' in noted(project)
    assert refused(project, **CLAIMED) == []


@pytest.mark.canary
def test_claims_that_nobody_noted_are_refused(project):
    assert refused(project, **CLAIMED) == [
        "docs/page.md:1: WARNING: the page makes 1 claims, docs/_data/claims.toml has"
        " 0: run make claims, and commit the file",
        "docs/_data/claims.toml:1: WARNING: the total is not the sum: run make claims",
    ]


@pytest.mark.canary
@pytest.mark.parametrize("gone", [False, True])
def test_claims_that_are_gone_need_a_reason(project, gone):
    project.build("dummy", **CLAIMED, hookbook_claims_update="1")
    before = noted(project)
    if gone:
        (project.root / "docs" / "page.md").unlink()
        project.write("docs/index.md", INDEX % NAMES)
        place = "docs/_data/claims.toml:7: WARNING: page: "
    else:
        project.write("docs/page.md", "# A page\n\nA claim.\n")
        place = "docs/page.md:1: WARNING: "
    assert refused(project, **CLAIMED) == [
        f"{place}the page makes 0 claims, docs/_data/claims.toml has 1: restore the"
        " claims, or run make claims FEWER='the reason'"
    ]
    assert refused(project, **CLAIMED, hookbook_claims_update="1") == [
        "docs/_data/claims.toml:1: WARNING: fewer claims on page (1 to 0): say why with"
        " FEWER='the reason'"
    ]
    assert noted(project) == before
    reason = {"hookbook_claims_fewer": "it was wrong"}
    assert refused(project, **CLAIMED, hookbook_claims_update="1", **reason) == []
    assert '"page" = "1 to 0: it was wrong"\n' in noted(project)
